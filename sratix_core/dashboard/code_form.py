"""The form of one promo code, and of many alike."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sratix_core.catalog.models import Visibility
from sratix_core.catalog.service import types_of
from sratix_core.dashboard.shell import path, screen
from sratix_core.events.models import Event
from sratix_core.pricing.rules import DiscountKind
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.models import CodeState, PromoCode
from sratix_core.values.money import Money
from sratix_core.web.forms import Form
from sratix_core.web.request import Request

PAGE = "dashboard/code_form.jinja2"
KINDS = (
    (DiscountKind.PERCENT, "A percentage off"),
    (DiscountKind.AMOUNT, "An amount off the order"),
    (DiscountKind.TICKET, "An amount off each ticket"),
    (DiscountKind.PRICE, "A price for each ticket"),
    (DiscountKind.ACCESS, "Nothing off, opens hidden tickets"),
)


def read_draft(request: Request, event: Event, code: str | None = None) -> CodeDraft:
    """What was typed. Raises `Invalid`."""
    form = Form(request.POST)
    kind = form.choice("kind", list(DiscountKind)) or DiscountKind.PERCENT
    value: int | None = 0
    if kind == DiscountKind.PERCENT:
        value = form.percent("value")
    elif kind != DiscountKind.ACCESS:
        amount = form.money("value", event.currency)
        value = amount.minor if amount else None
    least = form.money("min_order", event.currency, required=False)
    if least is not None and least.minor < 0:
        form.fail("min_order", "price_out_of_range")
    draft = CodeDraft(
        code=request.POST.get("code", "") if code is None else code,
        kind=kind,
        value=value or 0,
        description=request.POST.get("description", ""),
        type_ids=_ids(request, "type_ids", form),
        unlocked_ids=_ids(request, "unlocked_ids", form),
        min_order_minor=least.minor if least else 0,
        min_quantity=form.integer("min_quantity", 0, 100, required=False) or 0,
        starts_at=form.moment("starts_at", event.timezone, required=False),
        expires_at=form.moment("expires_at", event.timezone, required=False),
        max_uses=form.integer("max_uses", 1, 1_000_000, required=False),
        max_uses_per_buyer=form.integer("max_uses_per_buyer", 1, 1000, required=False),
        state=form.choice("state", list(CodeState), required=False) or CodeState.ACTIVE,
    )
    form.check()
    return draft


def _ids(request: Request, name: str, form: Form) -> tuple[uuid.UUID, ...]:
    found = []
    for raw in request.POST.getall(name):
        try:
            found.append(uuid.UUID(raw))
        except ValueError:
            form.fail(name, "choice")
    return tuple(found)


def values_of(code: PromoCode, event: Event) -> dict[str, Any]:
    """A code as the form shows it."""
    zone, currency = ZoneInfo(event.timezone), event.currency

    def moment(at: datetime | None) -> str:
        return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if at else ""

    percent = code.kind == DiscountKind.PERCENT
    value = f"{code.value / 100:g}" if percent else str(Money(code.value, currency).decimal())
    least = Money(code.min_order_minor, currency)
    return {
        **{n: getattr(code, n) for n in ("code", "kind", "description", "type_ids", "unlocked_ids", "state")},
        "value": "" if code.kind == DiscountKind.ACCESS else value,
        "min_order": str(least.decimal()) if least.minor else "",
        "min_quantity": code.min_quantity or "",
        "max_uses": code.max_uses or "",
        "max_uses_per_buyer": code.max_uses_per_buyer or "",
        "starts_at": moment(code.starts_at),
        "expires_at": moment(code.expires_at),
    }


def choices(request: Request, event: Event) -> dict[str, Any]:
    """What the fields offer."""
    types = types_of(request.ctx, event)
    hidden = [t for t in types if t.visibility == Visibility.HIDDEN]
    return {
        "kinds": [(kind.value, request.t(words)) for kind, words in KINDS],
        "types": [(str(t.id), t.name, "") for t in types],
        "hidden": [(str(t.id), t.name, "") for t in hidden],
        "currency": event.currency,
        "timezone": event.timezone,
    }


def form_page(
    request: Request,
    event: Event,
    code: PromoCode | None,
    values: dict[str, Any],
    errors: dict[str, str],
    figures: dict[str, Any] | None = None,
) -> dict[str, Any]:
    t, here = request.t, {"promo": code.id} if code else {}
    link = request.route_url("shop.event", tenant=request.tenant.slug, event=event.slug)
    return screen(
        request,
        event,
        [
            (t("Promo codes"), path(request, "dashboard.codes", event)),
            (code.code if code else t("New code"), None),
        ],
        code=code,
        figures=figures,
        link=f"{link}?code={code.code}" if code else "",
        action=path(request, "dashboard.code" if code else "dashboard.code_new", event, **here),
        state_href=path(request, "dashboard.code_state", event, **here) if code else "",
        delete_href=path(request, "dashboard.code_deletion", event, **here) if code else "",
        back_href=path(request, "dashboard.codes", event),
        values=values,
        errors=errors,
        **choices(request, event),
    )
