"""Scanners: paired, listed, ended."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import DEVICE_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import given, picked
from sratix_core.checkin.doors import gate_by_id
from sratix_core.devices.models import Device
from sratix_core.devices.service import add_device, device_by_id, revoke
from sratix_core.devices.service import change_device as change

TAG = "Scanners"


class DeviceOut(msgspec.Struct):
    """A scanner. Its key was shown once, when it was paired."""

    id: uuid.UUID
    name: str
    gate_id: uuid.UUID | None
    created_at: datetime
    last_seen_at: datetime | None
    revoked_at: datetime | None


class PairedOut(DeviceOut):
    """A new scanner with its key, which is never shown again."""

    key: str


class DeviceIn(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1)]
    gate_id: uuid.UUID | None = None


class DevicePatch(msgspec.Struct, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    gate_id: uuid.UUID | UnsetType | None = UNSET


@endpoint(
    "GET",
    EVENT + "/devices",
    DEVICE_EDIT,
    "List scanners, the oldest first",
    tag=TAG,
    query=ListQuery,
    answers=page_of(DeviceOut),
)
def list_devices(call: Call) -> Any:
    def convert(rows: Sequence[Device]) -> list[DeviceOut]:
        return [picked(d, DeviceOut) for d in rows]

    query = select(Device).where(Device.event_id == call.event.id)
    return page(call, query, Sort(Device.created_at, Device.id), convert)


@endpoint(
    "POST",
    EVENT + "/devices",
    DEVICE_EDIT,
    "Pair a scanner; its key is in the answer and nowhere else",
    tag=TAG,
    body=DeviceIn,
    answers=PairedOut,
    status=201,
)
def create_device(call: Call) -> Any:
    gate = gate_by_id(call.ctx, call.event, call.body.gate_id) if call.body.gate_id else None
    device, key = add_device(call.ctx, call.event, call.body.name, gate)
    call.created(device.id)
    call.headers["Cache-Control"] = "private, no-store"
    return picked(device, PairedOut, key=key)


@endpoint("GET", EVENT + "/devices/{device}", DEVICE_EDIT, "One scanner", tag=TAG, answers=DeviceOut)
def get_device(call: Call) -> Any:
    return picked(device_by_id(call.ctx, call.event, call.id("device")), DeviceOut)


@endpoint(
    "PATCH",
    EVENT + "/devices/{device}",
    DEVICE_EDIT,
    "Give a scanner another name or gate; its key stays",
    tag=TAG,
    body=DevicePatch,
    answers=DeviceOut,
)
def change_device(call: Call) -> Any:
    device = device_by_id(call.ctx, call.event, call.id("device"))
    new = {"name": device.name, "gate_id": device.gate_id, **given(call.body)}
    gate = gate_by_id(call.ctx, call.event, new["gate_id"]) if new["gate_id"] else None
    change(call.ctx, device, new["name"], gate)
    return picked(device, DeviceOut)


@endpoint("DELETE", EVENT + "/devices/{device}", DEVICE_EDIT, "End a scanner's key", tag=TAG, status=204)
def revoke_device(call: Call) -> None:
    revoke(call.ctx, call.event, call.id("device"))
