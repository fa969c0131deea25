"""The books follow every act on an order, balanced, and can't be changed or written twice."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from sratix_core.context import TenantContext
from sratix_core.ledger import posting
from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.acts import charge
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.posting import Leg, Transaction, Unbalanced, post
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.orders.states import OrderState
from sratix_core.payments.receiving import mark_paid, seat_late
from tests.builders import World, again, faults, make_event, make_order, make_pool, make_type, publish


def held(ctx: TenantContext, order: Order) -> dict[str, int]:
    """What each account holds of an order; accounts at 0 left out."""
    sums: Counter[str] = Counter()
    for entry in ctx.db.scalars(select(LedgerEntry).where(LedgerEntry.order_id == order.id)):
        sums[entry.account] += entry.amount_minor
    return {account: minor for account, minor in sums.items() if minor}


def acts(ctx: TenantContext, order: Order) -> list[str]:
    mine = select(LedgerEntry.act).where(LedgerEntry.order_id == order.id, LedgerEntry.line == 0)
    return list(ctx.db.scalars(mine.order_by(LedgerEntry.id)))


def priced(ctx: TenantContext, capacity: int | None = None) -> Order:
    event = make_event(ctx)
    pools = [make_pool(ctx, event, capacity)] if capacity else []
    ticket_type = make_type(ctx, event, 4900, pools=pools)
    publish(ctx, event)
    return make_order(ctx, event, {ticket_type: 2})


def test_a_placed_order_is_owed_and_a_free_one_leaves_no_entry(world: World) -> None:
    with world.open() as ctx:
        order = priced(ctx)
        assert held(ctx, order) == {Account.BUYERS: 9800, Account.REVENUE: -9800}
        free = make_type(ctx, order.event, 0)
        assert acts(ctx, make_order(ctx, order.event, {free: 1})) == []


def test_a_payment_settles_what_was_owed(world: World) -> None:
    with world.open() as ctx:
        order = mark_paid(ctx, priced(ctx), "ref-1")
        assert held(ctx, order) == {Account.CASH: 9800, Account.REVENUE: -9800}
        assert acts(ctx, order) == [Act.CHARGE, Act.PAYMENT]


@pytest.mark.parametrize("end", ["cancelled", "expired"])
def test_an_order_nobody_paid_leaves_nothing_behind(world: World, end: str) -> None:
    with world.open() as ctx:
        order = priced(ctx)
        if end == "cancelled":
            cancel_order(ctx, order, "asked")
        else:
            world.later(days=10)
            assert expire_orders(ctx) == 1
        assert (held(ctx, order), acts(ctx, order)) == ({}, [Act.CHARGE, Act.VOID])


def test_a_cancelled_paid_order_is_owed_back(world: World) -> None:
    with world.open() as ctx:
        order = mark_paid(ctx, priced(ctx), "ref-1")
        cancel_order(ctx, order, "asked")
        assert held(ctx, order) == {Account.CASH: 9800, Account.BUYERS: -9800}
        assert acts(ctx, order)[-1] == Act.CREDIT_NOTE


def test_late_money_that_finds_its_seats_is_charged_again(world: World) -> None:
    with world.open() as ctx:
        order = priced(ctx)
        world.later(days=10)
        expire_orders(ctx)
        order = mark_paid(ctx, again(ctx, order), "late")
        assert order.state == OrderState.PAID
        assert held(ctx, order) == {Account.CASH: 9800, Account.REVENUE: -9800}
        assert acts(ctx, order) == [Act.CHARGE, Act.VOID, Act.CHARGE, Act.PAYMENT]


def test_late_money_without_seats_is_the_buyers_until_there_are_some(world: World) -> None:
    with world.open() as ctx:
        order = priced(ctx, capacity=2)
        world.later(days=10)
        expire_orders(ctx)
        [ticket_type] = {t.ticket_type for t in order.tickets}
        other = make_order(ctx, order.event, {ticket_type: 1})
        order = mark_paid(ctx, again(ctx, order), "late")
        assert order.state == OrderState.PAID_AFTER_EXPIRY
        assert held(ctx, order) == {Account.CASH: 9800, Account.BUYERS: -9800}
        cancel_order(ctx, other, "asked")
        assert held(ctx, seat_late(ctx, order)) == {Account.CASH: 9800, Account.REVENUE: -9800}


def test_a_cause_is_booked_once(world: World) -> None:
    with world.open() as ctx:
        order = priced(ctx)
        with pytest.raises(IntegrityError), ctx.db.begin_nested():
            post(ctx, charge(order, order.id))


def test_legs_that_do_not_sum_to_nothing_are_refused(world: World) -> None:
    lopsided = Transaction(
        Act.ADJUSTMENT, uuid.uuid4(), "CHF", (Leg(Account.BUYERS, 1), Leg(Account.REVENUE, -2))
    )
    with world.open() as ctx, pytest.raises(Unbalanced):
        post(ctx, lopsided)


def test_a_lopsided_transaction_is_refused_at_commit_or_named_by_verify(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    legs = (Leg(Account.BUYERS, 1), Leg(Account.REVENUE, -1))
    booked = Transaction(Act.ADJUSTMENT, uuid.uuid4(), "CHF", legs)
    rows = posting.rows_of

    def post_only(part: slice) -> None:
        monkeypatch.setattr(posting, "rows_of", lambda *given: rows(*given)[part])
        with world.open() as ctx:
            post(ctx, booked)

    if world.process.settings.database_url.startswith("postgresql"):
        with pytest.raises(DBAPIError, match="must sum to 0"):
            post_only(slice(0, 1))
        return
    post_only(slice(0, 1))  # SQLite has no trigger that waits for the commit
    assert faults(world.process, journal=False) == [
        f"L1: adjustment {booked.op_id}: the entries do not sum to 0"
    ]
    post_only(slice(1, 2))


def test_an_entry_can_neither_be_changed_nor_removed(world: World) -> None:
    with world.open() as ctx:
        order = priced(ctx)
        for change in (
            update(LedgerEntry).where(LedgerEntry.order_id == order.id).values(amount_minor=1),
            LedgerEntry.__table__.delete().where(
                LedgerEntry.__table__.c.tenant_id == ctx.tenant.id,
                LedgerEntry.__table__.c.order_id == order.id,
            ),
        ):
            with pytest.raises(DBAPIError), ctx.db.begin_nested():
                ctx.db.execute(change, execution_options={"synchronize_session": False})
        assert ctx.db.scalar(select(func.sum(LedgerEntry.amount_minor))) == 0


def test_a_rolled_back_order_leaves_no_entry(world: World) -> None:
    class Stop(Exception):
        pass

    def sell_and_stop() -> None:
        with world.open() as ctx:
            priced(ctx)
            raise Stop

    with pytest.raises(Stop):
        sell_and_stop()
    with world.open() as ctx:
        assert ctx.db.scalar(select(func.count()).select_from(LedgerEntry)) == 0
