"""A buyer takes another ticket type by themselves, where the event's rules allow it, at an amount they were told before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sratix_core.catalog.availability import Offer, OfferState, offers
from sratix_core.errors import Conflict, NotFound, Refused
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.refunds.differences import ask_for
from sratix_core.refunds.exchanging import Exchange, held, offer, swap, takes_exchanges, told
from sratix_core.refunds.policy import Given, refundable
from sratix_core.refunds.returning import send_soon
from sratix_core.refunds.service import policy_of
from sratix_core.tickets.models import Ticket
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


@dataclass(frozen=True)
class OwnExchange:
    """What another type means to its buyer: `pays` more, or gets `back` of what it costs less; one of them is 0.

    `stays` is what of that the organizer keeps, by the share that comes back of a price.
    """

    asked: Exchange
    pays: Money
    back: Money
    stays: Money


def may_exchange(ctx: TenantContext, order: Order) -> bool:
    """Whether the buyer of a paid order changes types at this moment."""
    return (
        order.state == OrderState.PAID
        and not order.outstanding.minor
        and order.event.starts_at > ctx.clock.now()
        and policy_of(ctx, order.event_id).exchanges
    )


def choices(ctx: TenantContext, order: Order, ticket: Ticket) -> list[Offer]:
    """What a visitor sees on sale now, sold out or not, but for the ticket's own type and what no ticket can become."""
    shown = (OfferState.ON_SALE, OfferState.SOLD_OUT)
    return [
        each
        for each in offers(ctx, order.event)
        if each.state in shown
        and each.ticket_type.id != ticket.ticket_type_id
        and takes_exchanges(each.ticket_type)
    ]


def own_offer(ctx: TenantContext, order: Order, ticket: Ticket, type_id: uuid.UUID) -> OwnExchange:
    """What it would mean now. Raises as `exchanging.offer`, `NotFound` for a type that is not offered, `Refused("cancel_by_organizer")`."""
    if not may_exchange(ctx, order):
        raise Refused("difference_open" if order.outstanding.minor else "cancel_by_organizer")
    if type_id not in {each.ticket_type.id for each in choices(ctx, order, ticket)}:
        raise NotFound("ticket_type")
    asked = offer(ctx, order, ticket, type_id)
    nothing, less = Money(0, order.currency), -asked.difference.minor
    if less <= 0:
        return OwnExchange(asked, asked.difference, nothing, nothing)
    # The fee per order is kept once something is given back; here the order stays whole.
    rules = replace(policy_of(ctx, order.event_id), fee_minor=0)
    given = Given(less, 0, 0, order.currency)
    back = refundable(rules, given, order.event.starts_at, ctx.clock.now()).back
    return OwnExchange(asked, nothing, back, Money(less, order.currency) - back)


def exchange_own(ctx: TenantContext, order: Order, ticket: Ticket, type_id: uuid.UUID, seen: Money) -> Ticket:
    """Do what `own_offer` says; the new ticket, which waits for what it costs more.

    `seen` is what the buyer was told, what comes back below 0: another amount by now raises `Conflict("refund_changed")`. Raises
    as `own_offer`, `SoldOut`.
    """
    order, ticket = held(ctx, order, ticket)
    own = own_offer(ctx, order, ticket, type_id)
    if seen != own.pays - own.back:
        raise Conflict("refund_changed", order=order.code)
    credited = own.asked.worth.minor - own.stays.minor
    fresh = swap(ctx, order, own.asked, credited, waits=own.pays.minor > 0)
    told(ctx, order, own.asked, fresh, "by_buyer")
    if own.pays.minor:
        ask_for(ctx, order, fresh, ticket.id, own.asked.worth, own.pays)
    else:
        queue(ctx, "tickets_resent", order.buyer_email, order.locale, order=order, again=True)
    ctx.db.flush()
    ctx.db.expire(order)
    if own.back.minor:
        send_soon(ctx, order)
    return ctx.db.get_one(Ticket, fresh)
