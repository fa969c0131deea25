"""What an operator feels first: an empty database migrated, the first answer, the memory of a web process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.client import Client
from bench.database import loaded
from bench.hot import FEW, PRODUCTION
from bench.paths import Paths
from bench.result import Result
from bench.server import memory_mb, serving, sratix

PAGES = 50


def measure(home: Path, long: bool) -> Iterator[Result]:
    """`migrate_empty` on an embedded database; `start` and `rss` of a web process as in production."""
    rounds = 10 if long else 3
    yield Result("migrate_empty", min(sratix(home / str(n), "migrate") for n in range(rounds)), "s", 5)
    data, starts, memory = loaded(home, FEW), [], 0.0
    installed = PRODUCTION | data.settings()
    sratix(home, "migrate", settings=installed)  # as after every installation and upgrade
    for _ in range(rounds):
        with serving(home, installed) as (address, pid, seconds):
            starts.append(seconds)
            for _ in range(PAGES // 5):
                Paths(Client(int(address.rsplit(":", 1)[1])), data).purchase()
            memory = max(memory, memory_mb(pid))
    yield Result("start", sorted(starts)[rounds // 2], "s", 1.5)
    yield Result("rss", memory, "MB", 110, detail=f"after {PAGES // 5} purchases")
