"""Asking for an organizer's data, making it, handing it out once, and forgetting what nobody fetched."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import structlog
from sqlalchemy import CursorResult, select, update

from sratix_core.errors import Conflict, DomainError, NotFound, Unavailable
from sratix_core.exports.models import ExportState, TenantExport
from sratix_core.exports.writing import write
from sratix_core.files import store
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.service import enqueue
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Tenant

if TYPE_CHECKING:
    from sratix_core.jobs.run import JobRun
    from sratix_core.runtime import Runtime
    from sratix_core.settings import Settings
    from sratix_core.tenancy.engines import Engines
    from sratix_core.tenants.platform import PlatformContext

log = structlog.get_logger("sratix.exports")

KIND = "platform.tenant_export"
KEPT = timedelta(days=1)
SHOWN = 5
EXPORTING = SystemScope("an export is asked for by the platform and knows its organizer by number")


def ask(platform: PlatformContext, tenant: Tenant, user_id: uuid.UUID) -> TenantExport:
    """Leave an export to be made; one that is being made already answers for both. Writes both journals."""
    mine = (TenantExport.of_tenant == tenant.id, TenantExport.asked_by == user_id)
    waiting = platform.db.scalar(select(TenantExport).where(*mine, TenantExport.state == ExportState.WAITING))
    if waiting is not None:
        return waiting
    now = platform.sources.clock.now()
    row = TenantExport(
        id=platform.sources.ids.new(),
        of_tenant=tenant.id,
        asked_by=user_id,
        asked_at=now,
        expires_at=now + KEPT,
    )
    platform.db.add(row)
    platform.db.flush()
    enqueue(platform.mail, KIND, {"export": row.id}, dedupe=f"{KIND}:{row.id}")
    platform.record("tenant.export_asked", "tenant_export", row.id, tenants=(tenant.id,))
    return row


def latest(platform: PlatformContext, tenant_id: int) -> list[TenantExport]:
    """The newest exports of an organizer."""
    rows = select(TenantExport).where(TenantExport.of_tenant == tenant_id)
    return list(platform.db.scalars(rows.order_by(TenantExport.id.desc()).limit(SHOWN)))


def make(run: JobRun) -> None:
    """The handler: the file first, then the row that makes it reachable. A second try writes the same file anew."""
    export_id = uuid.UUID(run.payload["export"])
    with run.outside() as ctx:
        engines: Engines = ctx.db.info["engines"]
        settings, now = ctx.settings, ctx.clock.now()
    with engines.begin(EXPORTING, write=False) as db:
        row = db.get(TenantExport, export_id)
        tenant = db.get(Tenant, row.of_tenant) if row is not None else None
    if row is None or tenant is None or row.state != ExportState.WAITING:
        return
    about = {"organization": tenant.name, "slug": tenant.slug, "made_at": now.isoformat()}
    try:
        rows = write(engines, settings, tenant.id, about, path := place(settings, export_id))
        done = {
            "state": ExportState.READY,
            "rows": rows,
            "size": path.stat().st_size,
            "expires_at": now + KEPT,
        }
    except (DomainError, OSError) as error:
        if not run.last_attempt:
            raise
        done = {"state": ExportState.FAILED, "error": type(error).__name__}
        log.error("export_failed", export=str(export_id), exc_info=error)
    with engines.begin(EXPORTING) as db:
        mine = (TenantExport.id == export_id, TenantExport.state == ExportState.WAITING)
        db.execute(update(TenantExport).where(*mine).values(**done))


def take(platform: PlatformContext, tenant_id: int, export_id: uuid.UUID, user_id: uuid.UUID) -> BinaryIO:
    """The open file, once, for whoever asked for it; the caller closes it and calls `remove`.

    Raises `NotFound`, `Conflict("export_gone")` the second time, `Unavailable` when the bytes are gone.
    """
    now = platform.sources.clock.now()
    row = platform.db.get(TenantExport, export_id)
    if row is None or row.of_tenant != tenant_id or row.asked_by != user_id:
        raise NotFound("export")
    if row.state != ExportState.READY or row.expires_at <= now:
        raise Conflict("export_gone")
    try:
        file = place(platform.runtime.settings, export_id).open("rb")
    except OSError as error:
        raise Unavailable("file_unreadable", file=str(export_id)) from error
    changed = platform.db.execute(
        update(TenantExport)
        .where(TenantExport.id == export_id, TenantExport.state == ExportState.READY)
        .values(state=ExportState.TAKEN, taken_at=now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        file.close()
        raise Conflict("export_gone")
    platform.record("tenant.export_taken", "tenant_export", export_id, tenants=(tenant_id,))
    return file


def remove(settings: Settings, export_id: uuid.UUID) -> None:
    """Delete the bytes; whoever has the file open reads on."""
    place(settings, export_id).unlink(missing_ok=True)


def forget(runtime: Runtime) -> int:
    """Delete files that nobody fetched in time; how many. Only reads where there are none."""
    now = runtime.sources.clock.now()
    old = select(TenantExport.id).where(
        TenantExport.state == ExportState.READY, TenantExport.expires_at <= now
    )
    with runtime.engines.begin(EXPORTING, write=False) as db:
        ids = list(db.scalars(old.limit(1000)))
    for export_id in ids:
        remove(runtime.settings, export_id)
    if ids:
        with runtime.engines.begin(EXPORTING) as db:
            gone = update(TenantExport).where(
                TenantExport.id.in_(ids), TenantExport.state == ExportState.READY
            )
            db.execute(gone.values(state=ExportState.EXPIRED))
    return len(ids)


def place(settings: Settings, export_id: uuid.UUID) -> Path:
    return store.folder(settings) / "exports" / f"{export_id}.zip"


JOBS = (JobKind(KIND, make, max_attempts=3, lease=timedelta(hours=2)),)
