"""What is taken off a price is exact to the minor unit, is owed back, and is never more than the price."""

from __future__ import annotations

import pytest

from sratix_core.context import TenantContext
from sratix_core.errors import DomainError
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.queries import Filters, balances
from sratix_core.orders.credits import credit, credit_tickets, worth
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back, record_refund
from sratix_core.values.money import Money
from tests.builders import World, make_event, make_order, make_type, publish


def paid(ctx: TenantContext, price: int = 3333, count: int = 3) -> Order:
    event = make_event(ctx)
    kind = make_type(ctx, event, price)
    publish(ctx, event)
    return mark_paid(ctx, make_order(ctx, event, {kind: count}), "statement 1")


def chf(minor: int) -> Money:
    return Money(minor, "CHF")


def test_a_ticket_given_back_lowers_the_price_and_is_owed(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        ticket = order.tickets[0]
        assert worth(ctx, order, [ticket]) == chf(3333)
        assert credit_tickets(ctx, order, [ticket], "asked") == chf(3333)
        assert (order.price, owed_back(order)) == (chf(6666), chf(3333))
        assert credit_tickets(ctx, order, [ticket], "asked") == chf(0)
        record_refund(ctx, order, "back")
        held = {b.account: b.amount.minor for b in balances(ctx, Filters(order_id=order.id))}
        assert held == {Account.BUYERS: 0, Account.CASH: 6666, Account.REVENUE: -6666}


@pytest.mark.parametrize("parts", [(1, 2, 3), (9999,), (3333, 3333, 3333), (5000, 4998, 1)])
def test_amounts_are_spread_without_losing_a_rappen(world: World, parts: tuple[int, ...]) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        for minor in parts:
            assert credit(ctx, order, chf(minor), "favour") == chf(minor)
        assert order.price.minor == 9999 - sum(parts)
        assert owed_back(order).minor == sum(parts)


@pytest.mark.parametrize("minor", [0, -1, 10000])
def test_nothing_less_and_more_than_the_price_are_refused(world: World, minor: int) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        with pytest.raises(DomainError) as error:
            credit(ctx, order, chf(minor), "favour")
        assert error.value.code == "credit_over_price"


def test_tickets_after_a_favour_are_worth_what_is_left(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        credit(ctx, order, chf(9000), "favour")
        assert credit_tickets(ctx, order, order.tickets, "asked") == chf(999)
        assert order.price == chf(0)


def test_cancelling_takes_back_what_is_left(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        credit(ctx, order, chf(999), "favour")
        order = cancel_order(ctx, order, "asked")
        assert owed_back(order) == chf(9999)
        held = {b.account: b.amount.minor for b in balances(ctx, Filters(order_id=order.id))}
        assert (held[Account.BUYERS], held[Account.REVENUE]) == (-9999, 0)
        with pytest.raises(DomainError):
            credit(ctx, order, chf(1), "favour")
