"""`sratix seed`: reproducible data of a stated size, for benchmarks, tests and outside checkers."""

from __future__ import annotations

import click
import msgspec

from sratix_core.cli.process import process


@click.command("seed")
@click.option("--tenants", default=1, show_default=True, help="organizers")
@click.option("--events", default=1, show_default=True, help="events of each organizer")
@click.option("--tickets", default=100, show_default=True, help="tickets of each event")
@click.option("--json", "as_json", is_flag=True, help="ids and keys for programs")
def command(tenants: int, events: int, tickets: int, as_json: bool) -> None:
    """Make data of a stated size and say what it is called."""
    from sratix_core.demo import seed

    with process() as runtime:
        if runtime.settings.env == "production":
            raise click.ClickException("Seeding fills the database with invented people: not in production.")
        made = seed.make(runtime, tenants=tenants, events=events, tickets=tickets)
    if as_json:
        click.echo(msgspec.json.encode(made))
    else:
        click.echo(f"{tenants} organizers, {tenants * events} events, {tenants * events * tickets} tickets")
