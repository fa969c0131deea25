"""`sratix migrate`: bring the schema of the core and of every plugin up to date, or say what is missing."""

from __future__ import annotations

import click

from sratix_core.cli import lean
from sratix_core.cli.process import process
from sratix_core.runtime import Runtime


def upgrade(runtime: Runtime) -> None:
    """Run what is missing, as the owner of the tables."""
    from sratix_core.db import migrate

    migrate.upgrade(runtime.settings, runtime.plugins)


@click.command("migrate")
@click.option("--check", is_flag=True, help="change nothing; exit 1 when something is missing")
def command(check: bool) -> None:
    """Bring the database schema up to date."""
    from sratix_core.db import migrate

    with process() as runtime:
        if not check:
            upgrade(runtime)
        problems = migrate.check(runtime.settings)
        data_dir = runtime.settings.data_dir if runtime.settings.env == "production" else None
    for line in problems or ["The schema is up to date."]:
        click.echo(line)
    if problems:
        raise SystemExit(1)
    if data_dir is not None and not check and not lean.prepare(data_dir):
        click.echo("Web processes could not be prepared: they take more memory.", err=True)
