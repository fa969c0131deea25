"""From a cart, or from units claimed this moment, to an order: names checked, then all of it written together."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sratix_core.analytics import metrics
from sratix_core.audit import events as log
from sratix_core.audit.service import record_row
from sratix_core.catalog.models import TicketType
from sratix_core.checkout.models import Cart, CartState
from sratix_core.checkout.service import CartGone, close, must_be_open
from sratix_core.db.rows import insert_rows
from sratix_core.errors import Invalid, Refused
from sratix_core.ledger.acts import charge
from sratix_core.ledger.posting import post
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.numbers import free_code
from sratix_core.orders.secrets import new_secret
from sratix_core.orders.states import OrderState
from sratix_core.orders.terms import entry_of
from sratix_core.payments.providers import provider_named
from sratix_core.search import service as search
from sratix_core.tickets.issuing import Drawn, Holder, draw_up
from sratix_core.tickets.models import LIVE, Ticket, TicketState
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

__all__ = ["Bought", "Buyer", "Holder", "Placed", "place_lines", "place_order"]


@dataclass(frozen=True)
class Buyer:
    """As typed; `place_order` cleans and checks it."""

    name: str
    email: str
    company: str = ""


def checked_buyer(buyer: Buyer) -> Buyer:
    """The buyer in clean form. Raises `Invalid` with `buyer_name`, `buyer_email`, `buyer_company`."""
    fields: dict[str, str] = {}
    name = _line(buyer.name, 160, "buyer_name", fields)
    company = _line(buyer.company, 160, "buyer_company", fields)
    email = _line(buyer.email, 254, "buyer_email", fields)
    if not name and "buyer_name" not in fields:
        fields["buyer_name"] = "required"
    if not email and "buyer_email" not in fields:
        fields["buyer_email"] = "required"
    elif email and not text.is_email(email):
        fields["buyer_email"] = "not_an_email"
    if fields:
        raise Invalid(fields)
    return Buyer(name, text.normal_email(email), company)


def checked_holders(holders: Sequence[Holder], count: int) -> list[Holder]:
    """One clean holder per ticket. An empty name stays open. Raises `Invalid` with `name_<i>` and `email_<i>`."""
    if len(holders) != count:
        raise Invalid({"names": "wrong_count"}, count=count)
    fields: dict[str, str] = {}
    clean: list[Holder] = []
    for i, holder in enumerate(holders):
        name = _line(holder.name, 160, f"name_{i}", fields)
        email = _line(holder.email, 254, f"email_{i}", fields)
        if email and not text.is_email(email):
            fields[f"email_{i}"] = "not_an_email"
        clean.append(Holder(name, text.normal_email(email) if email and f"email_{i}" not in fields else ""))
    if fields:
        raise Invalid(fields)
    return clean


def _line(value: str, most: int, field: str, fields: dict[str, str]) -> str:
    try:
        return " ".join(text.clean(value, most).split())
    except text.BadText as error:
        fields[field] = "too_long" if len(value) > most else "unreadable"
        del error
        return ""


@dataclass(frozen=True)
class Bought:
    """A line of an order to be, at the price of the moment when its units were taken."""

    ticket_type: TicketType
    quantity: int
    unit_price_minor: int
    price_trace: list[dict[str, Any]]


@dataclass(frozen=True)
class Placed:
    """A fresh order, the secret of its page, and the rows that were written below it."""

    order: Order
    secret: str
    lines: list[dict[str, Any]]
    drawn: Drawn


def place_order(
    ctx: TenantContext,
    event: Event,
    cart: Cart,
    buyer: Buyer,
    holders: Sequence[Holder],
    provider: str | None,
) -> tuple[Order, str]:
    """Turn an open cart into an order; the order and the secret of its page.

    A free order is paid at once and needs no provider. Raises `Invalid`, `CartGone`, `Refused`.
    """
    must_be_open(ctx, cart)
    lines = [Bought(x.ticket_type, x.quantity, x.unit_price_minor, x.price_trace) for x in cart.lines]
    placed = place_lines(ctx, event, lines, buyer, holders, provider, cart.locale, cart)
    return placed.order, placed.secret


def place_lines(
    ctx: TenantContext,
    event: Event,
    lines: Sequence[Bought],
    buyer: Buyer,
    holders: Sequence[Holder],
    provider: str | None,
    locale: str,
    cart: Cart | None = None,
    organization_id: uuid.UUID | None = None,
) -> Placed:
    """Order lines whose units are held: by the open `cart`, which ends here, or claimed by this very transaction.

    Raises as `place_order`.
    """
    buyer = checked_buyer(buyer)
    people = checked_holders(holders, sum(line.quantity for line in lines))
    total = sum(line.unit_price_minor * line.quantity for line in lines)
    chosen = provider_named(ctx, provider, event, total)
    order_id = ctx.ids.new()
    with (
        ctx.db.no_autoflush
    ):  # a cart of this unit has its entry waiting; it goes with the order's, in one statement
        if cart is not None and not close(ctx, cart, CartState.PLACED, order_id=order_id, entries={}):
            raise CartGone(state=cart.state, order_id=cart.order_id)
        _respect_buyer_limits(ctx, lines, buyer.email)
        code = free_code(ctx)
    now = ctx.clock.now()
    paid = total == 0
    secret, stored, sealed = new_secret(ctx)
    order = Order(
        id=order_id,
        event_id=event.id,
        cart_id=cart.id if cart is not None else None,
        organization_id=organization_id,
        code=code,
        secret_hash=stored,
        secret_sealed=sealed,
        state=OrderState.PAID if paid else OrderState.AWAITING_PAYMENT,
        buyer_name=buyer.name,
        buyer_email=buyer.email,
        buyer_company=buyer.company,
        buyer_fold=text.fold(buyer.name)[:160],
        locale=locale,
        total_minor=total,
        currency=event.currency,
        provider=chosen.name,
        created_at=now,
        updated_at=now,
        paid_at=now if paid else None,
        expires_at=None if paid else now + timedelta(days=chosen.term_days(ctx)),
    )
    ctx.db.add(order)
    record_row(ctx, "order.placed", "order", order.id, event_id=event.id, total=total, provider=chosen.name)
    ctx.db.flush()
    order_lines = _lines(ctx, order, lines)
    issued = TicketState.VALID if paid else TicketState.RESERVED
    drawn = draw_up(ctx, order, order_lines, people, issued)
    units = Counter({line["ticket_type_id"]: line["quantity"] for line in order_lines})
    figures = metrics.order_placed(order.state, total) | metrics.tickets_issued(issued, units)
    said = [log.happened(ctx, "order.placed", "order", order.id, event_id=event.id, figures=figures)]
    if paid:
        said.append(log.happened(ctx, "order.paid", "order", order.id, event_id=event.id))
    log.write(ctx, drawn.events + said)
    insert_rows(ctx.db, OrderLine, order_lines)
    post(ctx, charge(order, order.id))
    drawn.write(ctx)
    search.add(ctx, entry_of(order), *drawn.entries(order.code))
    queue(
        ctx,
        "order_confirmation" if paid else "order_placed_unpaid",
        order.buyer_email,
        order.locale,
        order=order,
    )
    ctx.db.flush()
    ctx.hooks.notify("order_placed", ctx=ctx, order=order)
    if paid:
        ctx.hooks.notify("order_paid", ctx=ctx, order=order)
    return Placed(order, secret, order_lines, drawn)


def _lines(ctx: TenantContext, order: Order, lines: Sequence[Bought]) -> list[dict[str, Any]]:
    return [
        {
            "id": ctx.ids.new(),
            "order_id": order.id,
            "ticket_type_id": line.ticket_type.id,
            "name": line.ticket_type.name,
            "quantity": line.quantity,
            "unit_price_minor": line.unit_price_minor,
            "subtotal_minor": line.unit_price_minor * line.quantity,
            "price_trace": line.price_trace,
            "currency": order.currency,
            "position": i,
        }
        for i, line in enumerate(lines)
    ]


def _respect_buyer_limits(ctx: TenantContext, lines: Sequence[Bought], email: str) -> None:
    """A type's limit per buyer counts live tickets; its row is locked so that two carts of one buyer queue.

    The lock lets the rows through that only point at the type, so carts go on opening meanwhile.
    """
    for line in sorted(lines, key=lambda line: line.ticket_type.id):
        most = line.ticket_type.max_per_buyer
        if most is None:
            continue
        locked = (
            select(TicketType.id).where(TicketType.id == line.ticket_type.id).with_for_update(key_share=True)
        )
        ctx.db.scalars(locked).one()
        has = ctx.db.scalar(
            select(func.count())
            .select_from(Ticket)
            .join(Order, (Order.tenant_id == Ticket.tenant_id) & (Order.id == Ticket.order_id))
            .where(
                Ticket.ticket_type_id == line.ticket_type.id,
                Ticket.state.in_(LIVE),
                Order.buyer_email == email,
            )
        )
        if (has or 0) + line.quantity > most:
            raise Refused("buyer_limit", name=line.ticket_type.name, most=most, has=has)
