"""Everything the double remembers: JSON objects by kind and id, in memory and, where a file is given, in SQLite.

Names with a leading underscore are the double's own: kinds such as `_job`, and fields such as `_owner` that no answer shows.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Store:
    """Single-threaded: callers hold the double's lock. `touched` collects what changed, for the ledger and the file."""

    def __init__(self, path: Path | None = None, seed: str = "sratix") -> None:
        self.seed, self.counter = seed, 0
        self.kinds: dict[str, dict[str, Record]] = {}
        self.touched: dict[tuple[str, str], str] = {}
        self.file = sqlite3.connect(path, check_same_thread=False) if path else None
        if self.file:
            with self.file:
                self.file.execute(
                    "CREATE TABLE IF NOT EXISTS records (kind, id, body, PRIMARY KEY (kind, id))"
                )
            for kind, id, body in self.file.execute("SELECT kind, id, body FROM records ORDER BY rowid"):
                self.kinds.setdefault(kind, {})[id] = json.loads(body)
            self.counter = self.kinds.get("_counter", {}).get("ids", {}).get("value", 0)

    def chance(self, length: int) -> str:
        """Up to 64 letters and digits that repeat with the seed and never within it."""
        self.counter += 1
        self.kinds.setdefault("_counter", {})["ids"] = {"id": "ids", "value": self.counter}
        digest = hashlib.sha512(f"{self.seed}/{self.counter}".encode()).digest()
        return "".join(ALPHABET[byte % 62] for byte in digest[:length])

    def get(self, kind: str, id: str) -> Record | None:
        return self.kinds.get(kind, {}).get(id)

    def all(self, kind: str) -> Iterator[Record]:
        """Oldest first; safe against changes on the way."""
        return iter(list(self.kinds.get(kind, {}).values()))

    def save(self, kind: str, record: Record) -> Record:
        known = self.kinds.setdefault(kind, {})
        change = self.touched.get((kind, record["id"])) or ("changed" if record["id"] in known else "created")
        self.touched[kind, record["id"]] = change
        known[record["id"]] = record
        return record

    def delete(self, kind: str, id: str) -> None:
        self.kinds.get(kind, {}).pop(id, None)
        self.touched[kind, id] = "deleted"

    def settle(self) -> list[dict[str, str]]:
        """Write what was touched to the file, and say it: `[{"id", "object", "change"}]` without the double's own kinds."""
        touched, self.touched = self.touched, {}
        if self.file and touched:
            rows = [
                (kind, id, json.dumps(self.kinds.get(kind, {}).get(id)))
                for kind, id in (*touched, ("_counter", "ids"))
            ]
            with self.file:
                self.file.executemany(
                    "INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
                    [row for row in rows if row[2] != "null"],
                )
                self.file.executemany(
                    "DELETE FROM records WHERE kind = ? AND id = ?",
                    [row[:2] for row in rows if row[2] == "null"],
                )
        return [
            {"object": kind, "id": id, "change": change}
            for (kind, id), change in touched.items()
            if not kind.startswith("_")
        ]

    def clear(self) -> None:
        self.kinds, self.touched, self.counter = {}, {}, 0
        if self.file:
            with self.file:
                self.file.execute("DELETE FROM records")

    def close(self) -> None:
        if self.file:
            self.file.close()
