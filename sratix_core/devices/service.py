"""Scanners: given a key once, recognised by it, revoked."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sratix_core.audit.service import record
from sratix_core.checkin.models import Gate, Scan
from sratix_core.devices.models import Device
from sratix_core.errors import Invalid, NotFound
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

PREFIX = "srx_device"


@dataclass(frozen=True)
class DeviceKey:
    """A key taken apart: it names its tenant, so that the lookup happens inside that tenant's session (D15)."""

    tenant_id: int
    device_id: uuid.UUID
    secret: str


def parse_key(raw: str) -> DeviceKey | None:
    """The parts of `srx_device_<tenant>_<id>_<secret>`, None for anything else."""
    parts = raw.split("_", 4)
    if len(parts) != 5 or "_".join(parts[:2]) != PREFIX or not parts[2].isascii() or not parts[2].isdigit():
        return None
    try:
        return DeviceKey(int(parts[2][:9]), uuid.UUID(parts[3]), parts[4])
    except ValueError:
        return None


def secret_hash(secret: str) -> bytes:
    """What is stored of a key's secret: SHA-256, 32 bytes."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def add_device(ctx: TenantContext, event: Event, name: str, gate: Gate | None = None) -> tuple[Device, str]:
    """A new scanner and its key, which is shown once and never again."""
    try:
        name = " ".join(text.clean(name, 80).split())
    except text.BadText as error:
        raise Invalid({"name": "unreadable"}) from error
    if not name:
        raise Invalid({"name": "required"})
    secret = ctx.random.token(24)
    device = Device(
        id=ctx.ids.new(),
        event_id=event.id,
        gate_id=gate.id if gate else None,
        name=name,
        key_hash=secret_hash(secret),
        created_at=ctx.clock.now(),
    )
    ctx.db.add(device)
    ctx.db.flush()
    record(ctx, "device.added", "device", device.id, event_id=event.id)
    return device, f"{PREFIX}_{ctx.tenant.id}_{device.id.hex}_{secret}"


def device_by_key(ctx: TenantContext, key: DeviceKey) -> Device | None:
    """The device the key opens in this tenant; None when unknown, wrong or revoked."""
    device = ctx.db.scalar(select(Device).where(Device.id == key.device_id, Device.revoked_at.is_(None)))
    if device is None or not hmac.compare_digest(device.key_hash, secret_hash(key.secret)):
        return None
    return device


def list_devices(ctx: TenantContext, event: Event) -> list[tuple[Device, int]]:
    """An event's scanners with the number of their scans, the revoked ones last; two statements."""
    rows = ctx.db.execute(
        select(Scan.device_id, func.count())
        .where(Scan.event_id == event.id, Scan.device_id.is_not(None))
        .group_by(Scan.device_id)
    )
    counts: dict[Any, int] = {row[0]: row[1] for row in rows}
    devices = ctx.db.scalars(
        select(Device)
        .where(Device.event_id == event.id)
        .order_by(Device.revoked_at.is_not(None), Device.name)
        .options(joinedload(Device.gate))
    )
    return [(d, counts.get(d.id, 0)) for d in devices]


def revoke(ctx: TenantContext, event: Event, device_id: uuid.UUID) -> Device:
    """End a scanner's key; its next request is refused."""
    device = ctx.db.scalar(select(Device).where(Device.id == device_id, Device.event_id == event.id))
    if device is None:
        raise NotFound("device")
    if device.revoked_at is None:
        device.revoked_at = ctx.clock.now()
        record(ctx, "device.revoked", "device", device.id, event_id=event.id)
    return device
