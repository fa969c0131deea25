"""Rows written as rows, not as objects: for paths that write many and read none of them back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm.attributes import set_committed_value

from sratix_core.db.appendonly import Journaled, content_hash
from sratix_core.db.base import TenantScoped
from sratix_core.tenancy.prebuilt import Prebuilt, together

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


@cache
def _into(table: Table, columns: tuple[str, ...]) -> Prebuilt:
    return Prebuilt(insert(table), columns)


Rows = tuple[type[TenantScoped], Iterable[dict[str, Any]]]
"""A model and rows of it; all of them name the same columns, those of a journal every one but the seal's own."""


def insert_rows(db: ScopedSession, model: type[TenantScoped], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of the session's tenant in one statement; nothing for none."""
    if own := _own(db, model, rows):
        _into_of(model, own).many(db, own)


def insert_together(db: ScopedSession, *rooms: Rows) -> None:
    """As `insert_rows` for several models in this order, in one message where the database takes it."""
    written = [(model, own) for model, rows in rooms if (own := _own(db, model, rows))]
    together(db, [(_into_of(model, own), own) for model, own in written])


def _own(
    db: ScopedSession, model: type[TenantScoped], rows: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    own = [{"tenant_id": db.tenant_id, **row} for row in rows]
    if issubclass(model, Journaled):
        for row in own:
            row["content_hash"] = content_hash(row)
    return own


def _into_of(model: type[TenantScoped], own: list[dict[str, Any]]) -> Prebuilt:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return _into(table, tuple(own[0]))


@cache
def _changing(table: Table, columns: tuple[str, ...], expected: tuple[str, ...]) -> Prebuilt:
    mine = (table.c.tenant_id == bindparam("in_tenant"), table.c.id == bindparam("of_row"))
    return Prebuilt(
        update(table).where(*mine, *(table.c[name] == bindparam(f"was_{name}") for name in expected)), columns
    )


def change_row(
    db: ScopedSession, row: TenantScoped, values: dict[str, Any], expected: dict[str, Any] | None = None
) -> bool:
    """Write columns of a loaded object's row, and the object with it, in one statement; False unless it was as `expected`.

    What else of the object was changed still waits for the session's flush.
    """
    table: Table = row.__table__  # type: ignore[attr-defined]
    was = expected or {}
    bound = {
        "in_tenant": db.tenant_id,
        "of_row": row.id,
        **{f"was_{name}": value for name, value in was.items()},
        **values,
    }
    if _changing(table, tuple(values), tuple(was)).count(db, bound) != 1:
        return False
    for name, value in values.items():
        set_committed_value(row, name, value)
    return True
