"""What a person can do in the dashboard, a program can do: each page beside the operations that do the same, or why there is none."""

from __future__ import annotations

import pytest

from sratix_core.accounts.permissions import ROLES
from sratix_core.dashboard import ROUTES
from sratix_core.web.permissions import MEMBER
from tests.functional.api.surface import OPERATIONS as SURFACE
from tests.functional.dashboard.matrix import ANYBODY, MATRIX

CSV = "A file for a spreadsheet, kept on record as taken out; the same rows come page by page from the lists."

SAME: dict[str, str] = {
    "dashboard": "get_me",
    "dashboard.home": "get_tenant list_events",
    "dashboard.events": "list_events get_analytics",
    "dashboard.event_new": "create_event",
    "dashboard.venues": "list_venues create_venue",
    "dashboard.venue": "get_venue change_venue",
    "dashboard.plugins": "list_plugins",
    "dashboard.plugin": "get_plugin list_plugin_settings change_plugin_settings",
    "dashboard.plugin_switch": "change_plugin",
    "dashboard.plugin_pause": "change_plugin",
    "dashboard.event_plugin": "list_event_plugin_settings change_event_plugin_settings",
    "dashboard.settings": "list_settings",
    "dashboard.settings_section": "change_settings",
    "dashboard.audit": "list_audit",
    "dashboard.finance": "get_finance_summary",
    "dashboard.ledger": "list_ledger get_balances",
    "dashboard.finance_cases": "list_finance_cases",
    "dashboard.finance_case": "get_finance_case resolve_finance_case",
    "dashboard.finance_case_look": "look_into_finance_case",
    "dashboard.statements": "list_payment_movements compare_books",
    "dashboard.webhooks": "list_payment_webhooks",
    "dashboard.webhook_replay": "replay_payment_webhook",
    "dashboard.invoices": "list_invoices",
    "dashboard.invoices_consolidated": "consolidate_invoice",
    "dashboard.invoice": "get_invoice",
    "dashboard.invoice_paper": "get_invoice_pdf draw_invoice_pdf",
    "dashboard.invoice_mailings": "mail_invoice list_invoice_mailings",
    "dashboard.invoice_correction": "correct_invoice",
    "dashboard.invoice_settings": "get_invoice_settings change_invoice_settings",
    "dashboard.order_invoice": "issue_invoice",
    "dashboard.order_proforma": "issue_invoice",
    "dashboard.order_billing": "get_billing_address write_billing_address",
    "dashboard.search": "find_anything",
    "dashboard.members": "list_members list_invitations",
    "dashboard.invitations": "list_invitations create_invitation",
    "dashboard.invitation_mail": "mail_invitation",
    "dashboard.invitation_end": "revoke_invitation",
    "dashboard.member": "get_member change_member",
    "dashboard.member_removal": "remove_member",
    "dashboard.api_keys": "list_api_keys create_api_key",
    "dashboard.api_key": "get_api_key revoke_api_key",
    "dashboard.roles": "list_roles list_permissions",
    "dashboard.role_new": "create_role",
    "dashboard.role": "get_role change_role",
    "dashboard.role_deletion": "delete_role",
    "dashboard.organizations": "list_organizations",
    "dashboard.organization_new": "create_organization",
    "dashboard.organization": "get_organization",
    "dashboard.organization_edit": "change_organization",
    "dashboard.organization_deletion": "remove_organization",
    "dashboard.organization_orders": "list_organization_orders",
    "dashboard.organization_tickets": "list_organization_tickets",
    "dashboard.organization_ticket": "name_organization_ticket",
    "dashboard.organization_people": "list_organization_members",
    "dashboard.organization_invitations": "invite_organization_member add_organization_member list_organization_invitations",
    "dashboard.organization_invitation_mail": "mail_organization_invitation",
    "dashboard.organization_invitation_end": "revoke_organization_invitation",
    "dashboard.organization_member_removal": "remove_organization_member",
    "dashboard.order_organization": "change_order",
    "dashboard.incidents": "list_incidents get_incident create_incident",
    "dashboard.incident_closure": "close_incident",
    "dashboard.event": "get_event list_ticket_types",
    "dashboard.event_edit": "change_event",
    "dashboard.event_status": "publish_event cancel_event archive_event withdraw_event",
    "dashboard.types": "list_ticket_types list_capacity_pools create_capacity_pool",
    "dashboard.type_new": "create_ticket_type",
    "dashboard.type": "get_ticket_type change_ticket_type",
    "dashboard.pool": "get_capacity_pool change_capacity_pool",
    "dashboard.prices": "get_terms change_terms",
    "dashboard.codes": "list_promo_codes",
    "dashboard.code_new": "create_promo_code",
    "dashboard.codes_many": "create_promo_code",
    "dashboard.code": "get_promo_code change_promo_code",
    "dashboard.code_state": "change_promo_code",
    "dashboard.code_deletion": "delete_promo_code",
    "dashboard.programme": "list_sessions list_speakers",
    "dashboard.session": "get_session create_session change_session",
    "dashboard.session_delete": "delete_session",
    "dashboard.speaker": "get_speaker create_speaker change_speaker",
    "dashboard.speaker_delete": "delete_speaker",
    "dashboard.why": "get_decision",
    "dashboard.why_order": "explain_order",
    "dashboard.why_scan": "explain_scan",
    "dashboard.order_lookup": "look_up_order",
    "dashboard.orders": "list_orders",
    "dashboard.orders_mails": "mail_orders",
    "dashboard.orders_cancellations": "cancel_several_orders",
    "dashboard.views": "list_views save_view",
    "dashboard.views_removal": "delete_view",
    "dashboard.order_new": "create_order",
    "dashboard.order": "get_order list_tickets get_ticket",
    "dashboard.order_payment": "pay_order",
    "dashboard.order_refund": "refund_order",
    "dashboard.order_refund_failure": "record_refund_failure",
    "dashboard.order_send_back": "refund_order",
    "dashboard.order_cancel": "cancel_order",
    "dashboard.order_request_new": "create_payment_request",
    "dashboard.order_request_mail": "list_payment_requests get_payment_request mail_payment_request",
    "dashboard.order_request_end": "list_payment_requests cancel_payment_request create_payment_request",
    "dashboard.order_difference": "undo_exchange",
    "dashboard.order_return": "quote_return return_tickets",
    "dashboard.order_credit": "credit_order",
    "dashboard.refund_policy": "change_refund_policy",
    "dashboard.orders_mass": "get_mass_act_scope start_mass_act",
    "dashboard.attendees_mass": "get_mass_act_scope start_mass_act",
    "dashboard.mass_act": "get_mass_act list_mass_acts",
    "dashboard.event_cancellation": "start_event_refund get_event_refund",
    "dashboard.event_cancellation_pause": "pause_event_refund",
    "dashboard.event_cancellation_continuation": "continue_event_refund",
    "dashboard.order_mail": "mail_order",
    "dashboard.order_sold_mail": "mail_sold_value",
    "dashboard.ticket_exchange": "exchange_ticket",
    "dashboard.ticket_rotate": "rotate_ticket",
    "dashboard.ticket_void": "void_ticket",
    "dashboard.attendees": "list_attendees get_attendee",
    "dashboard.attendees_mails": "mail_tickets",
    "dashboard.attendees_voids": "void_several_tickets",
    "dashboard.checkin": "get_stats get_occupancy get_timeline get_entry_stats list_check_ins list_scans",
    "dashboard.scan": "create_scan list_gates",
    "dashboard.admit": "create_scan",
    "dashboard.scan_reversal": "revert_scan",
    "dashboard.gates": "create_gate",
    "dashboard.devices": "list_devices create_device",
    "dashboard.device": "get_device change_device",
    "dashboard.device_end": "revoke_device",
}

ONLY_FOR_PEOPLE: dict[str, str] = {
    "dashboard.style_guide": "Shows how our own pages are built; there is nothing in it to do.",
    "dashboard.finance_case_settlement": "Acts on the case's order: refund_order, pay_order, undo_exchange and cancel_order do the same.",
    "dashboard.order_print": "The order on paper; get_order has what stands on it.",
    "dashboard.orders_export": CSV,
    "dashboard.codes_export": CSV,
    "dashboard.attendees_export": CSV,
    "dashboard.finance_books": "An archive with a script for auditors; list_ledger has every entry with its fingerprint.",
    "dashboard.organizations_export": CSV,
    "dashboard.invoices_export": CSV,
    "dashboard.invitations_export": CSV,
}

OPERATIONS = {e.name: e for e in SURFACE}


def test_every_page_has_its_operations_or_a_reason() -> None:
    assert SAME.keys() | ONLY_FOR_PEOPLE.keys() == {name for name, _ in ROUTES}
    assert not SAME.keys() & ONLY_FOR_PEOPLE.keys()
    assert {name for names in SAME.values() for name in names.split()} <= OPERATIONS.keys()


@pytest.mark.parametrize("route", SAME)
def test_whoever_may_open_the_page_may_ask_the_api(route: str) -> None:
    """And where it writes, nobody else."""
    asked = set(MATRIX[route].values())
    for name in SAME[route].split():
        operation = OPERATIONS[name]
        if asked & {MEMBER, ANYBODY} or operation.permission == MEMBER:
            continue
        for role, held in ROLES.items():
            assert operation.permission in held or not asked <= held, (name, role)
        assert operation.method == "GET" or operation.permission in asked, name
