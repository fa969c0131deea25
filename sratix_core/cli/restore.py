"""`sratix restore`: an archive becomes an installation again, and its books are recounted."""

from __future__ import annotations

from pathlib import Path

import click

from sratix_core.cli.process import process
from sratix_core.cli.verify import evaluate


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="delete what this installation holds now")
@click.option(
    "--keys-to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="new file for the secret key of the archive",
)
def command(file: Path, replace: bool, keys_to: Path | None) -> None:
    """Fill an empty installation from FILE and recount its books; all or nothing."""
    from sratix_core import backup

    with process() as runtime:
        try:
            found = backup.restore(runtime, file.absolute(), replace=replace, keys_to=keys_to)
        except backup.BackupError as error:
            raise click.ClickException(str(error)) from error
        click.echo(
            f"{found.rows} rows of {len(found.tables)} tables and {found.files} files, as of {found.made_at}"
        )
        if keys_to is not None:
            click.echo(f"The secret key is in {keys_to}: name it in SRATIX_SECRET_KEY_FILE")
        broken = [check.id for check, outcome in evaluate(runtime) if not outcome.ok]
    if broken:
        raise click.ClickException(
            f"Restored, but the books were broken in the backup ({', '.join(broken)}): sratix verify"
        )
    click.echo("The books are right.")
