"""Why? The rules behind a refusal, a price or a scan, in words, for whoever is asked on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pyramid.view import view_config

from sratix_core.accounts.permissions import CHECKIN_VIEW, MONEY_VIEW, ORDER_LOOKUP
from sratix_core.checkin.models import ScanResult
from sratix_core.checkin.reverting import last_passes, undone
from sratix_core.dashboard.checkin import REASONS
from sratix_core.dashboard.orders import the_order
from sratix_core.dashboard.reverting import undo_href, undone_words
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.decisions import scans
from sratix_core.decisions.service import by_reference
from sratix_core.errors import NotFound
from sratix_core.values.locale import format_datetime, format_percent
from sratix_core.values.money import Money, format_money
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request

PAGE = "dashboard/why.jinja2"

RULES = {
    "event_on_sale": "The event sells tickets",
    "type_on_sale": "{name} is on sale, and the number is allowed",
    "pool_has_room": "There is room",
    "list_price": "Price of {name} when the seats were taken",
    "price_chosen": "The buyer chose what {name} costs",
    "price_step_until": "Another price until then",
    "price_step_first": "Another price for the first {first}",
    "bulk_discount": "{percent} off from {at_least} in one order",
    "promo_usable": "{name} could be used",
    "promo_code": "Code {code}",
    "plugin_code": "{code}, of the plugin {plugin}",
    "plugin_price": "{name}, of the plugin {plugin}",
    "service_fee": "Your fee for {tickets} tickets",
    "plugin_fee": "Fee for {tickets} tickets, of the plugin {plugin}",
    "fee_included": "{name} is within the price, of the plugin {plugin}",
    "plugin_tax": "Rate of {percent}, of the plugin {plugin}",
    "tax_taken_off": "{percent} VAT within the price is taken off",
    "reverse_charge": "The buyer owes the VAT, says the plugin {plugin}",
    "tax_included": "{percent} VAT, within the price",
    "tax_added": "{percent} VAT, on top of the price",
    "code_readable": "The code can be read",
    "ticket_known": "There is such a ticket",
    "ticket_of_this_event": "The ticket is for this event",
    "signature_ours": "The signature is ours",
    "newest_code": "The code is the newest of this ticket",
    "ticket_valid": "The ticket is valid",
    "way_open": "This direction is scanned here",
    "on_the_other_side": "The holder is on the other side of the door",
}
"""Each rule as a sentence that is true when it lets through."""


@view_config(route_name="dashboard.why", request_method="GET", permission=ORDER_LOOKUP, renderer=PAGE)
def why(request: Request) -> dict[str, Any]:
    """A refusal, by the reference that was on the screen."""
    reference = request.GET.get("reference", "").strip()
    answers: list[dict[str, Any]] = []
    missing = ""
    if reference:
        try:
            found = by_reference(request.ctx, reference)
            facts = found.steps[-1]["found"] if found.steps else {}
            answers.append(
                {
                    "title": sentence(found.code, request.locale_name, **facts),
                    "at": found.at,
                    "steps": _steps(request, found.steps),
                }
            )
        except NotFound:
            missing = request.t(
                "Nothing is kept under this reference. Reasons are kept for 90 days; check the spelling."
            )
    return _page(request, None, request.t("Why?"), answers, reference=reference, missing=missing)


@view_config(route_name="dashboard.why_order", request_method="GET", permission=MONEY_VIEW, renderer=PAGE)
def why_order(request: Request) -> dict[str, Any]:
    """How each price of an order came about."""
    event, order = the_order(request)
    answers = [
        {
            "title": f"{line.quantity} × {line.name}: {format_money(line.total, request.locale_name)}",
            "at": order.created_at,
            "steps": _steps(request, line.price_trace),
        }
        for line in order.lines
    ]
    crumbs = [
        (request.t("Orders"), path(request, "dashboard.orders", event)),
        (order.code, path(request, "dashboard.order", event, code=order.code)),
    ]
    return _page(request, event, request.t("Why these prices?"), answers, crumbs)


@view_config(route_name="dashboard.why_scan", request_method="GET", permission=CHECKIN_VIEW, renderer=PAGE)
def why_scan(request: Request) -> dict[str, Any]:
    """How far a scan came, and what stood in its way."""
    event = the_event(request)
    scan = scans.scan_by_id(request.ctx, event, uuid_in(request, "scan"))
    gone = undone(request.ctx, [scan.id]).get(scan.id)
    passed = [scan.ticket_id] if scan.ticket_id is not None and scan.result == ScanResult.ADMIT else []
    is_last = scan.id in last_passes(request.ctx, passed).values()
    answer = {
        "undone": undone_words(request, gone, event.timezone) if gone is not None else "",
        "undo_href": undo_href(request, scan.id, "why") if is_last else "",
        "title": request.t(REASONS.get(scan.reason, scan.reason)),
        "at": scan.received_at,
        "steps": _steps(request, scans.why(request.ctx, scan).steps(), event.timezone),
    }
    crumbs = [(request.t("Check-in"), path(request, "dashboard.checkin", event))]
    return _page(request, event, request.t("Why this verdict?"), [answer], crumbs)


def _page(
    request: Request,
    event: Any,
    title: str,
    answers: list[dict[str, Any]],
    crumbs: Sequence[tuple[str, str | None]] = (),
    *,
    reference: str = "",
    missing: str = "",
) -> dict[str, Any]:
    return screen(
        request,
        event,
        [*crumbs, (request.t("Why?"), None)],
        title=title,
        answers=answers,
        asks=event is None,
        reference=reference,
        missing=missing,
    )


def _steps(request: Request, steps: list[dict[str, Any]], zone: str | None = None) -> list[dict[str, Any]]:
    """Each rule in words with its facts in words."""
    return [
        {
            "passed": step["passed"],
            "text": _words(request, step),
            "facts": _facts(request, step["found"], zone or request.tenant.timezone),
        }
        for step in steps
    ]


def _words(request: Request, step: dict[str, Any]) -> str:
    rule, found = step["rule"], step["found"]
    if rule in RULES:
        percent = format_percent(found["percent_bp"], request.locale_name) if "percent_bp" in found else ""
        words: str = request.t(RULES[rule], **{"name": "", "percent": percent, **found})
        return words
    return sentence(rule, request.locale_name, **found)


FACTS = {
    "name": "",
    "quantity": "{value} wanted",
    "units": "for {value} of them",
    "wanted": "{value} wanted",
    "left": "{value} left",
    "most": "at most {value}",
    "has": "{value} already bought",
    "taken": "{value} taken",
    "state": "state {value}",
    "status": "state {value}",
    "ends_at": "until {value}",
    "opens_at": "opens {value}",
    "earlier_at": "scanned before on {value}",
    "earlier_gate": "at {value}",
}


def _facts(request: Request, found: dict[str, Any], zone: str) -> str:
    """The facts a person can use, in one line; ids stay out."""
    told = []
    if "amount" in found and "currency" in found and request.may(MONEY_VIEW):
        told.append(format_money(Money(found["amount"], found["currency"]), request.locale_name))
    for name, value in found.items():
        if not FACTS.get(name):
            continue
        if name.endswith("_at"):
            value = format_datetime(datetime.fromisoformat(value), zone, request.locale_name)
        told.append(request.t(FACTS[name], value=value))
    return ", ".join(told)
