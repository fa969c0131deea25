"""The organizers' dashboard: one place for events, ticket types, orders, attendees and the door.

The tenant is in the address, never in the login; what a member sees follows from their role.
"""

from __future__ import annotations

from pyramid.config import Configurator

from sratix_core.dashboard import around, sidebar
from sratix_core.dashboard.kept import KEPT, Kept
from sratix_core.dashboard.parts import ENVIRONMENT

TENANT = "/dashboard/{tenant}/"
EVENT = TENANT + "events/{event}/"
ORGANIZATION = TENANT + "organizations/{organization}/"

ROUTES = (
    ("dashboard", "/dashboard/"),
    ("dashboard.home", TENANT),
    ("dashboard.events", TENANT + "events/"),
    ("dashboard.event_new", TENANT + "events/new/"),
    ("dashboard.venues", TENANT + "venues/"),
    ("dashboard.venue", TENANT + "venues/{venue}/"),
    ("dashboard.plugins", TENANT + "plugins/"),
    ("dashboard.plugin", TENANT + "plugins/{plugin}/"),
    ("dashboard.plugin_switch", TENANT + "plugins/{plugin}/switch/"),
    ("dashboard.plugin_pause", TENANT + "plugins/{plugin}/pause/"),
    ("dashboard.settings", TENANT + "settings/"),
    ("dashboard.settings_section", TENANT + "settings/{section}/"),
    ("dashboard.audit", TENANT + "audit/"),
    ("dashboard.finance", TENANT + "finance/"),
    ("dashboard.ledger", TENANT + "finance/ledger/"),
    ("dashboard.finance_books", TENANT + "finance/books/"),
    ("dashboard.finance_cases", TENANT + "finance/cases/"),
    ("dashboard.finance_case", TENANT + "finance/cases/{case}/"),
    ("dashboard.finance_case_settlement", TENANT + "finance/cases/{case}/settlement/"),
    ("dashboard.finance_case_look", TENANT + "finance/cases/{case}/look/"),
    ("dashboard.statements", TENANT + "finance/statements/"),
    ("dashboard.webhooks", TENANT + "finance/webhooks/"),
    ("dashboard.webhook_replay", TENANT + "finance/webhooks/{webhook}/replay/"),
    ("dashboard.invoices", TENANT + "invoices/"),
    ("dashboard.invoices_export", TENANT + "invoices/exports/"),
    ("dashboard.invoices_consolidated", TENANT + "invoices/consolidated/"),
    ("dashboard.invoice_settings", TENANT + "invoices/settings/"),
    ("dashboard.invoice", TENANT + "invoices/{invoice}/"),
    ("dashboard.invoice_correction", TENANT + "invoices/{invoice}/corrections/"),
    ("dashboard.invoice_mailings", TENANT + "invoices/{invoice}/mailings/"),
    ("dashboard.invoice_paper", TENANT + "invoices/{invoice}/files/{output}/"),
    ("dashboard.search", TENANT + "search/"),
    ("dashboard.members", TENANT + "members/"),
    ("dashboard.invitations", TENANT + "members/invitations/"),
    ("dashboard.invitations_export", TENANT + "members/invitations/exports/"),
    ("dashboard.invitation_mail", TENANT + "members/invitations/{invitation}/mails/"),
    ("dashboard.invitation_end", TENANT + "members/invitations/{invitation}/revocation/"),
    ("dashboard.member", TENANT + "members/{member}/"),
    ("dashboard.api_keys", TENANT + "api-keys/"),
    ("dashboard.api_key", TENANT + "api-keys/{key}/"),
    ("dashboard.member_removal", TENANT + "members/{member}/removal/"),
    ("dashboard.roles", TENANT + "roles/"),
    ("dashboard.role_new", TENANT + "roles/new/"),
    ("dashboard.role", TENANT + "roles/{role}/"),
    ("dashboard.role_deletion", TENANT + "roles/{role}/deletion/"),
    ("dashboard.organizations", TENANT + "organizations/"),
    ("dashboard.organizations_export", TENANT + "organizations/exports/"),
    ("dashboard.organization_new", TENANT + "organizations/new/"),
    ("dashboard.organization", ORGANIZATION),
    ("dashboard.organization_edit", ORGANIZATION + "details/"),
    ("dashboard.organization_deletion", ORGANIZATION + "deletion/"),
    ("dashboard.organization_orders", ORGANIZATION + "orders/"),
    ("dashboard.organization_tickets", ORGANIZATION + "tickets/"),
    ("dashboard.organization_ticket", ORGANIZATION + "tickets/{ticket}/"),
    ("dashboard.organization_people", ORGANIZATION + "people/"),
    ("dashboard.organization_invitations", ORGANIZATION + "invitations/"),
    ("dashboard.organization_invitation_mail", ORGANIZATION + "invitations/{guest}/mails/"),
    ("dashboard.organization_invitation_end", ORGANIZATION + "invitations/{guest}/revocation/"),
    ("dashboard.organization_member_removal", ORGANIZATION + "people/{person}/removal/"),
    ("dashboard.incidents", EVENT + "incidents/"),
    ("dashboard.incident_closure", EVENT + "incidents/{incident}/closure/"),
    ("dashboard.event", EVENT),
    ("dashboard.event_edit", EVENT + "edit/"),
    ("dashboard.event_status", EVENT + "status/{status}/"),
    ("dashboard.refund_policy", EVENT + "refund-policy/"),
    ("dashboard.event_cancellation", EVENT + "cancellation/"),
    ("dashboard.event_cancellation_pause", EVENT + "cancellation/pauses/"),
    ("dashboard.event_cancellation_continuation", EVENT + "cancellation/continuations/"),
    ("dashboard.event_plugin", EVENT + "plugins/{plugin}/"),
    ("dashboard.types", EVENT + "ticket-types/"),
    ("dashboard.type_new", EVENT + "ticket-types/new/"),
    ("dashboard.type", EVENT + "ticket-types/{type}/"),
    ("dashboard.pool", EVENT + "pools/{pool}/"),
    ("dashboard.prices", EVENT + "prices/"),
    ("dashboard.codes", EVENT + "promo-codes/"),
    ("dashboard.code_new", EVENT + "promo-codes/new/"),
    ("dashboard.codes_many", EVENT + "promo-codes/batches/"),
    ("dashboard.codes_export", EVENT + "promo-codes/exports/"),
    ("dashboard.code", EVENT + "promo-codes/{promo}/"),
    ("dashboard.code_state", EVENT + "promo-codes/{promo}/state/"),
    ("dashboard.code_deletion", EVENT + "promo-codes/{promo}/deletion/"),
    ("dashboard.programme", EVENT + "programme/"),
    ("dashboard.session", EVENT + "programme/sessions/{session}/"),
    ("dashboard.session_delete", EVENT + "programme/sessions/{session}/deletion/"),
    ("dashboard.speaker", EVENT + "programme/speakers/{speaker}/"),
    ("dashboard.speaker_delete", EVENT + "programme/speakers/{speaker}/deletion/"),
    ("dashboard.style_guide", TENANT + "style-guide/"),
    ("dashboard.why", TENANT + "why/"),
    ("dashboard.why_order", EVENT + "orders/{code}/why/"),
    ("dashboard.why_scan", EVENT + "check-in/scans/{scan}/why/"),
    ("dashboard.order_lookup", EVENT + "order-lookup/"),
    ("dashboard.orders", EVENT + "orders/"),
    ("dashboard.orders_export", EVENT + "orders/exports/"),
    ("dashboard.orders_mails", EVENT + "orders/mails/"),
    ("dashboard.orders_cancellations", EVENT + "orders/cancellations/"),
    ("dashboard.orders_mass", EVENT + "orders/everybody/{kind}/"),
    ("dashboard.views", EVENT + "views/"),
    ("dashboard.views_removal", EVENT + "views/removal/"),
    ("dashboard.order_new", EVENT + "orders/new/"),
    ("dashboard.order", EVENT + "orders/{code}/"),
    ("dashboard.order_print", EVENT + "orders/{code}/print/"),
    ("dashboard.order_payment", EVENT + "orders/{code}/payment/"),
    ("dashboard.order_refund", EVENT + "orders/{code}/refunds/"),
    ("dashboard.order_refund_failure", EVENT + "orders/{code}/refunds/failures/"),
    ("dashboard.order_send_back", EVENT + "orders/{code}/refunds/sent/"),
    ("dashboard.order_request_new", EVENT + "orders/{code}/payment-request/"),
    ("dashboard.order_request_mail", EVENT + "orders/{code}/payment-request/mails/"),
    ("dashboard.order_request_end", EVENT + "orders/{code}/payment-request/end/"),
    ("dashboard.order_difference", EVENT + "orders/{code}/difference/"),
    ("dashboard.order_invoice", EVENT + "orders/{code}/invoices/"),
    ("dashboard.order_proforma", EVENT + "orders/{code}/proformas/"),
    ("dashboard.order_billing", EVENT + "orders/{code}/billing/"),
    ("dashboard.order_return", EVENT + "orders/{code}/returns/"),
    ("dashboard.order_credit", EVENT + "orders/{code}/credits/"),
    ("dashboard.order_cancel", EVENT + "orders/{code}/cancellation/"),
    ("dashboard.order_organization", EVENT + "orders/{code}/organization/"),
    ("dashboard.order_mail", EVENT + "orders/{code}/mails/"),
    ("dashboard.order_sold_mail", EVENT + "orders/{code}/sold/{ticket}/mails/"),
    ("dashboard.ticket_exchange", EVENT + "tickets/{ticket}/exchange/"),
    ("dashboard.ticket_rotate", EVENT + "tickets/{ticket}/rotation/"),
    ("dashboard.ticket_void", EVENT + "tickets/{ticket}/void/"),
    ("dashboard.attendees", EVENT + "attendees/"),
    ("dashboard.attendees_export", EVENT + "attendees/exports/"),
    ("dashboard.attendees_mails", EVENT + "attendees/mails/"),
    ("dashboard.attendees_voids", EVENT + "attendees/voids/"),
    ("dashboard.attendees_mass", EVENT + "attendees/everybody/{kind}/"),
    ("dashboard.mass_act", EVENT + "acts/{act}/"),
    ("dashboard.checkin", EVENT + "check-in/"),
    ("dashboard.scan", EVENT + "check-in/scan/"),
    ("dashboard.admit", EVENT + "check-in/tickets/{ticket}/"),
    ("dashboard.scan_reversal", EVENT + "check-in/scans/{scan}/reversal/"),
    ("dashboard.gates", EVENT + "check-in/gates/"),
    ("dashboard.devices", EVENT + "check-in/devices/"),
    ("dashboard.device", EVENT + "check-in/devices/{device}/"),
    ("dashboard.device_end", EVENT + "check-in/devices/{device}/revocation/"),
)


def includeme(config: Configurator) -> None:
    for name, pattern in ROUTES:
        config.add_route(name, pattern)
    config.registry[KEPT] = Kept()

    def finish() -> None:
        environment = config.registry[ENVIRONMENT] = config.get_jinja2_environment()
        sidebar.install(environment)
        around.install(environment)

    config.action(None, finish, order=1000)
    config.scan("sratix_core.dashboard")
