"""Tickets given back: void, credited as far as the rules say, owed or sent, and the rest stays with the organizer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.catalog.models import CapacityPool
from sratix_core.context import TenantContext
from sratix_core.errors import DomainError
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.queries import Filters, balances
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back, record_refund
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.returning import buyer_may, give_back, quote, returns_of
from sratix_core.refunds.service import policy_of, save_policy
from sratix_core.tickets.models import TicketState
from sratix_core.values.money import Money
from tests.builders import World, make_event, make_order, make_pool, make_type, publish, taken

EIGHTY = Policy(tiers=(Tier(3, 8000),), fee_minor=500, self_service=True)
"""The event is nine days away."""


def chf(minor: int) -> Money:
    return Money(minor, "CHF")


def paid(ctx: TenantContext, policy: Policy | None = EIGHTY, price: int = 3333, count: int = 3) -> Order:
    event = make_event(ctx)
    kind = make_type(ctx, event, price, pools=[make_pool(ctx, event, 10)])
    publish(ctx, event)
    if policy is not None:
        save_policy(ctx, event, policy)
    return mark_paid(ctx, make_order(ctx, event, {kind: count}), "statement 1")


def books(ctx: TenantContext, order: Order) -> dict[str, int]:
    return {b.account: b.amount.minor for b in balances(ctx, Filters(order_id=order.id)) if b.amount.minor}


def test_one_of_three_tickets_comes_back_by_the_rules(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        first = order.tickets[0]
        asked = quote(ctx, order, [first.id])
        assert (asked.worth, asked.back, asked.kept, asked.whole) == (chf(3333), chf(2166), chf(1167), False)
        made = give_back(ctx, order, [first.id], ReturnTerms.POLICY, "buyer", seen=chf(2166), by_buyer=True)
        assert (made.back, made.kept, made.tickets) == (chf(2166), chf(1167), 1)
        states = sorted(t.state for t in order.tickets)
        assert states == [TicketState.VALID, TicketState.VALID, TicketState.VOID]
        assert (order.state, order.price, owed_back(order)) == ("paid", chf(7833), chf(2166))


def test_the_last_tickets_end_the_order_and_the_fee_is_kept_once(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        give_back(ctx, order, [order.tickets[0].id], ReturnTerms.POLICY, "buyer")
        made = give_back(ctx, order, None, ReturnTerms.POLICY, "buyer")
        assert (made.whole, made.back, made.fee_minor) == (True, chf(5332), 0)
        kept = 9999 - 2166 - 5332
        assert (order.state, order.kept, owed_back(order)) == ("cancelled", chf(kept), chf(2166 + 5332))
        record_refund(ctx, order, "back")
        assert books(ctx, order) == {Account.CASH: kept, Account.REVENUE: -kept}
        assert len(returns_of(ctx, order)) == 2


@pytest.mark.parametrize(
    ("terms", "back"), [(ReturnTerms.FULL, 9999), (ReturnTerms.NONE, 0), (ReturnTerms.POLICY, 7499)]
)
def test_staff_decide_by_which_terms(world: World, terms: ReturnTerms, back: int) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        made = give_back(ctx, order, None, terms, "goodwill")
        assert (made.back.minor, order.kept_minor, owed_back(order).minor) == (back, 9999 - back, back)


def test_seats_are_free_again(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        (hall,) = ctx.db.scalars(
            select(CapacityPool.id).where(
                CapacityPool.event_id == order.event_id, CapacityPool.name == "Hall"
            )
        )
        assert taken(ctx, hall) == 3
        give_back(ctx, order, [t.id for t in order.tickets[:2]], ReturnTerms.POLICY, "buyer")
        assert taken(ctx, hall) == 1


def test_what_was_taken_off_before_does_not_come_back_twice(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx, Policy(tiers=(Tier(0, 10_000),)))
        credit(ctx, order, chf(3000), "favour")
        record_refund(ctx, order, "favour")
        made = give_back(ctx, order, None, ReturnTerms.POLICY, "buyer")
        assert made.back == chf(6999)
        assert owed_back(order) == chf(6999)


def refused(ctx: TenantContext, order: Order, **how: object) -> str:
    with pytest.raises(DomainError) as error, ctx.db.begin_nested():
        give_back(ctx, order, how.pop("tickets", None), ReturnTerms.POLICY, "buyer", **how)  # type: ignore[arg-type]
    return error.value.code


def test_what_is_not_possible_is_refused_and_changes_nothing(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx)
        assert refused(ctx, order, seen=chf(1), by_buyer=True) == "refund_changed"
        assert refused(ctx, order, tickets=[]) == "nothing_to_give_back"
        assert refused(ctx, order, tickets=[order.id]) == "ticket"
        give_back(ctx, order, [order.tickets[0].id], ReturnTerms.POLICY, "buyer")
        assert refused(ctx, order, tickets=[order.tickets[0].id]) == "ticket_state"
        give_back(ctx, order, None, ReturnTerms.NONE, "goodwill")
        assert refused(ctx, order) == "order_state"


def test_buyers_give_back_by_themselves_only_where_they_may(world: World) -> None:
    with world.open() as ctx:
        order = paid(ctx, None)
        assert not buyer_may(ctx, order)
        assert refused(ctx, order, by_buyer=True) == "cancel_by_organizer"
        save_policy(ctx, order.event, EIGHTY)
        assert buyer_may(ctx, order)
        world.later(days=30)
        assert not buyer_may(ctx, order)


@pytest.mark.parametrize(
    ("policy", "field"),
    [
        (Policy(tiers=(Tier(-1, 5000),)), "tiers[0].days"),
        (Policy(tiers=(Tier(3, 10_001),)), "tiers[0].bp"),
        (Policy(tiers=(Tier(3, 100), Tier(3, 50))), "tiers[1].days"),
        (Policy(tiers=(Tier(14, 5000), Tier(3, 8000))), "tiers"),
        (Policy(fee_minor=-1), "fee"),
    ],
)
def test_rules_that_make_no_sense_are_not_kept(world: World, policy: Policy, field: str) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        with pytest.raises(DomainError) as error:
            save_policy(ctx, event, policy)
        assert list(error.value.fields) == [field]  # type: ignore[attr-defined]
        assert policy_of(ctx, event.id) == Policy()
