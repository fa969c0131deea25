"""Writing the archive: a file of JSON lines for each table, the stored files, and a manifest that says what is left out."""

from __future__ import annotations

import base64
import os
import uuid
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec
from sqlalchemy import LargeBinary, Table, select

from sratix_core.db.base import scoped_tables
from sratix_core.files import store
from sratix_core.files.models import StoredFile
from sratix_core.tenancy.scope import TenantScope

if TYPE_CHECKING:
    from sratix_core.settings import Settings
    from sratix_core.tenancy.engines import Engines
    from sratix_core.tenancy.session import ScopedSession

LEFT_OUT = frozenset({"search_terms", "idempotency_keys", "jobs", "decisions"})
"""Derived, or forgotten by the clock anyway."""

PROOFS = frozenset({"sha256", "content_hash", "hash", "prev_hash", "public_key"})
"""The only columns of bytes that are copied. All others are secrets, or hashes that secrets are tried against."""

AT_ONCE = 1000


def write(
    engines: Engines, settings: Settings, tenant_id: int, about: Mapping[str, Any], target: Path
) -> int:
    """Write the zip of one tenant to `target`, whole or not at all; how many rows. Table after table, not one moment."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = target.with_name(f".{target.name}.{os.getpid()}")
    half.unlink(missing_ok=True)  # of a process that died under the same number
    counts: dict[str, int] = {}
    missing: list[str] = []
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with (
                zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
                engines.begin(TenantScope(tenant_id), write=False) as db,
            ):
                for table in scoped_tables():
                    if table.name not in LEFT_OUT:
                        with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as lines:
                            counts[table.name] = _table(db, tenant_id, table, lines)
                missing += _files(db, settings, tenant_id, archive)
                manifest = {**about, "rows": counts, "left_out": sorted(LEFT_OUT), "missing_files": missing}
                archive.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(manifest)))
            out.flush()
            os.fsync(out.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return sum(counts.values())


def _table(db: ScopedSession, tenant_id: int, table: Table, lines: IO[bytes]) -> int:
    columns = [c for c in table.columns if not isinstance(c.type, LargeBinary) or c.name in PROOFS]
    rows = select(*columns).where(table.c.tenant_id == tenant_id).order_by(table.c.id)
    count = 0
    for row in db.execute(rows.execution_options(yield_per=AT_ONCE)).mappings():
        lines.write(msgspec.json.encode({str(k): plain(v) for k, v in row.items()}) + b"\n")
        count += 1
    return count


def _files(db: ScopedSession, settings: Settings, tenant_id: int, archive: zipfile.ZipFile) -> list[str]:
    """Copies what was uploaded; the ids of files whose bytes are gone."""
    missing, folder = [], store.folder(settings)
    named = select(StoredFile.id, StoredFile.name, StoredFile.storage_key).order_by(StoredFile.id)
    for row in db.execute(named).all():
        path = folder / row.storage_key
        if path.is_file():
            archive.write(path, f"files/{row.id}/{Path(row.name).name or 'file'}")
        else:
            missing.append(str(row.id))
    return missing


def plain(value: Any) -> Any:
    """A value for JSON; a setting that is sealed is not copied."""
    if isinstance(value, dict):
        return {"secret": "left out"} if "sealed" in value else {k: plain(v) for k, v in value.items()}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
