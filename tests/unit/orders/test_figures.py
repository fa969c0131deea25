"""Figures come from the event log: never behind, the same before and after they are summed, and by the event's own days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from sratix_core.analytics import fold
from sratix_core.analytics.invariants import rollups_equal_rows
from sratix_core.analytics.models import Rollup
from sratix_core.catalog.models import TicketType
from sratix_core.events.models import Event
from sratix_core.orders.figures import Figures, by_type, figures_of, sales_by_day
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.receiving import mark_paid
from sratix_core.search import repair
from sratix_core.search.models import SearchTerm
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import void
from tests.builders import TESTS, World, code_of, faults, make_order, make_sale, seal, show


def _sum_up(world: World) -> None:
    seal(world.process.engines, world.process.sources)
    fold.fold_all(world.process.engines, world.process.sources)


def _history(world: World) -> tuple[Event, TicketType]:
    """Four orders of two at CHF 49: one paid and half voided, one cancelled after payment, one expired, one waiting."""
    with world.open() as ctx:
        event, kind = make_sale(ctx, price=4900, capacity=20)
        make_order(ctx, event, {kind: 2})
        paid, cancelled = (make_order(ctx, event, {kind: 2}) for _ in range(2))
        mark_paid(ctx, paid, "a")
        mark_paid(ctx, cancelled, "b")
        cancel_order(ctx, cancelled, "organizer")
        tickets = list(ctx.db.scalars(select(Ticket).where(Ticket.order_id == paid.id)))
        void(ctx, tickets[0], "organizer")
        show(ctx, event, code_of(ctx, event, tickets[1]))
    world.later(days=10, minutes=1)
    with world.open() as ctx:
        assert expire_orders(ctx) == 1
        make_order(ctx, event, {kind: 2})
    return event, kind


def test_figures_are_the_same_before_and_after_the_log_is_summed(world: World) -> None:
    event, kind = _history(world)
    for _ in range(3):
        with world.open() as ctx:
            assert figures_of(ctx, [event])[event.id] == Figures(1, 9800, 1, 9800, 1, None)
            assert [(c.ticket_type.id, c.sold) for c in by_type(ctx, event)] == [(kind.id, 3)]
        _sum_up(world)
    fold.rebuild(world.process.engines, world.process.sources)
    with world.open() as ctx:
        assert figures_of(ctx, [event])[event.id].revenue_minor == 9800
    assert not [f for f in faults(world.process, journal=False) if f.startswith("D")]


def test_a_day_ends_at_midnight_where_the_event_is(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, price=100)
        mark_paid(ctx, make_order(ctx, event, {kind: 1}), "noon")
    world.later(hours=11, minutes=30)  # 22:30 UTC, half past eleven in the evening in Zürich
    with world.open() as ctx:
        mark_paid(ctx, make_order(ctx, event, {kind: 1}), "evening")
    world.later(hours=1)
    with world.open() as ctx:
        mark_paid(ctx, make_order(ctx, event, {kind: 1}), "after midnight")
    _sum_up(world)
    with world.open() as ctx:
        points = sales_by_day(ctx, event, world.clock.now(), 3)
    assert [minor for _, minor in points] == [0, 200, 300]
    assert points[-1][0] - points[-2][0] == timedelta(days=1)
    assert points[-1][0].hour == 23


@pytest.mark.parametrize("change", [{"value": 7}, {"metric": "orders.lost"}])
def test_verify_finds_a_figure_that_is_not_what_the_rows_say(world: World, change: dict[str, object]) -> None:
    _history(world)
    _sum_up(world)
    with world.open() as ctx:
        ctx.db.execute(update(Rollup).where(Rollup.metric == "orders.paid").values(**change))
    with world.process.engines.begin(TESTS, write=False) as db:
        assert not rollups_equal_rows(db).ok
    fold.rebuild(world.process.engines, world.process.sources)
    with world.process.engines.begin(TESTS, write=False) as db:
        assert rollups_equal_rows(db).ok


def test_search_terms_are_repaired(world: World) -> None:
    _history(world)
    with world.open() as ctx:
        ctx.db.execute(update(SearchTerm).where(SearchTerm.term == "ada lovelace").values(term="ada"))
    assert [f for f in faults(world.process, journal=False) if f.startswith("D1")]
    assert repair.rebuild(world.process.engines, world.process.sources) > 0
    assert repair.rebuild(world.process.engines, world.process.sources) == 0
