"""Engines over the product's own tables, walls included."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    LargeBinary,
    String,
    Table,
    Uuid,
    delete,
    insert,
    text,
)

from sratix_core import models as _all_models  # noqa: F401
from sratix_core.db.base import Base, scoped_tables
from sratix_core.db.types import UTCDateTime
from sratix_core.tenancy import rls
from sratix_core.tenancy.engines import Engines
from tests.tenancy.conftest import need_postgresql
from tests.tenancy.models import uid
from tests.tenancy.world import DATABASE, postgresql_address, sqlite_address

PARTS = {
    "tax_minor",
    "tax_bp",
    "discount_minor",
    "rounding_minor",
    "credited_minor",
    "credited_tax_minor",
    "credited_fee_minor",
    "credited_value_minor",
    "value_minor",
    "kept_minor",
    "fee_minor",
}
"""What a total is made of beside its net amount: of nothing, so that one of everything adds up."""


OPEN = {"finance_cases": ("closed_at",), "invoices": ("refers_to",)}
"""What a row in its first state does not have yet."""


def real_engines(dialect: str, folder: Path) -> Engines:
    """A fresh database."""
    if dialect == "postgresql":
        need_postgresql()
        address = postgresql_address(DATABASE + "_real")
    else:
        address = sqlite_address(folder)
    engines = Engines(address)
    with engines.owner.begin() as connection:
        Base.metadata.create_all(connection)
        rls.install(connection, Base.metadata)
    return engines


def fill(engines: Engines) -> None:
    """One row of each of two tenants in every scoped table, with the same ids; texts of tenant 2 say FOREIGN."""
    with engines.owner.begin() as connection:
        tenants = Base.metadata.tables["tenants"]
        connection.execute(insert(tenants), [{**_row(tenants, n), "id": n, "slug": f"t{n}"} for n in (1, 2)])
        for table in scoped_tables():
            lone = bool(table.info.get("balanced")) and connection.dialect.name == "postgresql"
            if lone:  # one leg of a transaction is what its trigger refuses
                connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER srx_balanced"))
            connection.execute(insert(table), [_row(table, tenant) for tenant in (1, 2)])
            if lone:
                connection.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER srx_balanced"))
    counted = Base.metadata.tables["content_versions"]
    with engines.owner.begin() as connection:  # the row that the triggers wrote
        connection.execute(delete(counted).where(counted.c.id == uuid.UUID(int=0)))


def _row(table: Table, tenant: int) -> dict[str, Any]:
    checks = " ".join(str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint))
    row = {c.name: _value(c, tenant, checks) for c in table.columns if c.name not in {"seq", "txid"}}
    return row | dict.fromkeys(OPEN.get(table.name, ()))


def _value(column: Column[Any], tenant: int, checks: str) -> Any:
    known = re.search(rf"\b{column.name} IN \('(\w+)'", checks)
    if known:
        return known[1]
    if column.name == "tenant_id":
        return tenant
    if isinstance(column.type, Uuid):
        return uid(1)
    if isinstance(column.type, UTCDateTime):
        return datetime(2027, 3, 2 if column.name.startswith(("ends", "expires")) else 1, tzinfo=UTC)
    if isinstance(column.type, Date):
        return date(2027, 3, 1)
    if isinstance(column.type, LargeBinary):
        return bytes([tenant]) * 32
    if isinstance(column.type, String):
        return ("own", "FOREIGN")[tenant - 1][: column.type.length]
    if isinstance(column.type, JSON):
        return {}
    return column.type.python_type(0 if column.name in PARTS else 1)
