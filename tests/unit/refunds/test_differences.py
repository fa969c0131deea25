"""A change that costs more: asked for, paid, let go or undone; and a buyer's own exchange by the event's rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from sratix_core.catalog.models import Visibility
from sratix_core.context import TenantContext
from sratix_core.errors import DomainError
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.queries import Filters, balances
from sratix_core.messages.models import Message
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import Receipt, mark_paid, received
from sratix_core.payments.refunds import owed_back
from sratix_core.refunds.differences import open_difference
from sratix_core.refunds.event_runs import one, start
from sratix_core.refunds.exchanging import Difference, change_type
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.own_exchange import choices, exchange_own, own_offer
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.returning import give_back
from sratix_core.refunds.service import save_policy
from sratix_core.refunds.undoing import undo
from sratix_core.tickets.models import TicketState
from sratix_core.tickets.service import void
from tests.builders import World, again, faults, make_event, make_order, make_type, publish, taken
from tests.unit.refunds.test_exchanging import chf, sold, states

V, R, X = TicketState.VALID, TicketState.RESERVED, TicketState.VOID


@pytest.fixture(autouse=True)
def nothing_is_wrong(world: World) -> Iterator[None]:
    yield
    assert faults(world.process, of=world.tenant) == []


def asked(ctx: TenantContext, price: int = 4900) -> Order:
    """Two regular tickets, the first of them now a VIP for CHF 50.00 more that nobody has paid."""
    order, vip = sold(ctx, price=price)
    change_type(ctx, order, order.tickets[0], vip.id, Difference.ASKED)
    return again(ctx, order)


def refused(ctx: TenantContext, act: object, *how: object, **named: object) -> str:
    with pytest.raises(DomainError) as error, ctx.db.begin_nested():
        act(ctx, *how, **named)  # type: ignore[operator]
    return error.value.code


def kinds(ctx: TenantContext) -> list[str]:
    return list(ctx.db.scalars(select(Message.kind).order_by(Message.id)))


def test_the_new_ticket_waits_for_what_it_costs_more(world: World) -> None:
    with world.open() as ctx:
        order = asked(ctx)
        assert states(ctx, order) == [X, V, R]
        assert (order.price, order.outstanding, owed_back(order)) == (chf(14_800), chf(5000), chf(0))
        found = open_difference(ctx, order)
        assert found is not None
        assert (found.amount, found.due_at > ctx.clock.now()) == (chf(5000), True)
        assert "difference_asked" in kinds(ctx)
        received(ctx, order, Receipt(order.provider, "half", chf(2000)))
        assert (states(ctx, order), again(ctx, order).outstanding) == ([X, V, R], chf(3000))
        mark_paid(ctx, again(ctx, order), "rest")
        order = again(ctx, order)
        assert (states(ctx, order), order.outstanding) == ([X, V, V], chf(0))
        assert open_difference(ctx, order) is None
        assert refused(ctx, mark_paid, order, "more") == "order_state"


@pytest.mark.parametrize("paid", [0, 2000])
def test_an_unpaid_change_is_undone_once_at_the_price_of_before(world: World, paid: int) -> None:
    with world.open() as ctx:
        order = asked(ctx)
        if paid:
            received(ctx, order, Receipt(order.provider, "a part", chf(paid)))
        undo(ctx, again(ctx, order))
        order = again(ctx, order)
        assert states(ctx, order) == [X, V, X, V]
        assert (order.price, order.outstanding, owed_back(order)) == (chf(9800), chf(0), chf(paid))
        pools = {t.ticket_type_id: taken(ctx, t.ticket_type.draws[0].pool_id) for t in order.tickets}
        assert sorted(pools.values()) == [0, 2]
        assert refused(ctx, undo, order) == "no_difference"
        back = {b.account: b.amount.minor for b in balances(ctx, Filters(order_id=order.id))}
        assert back[Account.BUYERS] == -paid


def test_while_it_is_open_nothing_else_happens_to_the_tickets(world: World) -> None:
    with world.open() as ctx:
        order = asked(ctx)
        _, other, waiting = order.tickets
        free = make_type(ctx, order.event, 0, 10, name="Free")
        assert refused(ctx, change_type, order, other, free.id, Difference.REFUNDED) == "difference_open"
        assert refused(ctx, give_back, order, [other.id], ReturnTerms.FULL, "goodwill") == "difference_open"
        assert refused(ctx, void, waiting, "organizer") == "difference_open"
        assert states(ctx, order) == [X, V, R]


def test_a_favour_of_all_of_it_lets_the_ticket_in(world: World) -> None:
    with world.open() as ctx:
        order = asked(ctx)
        credit(ctx, order, chf(2000), "favour")
        assert states(ctx, order) == [X, V, R]
        credit(ctx, again(ctx, order), chf(3000), "favour")
        assert (states(ctx, order), again(ctx, order).price) == ([X, V, V], chf(9800))


def test_an_order_that_is_cancelled_owes_what_was_paid(world: World) -> None:
    with world.open() as ctx:
        order = cancel_order(ctx, asked(ctx), "asked")
        assert (states(ctx, order), owed_back(order), order.outstanding) == ([X, X, X], chf(9800), chf(0))


def test_an_event_called_off_asks_for_nothing_more(world: World) -> None:
    with world.open() as ctx:
        order = asked(ctx)
        run = start(ctx, order.event, ReturnTerms.FULL)
        one(ctx, run, order)
        order = again(ctx, order)
        assert (order.state, owed_back(order)) == ("cancelled", chf(9800))


def test_nothing_is_asked_for_what_costs_less(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx, other=1900)
        assert refused(ctx, change_type, order, order.tickets[0], vip.id, Difference.ASKED) == "invalid"


def rules(ctx: TenantContext, order: Order, **more: bool) -> None:
    save_policy(ctx, order.event, Policy(tiers=(Tier(0, 5000),), fee_minor=300, **more))


def test_a_buyer_takes_another_type_where_the_rules_allow_it(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx)
        ticket = order.tickets[0]
        assert refused(ctx, own_offer, order, ticket, vip.id) == "cancel_by_organizer"
        rules(ctx, order, exchanges=True)
        assert own_offer(ctx, order, ticket, vip.id).pays == chf(5000)
        assert refused(ctx, exchange_own, order, ticket, vip.id, chf(4000)) == "refund_changed"
        exchange_own(ctx, order, ticket, vip.id, chf(5000))
        order = again(ctx, order)
        assert (states(ctx, order), order.outstanding) == ([X, V, R], chf(5000))
        assert refused(ctx, exchange_own, order, order.tickets[1], vip.id, chf(5000)) == "difference_open"


def test_of_a_cheaper_type_the_share_of_the_rules_comes_back(world: World) -> None:
    with world.open() as ctx:
        order, cheap = sold(ctx, other=1900)
        rules(ctx, order, exchanges=True)
        own = own_offer(ctx, order, order.tickets[0], cheap.id)
        assert (own.back, own.stays) == (chf(1500), chf(1500))
        exchange_own(ctx, order, order.tickets[0], cheap.id, chf(-1500))
        order = again(ctx, order)
        assert (states(ctx, order), order.price, owed_back(order)) == ([X, V, V], chf(8300), chf(1500))


def test_types_that_a_visitor_cannot_buy_are_not_offered(world: World) -> None:
    with world.open() as ctx:
        order, vip = sold(ctx)
        rules(ctx, order, exchanges=True)
        ticket = order.tickets[0]
        hidden = make_type(ctx, order.event, 100, 5, name="Crew")
        hidden.visibility = Visibility.HIDDEN
        ctx.db.flush()
        assert [each.ticket_type.id for each in choices(ctx, order, ticket)] == [vip.id]
        assert refused(ctx, own_offer, order, ticket, hidden.id) == "ticket_type"
        other = make_event(ctx, "other")
        foreign = make_type(ctx, other, 100, 5)
        publish(ctx, other)
        assert refused(ctx, own_offer, order, ticket, foreign.id) == "ticket_type"
        theirs = mark_paid(ctx, make_order(ctx, other, {foreign: 1}), "other").tickets[0]
        with pytest.raises(Exception, match="No row"), ctx.db.begin_nested():
            exchange_own(ctx, order, theirs, vip.id, chf(5000))


def test_a_free_ticket_becomes_one_that_costs(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        free, vip = make_type(ctx, event, 0, 10), make_type(ctx, event, 9900, 1, name="VIP")
        publish(ctx, event)
        order = make_order(ctx, event, {free: 1})
        rules(ctx, order, exchanges=True)
        exchange_own(ctx, order, order.tickets[0], vip.id, chf(9900))
        order = again(ctx, order)
        assert (order.is_payable, order.outstanding, states(ctx, order)) == (True, chf(9900), [X, R])
        undo(ctx, order)
        order = again(ctx, order)
        assert (order.outstanding, states(ctx, order)) == (chf(0), [X, X, V])
