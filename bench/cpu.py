"""CPU time of other processes, asked of the operating system: the server's and that of the database behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine


def cpu_ms(pid: int) -> float:
    """CPU ms a process has used so far, all threads, to the microsecond (`clock_getcpuclockid`: Linux). 0 once it is gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2) * 1000
    except OSError:
        return 0.0


@dataclass
class Used:
    """CPU ms of a piece of work, filled in when it is over."""

    web: float = 0.0
    database: float = 0.0

    @property
    def both(self) -> float:
        return self.web + self.database


@dataclass(frozen=True)
class Meter:
    """Measures one server process and the backends of one database. `admin` is no connection to that database."""

    server: int
    admin: Engine
    database: str

    def backends(self) -> set[int]:
        """Process ids of the connections to the database."""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        with self.admin.connect() as connection:
            return set(connection.exec_driver_sql(query, (self.database,)).scalars())

    @contextmanager
    def measured(self) -> Iterator[Used]:
        """What server and database use meanwhile. Connections opened meanwhile count from their first moment."""
        used, before = Used(), {pid: cpu_ms(pid) for pid in self.backends()}
        web = cpu_ms(self.server)
        yield used
        used.web = cpu_ms(self.server) - web
        used.database = sum(cpu_ms(pid) - before.get(pid, 0.0) for pid in self.backends())


def repeated(act: Callable[[], Any], rounds: int) -> list[float]:
    """Do `act` so many times; the wall-clock ms of each, sorted."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)
