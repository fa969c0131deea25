"""Reading the journal back: every content hash, every number, every seal; what is wrong is named by its row.

Nothing here writes. A rewritten tail with a rewritten head is only seen against a copy of the head kept elsewhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from sratix_core.audit.chain import GENESIS, seal_hash, streams
from sratix_core.audit.models import Seal, SealHead
from sratix_core.db.appendonly import content_hash

AT_ONCE = 2000
OVERDUE = timedelta(seconds=60)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `row_id` is None where the row itself is gone."""

    tenant_id: int
    stream: str
    problem: str
    seq: int | None = None
    row_id: uuid.UUID | None = None

    def __str__(self) -> str:
        number = "" if self.seq is None else f" #{self.seq}"
        row = "" if self.row_id is None else f" (row {self.row_id})"
        return f"tenant {self.tenant_id}, {self.stream}{number}{row}: {self.problem}"


def check(session: Session, now: datetime | None = None) -> list[Finding]:
    """Everything wrong in any stream of any tenant, in order. `session` is a system session.

    With `now`, rows that were waiting for their seal for more than a minute are findings too; seal first.
    """
    return [finding for _, findings in walk(session, now) for finding in findings]


def walk(
    session: Session, now: datetime | None = None, only: Collection[str] = ()
) -> Iterator[tuple[int, list[Finding]]]:
    """Per tenant and stream, or of the streams in `only`: how many rows were read, and what is wrong with them."""
    for stream, model in streams().items():
        if only and stream not in only:
            continue
        rows = select(model.tenant_id).distinct()
        heads = select(SealHead.tenant_id).where(SealHead.stream == stream)
        seals = select(Seal.tenant_id).where(Seal.stream == stream).distinct()
        for tenant_id in sorted({t for q in (rows, heads, seals) for t in session.scalars(q)}):
            reader = _Reader(session, tenant_id, stream, model)
            yield reader.read(now)


class _Reader:
    """Walks one stream's rows and seals side by side, in constant memory."""

    def __init__(self, session: Session, tenant_id: int, stream: str, model: Any) -> None:
        self._db, self._tenant_id, self._stream, self._model = session, tenant_id, stream, model
        self._columns = [attr.columns[0] for attr in model.__mapper__.column_attrs]
        self._names = [column.key for column in self._columns]
        self._found: list[Finding] = []

    def read(self, now: datetime | None) -> tuple[int, list[Finding]]:
        rows = self._rows()
        following, previous, expected, count = next(rows, None), GENESIS, 1, 0
        for seal in self._db.scalars(
            select(Seal)
            .where(Seal.tenant_id == self._tenant_id, Seal.stream == self._stream)
            .order_by(Seal.first_seq)
            .execution_options(yield_per=AT_ONCE)
        ):
            before = len(self._found)
            if seal.first_seq != expected:
                self._say(f"the seals jump from #{expected - 1} to #{seal.first_seq}", seal.first_seq)
            if seal.prev_hash != previous:
                self._say("this seal does not follow the one before it", seal.first_seq, seal.id)
            hashes: list[bytes] = []
            want, last_id = seal.first_seq, None
            while following is not None and following.seq <= seal.last_seq:
                self._missing(want, following.seq)
                if last_id is not None and following.id < last_id:
                    self._say(
                        "this row and the one before it have changed places", following.seq, following.id
                    )
                hashes.append(self._hash(following))
                want, last_id = following.seq + 1, following.id
                count += 1
                following = next(rows, None)
            self._missing(want, seal.last_seq + 1)
            if len(hashes) != seal.count and len(self._found) == before:
                self._say(
                    f"the seal counts {seal.count} rows, here are {len(hashes)}", seal.first_seq, seal.id
                )
            whole = seal_hash(
                seal.prev_hash, self._tenant_id, self._stream, seal.first_seq, seal.last_seq, hashes
            )
            if whole != seal.hash and len(self._found) == before:
                self._say(
                    f"rows up to #{seal.last_seq} are not those that were sealed", seal.first_seq, seal.id
                )
            previous, expected = seal.hash, seal.last_seq + 1
        while following is not None:
            self._say("numbered, but no seal covers it", following.seq, following.id)
            count += 1
            following = next(rows, None)
        self._end(previous, expected)
        return count + self._unsealed(now), self._found

    def _rows(self) -> Iterator[Row[Any]]:
        model = self._model
        numbered = select(*self._columns).where(model.tenant_id == self._tenant_id, model.seq.is_not(None))
        yield from self._db.execute(numbered.order_by(model.seq).execution_options(yield_per=AT_ONCE))

    def _hash(self, row: Row[Any]) -> bytes:
        found = content_hash(dict(zip(self._names, row, strict=True)))
        if found != row.content_hash:
            self._say("the row is not what was written", row.seq, row.id)
        return found

    def _missing(self, want: int, got: int) -> None:
        if want < got:
            gone = f"#{want} is gone" if got - want == 1 else f"#{want} to #{got - 1} are gone"
            self._say(gone, want)

    def _end(self, previous: bytes, expected: int) -> None:
        """The head says where the chain must end, so a tail cut off with its seals is missed."""
        mine = (SealHead.tenant_id == self._tenant_id, SealHead.stream == self._stream)
        head = self._db.execute(select(SealHead.next_seq, SealHead.hash).where(*mine)).one_or_none()
        next_seq, hashed = (1, GENESIS) if head is None else (head.next_seq, head.hash)
        if next_seq != expected:
            self._say(f"the chain must end at #{next_seq - 1} and ends at #{expected - 1}", expected)
        elif hashed != previous:
            self._say("the last seal is not the one that was written", expected - 1)

    def _unsealed(self, now: datetime | None) -> int:
        """Rows without a number: their content is checked, and their age by the time inside their id."""
        model, count = self._model, 0
        waiting = select(*self._columns).where(model.tenant_id == self._tenant_id, model.seq.is_(None))
        for row in self._db.execute(waiting.order_by(model.id).execution_options(yield_per=AT_ONCE)):
            count += 1
            self._hash(row)
            if now is not None and written_at(row.id) < now - OVERDUE:
                self._say("waits for its seal for more than a minute", None, row.id)
        return count

    def _say(self, problem: str, seq: int | None, row_id: uuid.UUID | None = None) -> None:
        self._found.append(Finding(self._tenant_id, self._stream, problem, seq, row_id))


def written_at(row_id: uuid.UUID) -> datetime:
    """The moment inside a UUIDv7, to the millisecond."""
    return datetime.fromtimestamp((row_id.int >> 80) / 1000, UTC)


def unsealed(session: Session) -> dict[str, int]:
    """How many rows of each stream have no number yet, for health and metrics."""
    return {
        stream: session.scalar(select(func.count()).select_from(model).where(model.seq.is_(None))) or 0
        for stream, model in streams().items()
    }
