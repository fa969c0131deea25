"""The arithmetic of the sealed journal: which streams there are, the hash of a seal, and the snapshot a sealer trusts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

from sratix_core.db.appendonly import Journaled
from sratix_core.db.base import Base

GENESIS = bytes(32)
"""What stands before a stream's first seal."""


def streams() -> dict[str, Any]:
    """Every stream of the journal, the plugins' too: its name and its mapped class."""
    found = (mapper.class_ for mapper in Base.registry.mappers)
    return {c.__stream__: c for c in sorted(found, key=lambda c: c.__name__) if issubclass(c, Journaled)}


def seal_hash(
    previous: bytes, tenant_id: int, stream: str, first: int, last: int, hashes: Iterable[bytes]
) -> bytes:
    """SHA-256 over the previous seal, whose stream it is, the numbers it covers and every row's content hash in order."""
    digest = hashlib.sha256(previous)
    digest.update(f"\n{tenant_id}\n{stream}\n{first}\n{last}\n".encode())
    for each in hashes:
        digest.update(each)
    return digest.digest()


class SnapshotFloor(FunctionElement[int]):
    """Rows of transactions below this are all visible, and none can appear later.

    On PostgreSQL the oldest transaction of the statement's own snapshot that still runs; elsewhere one writer at a
    time commits in order, so every row that is seen is below it.
    """

    inherit_cache = True
    type = BigInteger()


@compiles(SnapshotFloor)
def _everything(element: SnapshotFloor, compiler: Any, **kw: Any) -> str:
    return str(2**63 - 1)


@compiles(SnapshotFloor, "postgresql")
def _oldest_running(element: SnapshotFloor, compiler: Any, **kw: Any) -> str:
    return "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)"
