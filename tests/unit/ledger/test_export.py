"""The exported books prove themselves with nothing but Python, and one changed byte is found and named."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sratix_core.ledger.export import head_of, write_books
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from tests.builders import World, make_event, make_order, make_type, publish, seal


@pytest.fixture
def books(world: World, tmp_path: Path) -> Path:
    """A folder with the books of two orders, one paid and cancelled."""
    with world.open() as ctx:
        event = make_event(ctx)
        ticket_type = make_type(ctx, event, 4900)
        publish(ctx, event)
        cancel_order(ctx, mark_paid(ctx, make_order(ctx, event, {ticket_type: 2}), "one"), "asked")
        make_order(ctx, event, {ticket_type: 1}, "grace@example.org")
    seal(world.process.engines, world.process.sources, 10)
    with world.open() as ctx:
        archive = io.BytesIO()
        write_books(ctx, archive)
    zipfile.ZipFile(archive).extractall(tmp_path)
    return tmp_path


def verify(books: Path, *arguments: str) -> tuple[int, str]:
    """The script as an auditor runs it: isolated from everything that is installed."""
    command = [sys.executable, "-I", "-S", str(books / "verify_books.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    return done.returncode, done.stdout + done.stderr


def test_exported_books_prove_themselves_offline(books: Path) -> None:
    key = json.loads((books / "head.json").read_text())["public_key"]
    code, said = verify(books, "--key", key)
    assert code == 0, said
    assert "8 entries" in said
    assert [line.split()[-1] for line in said.splitlines()[:3]] == ["-4900", "9800", "-4900"]


@pytest.mark.parametrize("name", ["entries.jsonl", "seals.jsonl", "head.json"])
def test_any_changed_digit_is_found(books: Path, name: str) -> None:
    whole = (books / name).read_text()
    places = [i for i, c in enumerate(whole) if c.isdigit()]
    for place in places[:: max(1, len(places) // 40)]:
        changed = str((int(whole[place]) + 1) % 10)
        (books / name).write_text(whole[:place] + changed + whole[place + 1 :])
        code, said = verify(books)
        assert code == 1, f"digit {place} of {name} was changed unseen: {said}"


def test_a_changed_entry_is_named(books: Path) -> None:
    lines = (books / "entries.jsonl").read_text().splitlines()
    changed = json.loads(lines[2]) | {"amount_minor": 1}
    (books / "entries.jsonl").write_text("\n".join([*lines[:2], json.dumps(changed), *lines[3:]]))
    code, said = verify(books)
    assert code == 1
    assert f"entry #3 ({changed['id']}): it is not what was written" in said


@pytest.mark.parametrize("missing", [0, 3, 7])
def test_a_missing_entry_is_found(books: Path, missing: int) -> None:
    lines = (books / "entries.jsonl").read_text().splitlines()
    (books / "entries.jsonl").write_text("\n".join(lines[:missing] + lines[missing + 1 :]))
    assert verify(books)[0] == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("head.json", "[]"), ("head.json", "{"), ("entries.jsonl", "[1]\n"), ("seals.jsonl", "{}\n")],
)
def test_a_damaged_copy_says_so_in_a_sentence(books: Path, name: str, text: str) -> None:
    (books / name).write_text(text)
    code, said = verify(books)
    assert (code, "damaged" in said, "Traceback" in said) == (1, True, False)


def test_books_signed_by_somebody_else_are_refused(books: Path) -> None:
    code, said = verify(books, "--key", "00" * 32)
    assert (code, "another key" in said) == (1, True)


def test_the_key_of_the_books_stays(world: World) -> None:
    with world.open() as ctx:
        first = head_of(ctx)["public_key"]
    with world.open() as ctx:
        assert head_of(ctx)["public_key"] == first
