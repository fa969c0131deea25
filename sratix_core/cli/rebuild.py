"""`sratix rebuild`: derive again what is derived, search terms from the rows and figures from the event log."""

from __future__ import annotations

import click

from sratix_core.cli.process import process


@click.command("rebuild")
def command() -> None:
    """Derive search terms and figures again from what they are derived from."""
    from sratix_core.analytics import fold
    from sratix_core.audit.sealer import seal_all
    from sratix_core.search import repair

    with process() as runtime:
        wrong = repair.rebuild(runtime.engines, runtime.sources)
        seal_all(runtime.engines, runtime.sources)
        added = fold.rebuild(runtime.engines, runtime.sources)
    click.echo(
        f"{wrong} rows had search terms that were not theirs; figures summed again from {added} events"
    )
