"""What is counted over all organizers, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sratix_core.payments.figures import by_provider
from sratix_core.payments.refunds import record_refund
from sratix_core.payments.whole import amounts, by_week
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope
from tests.builders import World, make_world
from tests.unit.payments.test_refunds import cancelled

LOOKING = SystemScope("a test looks at the whole installation")


def test_weeks_and_amounts_are_those_of_every_organizer(process: Runtime, world: World) -> None:
    """Others of this run are in the same database, so what is counted is the difference."""
    start = world.clock.now()
    edges = [start, start + timedelta(days=7), start + timedelta(days=11)]

    def counted() -> list[int]:
        with process.engines.begin(LOOKING, write=False) as db:
            weeks, sums = by_week(db, edges), amounts(db, edges[0], edges[-1]).get("CHF", {})
            tried = by_provider(db, edges[0], edges[-1])
        of_weeks = [week[name] for week in weeks for name in ("payments", "refunds", "disputes")]
        return [
            *of_weeks,
            sums.get("received", 0),
            sums.get("refunds", 0),
            sum(p.payments for p in tried.values()),
        ]

    before = counted()
    for one in (world, make_world(process)):
        with one.open() as ctx:
            record_refund(ctx, cancelled(ctx), "back")
    world.later(days=10)
    with world.open() as ctx:
        cancelled(ctx, "later")
    more = [now - was for now, was in zip(counted(), before, strict=True)]
    assert more == [2, 2, 0, 1, 0, 0, 29400, 19600, 3]
