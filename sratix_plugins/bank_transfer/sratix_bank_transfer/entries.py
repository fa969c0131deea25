"""One credit of a statement, as every format is read into, and the key by which it is stored once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sratix_core.plugin import Money, clean

MOST_BYTES = 10 * 1024 * 1024
MOST_ENTRIES = 50_000


class Unreadable(Exception):
    """A file that is no statement. `reason` is a key of `views.REFUSALS`, which says what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Entry:
    """Money that came in. `reference` is structured (QRR, SCOR), `bank_reference` names the booking at the bank.

    `batch` is the number of payments that the bank booked as one sum without telling them apart; 1 for a single one.
    """

    booked_on: date
    amount: Money
    payer: str = ""
    payer_iban: str = ""
    message: str = ""
    reference: str = ""
    bank_reference: str = ""
    batch: int = 1

    def names(self) -> tuple[str, ...]:
        """What tells it from others: the bank's own name for it, or all that is known where the bank gave none."""
        money = (str(self.amount.minor), self.amount.currency, self.reference)
        if self.bank_reference:
            return ("bank", self.bank_reference, *money)
        return ("seen", self.booked_on.isoformat(), *money, self.payer, self.message)


@dataclass(frozen=True)
class Read:
    """A statement: of which account ("" when the file does not say), its credits, and how many entries were left out."""

    format: str
    account: str
    entries: tuple[Entry, ...]
    skipped: int


def keyed(account: str, entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Each entry with its key of 64 letters. Entries that are alike in one file are counted: two equal payments stay two."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for entry in entries:
        names = (account, *entry.names())
        seen[names] += 1
        told = "\x1f".join((*names, str(seen[names])))
        found.append((hashlib.sha256(told.encode()).hexdigest(), entry))
    return found


def text(typed: str | None, most: int) -> str:
    """Words of a file in one line, cut to `most`: what a bank sends is never refused for its length."""
    plain = (typed or "").replace("\0", "").encode("utf-8", "ignore").decode()
    return clean(plain[: 3 * most], 4 * most)[:most].strip()
