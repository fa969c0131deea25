"""`python -m bench.counted`: the server of `sratix serve`, which besides says in a header how many statements an answer took.

BEGIN and COMMIT are no statements of the engine's, and the one that tells the connection its tenant is not counted. One
request at a time, and no worker beside it, or one would count the other's.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from sratix_core.app import make_app
from sratix_core.cli.process import process
from sratix_core.cli.serve import run
from sratix_core.tenancy.guard import OURS

HEADER = "X-Statements"


class Counted:
    """The application with a counter around it."""

    def __init__(self, app: Any) -> None:
        self._app, self.registry = app, app.registry
        self._seen: list[str] = []
        app.registry["runtime"].engines.on_statement = self._seen.append

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._seen.clear()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            counted = sum(sql not in OURS for sql in self._seen)
            return start_response(status, [*headers, (HEADER, str(counted))], *rest)

        answer: Iterable[bytes] = self._app(environ, start)
        return answer


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    chosen = parser.parse_args()
    with process() as runtime:
        run(Counted(make_app(runtime.settings, runtime)), chosen.host, chosen.port)


if __name__ == "__main__":
    main()
