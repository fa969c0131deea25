"""The complete, walled-in schema of an empty database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Table

from sratix_core.db.base import Base
from sratix_core.tenancy import rls
from sratix_core.tenancy.engines import Engines

_empty: dict[frozenset[Table], bytes] = {}


def build_schema(engines: Engines) -> None:
    """All tables and walls; for SQLite made once of the tables that are known by now, then copied."""
    file, tables = Path(engines.owner.url.database or ""), frozenset(Base.metadata.tables.values())
    fresh = engines.dialect == "sqlite" and not file.exists()
    if fresh and tables in _empty:
        file.write_bytes(_empty[tables])
        return
    with engines.owner.begin() as connection:
        Base.metadata.create_all(connection)
        rls.install(connection, Base.metadata)
    if fresh:
        with engines.owner.connect() as connection:
            _empty[tables] = connection.connection.driver_connection.serialize()  # type: ignore[union-attr]
