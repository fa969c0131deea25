"""Whether a database has every table and column of the models: what a web process asks before it calls itself ready.

`migrate.check` compares all of it, by Alembic, which takes 10 MB that serving never needs again.
"""

from __future__ import annotations

from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from sratix_core.db.base import Base
from sratix_core.tenancy.dialects import address


def missing(url: str) -> list[str]:
    """What the database at `url` lacks, as `table.column`, by the models that are loaded; one connection of its own."""
    engine = create_engine(address(url), poolclass=NullPool)
    try:
        found = inspect(engine).get_multi_columns()
    finally:
        engine.dispose()
    there = {f"{table}.{column['name']}" for (_, table), columns in found.items() for column in columns}
    named = {
        f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns
    }
    return sorted(named - there)
