"""Somebody with the database's own tools changes the books: `sratix verify` finds each change and names the row."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sratix_core.ledger.invariants import CHECKS
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from sratix_core.values.ids import SeededRandom
from tests.builders import (
    TESTS,
    World,
    make_engines,
    make_event,
    make_order,
    make_process,
    make_type,
    make_world,
    publish,
    seal,
    sqlite_settings,
)
from tests.concurrency.crowd import LONG

TIMES = 10_000 if LONG else 300
WORDS = {"act", "account", "provider", "currency", "at"}
NUMBERS = {"amount_minor", "line"}
IDS = {"op_id", "event_id", "order_id"}
COLUMNS = sorted(WORDS | NUMBERS | IDS | {"content_hash"})


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, sqlite3.Connection]]:
    """Sealed books of three orders, and the file opened behind the application's back, its guards taken down."""
    folder: Path = tmp_path_factory.mktemp("books")
    settings = sqlite_settings(folder)
    world = make_world(make_process(settings, make_engines(settings)))
    with world.open() as ctx:
        event = make_event(ctx)
        kind = make_type(ctx, event, 4900)
        publish(ctx, event)
        cancel_order(ctx, mark_paid(ctx, make_order(ctx, event, {kind: 2}), "one"), "asked")
        mark_paid(ctx, make_order(ctx, event, {kind: 3}, "grace@example.org"), "two")
        make_order(ctx, event, {kind: 1}, "ada@example.org")
    seal(world.process.engines, world.process.sources, 10)
    file = sqlite3.connect(folder / "test.db", isolation_level=None)
    file.execute("PRAGMA ignore_check_constraints = 1")
    named = file.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entries'"
    )
    for (trigger,) in named.fetchall():
        file.execute(f'DROP TRIGGER "{trigger}"')
    yield world, file
    file.close()


def faults(world: World) -> list[str]:
    with world.process.engines.begin(TESTS, write=False) as db:
        return [fault for check in CHECKS for fault in check.run(db).faults]


def other(column: str, value: Any, random: SeededRandom) -> Any:
    """Another value for a column."""
    if column in NUMBERS:
        return value + 1 + random.below(9)
    if column in IDS:
        return random.bytes(16).hex()
    if column == "content_hash":
        return random.bytes(32)
    if column == "at":
        return f"2026-0{1 + random.below(9)}-1{random.below(9)} 10:00:00.000000"
    known = {
        "act": ("refund", "payout"),
        "account": ("bank", "chargebacks"),
        "currency": ("EUR", "USD"),
        "provider": ("a", "b"),
    }
    return next(word for word in known[column] if word != value)


def test_every_changed_cell_is_found_and_its_row_named(books: tuple[World, sqlite3.Connection]) -> None:
    world, file = books
    random = SeededRandom(20270301)
    assert faults(world) == []
    rows = file.execute("SELECT rowid, id FROM ledger_entries ORDER BY seq").fetchall()
    refused = 0
    for _ in range(TIMES):
        row, raw = rows[random.below(len(rows))]
        column = COLUMNS[random.below(len(COLUMNS))]
        (before,) = file.execute(f"SELECT {column} FROM ledger_entries WHERE rowid = ?", (row,)).fetchone()
        change = f"UPDATE ledger_entries SET {column} = ? WHERE rowid = ?"
        after = other(column, before, random)
        try:
            file.execute(change, (after, row))
        except sqlite3.IntegrityError:  # two rows of one name: SQLite itself does not take it
            refused += 1
            continue
        found = faults(world)
        assert any(str(uuid.UUID(raw)) in fault for fault in found), (
            f"{column}: {before!r} became {after!r} unseen"
        )
        file.execute(change, (before, row))
    assert refused < TIMES // 50
    assert faults(world) == []


def test_every_missing_entry_is_found(books: tuple[World, sqlite3.Connection]) -> None:
    world, file = books
    columns = [row[1] for row in file.execute("PRAGMA table_info(ledger_entries)")]
    for (seq,) in file.execute("SELECT seq FROM ledger_entries ORDER BY seq").fetchall():
        kept = file.execute("SELECT * FROM ledger_entries WHERE seq = ?", (seq,)).fetchone()
        file.execute("DELETE FROM ledger_entries WHERE seq = ?", (seq,))
        assert faults(world), f"entry #{seq} went away unseen"
        marks = ", ".join("?" for _ in columns)
        file.execute(f"INSERT INTO ledger_entries ({', '.join(columns)}) VALUES ({marks})", kept)
    assert faults(world) == []
