"""Scanners: given a key once, recognised by it, revoked."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sratix_core.audit.service import record
from sratix_core.checkin.models import Gate, Scan
from sratix_core.devices.models import Device
from sratix_core.errors import Invalid, NotFound
from sratix_core.values import credentials, text
from sratix_core.values.credentials import Credential

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

KIND = "device"


def parse_key(raw: str) -> Credential | None:
    """The parts of `srx_device_<tenant>_<id>_<secret>`, None for anything else."""
    return credentials.parse(KIND, raw)


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
        key_hash=credentials.digest(secret),
        created_at=ctx.clock.now(),
    )
    ctx.db.add(device)
    ctx.db.flush()
    record(ctx, "device.added", "device", device.id, event_id=event.id)
    return device, credentials.spell(KIND, ctx.tenant.id, device.id, secret)


def device_by_key(ctx: TenantContext, key: Credential) -> Device | None:
    """The device the key opens in this tenant; None when unknown, wrong or revoked."""
    device = ctx.db.scalar(select(Device).where(Device.id == key.id, Device.revoked_at.is_(None)))
    if device is None or not key.opens(device.key_hash):
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


def device_by_id(ctx: TenantContext, event: Event, device_id: uuid.UUID) -> Device:
    """A scanner of this event, in use or ended. Raises `NotFound`."""
    device = ctx.db.scalar(select(Device).where(Device.id == device_id, Device.event_id == event.id))
    if device is None:
        raise NotFound("device")
    return device


def revoke(ctx: TenantContext, event: Event, device_id: uuid.UUID) -> Device:
    """End a scanner's key; its next request is refused."""
    device = device_by_id(ctx, event, device_id)
    if device.revoked_at is None:
        device.revoked_at = ctx.clock.now()
        record(ctx, "device.revoked", "device", device.id, event_id=event.id)
    return device
