"""A pass undone while the ticket is scanned again: either order, never both inside and undone, and undone once (C1, C6)."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from sratix_core.checkin.models import Admission, ScanReversal
from sratix_core.checkin.reverting import last_passes, revert
from tests.builders import World
from tests.concurrency.crowd import all_at_once, rounds
from tests.concurrency.test_scan_race import guest, scanner

CROWD = 16


def test_an_undo_among_scans_lets_one_more_in_or_none(world: World) -> None:
    for _ in rounds(6):
        event, ticket, _ = found = guest(world)
        assert scanner(world, found)() == "ok"
        with world.open(write=False) as ctx:
            first = last_passes(ctx, [ticket.id])[ticket.id]

        def undo() -> str:
            with world.open() as ctx:
                return str(revert(ctx, event, first).id)  # noqa: B023 -- run within this round

        results = Counter(all_at_once([*[scanner(world, found)] * CROWD, undo, undo]))
        ids = [word for word in results if word not in ("ok", "already_in")]
        assert len(ids) == 1
        assert results[ids[0]] == 2, "two who press it at once undo one pass"
        assert results["ok"] <= 1
        with world.open(write=False) as ctx:
            reversals = select(func.count()).select_from(ScanReversal).where(ScanReversal.scan_id == first)
            assert ctx.db.scalar(reversals) == 1
            state = ctx.db.scalar(select(Admission).where(Admission.ticket_id == ticket.id))
            assert (state is not None) == (results["ok"] == 1)
            assert state is None or (state.inside, state.entries, state.exits) == (True, 1, 0)
