"""The stored state at the door equals the fold of the scans (C1, C3, C6)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.checkin.fold import Pass, fold
from sratix_core.checkin.models import STANDING, Admission, Scan, ScanResult
from sratix_core.invariants import Check, Outcome

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


def admissions_equal_fold(db: ScopedSession) -> Outcome:
    """Every admission says what its ticket's admitted scans say that nobody undid, and no ticket has entered without one."""
    passes: dict[tuple[int, uuid.UUID], list[Pass]] = defaultdict(list)
    rows = db.execute(
        select(Scan.tenant_id, Scan.ticket_id, Scan.id, Scan.direction, Scan.result, Scan.received_at).where(
            Scan.result == ScanResult.ADMIT, Scan.ticket_id.is_not(None), STANDING
        )
    )
    for row in rows:
        one: Any = row  # the ticket is there: the query asked for it
        passes[one.tenant_id, one.ticket_id].append(Pass(one.id, one.direction, one.result, one.received_at))
    faults, checked = [], 0
    for a in db.scalars(select(Admission).execution_options(yield_per=1000)):
        checked += 1
        state = fold(passes.pop((a.tenant_id, a.ticket_id), []))
        if (state.inside, state.entries, state.exits) != (a.inside, a.entries, a.exits):
            faults.append(
                f"ticket {a.ticket_id}: stored {a.entries}/{a.exits}, folded {state.entries}/{state.exits}"
            )
    faults += [f"ticket {ticket_id}: admitted without an admission" for _, ticket_id in passes]
    return Outcome(checked, tuple(faults[:20]))


CHECKS = (Check("C3", "admissions equal the fold of the scans", admissions_equal_fold),)
