"""Many buyers at one moment want tickets from the same two pools: sales a second, over HTTP, by as many web processes as cores.

A sale is one post to the public call, or the three of the shop: choose, name, order. Nothing may be oversold and nothing lost:
the pools are counted afterwards.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.client import Client
from bench.database import Data, administrator, loaded
from bench.paths import Paths
from bench.result import Result
from bench.server import serving

FEW = 1_000
BUYERS = 8
SECONDS = 10.0
PRODUCTION = {"SRATIX_ENV": "production", "SRATIX_WORKER": "false"}


def measure(home: Path, long: bool) -> Iterator[Result]:
    """Rows `stampede` and `stampede_shop`: orders placed by `BUYERS` at once until the time is up."""
    data = loaded(home, FEW)
    seconds = SECONDS * (6 if long else 1)
    with ExitStack() as stack:
        ports = [
            int(stack.enter_context(serving(home, PRODUCTION | data.settings()))[0].rsplit(":", 1)[1])
            for _ in range(os.cpu_count() or 1)
        ]
        detail = f"{BUYERS} buyers, {len(ports)} web processes, buyers on the same {os.cpu_count()} cores"
        for name, order in (("stampede", Paths.order_as_guest), ("stampede_shop", Paths.order_in_shop)):
            sold = _sold(data, ports, seconds, order)
            yield Result(name, sold / seconds, "sales/s", 150, at_least=True, detail=detail)


def _sold(data: Data, ports: list[int], seconds: float, order: Callable[[Paths], Any]) -> int:
    """How many the buyers got. Raises `RuntimeError` unless that is what the pool has less."""
    before, until, sold = _taken(data), time.monotonic() + seconds, [0] * BUYERS

    def buy(number: int) -> None:
        paths = Paths(Client(ports[number % len(ports)]), data)
        paths.event_page()
        while time.monotonic() < until:
            order(paths)
            sold[number] += 1

    buyers = [threading.Thread(target=buy, args=(n,)) for n in range(BUYERS)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    counted = _taken(data) - before
    if counted != sum(sold):
        raise RuntimeError(f"{sum(sold)} were sold and {counted} taken")
    return counted


def _taken(data: Data) -> int:
    """Units taken from the pool that all types share."""
    query = "SELECT taken FROM capacity_pools WHERE event_id = %s AND kind = 'event'"
    with administrator(data.name).connect() as connection:
        return int(connection.exec_driver_sql(query, (data.event["id"],)).scalar_one())
