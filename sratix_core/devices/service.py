"""Scanners: given a key once, recognised by it, revoked."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import func, select, update
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

COARSE = timedelta(minutes=1)
"""How old "last seen" may be."""


def parse_key(raw: str) -> Credential | None:
    """The parts of `srx_device_<tenant>_<id>_<secret>`, None for anything else."""
    return credentials.parse(KIND, raw)


def add_device(ctx: TenantContext, event: Event, name: str, gate: Gate | None = None) -> tuple[Device, str]:
    """A new scanner and its key, which is shown once and never again."""
    name = _name(name)
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


def _name(raw: str) -> str:
    try:
        name = " ".join(text.clean(raw, 80).split())
    except text.BadText as error:
        raise Invalid({"name": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not name:
        raise Invalid({"name": "required"})
    return name


def change_device(ctx: TenantContext, device: Device, name: str, gate: Gate | None) -> None:
    """Give a scanner another name or another gate; its key stays. Raises `Invalid`."""
    device.name, device.gate_id = _name(name), gate.id if gate else None
    record(ctx, "device.changed", "device", device.id, event_id=device.event_id, gate_id=device.gate_id)


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


def devices_of(ctx: TenantContext, event: Event) -> list[Device]:
    """An event's scanners, the revoked ones last; one statement, whatever they have scanned."""
    order = (Device.revoked_at.is_not(None), Device.name, Device.id)
    wanted = select(Device).where(Device.event_id == event.id).order_by(*order).limit(500)
    return list(ctx.db.scalars(wanted.options(joinedload(Device.gate))))


def device_by_id(ctx: TenantContext, event: Event, device_id: uuid.UUID) -> Device:
    """A scanner of this event. Raises `NotFound`."""
    device = ctx.db.scalar(select(Device).where(Device.id == device_id, Device.event_id == event.id))
    if device is None:
        raise NotFound("device")
    return device


class Caller(Protocol):
    """A device that asked: a `Device`, or what the door reads of one."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def last_seen_at(self) -> datetime | None: ...


def seen(ctx: TenantContext, device: Caller) -> None:
    """Note that a scanner asked, at most once a minute."""
    now = ctx.clock.now()
    if device.last_seen_at is None or now - device.last_seen_at >= COARSE:
        ctx.db.execute(
            update(Device).where(Device.id == device.id).values(last_seen_at=now),
            execution_options={"synchronize_session": False},
        )


def revoke(ctx: TenantContext, event: Event, device_id: uuid.UUID) -> Device:
    """End a scanner's key; its next request is refused."""
    device = device_by_id(ctx, event, device_id)
    if device.revoked_at is None:
        device.revoked_at = ctx.clock.now()
        record(ctx, "device.revoked", "device", device.id, event_id=event.id)
    return device
