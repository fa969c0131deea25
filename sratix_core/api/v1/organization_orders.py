"""What was bought for an organization: its orders, its tickets and who uses them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from sratix_core.accounts.permissions import ORDER_EDIT, ORGANIZATION_NAMES, ORGANIZATION_VIEW
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import Money, money, picked
from sratix_core.api.v1.orders import ORDER, OrderOut, order_out, the_order
from sratix_core.api.v1.organizations import ORGANIZATION, TAG
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.organizations import purchases
from sratix_core.organizations.service import organization_by_id
from sratix_core.tickets.models import Ticket, TicketState


class OrganizationOrderOut(msgspec.Struct):
    """An order of the organization, in any event."""

    id: uuid.UUID
    code: str
    event: str
    state: OrderState
    buyer_name: str
    total: Money
    tickets: int
    created_at: datetime
    expires_at: datetime | None


class OrganizationTicketOut(msgspec.Struct):
    """A live ticket of the organization. `name` is empty while nobody is named."""

    id: uuid.UUID
    event: str
    order: str
    ticket_type: str
    state: TicketState
    name: str
    email: str


class TicketHolderIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    email: str = ""


class OrderPatch(msgspec.Struct, forbid_unknown_fields=True):
    """`organization_id` null: it was bought for nobody but its buyer."""

    organization_id: uuid.UUID | None


def _order_out(order: Order) -> OrganizationOrderOut:
    tickets = sum(line.quantity for line in order.bought)
    return picked(
        order,
        OrganizationOrderOut,
        event=order.event.slug,
        total=money(order.total),
        tickets=tickets,
        state=OrderState(order.state),
    )


def ticket_out(ticket: Ticket) -> OrganizationTicketOut:
    return OrganizationTicketOut(
        ticket.id,
        ticket.order.event.slug,
        ticket.order.code,
        ticket.ticket_type.name,
        TicketState(ticket.state),
        ticket.attendee.name,
        ticket.attendee.email,
    )


@endpoint(
    "GET",
    ORGANIZATION + "/orders",
    ORGANIZATION_VIEW,
    "List an organization's orders, the newest first",
    tag=TAG,
    query=ListQuery,
    answers=page_of(OrganizationOrderOut),
)
def list_organization_orders(call: Call) -> Any:
    organization = organization_by_id(call.ctx, call.id("organization"))
    query = select(Order).where(Order.organization_id == organization.id)
    query = query.options(selectinload(Order.lines), joinedload(Order.event))

    def convert(rows: Sequence[Order]) -> list[OrganizationOrderOut]:
        return [_order_out(o) for o in rows]

    return page(call, query, Sort(Order.created_at, Order.id, descending=True), convert)


@endpoint(
    "GET",
    ORGANIZATION + "/tickets",
    ORGANIZATION_VIEW,
    "List an organization's tickets, the newest first",
    tag=TAG,
    query=ListQuery,
    answers=page_of(OrganizationTicketOut),
)
def list_organization_tickets(call: Call) -> Any:
    organization = organization_by_id(call.ctx, call.id("organization"))

    def convert(rows: Sequence[Ticket]) -> list[OrganizationTicketOut]:
        return [ticket_out(t) for t in rows]

    query = purchases.live_tickets(organization.id)
    return page(call, query, Sort(Ticket.id, Ticket.id, uuid.UUID, descending=True), convert)


@endpoint(
    "PATCH",
    ORGANIZATION + "/tickets/{ticket}",
    ORGANIZATION_NAMES,
    "Write who uses a ticket of an organization",
    tag=TAG,
    body=TicketHolderIn,
    answers=OrganizationTicketOut,
    errors=("ticket_in_use", "event_over", "ticket_state"),
)
def name_organization_ticket(call: Call) -> OrganizationTicketOut:
    named = purchases.name_ticket(
        call.ctx, call.id("organization"), call.id("ticket"), call.body.name, call.body.email
    )
    return ticket_out(named)


@endpoint(
    "PATCH",
    ORDER,
    ORDER_EDIT,
    "Say for which organization an order was placed",
    tag="Orders",
    body=OrderPatch,
    answers=OrderOut,
)
def change_order(call: Call) -> OrderOut:
    return order_out(call, purchases.assign_order(call.ctx, the_order(call), call.body.organization_id))
