"""`sratix worker`: background jobs in a process of their own, beside web processes that run with SRATIX_WORKER=false."""

from __future__ import annotations

import click

from sratix_core.app import make_worker
from sratix_core.cli.process import process


@click.command("worker")
@click.option("--drain", is_flag=True, help="do what is due, then exit")
def command(drain: bool) -> None:
    """Run background jobs until stopped."""
    from sratix_core.jobs.runner import run_forever

    with process() as runtime:
        runner = make_worker(runtime)
        if drain:
            click.echo(f"{runner.drain()} jobs done")
        else:
            run_forever(runner)
