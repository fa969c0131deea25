"""Orders: found, read, cancelled, mailed again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import selectinload

from sratix_core.accounts.permissions import ORDER_EDIT, ORDER_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import Money, Shown, picked, sees_money
from sratix_core.api.v1.order_lines import LineOut, facts
from sratix_core.api.v1.tickets import TicketOut, ticket_out
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.queries import matching, order_by_code
from sratix_core.orders.service import cancel_order as cancel
from sratix_core.orders.service import resend
from sratix_core.orders.states import OrderState
from sratix_core.payments.refunds import refunds_of

TAG = "Orders"
ORDER = EVENT + "/orders/{code}"


class PaymentOut(msgspec.Struct):
    """Money that arrived."""

    id: uuid.UUID
    provider: str
    reference: str
    amount: Shown
    received_at: datetime


class RefundOut(msgspec.Struct):
    """Money that went back."""

    id: uuid.UUID
    payment_id: uuid.UUID
    provider: str
    reference: str
    amount: Money | None
    paid_back_at: datetime


class OrderSummaryOut(msgspec.Struct):
    """An order as lists show it. `code` is what people say on the phone."""

    id: uuid.UUID
    code: str
    state: OrderState
    buyer_name: str
    buyer_email: str
    buyer_company: str
    buyer_vat_number: Annotated[
        str, Meta(description="The prices are those of this business, if one was named.")
    ]
    organization_id: uuid.UUID | None
    locale: str
    total: Shown
    provider: str
    tax: Annotated[Shown, Meta(description="What of the total is tax.")]
    tax_included: Annotated[bool, Meta(description="Whether unit prices include the tax.")]
    rounding: Annotated[Shown, Meta(description="Added to the sum of the lines so that coins can pay it.")]
    promo_code: Annotated[str, Meta(description="The code that was used, as it was spelled then.")]
    code_discount: Annotated[Shown, Meta(description="What the code took off.")]
    lines: list[LineOut]
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None
    paid_at: datetime | None
    closed_at: datetime | None


class OrderOut(OrderSummaryOut):
    """An order with its tickets, payments and refunds."""

    tickets: list[TicketOut]
    payments: list[PaymentOut]
    refunds: list[RefundOut]


class OrderQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    state: OrderState | UnsetType = UNSET
    q: (
        Annotated[
            str, Meta(max_length=100, description="A code, or the start of a name or an e-mail address.")
        ]
        | UnsetType
    ) = UNSET
    provider: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET
    ticket_type_id: (
        Annotated[uuid.UUID, Meta(description="Only orders with tickets of this type.")] | UnsetType
    ) = UNSET
    organization_id: uuid.UUID | UnsetType = UNSET
    placed_since: Annotated[datetime, Meta(tz=True)] | UnsetType = UNSET
    placed_until: Annotated[datetime, Meta(tz=True, description="Before this moment.")] | UnsetType = UNSET
    sort: Literal["created_at", "-created_at"] = "-created_at"


def order_out(call: Call, order: Order) -> OrderOut:
    """The order as this caller may see it."""
    seen = sees_money(call)
    payments = [
        picked(p, PaymentOut, amount=Money(p.amount_minor, p.currency) if seen else None)
        for p in order.payments
    ]
    tickets = [ticket_out(t, order.code) for t in order.tickets]
    refunds = [
        picked(r, RefundOut, amount=Money(r.amount_minor, r.currency) if seen else None)
        for r in refunds_of(order)
    ]
    return picked(order, OrderOut, **facts(order, seen), tickets=tickets, payments=payments, refunds=refunds)


@endpoint(
    "GET",
    EVENT + "/orders",
    ORDER_VIEW,
    "List orders",
    tag=TAG,
    query=OrderQuery,
    answers=page_of(OrderSummaryOut),
)
def list_orders(call: Call) -> Any:
    asked = call.query
    query: Select[Any] = select(Order).where(Order.event_id == call.event.id)
    query = query.options(selectinload(Order.lines))
    for name in ("state", "provider", "organization_id"):
        if (wanted := getattr(asked, name)) is not UNSET:
            query = query.where(getattr(Order, name) == wanted)
    if asked.placed_since is not UNSET:
        query = query.where(Order.created_at >= asked.placed_since)
    if asked.placed_until is not UNSET:
        query = query.where(Order.created_at < asked.placed_until)
    if asked.q is not UNSET and asked.q.strip():
        query = query.where(matching(call.ctx, call.event, asked.q))
    down = asked.sort.startswith("-")
    sort = Sort(Order.created_at, Order.id, descending=down)
    if asked.ticket_type_id is not UNSET:
        # A type's lines are in the order in which their orders were placed, and have an index.
        has = and_(OrderLine.tenant_id == Order.tenant_id, OrderLine.order_id == Order.id)
        query = query.join(OrderLine, has).where(OrderLine.ticket_type_id == asked.ticket_type_id)
        query = query.add_columns(OrderLine)
        sort = Sort(OrderLine.order_id, OrderLine.id, uuid.UUID, down, entity=lambda row: row.OrderLine)
    if (moment := since(call)) is not None:
        query = query.where(Order.updated_at >= moment)
        sort = Sort(Order.updated_at, Order.id, entity=_order)

    seen = sees_money(call)

    def convert(rows: Sequence[Any]) -> list[OrderSummaryOut]:
        return [picked(o, OrderSummaryOut, **facts(o, seen)) for o in map(_order, rows)]

    return page(call, query, sort, convert)


def _order(row: Any) -> Order:
    """The order of a row, which has a line beside it where a type was asked for."""
    return row if isinstance(row, Order) else row.Order


def the_order(call: Call) -> Order:
    """The order of the address, with all that belongs to it. Raises `NotFound`."""
    return order_by_code(call.ctx, call.event, call.word("code"))


def order_again(call: Call) -> OrderOut:
    call.ctx.db.expire_all()  # tickets and payments were changed by statements
    return order_out(call, the_order(call))


@endpoint("GET", ORDER, ORDER_VIEW, "One order with tickets, payments and refunds", tag=TAG, answers=OrderOut)
def get_order(call: Call) -> OrderOut:
    return order_out(call, the_order(call))


@endpoint(
    "POST",
    ORDER + "/cancellation",
    ORDER_EDIT,
    "Cancel an order: its tickets become void, its units are free",
    tag=TAG,
    answers=OrderOut,
    errors=("order_state", "order_changed"),
)
def cancel_order(call: Call) -> OrderOut:
    cancel(call.ctx, the_order(call), "organizer")
    return order_again(call)


@endpoint(
    "POST",
    ORDER + "/mails",
    ORDER_EDIT,
    "Send the order's mail again",
    tag=TAG,
    status=204,
    errors=("order_state",),
)
def mail_order(call: Call) -> None:
    resend(call.ctx, the_order(call))
