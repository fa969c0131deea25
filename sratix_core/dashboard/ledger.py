"""The ledger browser: what accounts hold, every entry, and the archive that proves them elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from pyramid.response import FileIter, Response
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_VIEW
from sratix_core.audit.service import record
from sratix_core.dashboard.finance import tabs, whose
from sratix_core.dashboard.order_list import Titles
from sratix_core.dashboard.order_list import type_id as id_of
from sratix_core.dashboard.overview import amount_words
from sratix_core.dashboard.shell import path, screen
from sratix_core.dashboard.tables import Asked, Column, day_range
from sratix_core.events.models import Event
from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.export import standing, write_books
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.queries import Balance, Filters, balances, listed
from sratix_core.ledger.signing import public_key
from sratix_core.orders.models import Order
from sratix_core.web.request import Request

NOBODY = uuid.UUID(int=0)
IN_MEMORY = 1024 * 1024
MOST_EVENTS = 50
CREDITS = frozenset(
    {
        Account.REVENUE,
        Account.SERVICE_FEES,
        Account.TAX,
        Account.STORED_VALUE,
        Account.VALUE_ORDERED,
        Account.BREAKAGE,
    }
)
ACCOUNTS = {
    Account.BUYERS: "Buyers",
    Account.CASH: "Received",
    Account.BANK: "Paid out",
    Account.REVENUE: "Ticket sales",
    Account.SERVICE_FEES: "Service fees",
    Account.TAX: "VAT",
    Account.PROVIDER_FEES: "Fees of providers",
    Account.DISPUTED: "Withheld for disputes",
    Account.CHARGEBACKS: "Lost to disputes",
    Account.STORED_VALUE: "On gift cards, not spent",
    Account.VALUE_ORDERED: "Ordered gift cards, not made yet",
    Account.GOODWILL: "Gift cards given away",
    Account.BREAKAGE: "Left on ended gift cards",
}
ACTS = {
    Act.CHARGE: ("Order placed", "receipt"),
    Act.VOID: ("Order ended unpaid", "circle-dashed"),
    Act.CREDIT_NOTE: ("Paid order cancelled", "ban"),
    Act.PAYMENT: ("Payment", "circle-check"),
    Act.REFUND: ("Refund", "undo-2"),
    Act.REFUND_FAILED: ("Refund came back", "undo-2"),
    Act.FEE: ("Fee", "ticket-percent"),
    Act.PAYOUT: ("Payout", "landmark"),
    Act.DISPUTE: ("Dispute", "scale"),
    Act.DISPUTE_WON: ("Dispute won", "scale"),
    Act.DISPUTE_LOST: ("Dispute lost", "scale"),
    Act.ADJUSTMENT: ("Correction", "pencil"),
    Act.VALUE_SOLD: ("Gift card sold", "gift"),
    Act.VALUE_ISSUED: ("Gift card of an order made", "gift"),
    Act.VALUE_RETURNED: ("Gift card of an order taken back", "undo-2"),
    Act.VALUE_GIVEN: ("Gift card given away", "gift"),
    Act.VALUE_ENDED: ("Gift card ended", "hourglass"),
}


@view_config(
    route_name="dashboard.ledger",
    request_method="GET",
    permission=FINANCE_VIEW,
    renderer="dashboard/ledger.jinja2",
)
def ledger(request: Request) -> dict[str, Any]:
    t, ctx = request.t, request.ctx
    asked = Asked(
        request,
        path(request, "dashboard.ledger"),
        ("account", "event", "q", "from", "to"),
        (Column("at", "When"),),
        "",
    )
    since, until = day_range(asked, ctx.tenant.timezone)
    order_id = ctx.db.scalar(select(Order.id).where(Order.code == asked["q"].upper())) if asked["q"] else None
    period = Filters(event_id=id_of(asked["event"]), since=since, until=until)
    narrowed = Filters(
        asked["account"] if asked["account"] in set(Account) else "",
        period.event_id,
        order_id or (NOBODY if asked["q"] else None),
        since,
        until,
    )
    page = listed(ctx, narrowed, asked.cursor)
    titles = Titles(request)
    newest = select(Event.id, Event.name).order_by(Event.starts_at.desc()).limit(MOST_EVENTS)
    return screen(
        request,
        crumbs=[(t("Finance"), path(request, "dashboard.finance")), (t("Ledger"), None)],
        tabs=tabs(request, "dashboard.ledger"),
        accounts=[
            {
                "title": t(ACCOUNTS[b.account]),
                "note": whose(request, titles, b.provider) if b.provider else _meaning(request, b),
                "currency": b.amount.currency,
                "figure": _figure(request, b),
                "href": asked.link(account=b.account),
            }
            for b in balances(ctx, period)
        ],
        rows=_rows(request, page.rows, titles),
        standing=standing(ctx),
        public_key=public_key(ctx),
        books_href=path(request, "dashboard.finance_books"),
        list_href=asked.here,
        q=asked["q"],
        keep=asked.keep("q"),
        filters=[
            asked.filter(t("Account"), "account", [(t(text), a) for a, text in ACCOUNTS.items()]),
            asked.filter(t("Event"), "event", [(e.name, str(e.id)) for e in request.db.execute(newest)]),
        ],
        days={"from": asked["from"], "to": asked["to"], "keep": asked.keep("from", "to"),
              "clear_href": asked.link(**{"from": "", "to": ""})},
        pages=asked.pages(t("{n} shown, newest first", n=len(page.rows)), page),
        filtered=asked.narrowed,
    )  # fmt: skip


def _figure(request: Request, balance: Balance) -> str:
    """The amount without its currency, on the side where the account usually stands."""
    amount = -balance.amount if balance.account in CREDITS else balance.amount
    return amount_words(amount, request.locale_name)["value"]


def _meaning(request: Request, balance: Balance) -> str:
    """What the sign of an account says to people who do not keep books."""
    owes = {1: "They owe you", 0: "Nobody owes anything", -1: "You owe them"}
    if balance.account == Account.BUYERS:
        return request.t(owes[(balance.amount.minor > 0) - (balance.amount.minor < 0)])
    return request.t("Earned") if balance.account in (Account.REVENUE, Account.SERVICE_FEES) else ""


def _rows(request: Request, entries: Sequence[LedgerEntry], titles: Titles) -> list[dict[str, Any]]:
    ids = {e.order_id for e in entries if e.order_id}
    of_event = (Event.tenant_id == Order.tenant_id) & (Event.id == Order.event_id)
    named = select(Order.id, Order.code, Event.slug).join(Event, of_event).where(Order.id.in_(ids))
    orders = {row.id: row for row in request.db.execute(named)} if ids else {}
    rows = []
    for entry in entries:
        words, icon = ACTS[Act(entry.act)]
        order = orders.get(entry.order_id)
        amount = entry.amount
        rows.append(
            {
                "at": entry.at,
                "what": request.t(words),
                "icon": icon,
                "code": order.code if order else "",
                "href": path(request, "dashboard.order", order.slug, code=order.code) if order else "",
                "account": request.t(ACCOUNTS[Account(entry.account)]),
                "provider": whose(request, titles, entry.provider) if entry.provider else "",
                "debit": amount if amount.minor > 0 else None,
                "credit": -amount if amount.minor < 0 else None,
                "amount": amount,
                "seq": entry.seq,
            }
        )
    return rows


@view_config(route_name="dashboard.finance_books", request_method="POST", permission=FINANCE_VIEW)
def books(request: Request) -> Response:
    """The archive of everything sealed so far; that it was taken is on record."""
    # The response closes the file when the last byte is out.
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    head = write_books(request.ctx, file)
    size = file.tell()
    file.seek(0)
    response = Response(content_type="application/zip", app_iter=FileIter(file))
    response.content_length = size
    name = f"books-{request.tenant.slug}-{head['entries']}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    record(request.ctx, "export.made", "tenant", None, list="books", rows=head["entries"])
    return response
