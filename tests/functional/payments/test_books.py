"""The books of all that is sold, taken out and checked with nothing but Python: whole as they are, and not with one byte changed."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.ledger.export import write_books
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.service import cancel_order
from sratix_core.payments.sending import send_back
from sratix_core.reconciliation.jobs import read_now
from tests.builders import seal
from tests.functional.payments.cards import Counter
from tests.functional.payments.sales import CARDS, EVERY
from tests.unit.ledger.test_export import verify


@pytest.fixture
def books(shop: Counter, tmp_path: Path) -> Path:
    """Two orders, one given back and refunded, with the provider's fees."""
    shop.bought(shop.market.browser(), Paid=1)
    gone = shop.bought(shop.market.browser())
    shop.work()
    with shop.world.open() as ctx:
        send_back(ctx, cancel_order(ctx, shop.order(ctx, gone), "asked"))
    shop.work()
    shop.later(minutes=5)
    with shop.world.open() as ctx:
        read_now(ctx)
    shop.work()
    runtime = shop.market.runtime
    seal(runtime.engines, runtime.sources, 100)
    with shop.world.open() as ctx:
        archive = io.BytesIO()
        write_books(ctx, archive)
    zipfile.ZipFile(archive).extractall(tmp_path / "books")
    return tmp_path / "books"


@EVERY
def test_the_books_of_what_is_sold_prove_themselves_offline(shop: Counter, books: Path) -> None:
    code, said = verify(books, "--key", json.loads((books / "head.json").read_text())["public_key"])
    assert code == 0, said
    with shop.world.open(write=False) as ctx:
        entries = list(ctx.db.scalars(select(LedgerEntry)))
    assert f"{len(entries)} entries" in said
    accounts = {entry.account for entry in entries}
    assert {"cash", "buyers", "provider_fees"} < accounts
    assert ("value_ordered" in accounts) == ("stored_value" in accounts) == (shop.sells == CARDS)
    assert {entry.provider for entry in entries if entry.account == "cash"} == {"stripe:test"}


@EVERY
def test_one_changed_byte_of_them_is_found(books: Path) -> None:
    for name in ("entries.jsonl", "seals.jsonl", "head.json"):
        whole = (books / name).read_bytes()
        places = [i for i, byte in enumerate(whole) if chr(byte).isalnum()]
        for place in places[:: len(places) // 6]:
            other = b"0" if whole[place : place + 1] != b"0" else b"1"
            (books / name).write_bytes(whole[:place] + other + whole[place + 1 :])
            assert verify(books)[0] == 1, f"byte {place} of {name} was changed unseen"
        (books / name).write_bytes(whole)
    assert verify(books)[0] == 0
