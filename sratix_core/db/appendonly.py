"""Tables whose rows never change: the mixin that marks them, and the content hash of the sealed journal (INVARIANTS K8, K9)."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, LargeBinary, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, Mapper, mapped_column
from sqlalchemy.sql.expression import FunctionElement

from sratix_core.db.base import TenantScoped, tenant_unique

UNHASHED = frozenset({"seq", "content_hash", "txid"})
PLAIN = frozenset({str, int, bool, type(None)})
"""What is its own spelling; most values of a row are."""

_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> Any:
    """The one spelling of a value inside a content hash: moments in UTC microseconds, uuids as text."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {str(k): canonical(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(v) for v in value]
    return value


def content_hash(row: Mapping[str, Any]) -> bytes:
    """SHA-256 (32 bytes) over the row's columns but `seq`, `txid` and itself, as canonical JSON with sorted keys."""
    kept = {k: v if type(v) in PLAIN else canonical(v) for k, v in row.items() if k not in UNHASHED}
    return hashlib.sha256(_json(kept).encode()).digest()


class TransactionId(FunctionElement[int]):
    """The id of the running transaction: what the sealer compares with the snapshot. Only PostgreSQL has one."""

    inherit_cache = True
    type = BigInteger()


@compiles(TransactionId)
def _no_transaction_id(element: TransactionId, compiler: Any, **kw: Any) -> str:
    return "NULL"


@compiles(TransactionId, "postgresql")
def _transaction_id(element: TransactionId, compiler: Any, **kw: Any) -> str:
    return "(pg_current_xact_id()::text::bigint)"


class Journaled(TenantScoped):
    """A stream of the sealed journal: rows are inserted in the act's transaction and get `seq` from the sealer, once."""

    __stream__: ClassVar[str]
    __journal_constraints__: ClassVar[tuple[Any, ...]] = ()

    seq: Mapped[int | None] = mapped_column(BigInteger, sort_order=90)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32), sort_order=91)
    txid: Mapped[int | None] = mapped_column(BigInteger, server_default=TransactionId(), sort_order=92)

    def __init_subclass__(cls, **kw: Any) -> None:
        if "__stream__" in cls.__dict__:
            cls.__info__ = {**cls.__info__, "append_only": True, "stream": cls.__stream__}
            name = cls.__tablename__  # type: ignore[attr-defined]
            unsealed = Index(
                f"ix_{name}_unsealed",
                "tenant_id",
                "id",
                sqlite_where=_seq_is_null(),
                postgresql_where=_seq_is_null(),
            )
            cls.__constraints__ = (*cls.__constraints__, tenant_unique("seq"), unsealed)
        super().__init_subclass__(**kw)


def _seq_is_null() -> Any:
    return text("seq IS NULL")


@event.listens_for(Journaled, "before_insert", propagate=True)
def _hash_content(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    row.content_hash = content_hash({c.key: getattr(row, c.key) for c in mapper.column_attrs})


class AppendOnly(TenantScoped):
    """A table outside the journal whose rows never change either."""

    def __init_subclass__(cls, **kw: Any) -> None:
        cls.__info__ = {**cls.__info__, "append_only": True}
        super().__init_subclass__(**kw)
