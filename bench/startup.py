"""What an operator feels first: an empty database migrated, the first answer, the memory of a web process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.result import Result
from bench.server import get, memory_mb, serving, sratix

PAGES = 50


def measure(home: Path, long: bool) -> Iterator[Result]:
    rounds = 10 if long else 3
    yield Result("migrate_empty", min(sratix(home / str(n), "migrate") for n in range(rounds)), "s", 5)
    starts = []
    memory = 0.0
    for _ in range(rounds):
        with serving(home / "0") as (address, pid, seconds):
            starts.append(seconds)
            for _ in range(PAGES):
                get(f"{address}/health/ready")
            memory = max(memory, memory_mb(pid))
    yield Result("first_answer", sorted(starts)[rounds // 2], "s", 1.5)
    yield Result("web_process_memory", memory, "MB", 110)
