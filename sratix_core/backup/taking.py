"""Taking a backup: one moment of the database, then the files it names, then the manifest; whole or not at all."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from sqlalchemy import Table
from sqlalchemy.engine import Connection

from sratix_core.backup import keys
from sratix_core.backup.archive import BackupError, Writer
from sratix_core.backup.manifest import FORMAT, Manifest, TableEntry
from sratix_core.db import migrate
from sratix_core.db.base import Base
from sratix_core.files import store
from sratix_core.runtime import Runtime
from sratix_core.tenancy import snapshot
from sratix_core.tenancy.dialects import address

CHUNK = 4 * 1024 * 1024
"""Bytes of rows in one member."""


def save(runtime: Runtime, target: Path) -> Manifest:
    """Write the archive `target`, readable by its owner only; selling goes on meanwhile. Raises `BackupError`.

    Files are copied after the snapshot: bytes are written before their row commits, so those it names are there.
    """
    if target.exists():
        raise BackupError(f"{target} is there already: choose another name.")
    if not target.parent.is_dir():
        raise BackupError(f"{target.parent} is no folder: make it first.")
    migrate.load_models()
    half = target.with_name(f".{target.name}.{os.getpid()}")
    url = address(runtime.settings.database_owner_url)
    try:
        with (
            os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            TemporaryDirectory(dir=target.parent, prefix=".sratix-") as scratch,
            snapshot.snapshot(url, Path(scratch)) as connection,
        ):
            with Writer(out) as writer:
                manifest = _write(runtime, connection, writer)
            out.flush()
            os.fsync(out.fileno())
        half.replace(target)
    except snapshot.NotReadable as error:
        raise BackupError(str(error)) from error
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        half.unlink(missing_ok=True)
    return manifest


def _write(runtime: Runtime, connection: Connection, writer: Writer) -> Manifest:
    manifest = _begin(runtime, connection)
    for table in Base.metadata.sorted_tables:
        manifest.tables.append(_table(connection, table, writer))
    _files(runtime, connection, writer, manifest)
    writer.finish(manifest)
    return manifest


def _begin(runtime: Runtime, connection: Connection) -> Manifest:
    revisions = {}
    for owner, (current, newest) in migrate.revisions(connection, runtime.plugins).items():
        if current is None or current != newest:
            raise BackupError(f"The schema of {owner} is not up to date: run sratix migrate first.")
        revisions[owner] = current
    versions = {migrate.version_table(owner) for owner in revisions}
    settings = runtime.settings
    sealed = None
    if settings.backup_passphrase:
        sealed = keys.seal(settings.secret_key, settings.backup_passphrase, runtime.sources.random)
    return Manifest(
        format=FORMAT,
        product=version("sratix"),
        made_at=runtime.sources.clock.now(),
        database=connection.dialect.name,
        revisions=revisions,
        key=keys.fingerprint(settings.secret_key),
        left_out=snapshot.strangers(connection, {*Base.metadata.tables, *versions}),
        sealed_key=sealed,
    )


def _table(connection: Connection, table: Table, writer: Writer) -> TableEntry:
    columns = snapshot.stored_columns(table)
    kinds = [snapshot.kind_of(table.c[name].type) for name in columns]
    digest, waiting, count, part = hashlib.sha256(), bytearray(), 0, 0

    def out() -> None:
        digest.update(waiting)
        writer.add(f"tables/{table.name}/{part:06d}.jsonl", bytes(waiting))
        waiting.clear()

    with closing(snapshot.rows(connection, table)) as found:
        for count, row in enumerate(found, start=1):  # noqa: B007  (how many is asked at the end)
            waiting += msgspec.json.encode(row) + b"\n"
            if len(waiting) >= CHUNK:
                out()
                part += 1
    if waiting:
        out()
    return TableEntry(str(table.name), columns, kinds, count, digest.hexdigest())


def _files(runtime: Runtime, connection: Connection, writer: Writer, manifest: Manifest) -> None:
    """Each file a row names. One whose bytes are gone or changed is named, not copied: nobody could read it either."""
    folder = store.folder(runtime.settings)
    table = Base.metadata.tables["files"]
    columns = snapshot.stored_columns(table)
    key_at, hash_at = columns.index("storage_key"), columns.index("sha256")
    with closing(snapshot.rows(connection, table)) as named:
        for row in named:
            key, path = row[key_at], folder / row[key_at]
            if _hash(path) == row[hash_at]:
                writer.add_file(f"files/{key}", path, row[hash_at].hex())
                manifest.files += 1
            else:
                manifest.missing_files.append(key)


def _hash(path: Path) -> bytes:
    """Empty for a file that can't be read."""
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").digest()
    except OSError:
        return b""
