"""`script/bench`: runs the benchmarks one by one and shows value beside target; exits 1 when a target is missed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import books, finance, hot, jobs, machine, paying, races, stampede, startup
from bench.result import Result

BENCHMARKS = {
    "startup": startup.measure,
    "hot": hot.measure_hot,
    "paying": paying.measure,
    "books": books.measure,
    "finance": finance.measure,
    "lists": hot.measure_lists,
    "jobs": jobs.measure,
    "stampede": stampede.measure,
    "races": races.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "name", nargs="*", help=f"any of {', '.join(BENCHMARKS)}; all of them if none is named"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--long", action="store_true", help="many more rounds")
    chosen = parser.parse_args()
    if strangers := set(chosen.name) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {sorted(strangers)[0]}: choose from {', '.join(BENCHMARKS)}")
    missed = 0

    def show(result: Result) -> None:
        sys.stdout.write((result.as_json() if chosen.json else result.as_text()) + "\n")
        sys.stdout.flush()

    show(Result("machine", machine.calibrate(), "CPU ms", 1000, detail=machine.described()))
    with tempfile.TemporaryDirectory() as scratch:
        for name in chosen.name or BENCHMARKS:
            home = Path(scratch, name)
            home.mkdir()
            for result in BENCHMARKS[name](home, chosen.long):
                show(result)
                missed += not result.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
