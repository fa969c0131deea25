"""The form of an event's rules of giving back."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.service import MOST_TIERS, policy_of, save_policy
from sratix_core.values.money import Money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.refund_words import percent, policy_lines
from sratix_core.web.request import Request

PAGE = "dashboard/refund_policy.jinja2"


@view_config(route_name="dashboard.refund_policy", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def shown(request: Request) -> dict[str, Any]:
    event = the_event(request)
    policy = policy_of(request.ctx, event.id)
    flags = ("fees_back", "self_service", "exchanges")
    values: dict[str, Any] = {name: getattr(policy, name) for name in flags}
    if policy.fee_minor:
        values["fee"] = str(Money(policy.fee_minor, event.currency).decimal())
    for n, tier in enumerate(policy.tiers):
        values |= {f"days_{n}": tier.days, f"percent_{n}": percent(tier.bp)}
    return _page(request, event, policy, values, {})


@view_config(
    route_name="dashboard.refund_policy", request_method="POST", permission=EVENT_EDIT, renderer=PAGE
)
def saved(request: Request) -> Any:
    event, form = the_event(request), Form(request.POST)
    kept = [n for n in range(MOST_TIERS) if form.value(f"days_{n}") or form.value(f"percent_{n}")]
    tiers = [_tier(form, n) for n in kept]
    fee = form.money("fee", event.currency, required=False)
    policy = Policy(
        tuple(t for t in tiers if t is not None),
        fee.minor if fee is not None else 0,
        form.flag("fees_back"),
        form.flag("self_service"),
        form.flag("exchanges"),
    )
    try:
        form.check()
        save_policy(request.ctx, event, policy)
    except Invalid as error:
        named = {_field(name, kept): code for name, code in error.fields.items()}
        errors = refused_fields(request, Invalid(named))
        before = policy_of(request.ctx, event.id)
        return _page(request, event, before, dict(request.POST), errors)
    return HTTPSeeOther(path(request, "dashboard.refund_policy", event) + "?done=saved")


def _tier(form: Form, n: int) -> Tier | None:
    days = form.integer(f"days_{n}", 0, 730)
    bp = _basis_points(form, f"percent_{n}")
    return Tier(days, bp) if days is not None and bp is not None else None


def _basis_points(form: Form, name: str) -> int | None:
    """A percentage with up to two digits after the point."""
    raw = str(form.value(name)).strip().replace(",", ".")
    try:
        found = Decimal(raw) * 100 if raw else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        form.fail(name, "integer" if raw else "required")
        return None
    if not 0 <= found <= 10_000:
        form.fail(name, "range")
        return None
    return int(found.quantize(Decimal(1), ROUND_HALF_UP))


def _field(name: str, kept: list[int]) -> str:
    """The field of the form that a fault of the rules is shown at: `tiers[1].days` is the second that was filled in."""
    if not name.startswith("tiers"):
        return name
    if "[" not in name:
        return f"percent_{kept[-1]}" if kept else "fee"
    n, part = name.removeprefix("tiers[").split("].")
    return f"{'days' if part == 'days' else 'percent'}_{kept[int(n)]}"


def _page(
    request: Request, event: Event, policy: Policy, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    t = request.t
    return screen(
        request,
        event,
        [(t("Event page"), path(request, "dashboard.event_edit", event)), (t("Giving back"), None)],
        action=path(request, "dashboard.refund_policy", event),
        back_href=path(request, "dashboard.event_edit", event),
        steps=range(MOST_TIERS),
        currency=event.currency,
        lines=policy_lines(request, policy, event),
        values=values,
        errors=errors,
    )
