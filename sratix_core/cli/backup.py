"""`sratix backup`: the whole installation in one archive, taken while selling goes on."""

from __future__ import annotations

from pathlib import Path

import click

from sratix_core.cli.process import process


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write database and files to FILE, as they are at one moment; SRATIX_BACKUP_PASSPHRASE adds the secret key."""
    from sqlalchemy.exc import SQLAlchemyError

    from sratix_core import backup
    from sratix_core.health import backups

    with process() as runtime:
        try:
            made = backup.save(runtime, file.absolute())
        except backup.BackupError as error:
            raise click.ClickException(str(error)) from error
        try:
            backups.note(runtime, backups.Backup(made.made_at, made.rows, made.files))
        except SQLAlchemyError as error:
            click.echo(
                f"The backup is whole, but its time could not be noted ({type(error).__name__}).", err=True
            )
    click.echo(f"{file}: {made.rows} rows of {len(made.tables)} tables, {made.files} files")
    key = "is inside, under the passphrase" if made.sealed_key else "is not inside: keep it elsewhere"
    click.echo(f"SRATIX_SECRET_KEY {key}")
    for name in made.left_out:
        click.echo(f"Left out: {name}, which belongs to no installed plugin", err=True)
    for name in made.missing_files:
        click.echo(f"Left out: the file {name}, whose bytes are gone or changed", err=True)
