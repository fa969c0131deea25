"""Tickets of a paid order given back, or all of it: void, taken off the price as far as the terms say, and sent back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sratix_core.audit.service import record
from sratix_core.checkin.queries import inside_of
from sratix_core.db.rows import insert_rows
from sratix_core.errors import Conflict, NotFound, Refused
from sratix_core.jobs.service import enqueue
from sratix_core.messages.service import queue
from sratix_core.orders.credits import Share, everything, shares_of, shares_of_all, take_off
from sratix_core.orders.models import Order
from sratix_core.orders.moves import locked
from sratix_core.orders.service import cancel_order
from sratix_core.orders.states import OrderState
from sratix_core.payments.refunds import owed_back
from sratix_core.payments.selling import hold, left_of, made_of, take_back
from sratix_core.payments.sending import going_back, send_owed
from sratix_core.refunds.models import OrderReturn, ReturnTerms
from sratix_core.refunds.policy import FULL, NONE, Given, Policy, Verdict, refundable, tier_at
from sratix_core.refunds.service import policy_of
from sratix_core.tickets.models import HOLDING, LIVE, Ticket, TicketState
from sratix_core.tickets.service import void
from sratix_core.values.money import Money
from sratix_core.values.trace import Trace

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

SEND = "refunds.send"
"""The job that sends what is owed as soon as nothing else of the payment is on its way."""

REASONS = ("goodwill", "illness", "event_changed", "booking_mistake", "double_booking", "other")
"""Why staff give back something else than the policy says. Codes: what stands in the books names nobody."""


@dataclass(frozen=True)
class Quote:
    """What giving these tickets back means, before anybody does it. `whole`: no live ticket is left, the order ends."""

    order: Order
    tickets: Sequence[Ticket]
    whole: bool
    terms: ReturnTerms
    worth: Money
    verdict: Verdict
    shares: Sequence[Share]
    value: Sequence[Share] = ()

    @property
    def back(self) -> Money:
        """By the terms for the tickets and fees; of value that was sold, all that is left of it."""
        return Money(self.verdict.back.minor + sum(s.minor for s in self.value), self.worth.currency)

    @property
    def units(self) -> list[Ticket]:
        """What of it is value that was sold."""
        return [t for t in self.tickets if t.state == TicketState.VALUE]

    @property
    def kept(self) -> Money:
        return Money(self.worth.minor - self.back.minor, self.worth.currency)


def quote(
    ctx: TenantContext,
    order: Order,
    ticket_ids: Sequence[uuid.UUID] | None,
    terms: ReturnTerms = ReturnTerms.POLICY,
    *,
    by_buyer: bool = False,
) -> Quote:
    """What would come back for these tickets, all that live without any named. Of value that was sold it is what was not spent; a buyer
    gives some back only while the rules give anything back of a ticket.

    Raises `NotFound` for a ticket of another order, `Refused`: "order_state", "ticket_state", "nothing_to_give_back",
    "difference_open" while a change is not paid.
    """
    if order.state != OrderState.PAID:
        raise Refused("order_state", state=order.state, target="returned")
    if order.outstanding.minor:
        raise Refused("difference_open")
    mine = select(Ticket).where(Ticket.order_id == order.id).order_by(Ticket.position)
    with_names = mine.options(joinedload(Ticket.attendee), joinedload(Ticket.ticket_type))
    tickets = list(ctx.db.scalars(with_names.execution_options(populate_existing=True)))
    states = _given_by_buyer(ctx, order) if by_buyer else HOLDING
    live = [t for t in tickets if t.state in states]
    chosen = live if ticket_ids is None else _named(tickets, ticket_ids, states)
    whole = len(chosen) == sum(t.state in HOLDING for t in tickets)
    units = [t for t in chosen if t.state == TicketState.VALUE]
    left = left_of(ctx, order, units)
    if ticket_ids is not None and units and len(units) == len(chosen) and not any(left.values()):
        raise Refused("value_all_spent")
    if not chosen and ticket_ids is not None:
        raise Refused("nothing_to_give_back", order=order.code)
    admissions = [t for t in chosen if t.state != TicketState.VALUE]
    shares = shares_of_all(ctx, order, admissions) if whole else shares_of(ctx, order, admissions)
    value = [
        replace(s, minor=min(s.minor, left[s.ticket_id])) for s in shares_of(ctx, order, units) if s.ticket_id
    ]
    if whole and terms == ReturnTerms.FULL:
        shares = everything(ctx, order)
    fees = sum(s.minor for s in shares if s.is_fee) if whole and terms != ReturnTerms.FULL else 0
    worth = sum(s.minor for s in shares)
    given = Given(worth - fees, fees, _fee_before(ctx, order), order.currency)
    verdict = refundable(_policy(ctx, order, terms), given, order.event.starts_at, ctx.clock.now())
    if terms != ReturnTerms.POLICY:
        decided = Trace()
        decided.passed("refund_decided", terms=terms)
        verdict = replace(verdict, tier=None, steps=decided.steps())
    if units:
        verdict = replace(verdict, steps=_with_value(verdict.steps if admissions else [], units, value))
    worth += sum(s.minor for s in value)
    return Quote(order, chosen, whole, terms, Money(worth, order.currency), verdict, shares, value)


def _with_value(
    steps: Sequence[dict[str, Any]], units: Sequence[Ticket], value: Sequence[Share]
) -> list[dict[str, Any]]:
    """Why an amount comes back of value that was sold: no rule of the event decides it, only what is left."""
    trace = Trace()
    trace.passed("refund_value", amount=sum(s.minor for s in value), units=len(units))
    return [*steps, *trace.steps()]


def _given_by_buyer(ctx: TenantContext, order: Order) -> Sequence[TicketState]:
    """The states of what a buyer gives back by themselves at this moment."""
    return HOLDING if value_may_return(ctx, order) else LIVE


def _named(
    tickets: Sequence[Ticket], wanted: Sequence[uuid.UUID], states: Sequence[TicketState]
) -> list[Ticket]:
    known = {t.id: t for t in tickets}
    if any(ticket_id not in known for ticket_id in wanted):
        raise NotFound("ticket")
    chosen = [t for t in tickets if t.id in set(wanted)]
    for ticket in chosen:
        if ticket.state not in states:
            raise Refused("ticket_state", state=ticket.state)
    return chosen


def _policy(ctx: TenantContext, order: Order, terms: ReturnTerms) -> Policy:
    if terms == ReturnTerms.POLICY:
        return policy_of(ctx, order.event_id)
    return FULL if terms == ReturnTerms.FULL else NONE


def _fee_before(ctx: TenantContext, order: Order) -> int:
    kept = select(func.sum(OrderReturn.fee_minor)).where(OrderReturn.order_id == order.id)
    return int(ctx.db.scalar(kept) or 0)


def buyer_may(ctx: TenantContext, order: Order) -> bool:
    """Whether the buyer of a paid order gives tickets back by themselves at this moment."""
    return (
        order.state == OrderState.PAID
        and order.price.minor > 0
        and order.event.starts_at > ctx.clock.now()
        and policy_of(ctx, order.event_id).self_service
    )


def value_may_return(ctx: TenantContext, order: Order) -> bool:
    """Whether the rules still give something back of a ticket: as long a buyer gives back value that was bought, too."""
    tier = tier_at(policy_of(ctx, order.event_id), order.event.starts_at, ctx.clock.now())
    return tier is not None and tier.bp > 0


def buyer_quote(ctx: TenantContext, order: Order, ticket_ids: Sequence[uuid.UUID] | None) -> Quote:
    """As `quote`, by the policy.

    Raises `Refused`: "cancel_by_organizer", "ticket_in_use" for who has been let in, "value_back_blocked" for value the organizer stopped.
    """
    if not buyer_may(ctx, order):
        raise Refused("cancel_by_organizer")
    asked = quote(ctx, order, ticket_ids, by_buyer=True)
    if inside_of(ctx, asked.tickets):
        raise Refused("ticket_in_use")
    if any(made.state == "blocked" for made in made_of(ctx, asked.units).values()):
        raise Refused("value_back_blocked")
    return asked


def give_back(
    ctx: TenantContext,
    order: Order,
    ticket_ids: Sequence[uuid.UUID] | None,
    terms: ReturnTerms,
    reason: str,
    *,
    seen: Money | None = None,
    by_buyer: bool = False,
    mail: str = "tickets_given_back",
) -> OrderReturn:
    """Do what `quote` says, in one act, and send the money back where its provider can.

    `seen` is what the person was told that comes back: another amount by now raises `Conflict("refund_changed")`.
    Raises as `quote` and `buyer_quote`.
    """
    order = locked(ctx, order)
    ctx.db.expire(order, ["payments"])
    asked = buyer_quote(ctx, order, ticket_ids) if by_buyer else quote(ctx, order, ticket_ids, terms)
    if seen is not None and seen != asked.back:
        raise Conflict("refund_changed", order=order.code)
    return_id = ctx.ids.new()
    insert_rows(ctx.db, OrderReturn, [_row(ctx, asked, return_id, reason)])
    units = asked.units
    take_off(ctx, order, asked.shares, asked.verdict.back.minor, reason, return_id, asked.value)
    if asked.whole:
        cancel_order(ctx, order, reason, keep=True, tell=False)
    else:
        for ticket in sorted(asked.tickets, key=lambda each: each.id):
            void(ctx, ticket, reason, tell=False, states=HOLDING)
        hold(ctx, [order], units)
    expected = {s.ticket_id: s.minor for s in asked.value if s.ticket_id}
    take_back(ctx, order, expected, units, by_buyer=by_buyer)
    record(
        ctx,
        "order.returned",
        "order",
        order.id,
        event_id=order.event_id,
        amount=asked.back.minor,
        kept=asked.kept.minor,
        tickets=len(asked.tickets),
        terms=terms.value,
        reason=reason,
    )
    queue(ctx, mail, order.buyer_email, order.locale, order=order, data={"return_id": str(return_id)})
    ctx.db.flush()
    ctx.db.expire(order)
    send_soon(ctx, order)
    made: OrderReturn = ctx.db.get_one(OrderReturn, return_id)
    return made


def send_soon(ctx: TenantContext, order: Order) -> None:
    """Send what is owed; the part whose payment is busy with another refund a little later."""
    send_owed(ctx, order)
    if owed_back(order).minor and going_back(ctx, order):
        enqueue(ctx, SEND, {"order": str(order.id)})


def _row(ctx: TenantContext, asked: Quote, return_id: uuid.UUID, reason: str) -> dict[str, object]:
    return {
        "id": return_id,
        "order_id": asked.order.id,
        "terms": asked.terms,
        "whole": asked.whole,
        "tickets": len(asked.tickets),
        "back_minor": asked.back.minor,
        "kept_minor": asked.kept.minor,
        "fee_minor": asked.verdict.fee.minor,
        "currency": asked.order.currency,
        "why": list(asked.verdict.steps),
        "reason": reason,
        "at": ctx.clock.now(),
        "given_by": ctx.actor.id if ctx.actor.kind == "user" else None,
    }


def returns_of(ctx: TenantContext, order: Order) -> list[OrderReturn]:
    """What was given back of an order, oldest first."""
    mine = select(OrderReturn).where(OrderReturn.order_id == order.id)
    return list(ctx.db.scalars(mine.order_by(OrderReturn.id)))
