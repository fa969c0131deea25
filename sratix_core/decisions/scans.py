"""Why the door said what it said: the rules are asked in one order, so the reason on a scan tells how far it came."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from sratix_core.checkin.door import PASSED
from sratix_core.checkin.models import Gate, Scan, ScanResult, ScanReversal
from sratix_core.errors import NotFound
from sratix_core.values.trace import Trace

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

RULES: tuple[tuple[str, frozenset[str]], ...] = (
    ("code_readable", frozenset({"unreadable"})),
    ("ticket_known", frozenset({"unknown"})),
    ("ticket_of_this_event", frozenset({"other_event"})),
    ("signature_ours", frozenset({"forged"})),
    ("newest_code", frozenset({"replaced"})),
    ("ticket_valid", frozenset({"void", "not_paid", "lapsed", "no_admission"})),
    ("way_open", frozenset({"exits_off"})),
    ("on_the_other_side", frozenset({"already_in", "no_reentry", "not_inside"})),
)
"""The door's rules in the order `checkin.service` asks them, each with the reasons that end there."""

BY_HAND = frozenset({"code_readable", "signature_ours", "newest_code"})
"""Rules about the code, which nobody asks when staff picks the ticket from the list."""


def scan_by_id(ctx: TenantContext, event: Event, scan_id: uuid.UUID) -> Scan:
    """Raises `NotFound`."""
    scan = ctx.db.scalar(select(Scan).where(Scan.id == scan_id, Scan.event_id == event.id))
    if scan is None:
        raise NotFound("scan")
    return scan


def why(ctx: TenantContext, scan: Scan) -> Trace:
    """The rules up to the one that decided, with the earlier scan that stood in the way; two statements at most."""
    trace = Trace()
    for rule, ends in RULES:
        if scan.method == "by_hand" and rule in BY_HAND:
            continue
        if scan.reason not in ends:
            trace.passed(rule, ticket=scan.ticket_id)
            continue
        earlier = _before(ctx, scan)
        trace.stopped(
            rule,
            reason=scan.reason,
            ticket=scan.ticket_id,
            earlier_at=earlier.received_at if earlier else None,
            earlier_gate=_gate(ctx, earlier),
            earlier_scan=earlier.id if earlier else None,
        )
        return trace
    assert scan.reason in PASSED
    return trace


def _before(ctx: TenantContext, scan: Scan) -> Scan | None:
    """The last scan of the same ticket that opened the door before this one, and was not undone by then."""
    if scan.ticket_id is None:
        return None
    undone = and_(
        ScanReversal.tenant_id == Scan.tenant_id,
        ScanReversal.scan_id == Scan.id,
        ScanReversal.at <= scan.received_at,
    )
    return ctx.db.scalar(
        select(Scan)
        .outerjoin(ScanReversal, undone)
        .where(
            Scan.ticket_id == scan.ticket_id,
            Scan.result == ScanResult.ADMIT,
            Scan.received_at < scan.received_at,
            ScanReversal.id.is_(None),
        )
        .order_by(Scan.received_at.desc(), Scan.id.desc())
        .limit(1)
    )


def _gate(ctx: TenantContext, scan: Scan | None) -> str | None:
    if scan is None or scan.gate_id is None:
        return None
    return ctx.db.scalar(select(Gate.name).where(Gate.id == scan.gate_id))
