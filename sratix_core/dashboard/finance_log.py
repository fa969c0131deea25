"""What came from outside: the lines of providers' statements, and the messages they sent, without what those say of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_EDIT, FINANCE_VIEW
from sratix_core.dashboard.finance import tabs, whose
from sratix_core.dashboard.order_list import Titles
from sratix_core.dashboard.shell import path, screen, uuid_in
from sratix_core.dashboard.tables import Asked, day_range
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import page
from sratix_core.events.models import Event
from sratix_core.ledger.acts import cash_at
from sratix_core.orders.models import Order
from sratix_core.payments.inbox import replay_by_id
from sratix_core.payments.models import InboxEvent, InboxState, Payment
from sratix_core.reconciliation.jobs import compare_now
from sratix_core.reconciliation.models import MovementKind, PaymentMovement, Statement
from sratix_core.web.request import Request

PAGE = 50
KINDS = {
    MovementKind.CHARGE: ("Payment", "credit-card"),
    MovementKind.REFUND: ("Refund", "undo-2"),
    MovementKind.PAYOUT: ("Payout", "landmark"),
    MovementKind.DISPUTE: ("Dispute", "scale"),
    MovementKind.ADJUSTMENT: ("Correction", "pencil"),
}
STATES = {
    InboxState.RECEIVED: ("Waiting", "info", "clock"),
    InboxState.DONE: ("Processed", "ok", "circle-check"),
    InboxState.IGNORED: ("Nothing to do", "mute", "circle-dashed"),
    InboxState.FAILED: ("Failed", "bad", "circle-x"),
}


@view_config(
    route_name="dashboard.statements",
    request_method="GET",
    permission=FINANCE_VIEW,
    renderer="dashboard/statements.jinja2",
)
def statements(request: Request) -> dict[str, Any]:
    t, ctx, M = request.t, request.ctx, PaymentMovement
    asked = Asked(request, path(request, "dashboard.statements"), ("kind", "from", "to"), (), "")
    since, until = day_range(asked, ctx.tenant.timezone)
    query = select(M)
    if asked["kind"] in set(MovementKind):
        query = query.where(M.kind == asked["kind"])
    if since is not None:
        query = query.where(M.at >= since)
    if until is not None:
        query = query.where(M.at < until)

    def run(paged: Any) -> Sequence[PaymentMovement]:
        found: Sequence[PaymentMovement] = ctx.db.scalars(paged).all()
        return found

    shown = page(query, By(M.at, M.id, True), asked.cursor, PAGE, run, lambda m: (m.at, m.id))
    titles = Titles(request)
    return screen(
        request,
        crumbs=[(t("Finance"), path(request, "dashboard.finance")), (t("Statements"), None)],
        tabs=tabs(request, "dashboard.statements"),
        statements=[
            {"name": whose(request, titles, cash_at(s)), "until": s.read_until, "trouble": s.trouble}
            for s in ctx.db.scalars(select(Statement).order_by(Statement.provider, Statement.mode))
        ],
        read_href=path(request, "dashboard.statements") if request.may(FINANCE_EDIT) else "",
        rows=_lines(request, shown.rows, titles),
        filters=[asked.filter(t("Kind"), "kind", [(t(text), k) for k, (text, _) in KINDS.items()])],
        days={"from": asked["from"], "to": asked["to"], "keep": asked.keep("from", "to"),
              "clear_href": asked.link(**{"from": "", "to": ""})},
        list_href=asked.here,
        filtered=asked.narrowed,
        pages=asked.pages(t("{n} shown, newest first", n=len(shown.rows)), shown),
    )  # fmt: skip


def _lines(request: Request, lines: Sequence[PaymentMovement], titles: Titles) -> list[dict[str, Any]]:
    ids = {line.payment_id for line in lines} - {None}
    named = (
        select(Payment.id, Order.code, Event.slug)
        .join(Order, (Order.tenant_id == Payment.tenant_id) & (Order.id == Payment.order_id))
        .join(Event, (Event.tenant_id == Order.tenant_id) & (Event.id == Order.event_id))
        .where(Payment.id.in_(ids))
    )
    orders = {row.id: row for row in request.db.execute(named)} if ids else {}
    rows = []
    for line in lines:
        words, icon = KINDS[MovementKind(line.kind)]
        order = orders.get(line.payment_id)
        rows.append(
            {
                "what": request.t(words),
                "icon": icon,
                "reference": line.reference,
                "provider": whose(request, titles, cash_at(line)),
                "code": order.code if order else "",
                "href": path(request, "dashboard.order", order.slug, code=order.code) if order else "",
                "amount": line.amount,
                "fee": line.fee if line.fee_minor else None,
                "at": line.at,
            }
        )
    return rows


@view_config(route_name="dashboard.statements", request_method="POST", permission=FINANCE_EDIT)
def read_again(request: Request) -> HTTPSeeOther:
    """Have every statement read now, and the books compared."""
    compare_now(request.ctx)
    return HTTPSeeOther(path(request, "dashboard.finance") + "?done=asked_again")


@view_config(
    route_name="dashboard.webhooks",
    request_method="GET",
    permission=FINANCE_VIEW,
    renderer="dashboard/webhooks.jinja2",
)
def webhooks(request: Request) -> dict[str, Any]:
    t, ctx, E = request.t, request.ctx, InboxEvent
    asked = Asked(request, path(request, "dashboard.webhooks"), ("state",), (), "")
    columns = (E.id, E.provider, E.type, E.mode, E.state, E.error, E.event_id, E.received_at, E.processed_at)
    query: Any = select(*columns)
    if asked["state"] in set(InboxState):
        query = query.where(E.state == asked["state"])

    def run(paged: Any) -> Sequence[Any]:
        found: Sequence[Any] = ctx.db.execute(paged).all()
        return found

    by = By(E.received_at, E.id, True)
    shown = page(query, by, asked.cursor, PAGE, run, lambda e: (e.received_at, e.id))
    titles = Titles(request)
    return screen(
        request,
        crumbs=[(t("Finance"), path(request, "dashboard.finance")), (t("Webhooks"), None)],
        tabs=tabs(request, "dashboard.webhooks"),
        rows=[
            {
                "provider": whose(request, titles, cash_at(e)),
                "type": e.type,
                "reference": e.event_id,
                "state": (t(STATES[InboxState(e.state)][0]), *STATES[InboxState(e.state)][1:]),
                "error": e.error,
                "received_at": e.received_at,
                "processed_at": e.processed_at,
                "replay_href": path(request, "dashboard.webhook_replay", webhook=e.id)
                if request.may(FINANCE_EDIT) and e.state in (InboxState.FAILED, InboxState.IGNORED)
                else "",
            }
            for e in shown.rows
        ],
        filters=[asked.filter(t("State"), "state", [(t(text), s) for s, (text, _, _) in STATES.items()])],
        list_href=asked.here,
        filtered=asked.narrowed,
        pages=asked.pages(t("{n} shown, newest first", n=len(shown.rows)), shown),
    )


@view_config(route_name="dashboard.webhook_replay", request_method="POST", permission=FINANCE_EDIT)
def process_again(request: Request) -> HTTPSeeOther:
    """Let a message be looked at again."""
    replay_by_id(request.ctx, uuid_in(request, "webhook"))
    return HTTPSeeOther(path(request, "dashboard.webhooks") + "?done=replayed")
