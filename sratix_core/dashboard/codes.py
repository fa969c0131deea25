"""Promo codes of an event: how each does, and what it is."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from sratix_core.accounts.permissions import EVENT_EDIT, MONEY_VIEW
from sratix_core.dashboard.code_form import PAGE as FORM
from sratix_core.dashboard.code_form import form_page, read_draft, values_of
from sratix_core.dashboard.shell import path, screen, the_event, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.pricing.rules import DiscountKind
from sratix_core.promotions.models import CodeState, PromoCode
from sratix_core.promotions.service import (
    CodeFigures,
    change_code,
    code_by_id,
    codes_of,
    create_code,
    delete_code,
    figures_of,
    switch_code,
)
from sratix_core.values.locale import format_percent
from sratix_core.values.money import Money, format_money
from sratix_core.web.csv import as_csv
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

SHOWN = 200
EXPORTED = 20_000


def does(request: Request, code: PromoCode, currency: str) -> str:
    """What a code does, in a few words."""
    if code.kind == DiscountKind.PERCENT:
        return str(request.t("{value} off", value=format_percent(code.value, request.locale_name)))
    value = format_money(Money(code.value, currency), request.locale_name)
    words = {
        DiscountKind.AMOUNT: "{value} off the order",
        DiscountKind.TICKET: "{value} off each ticket",
        DiscountKind.PRICE: "{value} for each ticket",
        DiscountKind.ACCESS: "opens hidden tickets",
    }
    return str(request.t(words[DiscountKind(code.kind)], value=value))


def standing(request: Request, code: PromoCode) -> str:
    """Its state as people mean it."""
    now = request.ctx.clock.now()
    if code.state == CodeState.DISABLED:
        return "disabled"
    if code.expires_at is not None and now >= code.expires_at:
        return "over"
    if code.max_uses is not None and code.used >= code.max_uses:
        return "used_up"
    return "soon" if code.starts_at is not None and now < code.starts_at else "active"


@view_config(
    route_name="dashboard.codes",
    request_method="GET",
    permission=EVENT_EDIT,
    renderer="dashboard/codes.jinja2",
)
def codes_page(request: Request) -> dict[str, Any]:
    event, text = the_event(request), request.GET.get("q", "").strip()[:60]
    query = codes_of(event.id, text).order_by(PromoCode.created_at.desc(), PromoCode.id.desc())
    codes = list(request.db.scalars(query.limit(SHOWN + 1)))
    count, used = request.db.execute(
        select(func.count(), func.coalesce(func.sum(PromoCode.used), 0)).where(PromoCode.event_id == event.id)
    ).one()
    figures = figures_of(request.ctx, [code.id for code in codes[:SHOWN]])
    money = request.may(MONEY_VIEW)

    def row(code: PromoCode) -> dict[str, Any]:
        did = figures.get(code.id, CodeFigures())
        return {
            "code": code.code,
            "description": code.description,
            "does": does(request, code, event.currency),
            "state": standing(request, code),
            "used": code.used,
            "max_uses": code.max_uses,
            "held": did.held,
            "orders": did.orders,
            "revenue": Money(did.revenue_minor, event.currency) if money else None,
            "discount": Money(did.discount_minor, event.currency) if money else None,
            "starts_at": code.starts_at,
            "expires_at": code.expires_at,
            "href": path(request, "dashboard.code", event, promo=code.id),
        }

    rows = [row(code) for code in codes[:SHOWN]]
    return screen(
        request,
        event,
        [(request.t("Promo codes"), None)],
        rows=rows,
        more=len(codes) > SHOWN,
        q=text,
        count=count,
        used=used,
        sees_money=money,
        new_href=path(request, "dashboard.code_new", event),
        many_href=path(request, "dashboard.codes_many", event),
        export_href=path(request, "dashboard.codes_export", event),
        here=path(request, "dashboard.codes", event),
    )


@view_config(route_name="dashboard.codes_export", request_method="POST", permission=EVENT_EDIT)
def export(request: Request) -> Response:
    """All codes with how often each was used, for whoever sends them out."""
    event = the_event(request)
    codes = request.db.scalars(codes_of(event.id).order_by(PromoCode.code).limit(EXPORTED))
    rows = (
        (code.code, does(request, code, event.currency), standing(request, code), str(code.used),
         "" if code.max_uses is None else str(code.max_uses), code.description)
        for code in codes
    )  # fmt: skip
    head = [request.t(word) for word in ("Code", "What it does", "State", "Uses", "At most", "Note")]
    return as_csv(f"promo-codes-{event.slug}", head, rows)[0]


@view_config(route_name="dashboard.code_new", request_method="GET", permission=EVENT_EDIT, renderer=FORM)
def new(request: Request) -> dict[str, Any]:
    usual = {"kind": "percent", "state": "active", "type_ids": [], "unlocked_ids": []}
    return form_page(request, the_event(request), None, usual, {})


@view_config(route_name="dashboard.code", request_method="GET", permission=EVENT_EDIT, renderer=FORM)
def edit(request: Request) -> dict[str, Any]:
    event = the_event(request)
    code = code_by_id(request.ctx, event, uuid_in(request, "promo"))
    return form_page(request, event, code, values_of(code, event), {}, _figures(request, event, code))


def _figures(request: Request, event: Event, code: PromoCode) -> dict[str, Any]:
    did = figures_of(request.ctx, [code.id]).get(code.id, CodeFigures())
    sees = request.may(MONEY_VIEW)
    return {
        "state": standing(request, code),
        "used": code.used,
        "held": did.held,
        "orders": did.orders,
        "revenue": Money(did.revenue_minor, event.currency) if sees else None,
        "discount": Money(did.discount_minor, event.currency) if sees else None,
    }


@view_config(route_name="dashboard.code_new", request_method="POST", permission=EVENT_EDIT, renderer=FORM)
@view_config(route_name="dashboard.code", request_method="POST", permission=EVENT_EDIT, renderer=FORM)
def save(request: Request) -> Any:
    event, code = the_event(request), None
    if "promo" in request.matchdict:
        code = code_by_id(request.ctx, event, uuid_in(request, "promo"))
    try:
        draft = read_draft(request, event)
        if code is None:
            create_code(request.ctx, event, draft)
        else:
            change_code(request.ctx, event, code, draft)
    except (Invalid, Refused) as error:
        errors = refused_fields(request, error, rest="max_uses" if error.code == "promo_in_use" else "")
        several = {name: request.POST.getall(name) for name in ("type_ids", "unlocked_ids")}
        return form_page(request, event, code, {**request.POST, **several}, errors)
    return HTTPSeeOther(path(request, "dashboard.codes", event) + "?done=saved")


@view_config(route_name="dashboard.code_state", request_method="POST", permission=EVENT_EDIT)
def switch(request: Request) -> HTTPSeeOther:
    """Disable a code, or let it be used again."""
    event = the_event(request)
    code = code_by_id(request.ctx, event, uuid_in(request, "promo"))
    on = request.POST.get("state") == CodeState.ACTIVE
    switch_code(request.ctx, event, code, CodeState.ACTIVE if on else CodeState.DISABLED)
    return HTTPSeeOther(
        path(request, "dashboard.code", event, promo=code.id) + f"?done={'on' if on else 'off'}"
    )


@view_config(
    route_name="dashboard.code_deletion",
    request_method="GET",
    permission=EVENT_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_removal(request: Request) -> dict[str, Any]:
    event, t = the_event(request), request.t
    code = code_by_id(request.ctx, event, uuid_in(request, "promo"))
    return screen(
        request,
        event,
        [(t("Promo codes"), path(request, "dashboard.codes", event)), (code.code, None)],
        question=t("Delete {name}?", name=code.code),
        consequence=t("Whoever still has it is told that there is no such code."),
        yes=t("Delete the code"),
        action=path(request, "dashboard.code_deletion", event, promo=code.id),
        back_href=path(request, "dashboard.code", event, promo=code.id),
    )


@view_config(route_name="dashboard.code_deletion", request_method="POST", permission=EVENT_EDIT)
def remove(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    delete_code(request.ctx, event, code_by_id(request.ctx, event, uuid_in(request, "promo")))
    return HTTPSeeOther(path(request, "dashboard.codes", event) + "?done=removed")
