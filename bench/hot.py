"""The hot paths on PostgreSQL: CPU of one web process and of its database, statements, and the median a client waits."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Answer, Client
from bench.cpu import Meter, repeated
from bench.database import Data, administrator, loaded
from bench.paths import NotOffered, Paths, counted
from bench.result import Result
from bench.server import serving
from bench.tickets import fresh_codes
from bench.visit import visit

PRODUCTION = {"SRATIX_ENV": "production", "SRATIX_WORKER": "false"}
COUNTING = (sys.executable, "-m", "bench.counted")
FEW, MANY = 1_000, 1_000_000
WARM = 30
"""Rounds before the measured ones: connections opened, statements compiled, everything as it is after a minute."""

Act = Callable[[], list[Answer]]


@dataclass(frozen=True)
class Path_:
    """One path: its row's name, its bounds in CPU ms and statements, and what prepares the act on a server."""

    name: str
    target: float
    most_statements: int | None
    prepare: Callable[[Paths, Iterator[str]], Act]


def _scan(paths: Paths, codes: Iterator[str]) -> Act:
    return lambda: [paths.scan(next(codes), next(SEQUENCE))]


def _order(paths: Paths, codes: Iterator[str]) -> Act:
    return lambda: [paths.order()]


def _event_page(paths: Paths, codes: Iterator[str]) -> Act:
    return lambda: [paths.event_page()]


def _event_page_again(paths: Paths, codes: Iterator[str]) -> Act:
    paths.event_page()  # its validator
    return lambda: [paths.event_page_again()]


def _orders_first(paths: Paths, codes: Iterator[str]) -> Act:
    return lambda: [paths.orders_first()]


def _orders_last(paths: Paths, codes: Iterator[str]) -> Act:
    address = paths.last_address()
    return lambda: [paths.orders_last(address)]


def _search(paths: Paths, codes: Iterator[str]) -> Act:
    return lambda: [paths.search("müller")]


HOT = (
    Path_("scan", 3, 6, _scan),
    Path_("order_api", 10, 18, _order),
    Path_("event_page", 4, None, _event_page),
    Path_("event_page_304", 1, None, _event_page_again),
)
LISTS = (
    Path_("orders_first", 6, None, _orders_first),
    Path_("orders_last", 6, None, _orders_last),
    Path_("search", 6, None, _search),
)
SEQUENCE = itertools.count(1)


@dataclass(frozen=True)
class Cost:
    """CPU ms and statements of one act, and the median wait in ms."""

    web: float
    database: float
    statements: int
    p50: float

    def result(self, path: Path_, name: str = "", detail: str = "") -> Result:
        split = f"web {self.web:.2f} + database {self.database:.2f}, p50 {self.p50:.1f} ms{detail}"
        return Result(
            name or path.name,
            self.web + self.database,
            "CPU ms",
            path.target,
            statements=self.statements,
            most_statements=path.most_statements,
            detail=split,
        )


def measure_hot(home: Path, long: bool) -> Iterator[Result]:
    """Scan, order, event page and a whole purchase, on a fresh database with a thousand orders."""
    rounds = 1000 if long else 300
    data = loaded(home, FEW, fresh=True)
    codes = iter(fresh_codes(home, data, rounds + WARM + 3))
    costs = _costs(home, data, HOT, rounds, codes)
    for path in HOT:
        missing = Result(path.name, None, "CPU ms", path.target, detail="not offered yet")
        yield costs[path].result(path) if path in costs else missing
    with running(home, data) as (paths, meter):
        yield from visit(paths, meter, 100 if long else 30)


def measure_lists(home: Path, long: bool) -> Iterator[Result]:
    """The lists of the dashboard at a million orders, and how much more that is than at a thousand."""
    rounds = 300 if long else 40
    # Fresh: the orders that `hot` leaves behind are summed by no worker, and reading them would count as the list.
    few = _costs(home, loaded(home, FEW, fresh=True), LISTS, rounds, iter(()))
    many = _costs(home, loaded(home, MANY), LISTS, rounds, iter(()))
    for path in LISTS:
        yield many[path].result(path)
        at_few = few[path].web + few[path].database
        grown = (many[path].web + many[path].database) / at_few * 100 - 100
        yield Result(f"{path.name}_growth", grown, "%", 20, detail=f"{at_few:.2f} CPU ms at {FEW} orders")


def _costs(
    home: Path, data: Data, hot: tuple[Path_, ...], rounds: int, codes: Iterator[str]
) -> dict[Path_, Cost]:
    counts: dict[Path_, int] = {}
    with running(home, data, counting=True) as (paths, _):
        if hot is LISTS:
            paths.sign_in()
        for path in hot:
            act = path.prepare(paths, codes)
            try:
                act(), act()
            except NotOffered:
                continue
            counts[path] = counted(act())
    costs: dict[Path_, Cost] = {}
    with running(home, data) as (paths, meter):
        if hot is LISTS:
            paths.sign_in()
        for path in counts:
            act = path.prepare(paths, codes)
            repeated(act, WARM)
            with meter.measured() as used:
                waits = repeated(act, rounds)
            costs[path] = Cost(used.web / rounds, used.database / rounds, counts[path], waits[rounds // 2])
    return costs


@contextmanager
def running(home: Path, data: Data, *, counting: bool = False) -> Iterator[tuple[Paths, Meter]]:
    """A server on `data`, set up as in production: one web process, no worker inside, JSON log."""
    more = {"command": COUNTING} if counting else {}
    with serving(home, PRODUCTION | data.settings(), **more) as (address, pid, _):
        client = Client(int(address.rsplit(":", 1)[1]))
        yield Paths(client, data), Meter(pid, administrator(), data.name)
