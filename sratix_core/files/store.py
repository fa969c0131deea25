"""Where the bytes lie: below a `file:` address under random keys, written whole or not at all.

A row in `files` is what makes bytes reachable; bytes whose transaction rolled back are only litter.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sqlalchemy import event, select

from sratix_core.errors import Invalid, Unavailable
from sratix_core.files.models import StoredFile
from sratix_core.settings import Settings
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

LARGEST = 5_000_000
"""Bytes of one file."""

SIGNS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/webp": (b"RIFF",),
    "application/pdf": (b"%PDF-",),
    "application/xml": (b"<?xml",),
}
"""What may be stored, and how its content begins."""

SVG = "image/svg+xml"


def put(
    ctx: TenantContext, name: str, content_type: str, data: bytes, public: bool, *, operator: bool = False
) -> StoredFile:
    """Store a file. SVG can carry script, so it is taken from the operator's own folders only (`operator=True`).

    Raises `Invalid` with `file`: `file_too_large`, `file_type`; `Unavailable` when the store cannot be written.
    """
    if len(data) > LARGEST:
        raise Invalid({"file": "file_too_large"}, most=LARGEST)
    if not (operator and content_type == SVG) and not data.startswith(SIGNS.get(content_type, ())):
        raise Invalid({"file": "file_type"})
    key = f"{ctx.tenant.id}/{ctx.random.bytes(1).hex()}/{ctx.random.token(24)}"
    _write(_path(ctx.settings, key), data)
    file = StoredFile(
        id=ctx.ids.new(),
        name=text.clean(Path(name).name, 200),
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).digest(),
        storage_key=key,
        public=public,
        created_at=ctx.clock.now(),
    )
    ctx.db.add(file)
    ctx.db.flush()
    return file


def read(ctx: TenantContext, file: StoredFile) -> bytes:
    """The bytes of a file of this tenant. Raises `Unavailable("file_unreadable")` when they are gone or not what was stored."""
    try:
        data = _path(ctx.settings, file.storage_key).read_bytes()
    except OSError as error:
        raise Unavailable("file_unreadable", file=str(file.id)) from error
    if hashlib.sha256(data).digest() != file.sha256:
        raise Unavailable("file_unreadable", file=str(file.id))
    return data


def remove(ctx: TenantContext, file: StoredFile) -> None:
    """Take a file away: its row in this transaction, its bytes once that has committed."""
    path = _path(ctx.settings, file.storage_key)
    ctx.db.delete(file)
    ctx.db.flush()
    event.listen(ctx.db, "after_commit", lambda session: path.unlink(missing_ok=True), once=True)


def same(ctx: TenantContext, name: str, data: bytes) -> StoredFile | None:
    """The newest file of this name with exactly these bytes, None when there is none."""
    digest = hashlib.sha256(data).digest()
    known = select(StoredFile).where(StoredFile.name == Path(name).name, StoredFile.sha256 == digest)
    return ctx.db.scalar(known.order_by(StoredFile.id.desc()).limit(1))


def folder(settings: Settings) -> Path:
    """Where all files lie. Raises `Unavailable("storage_unknown")` for an address that is no folder."""
    scheme, _, rest = settings.storage_url.partition(":")
    if scheme != "file":
        raise Unavailable("storage_unknown", scheme=scheme)
    return Path(unquote("/" + rest.lstrip("/") if rest.startswith("/") else rest)).resolve()


def _path(settings: Settings, key: str) -> Path:
    root = folder(settings)
    path = (root / key).resolve()
    if not path.is_relative_to(root):
        raise Unavailable("file_unreadable", file=key)
    return path


def _write(path: Path, data: bytes) -> None:
    """Beside its place first, then moved there, so that a reader never sees half a file."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Unavailable("storage_unwritable", reason=error.strerror) from error
