"""A worker that works off jobs over a real database until there is none; it is there to be killed.

`python -m tests.concurrency.worker_off <data folder>` with the database in the environment.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sratix_core import models as _all_models  # noqa: F401  -- before any room looks for another's
from sratix_core.jobs.kinds import registry_for
from sratix_core.jobs.runner import Runner
from sratix_core.settings import load
from sratix_core.tenancy.engines import Engines
from sratix_core.values.clock import SystemClock
from sratix_core.values.ids import SystemRandom
from tests.builders import make_process
from tests.concurrency.sender import Sender, sending_plugin


def main(folder: str) -> None:
    settings = load(os.environ, {"data_dir": Path(folder), "threads": 2, "worker": "false"})
    plugins = [sending_plugin(Sender())]
    process = make_process(settings, Engines(settings), SystemClock(), SystemRandom(), plugins)
    Runner(process, registry_for(process.plugins), threads=2).drain()


if __name__ == "__main__":
    main(*sys.argv[1:])
