"""Rows written as rows, not as objects: for paths that write many and read none of them back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, insert

from sratix_core.db.appendonly import Journaled, content_hash
from sratix_core.db.base import TenantScoped
from sratix_core.tenancy.prebuilt import Prebuilt

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


@cache
def _into(table: Table, columns: tuple[str, ...]) -> Prebuilt:
    return Prebuilt(insert(table), columns)


def insert_rows(db: ScopedSession, model: type[TenantScoped], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of the session's tenant in one statement; nothing for none. All rows name the same columns.

    A journal row names every column but the seal's own, which the hash goes over.
    """
    own = [{"tenant_id": db.tenant_id, **row} for row in rows]
    if issubclass(model, Journaled):
        for row in own:
            row["content_hash"] = content_hash(row)
    if own:
        table: Table = model.__table__  # type: ignore[attr-defined]
        _into(table, tuple(own[0])).many(db, own)
