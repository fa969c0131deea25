"""Differences between the books and the world: the list, one with what to do about it, and closing it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_EDIT, FINANCE_VIEW
from sratix_core.dashboard.case_settling import ways_of
from sratix_core.dashboard.case_words import CAUSES, KINDS, next_step
from sratix_core.dashboard.finance import MOST_EVENTS, case_row, tabs
from sratix_core.dashboard.money_attention import plugin_cases
from sratix_core.dashboard.order_list import Titles
from sratix_core.dashboard.order_list import type_id as id_of
from sratix_core.dashboard.shell import path, screen, uuid_in
from sratix_core.dashboard.tables import Asked
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.payments.models import Dispute, InboxEvent, Payment, PaymentAttempt
from sratix_core.reconciliation.cases import Wanted, case_by_id, close, listed
from sratix_core.reconciliation.kinds import CaseKind, CaseState
from sratix_core.reconciliation.looking import ASKABLE, ask_again
from sratix_core.reconciliation.models import FinanceCase
from sratix_core.tenants.models import Member
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

LIST = "dashboard/finance_cases.jinja2"
ONE = "dashboard/finance_case.jinja2"
K = CaseKind
VIEWS = (("Open", "open"), ("Settled", "resolved"), ("Set aside", "ignored"), ("All", "all"))
SUBJECTS: dict[str, Any] = {
    **dict.fromkeys(
        (K.PAYMENT_UNKNOWN, K.AMOUNT_DIFFERS, K.REFUND_UNKNOWN, K.REFUND_MISSING, K.DISPUTE_UNKNOWN), Payment
    ),
    K.DISPUTE_OPEN: Dispute,
    K.ATTEMPT_STUCK: PaymentAttempt,
}
"""What the id of a subject is of, where its provider has a name for it."""


@view_config(
    route_name="dashboard.finance_cases", request_method="GET", permission=FINANCE_VIEW, renderer=LIST
)
def cases(request: Request) -> dict[str, Any]:
    t = request.t
    asked = Asked(request, path(request, "dashboard.finance_cases"), ("view", "kind", "event"), (), "")
    chosen = asked["view"] if asked["view"] in {value for _, value in VIEWS} else "open"
    kind = asked["kind"] if asked["kind"] in set(CaseKind) else ""
    event_id = id_of(asked["event"])
    wanted = Wanted("" if chosen == "all" else chosen, kind, event_id=event_id)
    page = listed(request.ctx, wanted, asked.cursor)
    newest = select(Event.name, Event.id).order_by(Event.starts_at.desc()).limit(MOST_EVENTS)
    events = [(row.name, str(row.id)) for row in request.db.execute(newest)]
    titles = Titles(request)
    kinds = [(t(words, provider=t("the provider")), k) for k, (words, _, _) in KINDS.items()]
    return screen(
        request,
        crumbs=[(t("Finance"), path(request, "dashboard.finance")), (t("Differences"), None)],
        tabs=tabs(request, "dashboard.finance_cases"),
        views=[(t(text), asked.link(view=value), None, value == chosen) for text, value in VIEWS],
        filters=[asked.filter(t("Kind"), "kind", kinds), asked.filter(t("Event"), "event", events)],
        attention=plugin_cases(request) if chosen == "open" else [],
        rows=[case_row(request, titles, case) for case in page.rows],
        chosen=chosen,
        filtered=bool(kind or event_id),
        list_href=asked.here,
        pages=asked.pages(t("{n} shown, newest first", n=len(page.rows)), page),
    )


@view_config(route_name="dashboard.finance_case", request_method="GET", permission=FINANCE_VIEW, renderer=ONE)
def case(request: Request) -> dict[str, Any]:
    return _page(request, case_by_id(request.ctx, uuid_in(request, "case")), {}, {})


def _page(
    request: Request, found: FinanceCase, values: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    t, edits = request.t, request.may(FINANCE_EDIT)
    titles = Titles(request)
    row = case_row(request, titles, found)
    who = select(Member.name).where(Member.user_id == found.closed_by)
    is_open = found.state == CaseState.OPEN
    return screen(
        request,
        crumbs=[
            (t("Finance"), path(request, "dashboard.finance")),
            (t("Differences"), path(request, "dashboard.finance_cases")),
            (row["title"], None),
        ],
        case={
            **row,
            "cause": t(CAUSES[found.cause]),
            "next": t(next_step(found.kind, found.cause)),
            "seen_at": found.seen_at,
            "closed_at": found.closed_at,
            "closed_by": request.db.scalar(who) if found.closed_by else None,
            "reason": found.reason,
            "reference": _reference(request, found),
            "provider": titles[found.provider] if found.provider else "",
            "test": found.mode == "test",
        },
        order=_order(request, found),
        ways=ways_of(request, found) if edits and is_open else [],
        look_href=path(request, "dashboard.finance_case_look", case=found.id)
        if edits and is_open and found.kind in ASKABLE
        else "",
        close_href=path(request, "dashboard.finance_case", case=found.id) if edits and is_open else "",
        values=values,
        errors=errors,
    )


def _reference(request: Request, found: FinanceCase) -> str:
    """The provider's name of what differs, to look for there."""
    model = SUBJECTS.get(found.kind)
    if model is not None:
        mine = select(model.reference).where(model.id == found.subject_id)
        return request.db.scalar(mine) or ""
    if found.kind == K.WEBHOOK_FAILED:
        return request.db.scalar(select(InboxEvent.event_id).where(InboxEvent.id == found.subject_id)) or ""
    return found.subject if found.kind == K.CHARGE_UNKNOWN else ""


def _order(request: Request, found: FinanceCase) -> dict[str, Any] | None:
    of_event = (Event.tenant_id == Order.tenant_id) & (Event.id == Order.event_id)
    named = select(Order.code, Order.state, Order.buyer_name, Event.slug, Event.name).join(Event, of_event)
    row = (
        request.db.execute(named.where(Order.id == found.order_id)).one_or_none() if found.order_id else None
    )
    if row is None:
        return None
    href = path(request, "dashboard.order", row.slug, code=row.code)
    return {"code": row.code, "state": row.state, "buyer": row.buyer_name, "event": row.name, "href": href}


@view_config(
    route_name="dashboard.finance_case", request_method="POST", permission=FINANCE_EDIT, renderer=ONE
)
def close_case(request: Request) -> Any:
    """Settle a case or set it aside, with a reason that stays."""
    case_id = uuid_in(request, "case")
    typed = {n: v if isinstance(v := request.POST.get(n, ""), str) else "" for n in ("state", "reason")}
    try:
        closed = close(request.ctx, case_id, typed["state"], typed["reason"])
    except (Invalid, Refused) as error:
        errors = refused_fields(request, error)
        return _page(request, case_by_id(request.ctx, case_id), typed, errors)
    return HTTPSeeOther(
        path(request, "dashboard.finance_case", case=closed.id) + f"?done=case_{closed.state}"
    )


@view_config(route_name="dashboard.finance_case_look", request_method="POST", permission=FINANCE_EDIT)
def look(request: Request) -> HTTPSeeOther:
    """Have the provider asked about it again."""
    found = ask_again(request.ctx, uuid_in(request, "case"))
    return HTTPSeeOther(path(request, "dashboard.finance_case", case=found.id) + "?done=asked_again")
