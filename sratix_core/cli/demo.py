"""`sratix demo`: one organizer with events, orders and a team, to look around in."""

from __future__ import annotations

import click

from sratix_core.cli.process import process


@click.command("demo")
def command() -> None:
    """Load the demo; again changes nothing."""
    from sratix_core import demo

    with process() as runtime:
        if runtime.settings.env == "production":
            raise click.ClickException("The demo has accounts with known passwords: not in production.")
        for line in demo.load(runtime).lines():
            click.echo(line)
