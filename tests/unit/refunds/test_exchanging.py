"""Another type for one ticket: units, tickets, price and books agree, whichever way the difference is settled."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.catalog.hot import SoldOut
from sratix_core.catalog.models import TicketType
from sratix_core.context import TenantContext
from sratix_core.errors import DomainError
from sratix_core.orders.models import Order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back
from sratix_core.refunds.exchanging import Difference, change_type, offer
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import give_back
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.values.money import Money
from tests.builders import World, make_event, make_order, make_type, publish, taken


def sold(ctx: TenantContext, price: int = 4900, other: int = 9900) -> tuple[Order, TicketType]:
    event = make_event(ctx)
    regular = make_type(ctx, event, price, 10)
    vip = make_type(ctx, event, other, 1, name="VIP")
    publish(ctx, event)
    return mark_paid(ctx, make_order(ctx, event, {regular: 2}), "statement 1"), vip


def chf(minor: int) -> Money:
    return Money(minor, "CHF")


def states(ctx: TenantContext, order: Order) -> list[str]:
    mine = select(Ticket.state).where(Ticket.order_id == order.id).order_by(Ticket.position)
    return list(ctx.db.scalars(mine))


def test_a_dearer_type_once_the_difference_was_received(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx)
        old = order.tickets[0]
        assert offer(ctx, order, old, vip.id).difference == chf(5000)
        fresh = change_type(ctx, order, old, vip.id, Difference.RECEIVED, "cash 1")
        assert (fresh.state, fresh.ticket_type_id) == (TicketState.VALID, vip.id)
        assert states(ctx, order) == [TicketState.VOID, TicketState.VALID, TicketState.VALID]
        assert (order.price, owed_back(order)) == (chf(14_800), chf(0))
        assert taken(ctx, vip.draws[0].pool_id) == 1


@pytest.mark.parametrize("other", [9900, 1900])
def test_a_waived_difference_leaves_the_price(world: World, other: int) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx, other=other)
        change_type(ctx, order, order.tickets[0], vip.id, Difference.WAIVED)
        assert (order.price, owed_back(order)) == (chf(9800), chf(0))


def test_a_cheaper_type_gives_the_difference_back(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx, other=1900)
        change_type(ctx, order, order.tickets[0], vip.id, Difference.REFUNDED)
        assert (order.price, owed_back(order)) == (chf(6800), chf(3000))


def refused(ctx: TenantContext, order: Order, *how: object) -> str:
    with pytest.raises(DomainError) as error, ctx.db.begin_nested():
        change_type(ctx, order, *how)  # type: ignore[arg-type]
    return error.value.code


def test_without_the_money_or_without_a_unit_nothing_changes(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx)
        first, second = order.tickets
        assert refused(ctx, order, first, vip.id, Difference.RECEIVED) == "difference_not_received"
        assert refused(ctx, order, first, vip.id, Difference.REFUNDED) == "difference_not_received"
        change_type(ctx, order, first, vip.id, Difference.WAIVED)
        assert refused(ctx, order, first, vip.id, Difference.WAIVED) == "ticket_state"
        with pytest.raises(SoldOut), ctx.db.begin_nested():
            change_type(ctx, order, second, vip.id, Difference.WAIVED)
        assert states(ctx, order).count(TicketState.VALID) == 2


def test_nothing_is_received_for_what_costs_less(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx, other=1900)
        assert refused(ctx, order, order.tickets[0], vip.id, Difference.RECEIVED, "cash 1") == "invalid"


def test_an_exchanged_ticket_is_given_back_at_what_was_paid_for_it(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx)
        fresh = change_type(ctx, order, order.tickets[0], vip.id, Difference.WAIVED)
        made = give_back(ctx, order, [fresh.id], ReturnTerms.FULL, "goodwill")
        assert made.back == chf(4900)
        give_back(ctx, order, None, ReturnTerms.FULL, "goodwill")
        assert owed_back(order) == chf(9800)
