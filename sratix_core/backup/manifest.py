"""What an archive says about itself."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

FORMAT = 1
NAME = "manifest.json"

PYTHON: dict[str, Any] = {
    "uuid": uuid.UUID | None,
    "json": Any,
    "bool": bool | None,
    "int": int | None,
    "time": datetime | None,
    "date": date | None,
    "bytes": bytes | None,
    "float": float | None,
    "decimal": Decimal | None,
    "text": str | None,
}


class TableEntry(msgspec.Struct):
    """One table: `kinds` are those of `tenancy.snapshot`, by column; `sha256` is over its lines."""

    name: str
    columns: list[str]
    kinds: list[str]
    rows: int
    sha256: str

    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Reads one line back into Python values."""
        return msgspec.json.Decoder(tuple[tuple(PYTHON[kind] for kind in self.kinds)])  # type: ignore[misc]


class Manifest(msgspec.Struct):
    """The last member; an archive without it was cut off. `digest` is over name, size and hash of all members before it.

    `key` tells whether a secret key is the right one, `sealed_key` is that key under a passphrase, if one was set.
    """

    format: int
    product: str
    made_at: datetime
    database: str
    revisions: dict[str, str]
    key: str
    tables: list[TableEntry] = []
    files: int = 0
    missing_files: list[str] = []
    left_out: list[str] = []
    sealed_key: bytes | None = None
    members: int = 0
    digest: str = ""

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables)
