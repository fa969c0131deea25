"""Bringing a backup back: proved sound before anything is touched, then one transaction, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from sratix_core.backup import archive, keys
from sratix_core.backup.archive import BackupError
from sratix_core.backup.manifest import Manifest, TableEntry
from sratix_core.db import migrate
from sratix_core.files import store
from sratix_core.runtime import Runtime
from sratix_core.tenancy import refill


def restore(runtime: Runtime, path: Path, *, replace: bool = False, keys_to: Path | None = None) -> Manifest:
    """Fill this installation from the archive `path`; what was here goes only by `replace`. Raises `BackupError`.

    The archive may be older than this version: its tables are built as they were, filled, and migrated from there.
    `keys_to` is a new file for the secret key inside the archive, needed where this installation has another one.
    """
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    manifest = archive.check(path)
    secret = _secret_key(runtime, manifest, keys_to)
    folder = store.folder(runtime.settings)
    if not replace and folder.is_dir() and any(each.is_file() for each in folder.rglob("*")):
        raise BackupError(f"The folder {folder} is not empty: restore elsewhere, or say --replace.")
    migrate.load_models()
    try:
        with _folder_beside(folder) as staging, migrate.alone(runtime.settings) as connection:
            _empty(connection, replace)
            _tables(runtime, connection, manifest)
            _load(connection, path, manifest, staging)
            refill.number_on(connection, [table.name for table in manifest.tables])
            migrate.upgrade_inside(connection, runtime.plugins)
            if keys_to is not None and secret is not None:
                _write_key(keys_to, secret)
            _move_in(staging, folder)
    except OperationalError as error:
        if "lock" not in str(error.orig):
            raise
        raise BackupError("The database is in use: stop web processes and workers, then restore.") from error
    except OSError as error:
        raise BackupError(f"The files cannot be written: {error.strerror or error}.") from error
    runtime.engines.tenants.invalidate()
    return manifest


def _secret_key(runtime: Runtime, manifest: Manifest, keys_to: Path | None) -> str | None:
    """The key inside the archive where it is asked for; None where this installation has the right one."""
    settings = runtime.settings
    if keys_to is not None:
        if manifest.sealed_key is None or not settings.backup_passphrase:
            raise BackupError("The key needs SRATIX_BACKUP_PASSPHRASE, at the backup and now.")
        if keys_to.exists():
            raise BackupError(f"{keys_to} is there already: choose another name.")
        return keys.unseal(manifest.sealed_key, settings.backup_passphrase)
    if manifest.key != keys.fingerprint(settings.secret_key):
        raise BackupError(
            "This archive was made under another SRATIX_SECRET_KEY: set that one, "
            "or get it out of the archive with --keys-to and SRATIX_BACKUP_PASSPHRASE."
        )
    return None


def _empty(connection: Connection, replace: bool) -> None:
    occupied = None if replace else refill.occupied(connection)
    if occupied is not None:
        raise BackupError(f"The database is not empty ({occupied}): restore elsewhere, or say --replace.")
    refill.clear(connection)


def _tables(runtime: Runtime, connection: Connection, manifest: Manifest) -> None:
    missing = [name for name in manifest.revisions if name not in (migrate.CORE, *runtime.plugins.infos)]
    if missing:
        raise BackupError(f"The archive holds data of plugin {missing[0]}: install it first.")
    try:
        migrate.rebuild(connection, runtime.plugins, manifest.revisions)
    except migrate.UnknownRevision as error:
        raise BackupError(
            f"The archive was made by SRAtix {manifest.product}, whose tables ({error}) this version does not know: "
            "install that version or a newer one."
        ) from error
    for table in manifest.tables:
        if (odd := refill.misfit(connection, table.name, table.columns)) is not None:
            raise BackupError(f"The archive does not fit this version ({odd}): use the version that made it.")


def _load(connection: Connection, path: Path, manifest: Manifest, staging: Path) -> None:
    """All rows and files, in the order of the archive, which is the order of the foreign keys."""
    with archive.members(path) as found:
        waiting = next(found, None)
        for table in manifest.tables:
            digest, decoder = hashlib.sha256(), table.decoder()
            with refill.Filler(connection, table.name, table.columns, table.kinds) as filler:
                while waiting is not None and waiting[0].startswith(f"tables/{table.name}/"):
                    lines = waiting[2].read()
                    digest.update(lines)
                    for row in decoder.decode_lines(lines):
                        filler.add(row)
                    waiting = next(found, None)
            _prove(connection, table, digest.hexdigest())
        while waiting is not None and waiting[0].startswith("files/"):
            target = (staging / waiting[0].removeprefix("files/")).resolve()
            if not target.is_relative_to(staging.resolve()):
                raise archive.damaged(path)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                shutil.copyfileobj(waiting[2], out)
            waiting = next(found, None)


def _prove(connection: Connection, table: TableEntry, digest: str) -> None:
    if digest != table.sha256 or refill.count(connection, table.name) != table.rows:
        raise BackupError(f"The rows of {table.name} are not those of the backup. Nothing was changed.")


@contextmanager
def _folder_beside(folder: Path) -> Iterator[Path]:
    """A new folder on the same disk. `_move_in` puts it in place; when the commit fails after that, the old one returns."""
    staging = folder.with_name(f".{folder.name}.restoring-{os.getpid()}")
    staging.mkdir(parents=True, mode=0o700)
    old = _aside(staging)
    try:
        yield staging
    except BaseException:
        if not staging.exists():
            shutil.rmtree(folder, ignore_errors=True)
        if old.exists():
            old.rename(folder)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _aside(staging: Path) -> Path:
    return staging.with_name(f"{staging.name}-old")


def _move_in(staging: Path, folder: Path) -> None:
    """The last step before the commit."""
    if folder.exists():
        folder.rename(_aside(staging))
    staging.rename(folder)


def _write_key(path: Path, secret: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secret)
