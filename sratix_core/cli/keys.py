"""`sratix keys`: a new secret key for the installation."""

from __future__ import annotations

import sys

import click

from sratix_core.cli.process import process


@click.group("keys")
def command() -> None:
    """Change the key that everything else is encrypted under."""


@command.command("rotate")
def rotate() -> None:
    """Encrypt again, under SRATIX_SECRET_KEY, what lies under SRATIX_SECRET_KEY_PREVIOUS; can be run again at any time.

    Exits 1 while something is under neither of them.
    """
    from sratix_core.rotation import service

    with process() as runtime:
        found = service.rotate(runtime)
    for each in found:
        odd = f", {each.unreadable} UNREADABLE" if each.unreadable else ""
        click.echo(f"{each.name}: {each.seen} rows, {each.changed} encrypted again{odd}")
    if any(each.unreadable for each in found):
        sys.exit(
            "Some secrets are under another key: set that one as SRATIX_SECRET_KEY_PREVIOUS and run this again."
        )
    click.echo("Nothing needs SRATIX_SECRET_KEY_PREVIOUS any more: after a day take it away and restart.")
