"""What the pages show, as plain values."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Select, func, select

from sratix_bank_transfer import collective, matching, table
from sratix_bank_transfer.entries import Unreadable
from sratix_bank_transfer.models import Reason, Statement, StatementState, Transaction, TransactionState
from sratix_bank_transfer.references import spaced
from sratix_bank_transfer.refusals import REFUSALS
from sratix_bank_transfer.slip import account_of
from sratix_bank_transfer.table import DATES, DELIMITERS, FIELDS, Layout
from sratix_bank_transfer.uploading import content_of
from sratix_bank_transfer.wording import COLUMNS, OF_INVOICE, PROGRESS, REASONS, SHORT, STATES, VIEWS
from sratix_core.plugin import Order, OrderState, format_date

PAGE = 50
PREVIEW = 8
S, R = TransactionState, Reason


def path(request: Any, name: str, **parts: Any) -> str:
    return str(request.route_path(f"bank_transfer.{name}", tenant=request.matchdict["tenant"], **parts))


def day(request: Any, booked_on: date) -> str:
    """A day is the same in every time zone: noon in UTC stands for it."""
    return format_date(datetime.combine(booked_on, time(12), UTC), "UTC", request.locale_name, "medium")


def payments(request: Any) -> dict[str, Any]:
    """The inbox, or another view of all payments, newest first."""
    view = next((v for v in VIEWS if v[0] == request.GET.get("view", "")), VIEWS[0])
    here = path(request, "payments")
    link = f"{here}?view={view[0]}" if view[0] else here
    listed = _listed(request, select(Transaction).where(Transaction.state.in_(view[2])), link)
    return {
        **listed,
        "views": [
            (request.t(title), f"{here}?view={key}" if key else here, count, key == view[0])
            for (key, title, _), count in zip(VIEWS, _counts(request), strict=True)
        ],
        "view": view[0],
        "statements_href": path(request, "statements"),
        "account": account_of(request.ctx),
        "settings_href": request.route_path(
            "dashboard.plugin", tenant=request.matchdict["tenant"], plugin="bank_transfer"
        ),
    }


def _counts(request: Any) -> list[int | None]:
    """Of what waits; the others grow for ever."""
    waiting = (S.OPEN, S.TO_RETURN)
    asked = select(Transaction.state, func.count()).where(Transaction.state.in_(waiting))
    found = dict(request.ctx.db.execute(asked.group_by(Transaction.state)).all())
    return [sum(found.get(s, 0) for s in states) if states[0] in waiting else None for _, _, states in VIEWS]


def _listed(request: Any, query: Select[Any], here: str) -> dict[str, Any]:
    """One page of transactions; the cursor is the id of the last row above it."""
    query = query.order_by(Transaction.id.desc()).limit(PAGE + 1)
    after = _id(request.GET.get("after", ""))
    if after is not None:
        query = query.where(Transaction.id < after)
    found = list(request.ctx.db.scalars(query))
    rows = found[:PAGE]
    mark = "&" if "?" in here else "?"
    orders = matching.orders_by_id(request.ctx, [row.order_id for row in rows])
    return {
        "rows": [_row(request, row, orders) for row in rows],
        "older": f"{here}{mark}after={rows[-1].id}" if len(found) > PAGE else None,
        "first": here if after is not None else None,
    }


def _id(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _row(request: Any, row: Transaction, orders: dict[uuid.UUID, Order]) -> dict[str, Any]:
    order = orders.get(row.order_id) if row.order_id else None
    return {
        "day": day(request, row.booked_on),
        "payer": row.payer,
        "words": row.message or spaced(row.reference),
        "amount": row.amount,
        "state": STATES[S(row.state)],
        "reason": SHORT[R(row.reason)] if row.state == S.OPEN else "",
        "code": order.code if order else request.t("Several") if row.invoice_id else "",
        "href": path(request, "payment", payment=row.id),
    }


def statements(request: Any) -> dict[str, Any]:
    newest = select(Statement).order_by(Statement.id.desc()).limit(PAGE)
    return {
        "rows": [_summary(request, each) for each in request.ctx.db.scalars(newest)],
        "upload_href": path(request, "statements"),
        "payments_href": path(request, "payments"),
        "values": {},
    }


def _summary(request: Any, each: Statement) -> dict[str, Any]:
    return {
        "name": each.filename or request.t("Statement"),
        "format": each.format,
        "account": each.account,
        "state": PROGRESS[StatementState(each.state)],
        "entries": each.entries,
        "known": each.known,
        "skipped": each.skipped,
        "handled": each.handled,
        "at": each.uploaded_at,
        "href": path(request, "statement", statement=each.id),
    }


def statement(request: Any, found: Statement, layout: Layout | None) -> dict[str, Any]:
    """A statement with its payments, or while it waits, its columns as they would be read."""
    here = path(request, "statement", statement=found.id)
    waits = found.state == StatementState.LAYOUT
    query = select(Transaction).where(Transaction.statement_id == found.id)
    listed = {"rows": [], "older": None, "first": None} if waits else _listed(request, query, here)
    return {
        **listed,
        "statement": _summary(request, found),
        "working": found.state in (StatementState.READING, StatementState.MATCHING),
        "why_failed": REFUSALS.get(found.error, ""),
        "known_file": "known" in request.GET,
        "layout": _layout(request, found, layout or Layout(**found.layout)) if waits else None,
        "left": _left(request, found) if not waits else 0,
    }


def _left(request: Any, found: Statement) -> int:
    mine = (Transaction.statement_id == found.id, Transaction.state == S.OPEN)
    return int(request.ctx.db.scalar(select(func.count()).select_from(Transaction).where(*mine)) or 0)


def _layout(request: Any, found: Statement, layout: Layout) -> dict[str, Any]:
    words = table.decoded(content_of(found))
    try:
        rows = table.rows_of("".join(words.splitlines(keepends=True)[: layout.header + 60]), layout.delimiter)
    except Unreadable:
        rows = []
    heads = rows[layout.header] if 0 <= layout.header < len(rows) else []
    width = max((len(row) for row in rows), default=0)
    sample = "".join(words.splitlines(keepends=True)[: layout.header + 60])
    read = table.read(sample, layout, "").entries[:PREVIEW] if layout.usable else ()
    t = request.t
    named = [
        (str(n), f"{n + 1}: {heads[n][:40]}" if n < len(heads) and heads[n] else t("Column {n}", n=n + 1))
        for n in range(width)
    ]
    return {
        "confirm_href": path(request, "layout", statement=found.id),
        "discard_href": path(request, "deletion", statement=found.id),
        "fields": [(name, t(COLUMNS[name])) for name in FIELDS],
        "columns": [("", t("Not there")), *named],
        "dates": [("", t("Not there")), *((name, name) for name in DATES)],
        "delimiters": [(each, {"\t": t("Tab")}.get(each, each)) for each in DELIMITERS],
        "chosen": {
            **{f"column_{name}": place if place >= 0 else "" for name, place in layout.columns.items()},
            "dates": layout.dates,
            "delimiter": layout.delimiter,
            "header": layout.header >= 0,
        },
        "preview": [(day(request, entry.booked_on), entry) for entry in read],
        "usable": layout.usable,
    }


def payment(request: Any, found: Transaction, values: dict[str, Any]) -> dict[str, Any]:
    orders = matching.orders_by_id(request.ctx, [found.order_id])
    order = orders.get(found.order_id) if found.order_id else None
    statement = request.ctx.db.get(Statement, found.statement_id)
    reasons = REASONS | OF_INVOICE if found.invoice_id else REASONS
    here = {name: path(request, name, payment=found.id) for name in
            ("assignment", "settlement", "dismissal", "return", "returned", "reopening")}  # fmt: skip
    return {
        "payment": found,
        "day": day(request, found.booked_on),
        "reference": spaced(found.reference),
        "state": STATES[S(found.state)],
        "reason": reasons[R(found.reason)] if found.state == S.OPEN else "",
        "order": _order(request, order) if order else None,
        "invoice": _invoice(request, found),
        "statement": _summary(request, statement) if statement else None,
        "may_reopen": found.state in (S.IGNORED, S.TO_RETURN),
        "values": values or {"code": order.code if order and found.state == S.OPEN else "", "why": ""},
        **{f"{name}_href": href for name, href in here.items()},
    }


def _order(request: Any, order: Order) -> dict[str, Any]:
    due = collective.outstanding(order)
    waits = order.is_payable or order.state == OrderState.EXPIRED
    return {
        "code": order.code,
        "buyer": order.buyer_name,
        "event": order.event.name,
        "state": order.state,
        "price": order.price,
        "due": due if waits and due != order.price else None,
        "href": request.route_path(
            "dashboard.order", tenant=request.matchdict["tenant"], event=order.event.slug, code=order.code
        ),
    }


def _invoice(request: Any, found: Transaction) -> dict[str, Any] | None:
    """The invoice over several orders that the reference names; `may_settle` while one of them still owes."""
    invoice = collective.invoice_of(request.ctx, found)
    if invoice is None:
        return None
    orders = list(matching.orders_by_code(request.ctx, invoice.codes).values())
    return {
        "label": invoice.label,
        "left": invoice.left,
        "due": collective.owed(orders, invoice.left.currency),
        "orders": [_order(request, order) for order in orders],
        "may_settle": found.currency == invoice.left.currency
        and any(order.state in collective.OWING for order in orders),
        "href": request.route_path(
            "dashboard.invoice", tenant=request.matchdict["tenant"], invoice=invoice.id
        ),
    }
