"""Value that orders sell, on gift cards for instance: made once the order is paid, and ended with what is given back of it.

A unit of value holds its place like a ticket and is none (`TicketState.VALUE`). What was made of it is spent elsewhere, so it is
asked for and ended under its own row, last in the lock order as all cards.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sratix_core.audit.service import record
from sratix_core.errors import Conflict, NotFound, Refused
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.run import Retry
from sratix_core.jobs.service import enqueue
from sratix_core.ledger.accounts import Act
from sratix_core.ledger.value import book_value
from sratix_core.orders.moves import locked_by_id
from sratix_core.orders.states import OrderState
from sratix_core.payments.models import Payment
from sratix_core.payments.providers import known_provider
from sratix_core.plugins.stored import IHoldsValue, ISellsValue, SoldUnit, SoldValue
from sratix_core.pricing.rules import rules_of
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun
    from sratix_core.orders.models import Order

ISSUE = "payments.issue_value"


def sellers(ctx: TenantContext) -> list[Any]:
    """The providers whose value can be sold."""
    return [p for answer in ctx.hooks.payment_providers(ctx=ctx) for p in answer if ISellsValue.providedBy(p)]


def seller_of(ctx: TenantContext, unit: Ticket) -> Any:
    """The provider of a unit's value. Raises `Refused("value_seller_off")` while it is not there."""
    provider = known_provider(ctx, rules_of(unit.ticket_type).sells)
    if not ISellsValue.providedBy(provider):
        raise Refused("value_seller_off")
    return provider


def units_of(ctx: TenantContext, order: Order) -> list[Ticket]:
    """The units of value that an order holds, as they are now; no statement where it sells none."""
    if not order.value_minor:
        return []
    mine = select(Ticket).where(Ticket.order_id == order.id, Ticket.state == TicketState.VALUE)
    whole = mine.options(joinedload(Ticket.attendee), joinedload(Ticket.ticket_type)).order_by(Ticket.id)
    return list(ctx.db.scalars(whole.execution_options(populate_existing=True)))


def price_of(order: Order, unit: Ticket) -> Money:
    """What a unit cost, which is what it is worth."""
    line = next(line for line in order.lines if line.id == unit.order_line_id)
    return Money(line.unit_price_minor, order.currency)


def issue_soon(ctx: TenantContext, order: Order) -> None:
    """Have what a paid order sold made by a job, as often as it takes."""
    if order.value_minor:
        enqueue(ctx, ISSUE, {"order": str(order.id)}, dedupe=job_of(order.id))


def job_of(order_id: uuid.UUID) -> str:
    """The name of the one job of an order: it is paid once."""
    return f"{ISSUE}:{order_id}"


def issue(ctx: TenantContext, order_id: uuid.UUID) -> int:
    """Make what a paid order sold, each unit once; how many now. Raises `Refused("value_seller_off")`."""
    order, made = locked_by_id(ctx, order_id), 0
    if order.state != OrderState.PAID:
        return 0
    for unit in units_of(ctx, order):
        seller, amount, person = seller_of(ctx, unit), price_of(order, unit), unit.attendee
        to = person.email or order.buyer_email
        sold = SoldUnit(
            unit.id, unit.order_line_id, unit.ordinal, order.id, amount, person.name, to, order.locale
        )
        if seller.issue(ctx, sold):
            book_value(ctx, Act.VALUE_ISSUED, seller.name, unit.id, amount, order=order)
            record(ctx, "order.value_issued", "order", order.id, event_id=order.event_id, amount=amount.minor)
            made += 1
    return made


def issued(run: JobRun) -> None:
    """The job; while the plugin is off it comes back."""
    with run.begin() as ctx:
        try:
            issue(ctx, uuid.UUID(run.payload["order"]))
        except Refused as error:
            raise Retry(error.code) from error
        run.finish(ctx)


def made_of(ctx: TenantContext, units: Sequence[Ticket]) -> Mapping[uuid.UUID, SoldValue]:
    """What was made of units, as far as their provider is there."""
    found: dict[uuid.UUID, SoldValue] = {}
    by_provider: dict[str, list[uuid.UUID]] = {}
    for unit in units:
        by_provider.setdefault(rules_of(unit.ticket_type).sells, []).append(unit.id)
    for name, ids in by_provider.items():
        provider: Any = known_provider(ctx, name)
        if ISellsValue.providedBy(provider):
            found |= provider.sold(ctx, ids)
    return found


def hold(ctx: TenantContext, orders: Collection[Order], units: Sequence[Ticket]) -> None:
    """Hold what was made of these units together with what the orders were paid with, by provider and key, for who ends the one and
    puts back the other: somebody may be paying with both. No statement for one order without units, which puts back by key anyway.
    """
    if not units and len(orders) < 2:
        return
    of = Payment.order_id.in_([order.id for order in orders])
    held: dict[str, tuple[list[str], list[uuid.UUID]]] = {}
    for name, reference in ctx.db.execute(
        select(Payment.provider, Payment.reference).where(of, Payment.stored)
    ):
        held.setdefault(name, ([], []))[0].append(reference)
    for unit in units:
        held.setdefault(rules_of(unit.ticket_type).sells, ([], []))[1].append(unit.id)
    for name in sorted(held):
        provider: Any = known_provider(ctx, name)
        if IHoldsValue.providedBy(provider):
            provider.hold(ctx, *held[name])


def left_of(ctx: TenantContext, order: Order, units: Sequence[Ticket]) -> dict[uuid.UUID, int]:
    """What of each unit was not spent, in minor units; all of what was not made yet. Raises `Refused("value_seller_off")`."""
    for unit in units:
        seller_of(ctx, unit)
    made = made_of(ctx, units)
    return {
        unit.id: made[unit.id].balance.minor if unit.id in made else price_of(order, unit).minor
        for unit in units
    }


def take_back(
    ctx: TenantContext,
    order: Order,
    expected: Mapping[uuid.UUID, int],
    units: Sequence[Ticket],
    *,
    by_buyer: bool = False,
) -> None:
    """End what was made of these units, which come off the order's price for `expected` minor units each.

    Raises `Conflict("refund_changed")` where something was spent since, `Refused`: "value_seller_off", and "value_back_blocked" where
    the buyer gives back what the organizer stopped.
    """
    for unit in sorted(units, key=lambda each: each.id):
        if _ended(ctx, order, unit, by_buyer) != expected[unit.id]:
            raise Conflict("refund_changed", order=order.code)


def take_back_all(ctx: TenantContext, order: Order, units: Sequence[Ticket]) -> None:
    """End what was made of the units of an order whose whole price is owed back.

    Raises `Refused`: "value_was_spent" with what is `left` of all of them, "value_seller_off".
    """
    ended = {unit.id: _ended(ctx, order, unit) for unit in units}
    if any(ended[unit.id] != price_of(order, unit).minor for unit in units):
        raise Refused("value_was_spent", left=Money(sum(ended.values()), order.currency))


def _ended(ctx: TenantContext, order: Order, unit: Ticket, by_buyer: bool = False) -> int:
    """What was left of a unit, ended and booked; of one that was never made it is all."""
    seller = seller_of(ctx, unit)
    left: Money | None = seller.take_back(ctx, unit.id, even_blocked=not by_buyer)
    if left is None:
        return price_of(order, unit).minor
    if left.minor:
        book_value(ctx, Act.VALUE_RETURNED, seller.name, unit.id, left, order=order)
    return left.minor


def mail_again(ctx: TenantContext, order: Order, unit_id: uuid.UUID) -> None:
    """Mail what was made of one unit of a paid order once more.

    Raises `NotFound` for what is not of the order, `Refused`: "ticket_state" for what is no such unit, or no longer, "order_state",
    "value_on_its_way", "value_seller_off", and what the provider says.
    """
    named = next((each for each in order.tickets if each.id == unit_id), None)
    if named is None:
        raise NotFound("ticket")
    if order.state != OrderState.PAID:
        raise Refused("order_state", state=order.state, target="mailed")
    unit = next((u for u in units_of(ctx, order) if u.id == unit_id), None)
    if unit is None:
        raise Refused("ticket_state", state=named.state)
    seller = seller_of(ctx, unit)
    if not seller.sold(ctx, [unit.id]):
        raise Refused("value_on_its_way")
    seller.mail_again(ctx, unit.id)
    record(ctx, "order.value_mailed", "order", order.id, event_id=order.event_id)


JOBS = (JobKind(ISSUE, issued, max_attempts=40),)
