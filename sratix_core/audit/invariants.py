"""What `sratix verify` asks about the journal."""

from __future__ import annotations

from sratix_core.audit.chain import streams
from sratix_core.audit.verify import walk
from sratix_core.invariants import Check, Outcome
from sratix_core.tenancy.session import ScopedSession

SHOWN = 20
BY_THEMSELVES = frozenset({"ledger"})
"""Streams that have an invariant of their own."""


def _chained(session: ScopedSession) -> Outcome:
    checked, faults = 0, []
    for count, findings in walk(session, only=streams().keys() - BY_THEMSELVES):
        checked += count
        faults += [str(finding) for finding in findings]
    return Outcome(checked, tuple(faults[:SHOWN]))


CHECKS = (
    Check("A2", "every journal row is as it was written, numbered without a gap and chained", _chained),
)
