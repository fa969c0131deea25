"""The frame around every page: who is where, what they can reach, and the event of the address."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select

from sratix_core.accounts.permissions import (
    EVENT_EDIT,
    EVENT_VIEW,
)
from sratix_core.accounts.places import Place
from sratix_core.dashboard.kept import KEPT, Kept
from sratix_core.dashboard.known import latest
from sratix_core.dashboard.navigation import EVENT_NAV, SPARED, TENANT_NAV
from sratix_core.errors import NotFound
from sratix_core.events.hot import MOST as MOST_RECENT
from sratix_core.events.hot import Brief
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.queries import event_by_slug
from sratix_core.organizations.places import OrganizationPlace, everywhere
from sratix_core.shop.frame import file_url, uuid_in
from sratix_core.tenancy.prebuilt import Row
from sratix_core.values.locale import format_date_range
from sratix_core.web.contexts import told
from sratix_core.web.permissions import MEMBER
from sratix_core.web.request import Request

__all__ = ["path", "screen", "the_event", "uuid_in"]


def the_event(request: Request) -> Event:
    """The event of this address, in any state. Raises `NotFound`."""
    return event_by_slug(request.ctx, request.matchdict["event"])


def path(request: Request, route: str, event: Event | Brief | str | None = None, **parts: Any) -> str:
    """The path of a dashboard route of this tenant, and of an event (or its slug) where one is given."""
    if event is not None:
        parts["event"] = event if isinstance(event, str) else event.slug
    return str(request.route_path(route, tenant=request.tenant.slug, **parts))


def screen(
    request: Request,
    event: Event | Brief | None = None,
    crumbs: list[tuple[str, str | None]] | None = None,
    **page: Any,
) -> dict[str, Any]:
    """The variables of `dashboard/frame.jinja2` together with the page's own; two statements."""
    tenant = request.tenant
    trail = [(event.name, path(request, "dashboard.event", event))] if event is not None else []
    return {
        "shell": _shell(request, event),
        "crumbs": [*trail, *(crumbs or [])] or [(tenant.name, None)],
        "flash": flash(request),
        "event": event,
        **page,
    }


DONE = {
    "saved": "Saved.",
    "published": "The event is on sale.",
    "cancelled": "Cancelled.",
    "placed": "The order is placed.",
    "archived": "Archived.",
    "draft": "The event is a draft again.",
    "paid": "Marked as paid. The tickets are on their way.",
    "refunded": "Recorded: the money went back.",
    "refund_failed": "Recorded: it came back, and the money is owed again.",
    "sent_back": "The money is on its way back. It shows here when it has arrived.",
    "request_sent": "The invoice is on its way to the buyer.",
    "request_mailed": "The invoice is on its way to the buyer again.",
    "request_ended": "The invoice is void. Nobody can pay it any more.",
    "request_paid": "It was paid in the meantime: the payment is recorded.",
    "request_silent": "The provider did not do it just now. Look at the order’s money, and try again in a minute.",
    "case_resolved": "The case is settled.",
    "case_acted": "Done. The books are compared, and the case closes when they agree.",
    "case_ignored": "The case is set aside. It comes back if it changes.",
    "replayed": "It is looked at again.",
    "asked_again": "The provider is asked. Load this page again in a moment.",
    "issued": "The invoice is issued. It is being drawn.",
    "invoice_mailed": "The mail leaves as soon as the PDF is there.",
    "corrected": "The invoice was credited and issued anew.",
    "drawing": "It is being drawn. Reload in a moment.",
    "returned": "Given back. The buyer gets a mail with the amount.",
    "credited": "Taken off the price.",
    "late": "The payment is recorded. The seats are gone: decide with the buyer.",
    "sent": "The mail is on its way again.",
    "asked": "The type is changed. The buyer gets a mail with the link to pay the difference.",
    "undone": "The change is undone. The new code is mailed.",
    "exchanged": "The type is changed. The new code is mailed.",
    "rotated": "The ticket has a new code. The old one admits nobody.",
    "voided": "The ticket is void. Its seat is free.",
    "scan_undone": "Undone. The ticket is where it was before, and the figures follow.",
    "revoked": "The scanner's key has ended.",
    "key_revoked": "The key has ended.",
    "removed": "Removed.",
    "invited": "The invitation is on its way.",
    "uninvited": "The link opens nothing any more.",
    "noted": "The note is kept.",
    "closed": "Closed.",
    "on": "Switched on.",
    "all_on": "Switched on, together with what it needs.",
    "paused": "Paused. It does nothing here until you let it go on.",
    "resumed": "It goes on.",
    "off": "Switched off.",
    "codes": "New codes: {n}. Spellings that were there already, or are none, were left out.",
    "bulk": "Orders done: {n}.",
    "mailed": "Mails on their way: {n}.",
    "ended": "Tickets voided: {n}.",
}


def flash(request: Request) -> list[dict[str, str]]:
    """What the address says was just done."""
    words, n = DONE.get(request.GET.get("done", "")), request.GET.get("n", "")
    return [{"text": request.t(words, n=n if n.isdigit() else "")}] if words else []


def _shell(request: Request, event: Event | Brief | None) -> dict[str, Any]:
    """What the sidebar and the bar show; drawn once for the same contents, which is all it is made of."""
    grants, who, tenant = request.grants, request.identity, request.tenant
    recent = _recent(request)
    places = everywhere(request.runtime.engines, who.id)
    contents = (
        *(request.script_name, request.locale_name, request.matched_route.name),
        *(request.matchdict.get("event"), request.matchdict.get("organization")),
        *(tenant.slug, tenant.name, tenant.logo_file_id),
        None if event is None else (event.id, event.slug, event.name),
        *(who.is_platform_admin, who.acting is None),
        *(grants.everywhere, tuple(grants.events.items()), tuple(grants.organizations.items())),
        *(tenant.enabled_plugins, tenant.paused_plugins, tenant.held_plugins),
        *(recent, *places),
    )
    kept: Kept = request.registry[KEPT]
    shell = kept.get(contents)
    if shell is None:
        shell = kept.put(contents, _drawn(request, event, recent, *places))
    return {**shell, "person": {"name": who.name, "email": who.email}}


def _recent(request: Request) -> tuple[Row, ...]:
    mine = request.grants.events_with(EVENT_VIEW)
    if mine is None:
        return latest(request)
    newest = select(Event.id, Event.slug, Event.name, Event.starts_at, Event.ends_at, Event.timezone)
    newest = newest.where(Event.status != EventStatus.ARCHIVED, Event.id.in_(mine))
    found = request.db.execute(newest.order_by(Event.starts_at.desc()).limit(MOST_RECENT))
    return tuple(tuple(row) for row in found)


def _drawn(
    request: Request,
    event: Event | Brief | None,
    recent: Sequence[Row],
    tenants: Sequence[Place],
    organizations: Sequence[OrganizationPlace],
) -> dict[str, Any]:
    tenant, to = request.tenant, partial(path, request)
    may_add = request.grants.allows(EVENT_EDIT)
    return {
        "title": event.name if event else tenant.name,
        "subtitle": tenant.name if event else request.t("Organization"),
        "logo_url": file_url(request, tenant.logo_file_id),
        **told(request, tenants, organizations),
        "events": [
            {
                "name": name,
                "note": format_date_range(starts_at, ends_at, timezone, request.locale_name),
                "href": to("dashboard.event", slug),
                "current": event is not None and id == event.id,
            }
            for id, slug, name, starts_at, ends_at, timezone in recent
        ],
        "events_href": to("dashboard.events"),
        "new_event_href": to("dashboard.event_new") if may_add else None,
        "nav": _nav(request, event),
        "search_href": to("dashboard.search") if request.may(EVENT_VIEW) else None,
        "account_href": request.route_path("account.password"),
        "logout_href": request.route_path("account.logout"),
        "drawn": [],
    }


def _nav(request: Request, event: Event | Brief | None) -> list[dict[str, Any]]:
    here, grants = request.matched_route.name, request.grants
    areas: dict[str, list[dict[str, Any]]] = {}
    rows = [(*row, event) for row in (EVENT_NAV if event is not None else ())]
    rows += [(*row, None) for row in TENANT_NAV]  # these need the permission in the whole organization
    for area, route, label, icon, permission, of in rows:
        if permission != MEMBER and not (
            grants.allows(permission) if of is None else request.may(permission)
        ):
            continue
        if route in SPARED and request.may(SPARED[route]):
            continue
        current = here == route or here in BELONGS.get(route, ())
        item = {
            "label": request.t(label),
            "icon": icon,
            "href": path(request, route, of),
            "count": None,
            "hot": False,
        }
        areas.setdefault(area, []).append({**item, "current": current})
    for brought in _of_plugins(request):
        areas.setdefault("Organization", []).append(brought)
    return [{"label": request.t(label) if label else None, "items": items} for label, items in areas.items()]


def _of_plugins(request: Request) -> Iterator[dict[str, Any]]:
    """The pages of the plugins that are on here; every page of a plugin's belongs to its item."""
    for answer in request.ctx.hooks.nav_items(request=request, area="tenant"):
        for item in answer:
            if request.grants.allows(item.permission):
                yield {
                    "label": request.t(item.label),
                    "icon": item.icon,
                    "href": path(request, item.route),
                    "count": None,
                    "hot": False,
                    "current": request.matched_route.name.partition(".")[0] == item.route.partition(".")[0],
                }


ORGANIZATION_PAGES = (
    *("dashboard.organization", "dashboard.organization_new", "dashboard.organization_edit"),
    *("dashboard.organization_deletion", "dashboard.organization_orders", "dashboard.organization_tickets"),
    *("dashboard.organization_ticket", "dashboard.organization_people", "dashboard.organization_invitations"),
    "dashboard.organization_member_removal",
)
BELONGS = {
    "dashboard.orders": (
        "dashboard.order",
        "dashboard.order_payment",
        "dashboard.order_refund",
        "dashboard.order_send_back",
        *("dashboard.order_request_mail", "dashboard.order_request_end", "dashboard.order_new"),
        "dashboard.order_cancel",
        "dashboard.order_return",
        "dashboard.order_credit",
        "dashboard.orders_mails",
        "dashboard.orders_cancellations",
        "dashboard.orders_mass",
        "dashboard.why_order",
        "dashboard.order_lookup",
    ),
    "dashboard.event_edit": ("dashboard.refund_policy",),
    "dashboard.event": ("dashboard.event_cancellation",),
    "dashboard.attendees": (
        *("dashboard.attendees_mails", "dashboard.attendees_voids", "dashboard.attendees_mass"),
    ),
    "dashboard.types": ("dashboard.type", "dashboard.type_new", "dashboard.pool"),
    "dashboard.codes": (
        *("dashboard.code", "dashboard.code_new", "dashboard.codes_many", "dashboard.code_deletion"),
    ),
    "dashboard.scan": ("dashboard.admit", "dashboard.scan_reversal"),
    "dashboard.checkin": (
        "dashboard.scan",
        "dashboard.gates",
        "dashboard.admit",
        "dashboard.scan_reversal",
        "dashboard.why_scan",
    ),
    "dashboard.programme": ("dashboard.session", "dashboard.speaker"),
    "dashboard.venues": ("dashboard.venue",),
    "dashboard.finance": (
        *("dashboard.ledger", "dashboard.finance_cases", "dashboard.finance_case"),
        *("dashboard.finance_case_look", "dashboard.statements", "dashboard.webhooks"),
    ),
    "dashboard.plugins": ("dashboard.plugin", "dashboard.event_plugin"),
    "dashboard.members": (
        "dashboard.member",
        "dashboard.member_removal",
        "dashboard.invitations",
        "dashboard.roles",
        "dashboard.role_new",
        "dashboard.role",
        "dashboard.role_deletion",
    ),
    "dashboard.devices": ("dashboard.device", "dashboard.device_end"),
    "dashboard.settings": ("dashboard.settings_section",),
    "dashboard.api_keys": ("dashboard.api_key",),
    "dashboard.events": ("dashboard.event_new",),
    "dashboard.organizations": ORGANIZATION_PAGES,
}


def id_or_missing(raw: str) -> uuid.UUID:
    """An id from a form. Raises `NotFound`."""
    try:
        return uuid.UUID(raw)
    except ValueError as error:
        raise NotFound("id") from error
