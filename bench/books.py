"""How long the books of a large installation take to prove themselves: every entry's content, the chain, the sums, orders and payments."""

from __future__ import annotations

import resource
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from bench.result import Result
from bench.server import sratix

TICKETS, MANY_TICKETS = 68_000, 680_000
ENTRIES = 1_000_000
RULES = ("L", "M")


def measure(home: Path, long: bool) -> Iterator[Result]:
    """Row `verify`: seconds for a million ledger entries, from a tenth of them unless `long`."""
    sratix(home, "migrate")
    sratix(home, "seed", "--tickets", str(MANY_TICKETS if long else TICKETS), "--json")
    with sqlite3.connect(next(home.glob("*.db"))) as connection:
        (entries,) = connection.execute("SELECT count(*) FROM ledger_entries").fetchone()
    seconds, processor = _timed(home)
    detail = f"{entries} entries in {seconds:.1f} s, {processor:.1f} s CPU, the start included"
    yield Result("verify", seconds / entries * ENTRIES, "s", 60, detail=detail)


def _timed(home: Path) -> tuple[float, float]:
    """Seconds of the clock and of the processor for one `sratix verify L M`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    sratix(home, "verify", *RULES)
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
