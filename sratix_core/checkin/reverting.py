"""Undoing a pass that was a mistake: an event of its own. The scan stays as it was, and what the ticket's scans fold to follows (C6)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from sratix_core.analytics import metrics
from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.checkin import hot
from sratix_core.checkin.fold import Pass, fold
from sratix_core.checkin.models import STANDING, Admission, Scan, ScanResult, ScanReversal
from sratix_core.errors import NotFound, Refused
from sratix_core.tenants.models import Member

if TYPE_CHECKING:
    from sratix_core.checkin.door import Doors, Known
    from sratix_core.context import TenantContext


def revert(
    ctx: TenantContext, event: Doors, scan_id: uuid.UUID, *, only_by: Known | None = None
) -> ScanReversal:
    """Undo the last pass of a ticket; the same one again is the same as once. `only_by` is a scanner, which undoes its own passes.

    Raises `NotFound`, `Refused("scan_opened_nothing")` for a scan that let nobody through, and "scan_not_last": what came
    after it is undone first.
    """
    wanted = select(Scan).where(Scan.id == scan_id, Scan.event_id == event.id)
    scan = ctx.db.scalar(wanted if only_by is None else wanted.where(Scan.device_id == only_by.id))
    if scan is None:
        raise NotFound("scan")
    if scan.result != ScanResult.ADMIT or scan.ticket_id is None:
        raise Refused("scan_opened_nothing")
    ticket = hot.held(
        ctx, scan.ticket_id
    )  # no other scan of it is decided, and none undone, until the commit
    assert ticket is not None
    known = ctx.db.scalar(select(ScanReversal).where(ScanReversal.scan_id == scan.id))
    if known is not None:
        return known
    passes = list(
        ctx.db.scalars(
            select(Scan)
            .where(Scan.ticket_id == ticket.id, Scan.result == ScanResult.ADMIT, STANDING)
            .order_by(Scan.received_at, Scan.id)
        )
    )
    if passes[-1].id != scan.id:
        raise Refused("scan_not_last")
    by = ctx.actor.id if ctx.actor.kind == "user" else None
    made = ScanReversal(
        id=ctx.ids.new(), event_id=event.id, scan_id=scan.id, at=ctx.clock.now(), reverted_by=by
    )
    ctx.db.add(made)
    _fold_again(ctx, ticket.id, passes[:-1])
    figures = {name: -n for name, n in metrics.passed(scan.reason, ticket.ticket_type_id).items()}
    emit(ctx, "checkin.reverted", "ticket", ticket.id, event_id=event.id, figures=figures)
    record(ctx, "checkin.reverted", "ticket", ticket.id, event_id=event.id, scan=str(scan.id))
    ctx.db.flush()
    return made


def _fold_again(ctx: TenantContext, ticket_id: uuid.UUID, passes: list[Scan]) -> None:
    """What is left of a ticket's passes becomes its state at the door; of none nothing is left."""
    mine = Admission.ticket_id == ticket_id
    quietly = {"synchronize_session": False}
    if not passes:
        ctx.db.execute(delete(Admission).where(mine), execution_options=quietly)
        return
    state = fold(Pass(p.id, p.direction, p.result, p.received_at) for p in passes)
    ctx.db.execute(
        update(Admission)
        .where(mine)
        .values(
            inside=state.inside,
            entries=state.entries,
            exits=state.exits,
            first_at=state.first_at,
            last_at=state.last_at,
            last_gate_id=passes[-1].gate_id,
        ),
        execution_options=quietly,
    )


@dataclass(frozen=True)
class Undone:
    """Who undid a scan, and when; `name` is empty where no member did it."""

    at: datetime
    by: uuid.UUID | None
    name: str


def undone(ctx: TenantContext, scan_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Undone]:
    """Those of the scans that were undone."""
    if not scan_ids:
        return {}
    who = (Member.tenant_id == ScanReversal.tenant_id) & (Member.user_id == ScanReversal.reverted_by)
    columns = (ScanReversal.scan_id, ScanReversal.at, ScanReversal.reverted_by, Member.name)
    rows = ctx.db.execute(select(*columns).outerjoin(Member, who).where(ScanReversal.scan_id.in_(scan_ids)))
    return {scan_id: Undone(at, by, name or "") for scan_id, at, by, name in rows}


def last_passes(ctx: TenantContext, ticket_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """By ticket, the pass that can be undone: the last one that stands."""
    if not ticket_ids:
        return {}
    passes = select(Scan.ticket_id, Scan.id).where(
        Scan.ticket_id.in_(ticket_ids), Scan.result == ScanResult.ADMIT, STANDING
    )
    rows = ctx.db.execute(passes.order_by(Scan.received_at, Scan.id))
    return {ticket_id: scan_id for ticket_id, scan_id in rows if ticket_id is not None}
