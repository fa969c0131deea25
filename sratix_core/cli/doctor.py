"""`sratix doctor`: what this host can do, what it lacks, and what happens instead."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from sratix_core.cli.capabilities import examine
from sratix_core.cli.process import process


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="one JSON object for programs")
@click.option("--offline", is_flag=True, help="leave out the checks that leave this host")
def command(as_json: bool, offline: bool) -> None:
    """Say what this host can do and the fallback for what it can't; exit 1 when it cannot sell."""
    with process() as runtime:
        found = examine(runtime, offline=offline)
    if as_json:
        click.echo(json.dumps({"capabilities": [asdict(each) for each in found]}, ensure_ascii=False))
    else:
        for each in found:
            mark = "ok  " if each.ok else ("NO  " if each.needed else "--  ")
            click.echo(f"{mark} {each.name:18} {each.detail}")
            if not each.ok and each.fallback:
                click.echo(f"{'':24}{each.fallback}")
    if any(each.needed and not each.ok for each in found):
        raise SystemExit(1)
