"""Several web processes behind one socket: uvicorn's supervisor keeps them alive, replaces them on SIGHUP, stops them on SIGTERM."""

from __future__ import annotations

import gc
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import uvicorn
from uvicorn.supervisors import Multiprocess

from sratix_core import asgi, runtime
from sratix_core.app import make_app, stays
from sratix_core.cli import lean
from sratix_core.settings import SETTINGS, Settings, as_environment, load

SOURCES = "SRATIX_SETTINGS_SOURCES"
"""Where the settings came from, for the processes that find all of them in their environment."""

HUNG_SECONDS = 30
"""A process that answers no ping for so long is killed and replaced."""


def run(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve with `workers` processes until told to stop. Jobs are left to `sratix worker`.

    They share limits and counters in `SRATIX_RUN_DIR`, or in a folder that lives as long as the server.
    """
    from sratix_core.cli.serve import OPTIONS

    with tempfile.TemporaryDirectory(prefix="sratix-run-") as own:
        given = settings.run_dir
        settings = replace(settings, worker=False, run_dir=given or Path(own))
        for setting in SETTINGS:
            os.environ.pop(setting.env + "_FILE", None)
        handed = {"worker": "command line", **({} if given else {"run_dir": "made"})}
        os.environ.update(as_environment(settings) | {SOURCES: json.dumps({**settings.sources, **handed})})
        config = uvicorn.Config(
            "sratix_core.cli.many:child",
            factory=True,
            workers=workers,
            host=host,
            port=port,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_worker_healthcheck=HUNG_SECONDS,
            **OPTIONS,
        )
        socket = config.bind_socket()
        lean.hand_down()
        try:
            Multiprocess(config, [socket]).run()
        finally:
            socket.close()


def child() -> asgi.App:
    """The application of one of the processes, from the settings its parent handed down."""
    from sratix_core.cli.serve import beside

    gc.disable()
    settings = replace(load(os.environ), sources=json.loads(os.environ[SOURCES]))
    process = runtime.build(settings)
    app = stays(make_app(settings, process))
    lean.end()
    process.plugins.deadlines.lost_threads_end_it = settings.threads
    return asgi.root(app, settings.threads, beside(process))
