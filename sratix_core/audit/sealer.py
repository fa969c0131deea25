"""Sealing: rows that are committed for good get their gap-free `seq` and one seal per batch (INVARIANTS K9).

Run about every second by every process with workers; one sealer at a time per tenant and stream.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from sratix_core.audit.chain import GENESIS, SnapshotFloor, seal_hash, streams
from sratix_core.audit.models import Seal, SealHead
from sratix_core.context import Sources
from sratix_core.db.dialects import insert_ignore
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenancy.session import ScopedSession

SEALER = SystemScope("the sealer numbers and chains the journal of every tenant")
BATCH = 5000


def seal_all(engines: Engines, sources: Sources) -> int:
    """Seal every stream of every tenant and return how many rows were. Without unsealed rows it only reads."""
    sealed = 0
    for stream, model in streams().items():
        with engines.begin(SEALER, write=False) as db:
            tenants = db.scalars(select(model.tenant_id).where(_settled(model)).distinct()).all()
        for tenant_id in tenants:
            sealed += seal_stream(engines, sources, tenant_id, stream)
    return sealed


def seal_stream(engines: Engines, sources: Sources, tenant_id: int, stream: str) -> int:
    """Seal one stream to its end. A stream another sealer holds is left to it."""
    model, sealed = streams()[stream], 0
    while True:
        with engines.begin(SEALER) as db:
            if (head := _hold(db, sources, tenant_id, stream)) is None:
                return sealed
            batch = _seal_batch(db, sources, head, model)
        sealed += batch
        if batch < BATCH:
            return sealed


def _settled(model: Any) -> ColumnElement[bool]:
    settled: ColumnElement[bool] = model.seq.is_(None) & (func.coalesce(model.txid, 0) < SnapshotFloor())
    return settled


def _hold(db: ScopedSession, sources: Sources, tenant_id: int, stream: str) -> SealHead | None:
    """The stream's head, locked until the transaction ends: a lease that dies with its holder. None: it is held already."""
    mine = select(SealHead).where(SealHead.tenant_id == tenant_id, SealHead.stream == stream)
    lock = mine.with_for_update(skip_locked=True)
    head = db.scalar(lock)
    if head is None and db.scalar(mine.with_only_columns(SealHead.id)) is None:
        new = {
            "tenant_id": tenant_id,
            "id": sources.ids.new(),
            "stream": stream,
            "next_seq": 1,
            "hash": GENESIS,
        }
        insert_ignore(db, SealHead, ("stream",), new)
        head = db.scalar(lock)
    return head


def _seal_batch(db: ScopedSession, sources: Sources, head: SealHead, model: Any) -> int:
    # The rows are asked for in the statement that also takes the snapshot: under READ COMMITTED each has its own.
    waiting = select(model.id, model.content_hash).where(model.tenant_id == head.tenant_id, _settled(model))
    rows = db.execute(waiting.order_by(model.id).limit(BATCH)).all()
    if not rows:
        return 0
    first, last = head.next_seq, head.next_seq + len(rows) - 1
    numbered = [
        {"tenant_id": head.tenant_id, "id": row.id, "seq": seq} for seq, row in enumerate(rows, start=first)
    ]
    db.execute(update(model), numbered)
    sealed = seal_hash(
        head.hash, head.tenant_id, head.stream, first, last, (row.content_hash for row in rows)
    )
    db.add(
        Seal(
            tenant_id=head.tenant_id,
            id=sources.ids.new(),
            stream=head.stream,
            first_seq=first,
            last_seq=last,
            count=len(rows),
            prev_hash=head.hash,
            hash=sealed,
            sealed_at=sources.clock.now(),
        )
    )
    head.next_seq, head.hash = last + 1, sealed
    return len(rows)
