"""What is owed back goes back once, in whole or in parts, and never more than came in."""

from __future__ import annotations

import pytest

from sratix_core.context import TenantContext
from sratix_core.errors import DomainError, Invalid
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.queries import Filters, balances
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.failures import record_failure
from sratix_core.payments.models import ByHand
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back, record_refund, refunds_of
from sratix_core.values.money import Money
from tests.builders import World, make_event, make_order, make_sale, make_type, publish


def cancelled(ctx: TenantContext, slug: str = "robotics") -> Order:
    """An order of CHF 98.00 that was paid and cancelled."""
    event = make_event(ctx, slug)
    ticket_type = make_type(ctx, event, 4900)
    publish(ctx, event)
    return cancel_order(ctx, mark_paid(ctx, make_order(ctx, event, {ticket_type: 2}), slug), "asked")


def owed(order: Order) -> int:
    return owed_back(order).minor


def refused(ctx: TenantContext, order: Order, reference: str, amount: Money | None = None) -> str:
    with pytest.raises(DomainError) as error, ctx.db.begin_nested():
        record_refund(ctx, order, reference, amount)
    return error.value.code


def test_a_cancelled_paid_order_is_owed_back_until_it_is_refunded(world: World) -> None:
    with world.open() as ctx:
        order = cancelled(ctx)
        assert owed(order) == 9800
        refund = record_refund(ctx, order, "back-1")
        assert (refund.amount.minor, owed(order)) == (9800, 0)
        assert [r.reference for r in refunds_of(order)] == ["back-1"]
        assert balances(ctx, Filters(order_id=order.id))[0].amount.minor == 0
        assert refused(ctx, order, "back-2") == "nothing_owed"


def test_parts_add_up_and_stop_at_what_came_in(world: World) -> None:
    with world.open() as ctx:
        order = cancelled(ctx)
        record_refund(ctx, order, "a", Money(6000, "CHF"))
        assert refused(ctx, order, "b", Money(3801, "CHF")) == "refund_too_large"
        record_refund(ctx, order, "b", Money(3800, "CHF"))
        assert owed(order) == 0
        held = {b.account: b.amount.minor for b in balances(ctx, Filters(order_id=order.id))}
        assert held == {Account.BUYERS: 0, Account.CASH: 0, Account.REVENUE: 0}


@pytest.mark.parametrize("amount", [0, -100])
def test_nothing_and_less_than_nothing_do_not_go_back(world: World, amount: int) -> None:
    with world.open() as ctx:
        assert refused(ctx, cancelled(ctx), "a", Money(amount, "CHF")) == "refund_too_large"


def test_another_currency_does_not_go_back(world: World) -> None:
    with world.open() as ctx:
        order = cancelled(ctx)
        with pytest.raises(Invalid):
            record_refund(ctx, order, "a", Money(9800, "EUR"))


def test_the_same_reference_is_recorded_once(world: World) -> None:
    with world.open() as ctx:
        first, second = cancelled(ctx), cancelled(ctx, "second")
        record_refund(ctx, first, "back")
        assert refused(ctx, second, "back") == "refund_known"
        assert owed(second) == 9800


def test_a_transfer_that_comes_back_is_owed_again_once(world: World) -> None:
    with world.open() as ctx:
        first, second = cancelled(ctx), cancelled(ctx, "second")
        refund, other = record_refund(ctx, first, "back"), record_refund(ctx, second, "other")
        record_failure(ctx, first, refund.id)
        assert (owed(first), [r.reference for r in refunds_of(first)]) == (9800, ["back"])
        for order, refund_id, code in (
            (first, refund.id, "refund_returned"),
            (first, other.id, "refund"),
            (first, ctx.ids.new(), "refund"),
        ):
            with pytest.raises(DomainError) as error, ctx.db.begin_nested():
                record_failure(ctx, order, refund_id)
            assert error.value.code == code
        assert (owed(first), owed(second)) == (9800, 0)
        record_refund(ctx, first, "again", source=ByHand.TILL)
        held = {(b.account, b.provider): b.amount.minor for b in balances(ctx, Filters(order_id=first.id))}
        assert held[(Account.CASH, first.provider)] == 9800
        assert held[(Account.CASH, "cash_desk")] == -9800
        assert held[(Account.BUYERS, "")] == 0


def test_an_order_that_stands_owes_nothing(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, 4900)
        order = mark_paid(ctx, make_order(ctx, event, {ticket_type: 1}), "ref")
        assert refused(ctx, order, "back") == "nothing_owed"
