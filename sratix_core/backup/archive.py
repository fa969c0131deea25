"""Writing and reading the archive as a stream: a few megabytes in memory, whatever its size."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from sratix_core.backup.manifest import FORMAT, NAME, Manifest

PIECE = 1024 * 1024
LARGEST_MANIFEST = 64 * PIECE
LEVEL = 3
"""Of compression: twice as fast as the usual 6, a tenth larger."""


class BackupError(Exception):
    """One sentence for the operator; nothing was changed."""


class Writer:
    """Adds members one after another; `finish` writes the manifest and must come last. A context manager."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = gzip.GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0)
        self._tar = tarfile.open(fileobj=self._zip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  (closed at the exit)
        self._seal = hashlib.sha256()
        self._members = 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *error: object) -> None:
        self._tar.close()
        self._zip.close()

    def add(self, name: str, data: bytes) -> None:
        self._put(name, io.BytesIO(data), len(data), hashlib.sha256(data).hexdigest())

    def add_file(self, name: str, path: Path, sha256: str) -> None:
        """A file whose hash is known already."""
        with path.open("rb") as source:
            self._put(name, source, path.stat().st_size, sha256)

    def finish(self, manifest: Manifest) -> None:
        manifest.members, manifest.digest = self._members, self._seal.hexdigest()
        self.add(NAME, msgspec.json.encode(manifest))

    def _put(self, name: str, source: IO[bytes], size: int, sha256: str) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, source)
        self._tar.members.clear()  # type: ignore[attr-defined]  # it would remember every one
        self._seal.update(_line(name, size, sha256))
        self._members += 1


@contextmanager
def members(path: Path) -> Iterator[Iterator[tuple[str, int, IO[bytes]]]]:
    """Name, size and content of each member, in order; read the content before asking for the next."""
    try:
        with gzip.open(path, "rb") as zipped, tarfile.open(fileobj=zipped, mode="r|") as tar:
            yield _walk(tar)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(path) from error


def _walk(tar: tarfile.TarFile) -> Iterator[tuple[str, int, IO[bytes]]]:
    while (member := tar.next()) is not None:
        tar.members.clear()  # type: ignore[attr-defined]
        content = tar.extractfile(member)
        if content is None:
            raise tarfile.ReadError("not a file")
        yield member.name, member.size, content


def check(path: Path) -> Manifest:
    """Read the whole archive and return its manifest if every byte is what was written. Raises `BackupError`."""
    seal, count, raw = hashlib.sha256(), 0, b""
    with members(path) as found:
        for name, size, content in found:
            if raw:
                raise damaged(path)
            if name == NAME and size <= LARGEST_MANIFEST:
                raw = content.read()
                continue
            own, left = hashlib.sha256(), size
            while piece := content.read(PIECE):
                own.update(piece)
                left -= len(piece)
            if left:
                raise damaged(path)
            seal.update(_line(name, size, own.hexdigest()))
            count += 1
    manifest = _read(raw, path)
    if (manifest.members, manifest.digest) != (count, seal.hexdigest()):
        raise damaged(path)
    return manifest


def _read(raw: bytes, path: Path) -> Manifest:
    """The format is looked at first: a later one may have another shape."""
    try:
        if msgspec.json.decode(raw)["format"] != FORMAT:
            raise BackupError(
                f"{path} was written by another version of SRAtix: restore it with that version."
            )
        return msgspec.json.decode(raw, type=Manifest)
    except (msgspec.MsgspecError, LookupError, TypeError) as error:
        raise damaged(path) from error


def damaged(path: Path) -> BackupError:
    return BackupError(f"{path} is damaged or was cut off: take another backup. Nothing was changed.")


def _line(name: str, size: int, sha256: str) -> bytes:
    return f"{name} {size} {sha256}\n".encode()
