"""What the databases spell differently, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from sratix_core.db.base import GlobalTable, TenantScoped
from sratix_core.tenancy.prebuilt import Prebuilt

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


@cache
def _insert_ignore(
    dialect: str, table: Table, conflict: tuple[str, ...], columns: tuple[str, ...]
) -> Prebuilt:
    build: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return Prebuilt(build(table).on_conflict_do_nothing(index_elements=["tenant_id", *conflict]), columns)


def insert_ignore(
    db: ScopedSession, model: type[TenantScoped], conflict: tuple[str, ...], values: dict[str, Any]
) -> bool:
    """Insert one row unless `conflict` (without the tenant) is taken; whether it was inserted.

    A concurrent insert of the same key is waited for, so exactly one of two callers sees True.
    """
    row = {"tenant_id": db.tenant_id, **values}
    table: Table = model.__table__  # type: ignore[attr-defined]
    inserted = _insert_ignore(db.get_bind().dialect.name, table, conflict, tuple(row)).count(db, row)
    assert inserted in (0, 1)
    return inserted == 1


def insert_new(
    db: ScopedSession, model: type[TenantScoped], conflict: tuple[str, ...], rows: Sequence[dict[str, Any]]
) -> None:
    """Insert those of some hundred rows, alike in their columns, whose `conflict` is free; one round trip."""
    if not rows:
        return
    build: Any = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = build(model).on_conflict_do_nothing(index_elements=["tenant_id", *conflict])
    db.execute(statement, [{"tenant_id": db.tenant_id, **row} for row in rows])


def insert_unless_there(db: ScopedSession, model: type[GlobalTable], values: dict[str, Any]) -> None:
    """Insert one row of a table for all tenants unless it is there; a concurrent insert of the same key is waited for."""
    build = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.execute(build(model).values(**values).on_conflict_do_nothing())


SHARED = Prebuilt(
    select(
        func.pg_advisory_xact_lock_shared(
            bindparam("lock", type_=Integer), bindparam("tenant", type_=Integer)
        )
    )
)


def hold_shared(db: ScopedSession, lock: int) -> None:
    """Hold one of the tenant's numbered locks beside others until the transaction ends.

    Where `hold_alone` waits, newcomers queue behind it; a shared row lock would let them past for ever. SQLite, with one
    writer at a time, needs no such lock.
    """
    if db.get_bind().dialect.name == "postgresql":
        SHARED.all(db, {"lock": lock, "tenant": db.tenant_id})


def hold_alone(db: ScopedSession, lock: int, tenant_id: int | None = None) -> None:
    """Hold one of the tenant's numbered locks once nobody else does, until the transaction ends.

    A system session says whose lock it is.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(lock, db.tenant_id or tenant_id)))
