"""Column types that mean the same on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC: timestamptz on PostgreSQL, naive UTC text on SQLite. A naive value raises `ValueError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document; never filtered or sorted by (row-level security keeps jsonb operators from an index)."""


def prefix_text(length: int) -> String:
    """Text that is searched by its beginning as a range: bytewise order on PostgreSQL, so that the index serves it."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


LAST = "\U0010ffff"
"""Sorts after every continuation of a prefix: `col >= p AND col < p + LAST`."""


def state_column(length: int = 24) -> String:
    """States are short text, never a database enum: a new state must not need a table rewrite."""
    return String(length)


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """CHECK that `column` holds a member of `states`."""
    values = ", ".join(f"'{s.value}'" for s in states)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def json_default() -> dict[str, Any]:
    """A fresh empty document for each row."""
    return {}
