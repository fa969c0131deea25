"""`sratix serve` and the server behind `pserve`: uvicorn on one port, with the worker inside when the settings say so."""

from __future__ import annotations

import gc
import os
from contextlib import ExitStack
from importlib.util import find_spec
from typing import Any

import click
import uvicorn
from pyramid.router import Router

from sratix_core import asgi
from sratix_core.app import make_app, make_worker, stays
from sratix_core.cli import lean, many
from sratix_core.cli.migrate import upgrade
from sratix_core.cli.process import process, settings
from sratix_core.jobs.wakeups import Wakeups
from sratix_core.runtime import Runtime


class Announcer:
    """Beside a web process without a worker: tells the workers elsewhere that there is work."""

    def __init__(self, wakeups: Wakeups) -> None:
        self._wakeups = wakeups

    def start(self) -> None:
        self._wakeups.announce()

    def stop(self) -> None:
        self._wakeups.stop()


def beside(runtime: Runtime) -> asgi.Worker | None:
    """What runs beside the web server: the embedded worker, which needs no wake-ups from its own process."""
    if runtime.settings.worker:
        return make_worker(runtime, wakeups=False)
    wakeups = Wakeups.where_set(runtime.settings)
    return Announcer(wakeups) if wakeups is not None else None


OPTIONS: dict[str, Any] = {
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "ws": "none",
    "lifespan": "on",
    "proxy_headers": True,
    "timeout_keep_alive": 5,
    "timeout_graceful_shutdown": 25,
    "backlog": 2048,
    "http": "sratix_core.cli.protocol:BoundedHead" if find_spec("httptools") else "h11",
}
"""No server header; idle connections close at once when the server stops, requests in work have 25 s to end."""


def server_config(app: Router, host: str, port: int) -> uvicorn.Config:
    """X-Forwarded headers count from the trusted proxies only."""
    runtime: Runtime = app.registry["runtime"]
    return uvicorn.Config(
        asgi.root(app, runtime.settings.threads, beside(runtime)),
        host=host,
        port=port,
        forwarded_allow_ips=runtime.settings.trusted_proxies,
        **OPTIONS,
    )


def run(app: Router, host: str, port: int) -> None:
    """Serve until told to stop."""
    config = server_config(stays(app), host, port)
    lean.end()
    uvicorn.Server(config).run()


def paste_server(
    app: Router,
    global_conf: dict[str, str],
    host: str = "127.0.0.1",
    port: str = "8080",
    workers: str = "1",
    **ignored: Any,
) -> int:
    """The `[server:main]` of an ini file: `use = egg:sratix#uvicorn`, with `workers` for several processes."""
    runtime: Runtime = app.registry["runtime"]
    if int(workers) > 1:
        runtime.engines.dispose()
        many.run(runtime.settings, host, int(port), int(workers))
    else:
        run(app, host, int(port))
    return 0


def welcome(runtime: Runtime) -> None:
    """Load the demo into an empty installation, and at every start say who can sign in to it."""
    from sratix_core import demo

    known = demo.load(runtime) if demo.is_empty(runtime) else demo.stored(runtime.settings)
    if known is not None:
        for line in known.at(runtime.settings.base_url).lines():
            click.echo(line)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8080, show_default=True, help="port to listen on")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="web processes; with more than one, jobs are left to sratix worker",
)
@click.option("--database", default=None, help="SQLAlchemy address; instead of SRATIX_DATABASE_URL")
@click.option(
    "--first-start", "first", is_flag=True, help="migrate, and load the demo into an empty installation"
)
def command(host: str, port: int, workers: int, database: str | None, first: bool) -> None:
    """Serve shop, dashboard and API on one port."""
    base = None
    if "SRATIX_BASE_URL" not in os.environ:
        base = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104
    with ExitStack() as running:
        asked: dict[str, str | None] = {"database_url": database, "base_url": base}
        if first:
            from sratix_core.demo.beside import stand_ins

            asked |= running.enter_context(stand_ins(settings(**asked)))
        runtime = running.enter_context(process(**asked))
        if first:
            upgrade(runtime)
            if runtime.settings.env != "production":
                welcome(runtime)
        click.echo(f"SRAtix answers on {runtime.settings.base_url} (stop with Ctrl-C)")
        click.echo(f"  dashboard  {runtime.settings.base_url}/dashboard/")
        if workers > 1:
            click.echo(f"  {workers} web processes; background jobs run in sratix worker")
            runtime.engines.dispose()
            many.run(runtime.settings, host, port, workers)
        else:
            gc.disable()  # until `run`: what an application is made of stays as long as the process
            run(make_app(runtime.settings, runtime), host, port)
