"""What settles a difference, from its own page: the act on its order, then the books compared anew, which closes the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import FINANCE_EDIT, MONEY_VIEW, ORDER_EDIT
from sratix_core.context import TenantContext
from sratix_core.dashboard.questions import BY_HAND
from sratix_core.dashboard.shell import path, screen, uuid_in
from sratix_core.errors import Conflict, Refused
from sratix_core.jobs.service import enqueue
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.models import ByHand
from sratix_core.payments.receiving import mark_paid, seat_late
from sratix_core.payments.refunds import owed_back, record_refund
from sratix_core.payments.sending import send_back, sends_back
from sratix_core.reconciliation.cases import case_by_id
from sratix_core.reconciliation.kinds import CaseKind as K
from sratix_core.reconciliation.kinds import CaseState
from sratix_core.reconciliation.models import FinanceCase
from sratix_core.reconciliation.statement import COMPARE
from sratix_core.refunds.undoing import undo
from sratix_core.values.money import Money, format_money
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.request import Request

PAGE = "dashboard/confirm.jinja2"


@dataclass(frozen=True)
class Way:
    """One act that settles a case: its words, what is typed for it, and what it does with (context, order, reference, source)."""

    text: str
    icon: str
    question: str
    consequence: str
    act: Callable[[TenantContext, Order, str, ByHand], object]
    fields: tuple[str, ...] = ()


WAYS: dict[str, Way] = {
    "send": Way(
        "Send it back",
        "undo-2",
        "Send {price} back to {name}?",
        "It returns the way it came, within days. It can't be stopped once it is sent.",
        lambda ctx, order, reference, source: send_back(ctx, order),
    ),
    "transfer": Way(
        "Mark as sent back",
        "banknote",
        "{price} sent back to {name}?",
        "This records a transfer you have made; nothing is transferred from here. It can't be taken back.",
        lambda ctx, order, reference, source: record_refund(ctx, order, reference, None, source),
        ("source", "reference"),
    ),
    "received": Way(
        "Mark as received",
        "banknote",
        "{price} received from {name}?",
        "The new ticket becomes valid and is mailed. This is recorded with your name.",
        lambda ctx, order, reference, source: mark_paid(ctx, order, reference),
        ("reference",),
    ),
    "undo": Way(
        "Undo the change",
        "undo-2",
        "Undo the change of {code}?",
        "The holder gets the type of before again, at its price of then and with a new code. What was paid of the difference goes back.",
        lambda ctx, order, reference, source: undo(ctx, order),
    ),
    "seats": Way(
        "Give it seats",
        "ticket",
        "Give {code} its seats?",
        "Where there are some by now, its tickets become valid and are mailed.",
        lambda ctx, order, reference, source: seat_late(ctx, order),
    ),
    "cancel": Way(
        "Cancel the order",
        "ban",
        "Cancel order {code}?",
        "Its tickets become void and the buyer is told. What was paid is owed back then.",
        lambda ctx, order, reference, source: cancel_order(ctx, order, "organizer"),
    ),
}
OF_KINDS: Mapping[str, tuple[str, ...]] = {
    K.OWED_BACK: ("send", "transfer"),
    K.PAID_LATE: ("seats", "cancel"),
    K.DIFFERENCE_DUE: ("received", "undo"),
    K.PAYMENT_UNKNOWN: ("cancel",),
}


def ways_of(request: Request, case: FinanceCase) -> list[dict[str, str]]:
    """The buttons of an open case, for who may act on its order: {text, icon, href}."""
    order = request.db.get(Order, case.order_id) if case.order_id else None
    if order is None or not _may(request, order):
        return []
    here = path(request, "dashboard.finance_case_settlement", case=case.id)
    return [
        {"text": request.t(WAYS[name].text), "icon": WAYS[name].icon, "href": f"{here}?way={name}"}
        for name in OF_KINDS.get(case.kind, ())
        if _possible(request, order, name)
    ]


def _may(request: Request, order: Order) -> bool:
    return all(request.grants.allows(each, order.event_id) for each in (ORDER_EDIT, MONEY_VIEW))


def _possible(request: Request, order: Order, name: str) -> bool:
    if name == "send":
        return any(sends_back(request.ctx, p) for p in order.payments if p.amount_minor > p.refunded_minor)
    if name == "cancel":
        return not order.is_over
    return True


@view_config(
    route_name="dashboard.finance_case_settlement",
    request_method="GET",
    permission=FINANCE_EDIT,
    renderer=PAGE,
)
def asked(request: Request) -> dict[str, Any]:
    found = _found(request, request.GET.get("way", ""))
    return _page(request, *found, {}, {}) if found else _nothing(request)


@view_config(
    route_name="dashboard.finance_case_settlement",
    request_method="POST",
    permission=FINANCE_EDIT,
    renderer=PAGE,
)
def settled(request: Request) -> Any:
    """Do it, and have the books compared: the case closes by itself when they agree."""
    found = _found(request, request.POST.get("way", ""))
    if found is None:
        return HTTPSeeOther(path(request, "dashboard.finance_case", case=uuid_in(request, "case")))
    case, order, name = found
    form = Form(request.POST)
    reference = (
        form.text("reference", 120, required=False) or f"{order.code}-{request.ctx.clock.now():%Y%m%d%H%M%S}"
    )
    source = form.choice("source", list(ByHand), required=False) or ByHand.BANK
    if not form.ok:
        request.response.status_int = 422
        return _page(request, case, order, name, dict(request.POST), dict(form.summary(request.locale_name)))
    try:
        with request.ctx.db.begin_nested():
            WAYS[name].act(request.ctx, order, reference, ByHand(source))
    except (Refused, Conflict) as error:
        refusal = error if isinstance(error, Refused) else Refused(error.code, **error.data)
        return _page(request, case, order, name, dict(request.POST), refused_fields(request, refusal))
    enqueue(request.ctx, COMPARE)
    return HTTPSeeOther(path(request, "dashboard.finance_case", case=case.id) + "?done=case_acted")


def _found(request: Request, name: str) -> tuple[FinanceCase, Order, str] | None:
    """The case, its order and the way; None for a way that is not the open case's. Raises `NotFound`."""
    case = case_by_id(request.ctx, uuid_in(request, "case"))
    if case.state != CaseState.OPEN or name not in OF_KINDS.get(case.kind, ()) or case.order_id is None:
        return None
    order = request.db.get_one(Order, case.order_id)
    if not _may(request, order):
        raise HTTPForbidden
    return case, order, name


def _nothing(request: Request) -> dict[str, Any]:
    t, back = request.t, path(request, "dashboard.finance_case", case=uuid_in(request, "case"))
    return screen(
        request,
        crumbs=[(t("Finance"), path(request, "dashboard.finance")), (t("Differences"), back)],
        question=t("There is nothing to do this way."),
        consequence=t("The case is closed, or something else settles it. Its page says what."),
        yes="",
        no=t("Back to the case"),
        action=back,
        back_href=back,
    )


def _page(
    request: Request,
    case: FinanceCase,
    order: Order,
    name: str,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
) -> dict[str, Any]:
    t, way, back = request.t, WAYS[name], path(request, "dashboard.finance_case", case=case.id)
    amount = order.outstanding if name == "received" else owed_back(order)
    words = {"price": _money(request, amount), "name": order.buyer_name, "code": order.code}
    asked = {
        "source": (t("Paid"), [(value, t(text)) for value, text in BY_HAND.items()]),
        "reference": (t("Reference on the statement"), []),
    }
    return screen(
        request,
        crumbs=[
            (t("Finance"), path(request, "dashboard.finance")),
            (t("Differences"), path(request, "dashboard.finance_cases")),
            (t(way.text), None),
        ],
        question=t(way.question, **words),
        consequence=errors.get("") or t(way.consequence),
        yes=t(way.text),
        no=t("Not yet"),
        danger=name == "cancel",
        action=request.path,
        hidden=[("way", name)],
        back_href=back,
        fields=[
            {
                "name": n,
                "label": asked[n][0],
                "options": asked[n][1],
                "value": values.get(n, ""),
                "error": errors.get(n),
            }
            for n in way.fields
        ],
    )


def _money(request: Request, amount: Money) -> str:
    return format_money(amount, request.locale_name)
