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
from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import must_be_open, place
from sratix_core.db.rows import insert_rows
from sratix_core.errors import Invalid, Refused
from sratix_core.invoices import automatic
from sratix_core.ledger.acts import charge
from sratix_core.ledger.posting import post
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.numbers import free_code
from sratix_core.orders.secrets import new_secret
from sratix_core.orders.states import OrderState
from sratix_core.orders.terms import entry_of
from sratix_core.payments.attempts import PAY_AT_ONCE
from sratix_core.payments.providers import provider_named
from sratix_core.plugins.paying import ICallsOut
from sratix_core.pricing.lines import LineKind, PricedLine
from sratix_core.promotions import uses
from sratix_core.search import service as search
from sratix_core.tickets.issuing import Drawn, Holder, draw_up
from sratix_core.tickets.models import LIVE, Ticket, TicketState
from sratix_core.values import postal, text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

__all__ = ["Bought", "Buyer", "Deal", "Holder", "Placed", "place_lines", "place_order"]


@dataclass(frozen=True)
class Buyer:
    """As typed; `place_order` cleans and checks it."""

    name: str
    email: str
    company: str = ""


def checked_buyer(buyer: Buyer) -> Buyer:
    """The buyer in clean form. Raises `Invalid` with `buyer_name`, `buyer_email`, `buyer_company`."""
    fields: dict[str, str] = {}
    name = _line(buyer.name, postal.NAME, "buyer_name", fields)
    company = _line(buyer.company, postal.NAME, "buyer_company", fields)
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
    """A line of an order to be, at the price of the moment when its units were taken; a fee has no ticket type."""

    priced: PricedLine
    ticket_type: TicketType | None


@dataclass(frozen=True)
class Deal:
    """What is ordered at the prices that were frozen, and the code whose use is held for it."""

    lines: Sequence[Bought]
    tax_included: bool = True
    rounding_minor: int = 0
    promo_code_id: uuid.UUID | None = None
    promo_code: str = ""
    code_discount_minor: int = 0
    vat_number: str = ""

    @property
    def total_minor(self) -> int:
        return sum(line.priced.total_minor for line in self.lines) + self.rounding_minor


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
    deal = Deal(
        [Bought(x.priced(), x.ticket_type) for x in cart.lines],
        bool(cart.quote["terms"]["tax_included"]),
        cart.rounding_minor,
        cart.promo_code_id,
        cart.promo_code,
        cart.code_discount_minor,
        cart.vat_number,
    )
    placed = place_lines(ctx, event, deal, buyer, holders, provider, cart.locale, cart)
    return placed.order, placed.secret


def place_lines(
    ctx: TenantContext,
    event: Event,
    deal: Deal,
    buyer: Buyer,
    holders: Sequence[Holder],
    provider: str | None,
    locale: str,
    cart: Cart | None = None,
    organization_id: uuid.UUID | None = None,
) -> Placed:
    """Order what is held: by the open `cart`, which ends here, or claimed by this very transaction.

    Raises as `place_order`.
    """
    buyer = checked_buyer(buyer)
    people = checked_holders(holders, _tickets(deal.lines))
    lines, total = deal.lines, deal.total_minor
    chosen = provider_named(ctx, provider, event, total)
    at_once = ICallsOut.providedBy(chosen)
    term = PAY_AT_ONCE if at_once else timedelta(days=chosen.term_days(ctx))
    order_id = ctx.ids.new()
    with (
        ctx.db.no_autoflush
    ):  # a cart of this unit has its entry waiting; it goes with the order's, in one statement
        if cart is not None:
            place(ctx, cart, order_id)
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
        buyer_vat_number=deal.vat_number,
        buyer_fold=text.fold(buyer.name)[:160],
        locale=locale,
        total_minor=total,
        tax_minor=sum(line.priced.tax_minor for line in lines),
        fee_minor=sum(line.priced.net_minor for line in lines if line.priced.kind == LineKind.FEE),
        tax_included=deal.tax_included,
        rounding_minor=deal.rounding_minor,
        promo_code_id=deal.promo_code_id,
        promo_code=deal.promo_code,
        code_discount_minor=deal.code_discount_minor,
        currency=event.currency,
        provider=chosen.name,
        created_at=now,
        updated_at=now,
        paid_at=now if paid else None,
        expires_at=None if paid else now + term,
    )
    ctx.db.add(order)
    record_row(ctx, "order.placed", "order", order.id, event_id=event.id, total=total, provider=chosen.name)
    ctx.db.flush()
    if deal.promo_code_id is not None:
        held_by = cart.id if cart is not None else None
        uses.give_on(ctx, deal.promo_code_id, order.id, held_by, buyer.email, deal.code_discount_minor)
    order_lines = _lines(ctx, order, lines)
    issued = TicketState.VALID if paid else TicketState.RESERVED
    tickets = [line for line in order_lines if line["kind"] == LineKind.TICKET]
    drawn = draw_up(ctx, order, tickets, people, issued)
    units = Counter({line["ticket_type_id"]: line["quantity"] for line in tickets})
    figures = metrics.order_placed(order.state, total) | metrics.tickets_issued(issued, units)
    said = [log.happened(ctx, "order.placed", "order", order.id, event_id=event.id, figures=figures)]
    if paid:
        said.append(log.happened(ctx, "order.paid", "order", order.id, event_id=event.id))
    log.write(ctx, drawn.events + said)
    insert_rows(ctx.db, OrderLine, order_lines)
    post(ctx, charge(order, order.id))
    drawn.write(ctx)
    search.add(ctx, entry_of(order), *drawn.entries(order.code))
    if paid or not at_once:  # who is on the way to the payment page needs no letter about how to pay
        kind = "order_confirmation" if paid else "order_placed_unpaid"
        queue(ctx, kind, order.buyer_email, order.locale, order=order)
        automatic.ask(ctx, order)
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
            **line.priced.columns(),
            "currency": order.currency,
            "position": i,
        }
        for i, line in enumerate(lines)
    ]


def _tickets(lines: Sequence[Bought]) -> int:
    return sum(line.priced.quantity for line in lines if line.ticket_type is not None)


def _respect_buyer_limits(ctx: TenantContext, lines: Sequence[Bought], email: str) -> None:
    """A type's limit per buyer counts live tickets; its row is locked so that two carts of one buyer queue.

    The lock lets the rows through that only point at the type, so carts go on opening meanwhile.
    """
    limited = [(t, x.priced.quantity) for x in lines if (t := x.ticket_type) is not None and t.max_per_buyer]
    for kind, quantity in sorted(limited, key=lambda pair: pair[0].id):
        locked = select(TicketType.id).where(TicketType.id == kind.id).with_for_update(key_share=True)
        ctx.db.scalars(locked).one()
        has = ctx.db.scalar(
            select(func.count())
            .select_from(Ticket)
            .join(Order, (Order.tenant_id == Ticket.tenant_id) & (Order.id == Ticket.order_id))
            .where(
                Ticket.ticket_type_id == kind.id,
                Ticket.state.in_(LIVE),
                Order.buyer_email == email,
            )
        )
        if kind.max_per_buyer is not None and (has or 0) + quantity > kind.max_per_buyer:
            raise Refused("buyer_limit", name=kind.name, most=kind.max_per_buyer, has=has)
