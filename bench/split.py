"""`python -m bench.split`: the server of `sratix serve` with its worker inside, which besides tells who used its CPU time.

Each answer, job and tick is done by one thread, whose clock is read before and after (1 µs). What no part claims is the
event loop's, and the handing over between threads.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

from pyramid.config import Configurator
from pyramid.events import ContextFound

from bench.server import get
from sratix_core.app import make_app, make_worker
from sratix_core.cli import serve
from sratix_core.cli.process import process
from sratix_core.jobs.claims import Claim
from sratix_core.jobs.runner import Runner
from sratix_core.jobs.ticks import Tick
from sratix_core.jobs.worker import Worker
from sratix_core.runtime import Runtime
from sratix_core.tenancy.guard import OURS

ADDRESS = "/-/split"
SERVER = (sys.executable, "-m", "bench.split")
ROUTE = "bench.route"


Parts = dict[str, "Part"]


@dataclass
class Part:
    """CPU ms of the web process, how often, and SQL statements."""

    ms: float = 0.0
    times: int = 0
    statements: int = 0


def told(address: str) -> Parts:
    """The sums so far of the server at `address`."""
    return {name: Part(**part) for name, part in json.loads(get(address + ADDRESS)).items()}


def between(before: Parts, after: Parts) -> Parts:
    """What was added meanwhile."""
    none = Part()
    return {
        name: Part(part.ms - was.ms, part.times - was.times, part.statements - was.statements)
        for name, part in after.items()
        for was in (before.get(name, none),)
    }


class Sums:
    """Every part by its name. Statements are told by the thread that executes them."""

    def __init__(self) -> None:
        self.parts: Parts = {}
        self._lock, self._mine = threading.Lock(), threading.local()

    def statement(self, sql: str) -> None:
        self._mine.seen = getattr(self._mine, "seen", 0) + (sql not in OURS)

    @contextmanager
    def part(self, name: Callable[[], str]) -> Iterator[None]:
        """Add what this thread does meanwhile; named at the end, when a request knows its route."""
        self._mine.seen, began = 0, time.thread_time()
        try:
            yield
        finally:
            took = (time.thread_time() - began) * 1000
            with self._lock:
                part = self.parts.setdefault(name(), Part())
                part.ms, part.times = part.ms + took, part.times + 1
                part.statements += self._mine.seen

    def timed(self, tick: Tick) -> Tick:
        def run(runtime: Runtime) -> object:
            with self.part(lambda: f"tick {tick.name}"):
                return tick.run(runtime)

        return replace(tick, run=run)


class Application:
    """The product with a clock around each answer."""

    def __init__(self, app: Any, sums: Sums) -> None:
        self._app, self.registry, self._sums = app, app.registry, sums

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == ADDRESS:
            body = json.dumps({name: asdict(part) for name, part in self._sums.parts.items()}).encode()
            start_response("200 OK", [("Content-Length", str(len(body)))])
            return [body]
        with self._sums.part(lambda: f"{environ['REQUEST_METHOD']} {environ.get(ROUTE, '')}"):
            answer: Iterable[bytes] = self._app(environ, start_response)
        return answer


class Timed(Worker):
    """A worker with a clock around each look for work, and each job."""

    def __init__(self, worker: Worker, sums: Sums) -> None:
        self.__dict__.update(worker.__dict__)
        self._sums = sums

    def claim(self, limit: int) -> list[Claim]:
        with self._sums.part(lambda: "claiming"):
            return super().claim(limit)

    def do(self, held: Claim) -> None:
        with self._sums.part(lambda: f"job {held.kind}"):
            super().do(held)


def includeme(config: Configurator) -> None:
    config.add_subscriber(_note_route, ContextFound)


def _note_route(event: ContextFound) -> None:
    route = event.request.matched_route
    event.request.environ[ROUTE] = route.name if route is not None else ""


def _worker(runtime: Runtime, sums: Sums) -> Runner:
    """The worker inside, clocked; the product has no seam for that."""
    runner = make_worker(runtime, wakeups=False)
    runner._worker = Timed(runner._worker, sums)
    runner._ticker._ticks = tuple(map(sums.timed, runner._ticker._ticks))
    return runner


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    chosen = parser.parse_args()
    sums = Sums()
    with process() as runtime:
        runtime.engines.on_statement = sums.statement
        serve.beside = lambda runtime: _worker(runtime, sums)
        app = make_app(runtime.settings, runtime, also=("bench.split",))
        serve.run(Application(app, sums), chosen.host, chosen.port)


if __name__ == "__main__":
    main()
