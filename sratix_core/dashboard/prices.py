"""What goes for all prices of an event: taxes, the organizer's fee, coins."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.catalog.service import types_of
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.events.pricing import ROUND_TO, set_terms
from sratix_core.pricing.rules import Terms, rules_of, terms_of
from sratix_core.values.locale import format_percent
from sratix_core.values.money import Money, format_money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.request import Request

PAGE = "dashboard/prices.jinja2"


def typed_percent(bp: int) -> str:
    """Basis points as one types them: `8.1`."""
    return f"{bp / 100:g}"


@view_config(route_name="dashboard.prices", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def prices(request: Request) -> dict[str, Any]:
    event = the_event(request)
    terms = terms_of(event)

    def amount(minor: int) -> str:
        return str(Money(minor, event.currency).decimal()) if minor else ""

    values = {
        "tax_included": "yes" if terms.tax_included else "no",
        "tax": typed_percent(terms.tax_bp) if terms.tax_bp else "",
        "fee_name": terms.fee_name or (request.t("Service fee") if not terms.has_fee else ""),
        "fee_ticket": amount(terms.fee_ticket_minor),
        "fee_percent": typed_percent(terms.fee_bp) if terms.fee_bp else "",
        "fee_order": amount(terms.fee_order_minor),
        "round_to": str(terms.round_to),
    }
    return _page(request, event, values, {})


@view_config(route_name="dashboard.prices", request_method="POST", permission=EVENT_EDIT, renderer=PAGE)
def save(request: Request) -> Any:
    event, form = the_event(request), Form(request.POST)

    def minor(name: str) -> int:
        found = form.money(name, event.currency, required=False)
        return found.minor if found else 0

    try:
        included = form.choice("tax_included", ("yes", "no"))
        terms = Terms(
            tax_included=included != "no",
            tax_bp=form.percent("tax", required=False) or 0,
            fee_name=str(request.POST.get("fee_name", "")),
            fee_ticket_minor=minor("fee_ticket"),
            fee_bp=form.percent("fee_percent", required=False) or 0,
            fee_order_minor=minor("fee_order"),
            round_to=int(form.choice("round_to", [str(step) for step in ROUND_TO]) or 1),
        )
        form.check()
        set_terms(request.ctx, event, terms)
    except Invalid as error:
        names = {"tax_bp": "tax", "fee_bp": "fee_percent", "fee_ticket_minor": "fee_ticket", "fee_order_minor": "fee_order"}  # fmt: skip
        errors = {names.get(k, k): v for k, v in refused_fields(request, error).items()}
        return _page(request, event, dict(request.POST), errors)
    return HTTPSeeOther(path(request, "dashboard.prices", event) + "?done=saved")


def _page(request: Request, event: Event, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    t, locale = request.t, request.locale_name
    terms = terms_of(event)

    def rate(bp: int | None) -> str:
        return format_percent(terms.tax_bp if bp is None else bp, locale)

    return screen(
        request,
        event,
        [(t("Prices & taxes"), None)],
        action=path(request, "dashboard.prices", event),
        currency=event.currency,
        rounds=[
            (str(step), format_money(Money(step, event.currency), locale) if step > 1 else t("Not at all"))
            for step in ROUND_TO
        ],
        types=[
            {
                "name": kind.name,
                "rate": rate(rules_of(kind).tax_bp),
                "own": rules_of(kind).tax_bp is not None,
                "price": Money(kind.price_minor, kind.currency),
                "href": path(request, "dashboard.type", event, type=kind.id),
            }
            for kind in types_of(request.ctx, event)
        ],
        values=values,
        errors=errors,
    )
