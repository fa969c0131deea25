"""An event called off: every open order once, one that fails holds up no other, and it goes on where it stopped."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.context import TenantContext
from sratix_core.errors import DomainError, Refused
from sratix_core.events.models import Event, EventStatus
from sratix_core.jobs.kinds import registry_for
from sratix_core.jobs.runner import Runner
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.payments.receiving import mark_paid
from sratix_core.refunds import event_runs
from sratix_core.refunds.event_runs import go_on, left, pause, run_of, start
from sratix_core.refunds.figures import progress, scope, troubles
from sratix_core.refunds.models import EventRefund, ReturnTerms, RunState
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.service import save_policy
from tests.builders import World, again, make_event, make_order, make_type, publish


def sold(ctx: TenantContext, paid: int = 3, unpaid: int = 1) -> Event:
    event = make_event(ctx)
    kind = make_type(ctx, event, 4900)
    publish(ctx, event)
    save_policy(ctx, event, Policy(tiers=(Tier(1, 5000),)))
    for n in range(paid + unpaid):
        order = make_order(ctx, event, {kind: 1}, f"buyer{n}@example.org")
        if n < paid:
            mark_paid(ctx, order, f"statement {n}")
    return event


def work(world: World) -> None:
    Runner(world.process, registry_for(world.process.plugins)).drain()


def the_run(ctx: TenantContext, event: Event) -> EventRefund:
    run = run_of(ctx, event)
    assert run is not None
    return run


@pytest.mark.parametrize(
    ("terms", "owed", "kept"), [("full", 14_700, 0), ("policy", 7350, 7350), ("none", 0, 14_700)]
)
def test_every_open_order_is_ended_by_the_chosen_terms(
    world: World, terms: str, owed: int, kept: int
) -> None:
    with world.open() as ctx:
        event = sold(ctx)
        about = scope(ctx, event)
        assert (about.orders, about.people, about.received.minor) == (4, 4, 14_700)
        start(ctx, event, ReturnTerms(terms))
        assert event.status == EventStatus.CANCELLED
    work(world)
    with world.open() as ctx:
        orders = list(ctx.db.scalars(select(Order).where(Order.event_id == event.id)))
        assert {o.state for o in orders} == {"cancelled"}
        assert sum(o.kept_minor for o in orders) == kept
        run = the_run(ctx, event)
        assert run.state == RunState.DONE
        found = progress(ctx, run, "CHF")
        by_hand = 3 if owed else 0
        assert (found.waiting, found.by_hand, found.refunded, found.failed) == (0, by_hand, 4 - by_hand, 0)
        assert (found.owed.minor, found.percent, len(troubles(ctx, run, "CHF"))) == (owed, 100, by_hand)
        mails = list(ctx.db.scalars(select(Message.recipient).where(Message.kind == "event_called_off")))
        assert sorted(mails) == [f"buyer{n}@example.org" for n in range(4)]


def test_it_begins_once(world: World) -> None:
    with world.open() as ctx:
        event = sold(ctx, 1, 0)
        start(ctx, event, ReturnTerms.FULL)
        with pytest.raises(DomainError) as error:
            start(ctx, event, ReturnTerms.FULL)
        assert error.value.code == "event_refund_begun"


def test_a_pause_stops_it_and_it_goes_on_after(world: World) -> None:
    with world.open() as ctx:
        event = sold(ctx)
        start(ctx, event, ReturnTerms.FULL)
        pause(ctx, event)
    work(world)
    with world.open() as ctx:
        run = the_run(ctx, event)
        assert (run.state, left(ctx, run)) == (RunState.PAUSED, 4)
        with pytest.raises(DomainError):
            pause(ctx, event)
        go_on(ctx, event)
    work(world)
    with world.open() as ctx:
        assert (the_run(ctx, event).state, left(ctx, the_run(ctx, event))) == (RunState.DONE, 0)


def test_an_order_that_fails_holds_up_no_other_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.open() as ctx:
        event = sold(ctx)
        stubborn = ctx.db.scalars(
            select(Order.id).where(Order.event_id == event.id, Order.state == "paid").limit(1)
        ).one()
        start(ctx, event, ReturnTerms.FULL)
    usual = event_runs.give_back

    def refuses(ctx: TenantContext, order: Order, *rest: object, **more: object) -> object:
        if order.id == stubborn:
            raise Refused("order_state", state="paid", target="returned")
        return usual(ctx, order, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(event_runs, "give_back", refuses)
    work(world)
    monkeypatch.undo()
    with world.open() as ctx:
        run = the_run(ctx, event)
        found = progress(ctx, run, "CHF")
        assert (run.state, found.failed, found.waiting) == (RunState.DONE, 1, 0)
        assert [t.reason for t in troubles(ctx, run, "CHF") if t.order_id == stubborn] == ["order_state"]
        assert ctx.db.get_one(Order, stubborn).state == "paid"
        go_on(ctx, again(ctx, event))
    work(world)
    with world.open() as ctx:
        assert progress(ctx, the_run(ctx, event), "CHF").failed == 0
        assert ctx.db.get_one(Order, stubborn).state == "cancelled"
