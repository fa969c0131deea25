"""`sratix clock`: move the clock of a test or demo installation, for every process that shares its file."""

from __future__ import annotations

import click

from sratix_core.cli.process import process
from sratix_core.values.clock import BadClock, OffsetClock, SystemClock


@click.command("clock")
@click.argument("wish", required=False)
def command(wish: str | None) -> None:
    """Show the time, or move it: +90m, -2d, 2027-03-10T08:00:00+01:00, +0s for the real time.

    Works only with SRATIX_TEST_CLOCK, which only test and demo installations accept.
    """
    with process() as runtime:
        path = runtime.settings.test_clock
        if wish is not None:
            if path is None:
                raise click.ClickException("SRATIX_TEST_CLOCK is not set: name a file that holds the time.")
            try:
                OffsetClock(SystemClock(), path).set(wish)
            except BadClock as error:
                raise click.ClickException(f"{error}.") from error
        click.echo(runtime.sources.clock.now().isoformat(timespec="seconds"))
