"""A scanner and its event in one statement, prebuilt and judged by the compiled proof."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, and_, bindparam, select

from sratix_core.devices.models import Device
from sratix_core.events.models import Event
from sratix_core.tenancy.prebuilt import Prebuilt
from sratix_core.values import credentials
from sratix_core.values.credentials import Credential

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

DEVICES, EVENTS = (cast("Table", model.__table__) for model in (Device, Event))

SCANNER = Prebuilt(
    select(
        DEVICES.c.id,
        DEVICES.c.key_hash,
        DEVICES.c.gate_id,
        DEVICES.c.last_seen_at,
        EVENTS.c.id,
        EVENTS.c.exit_scans,
        EVENTS.c.reentry_allowed,
    )
    .join(EVENTS, and_(EVENTS.c.tenant_id == DEVICES.c.tenant_id, EVENTS.c.id == DEVICES.c.event_id))
    .where(
        DEVICES.c.tenant_id == bindparam("in_tenant"),
        DEVICES.c.id == bindparam("of_device"),
        DEVICES.c.key_hash == bindparam("of_key"),  # a wrong key locks nothing
        DEVICES.c.revoked_at.is_(None),
    )
    .with_for_update(of=DEVICES, key_share=True)
)


@dataclass(frozen=True, slots=True)
class Found:
    """Something known by its id."""

    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Doors:
    """Of an event what its doors go by."""

    id: uuid.UUID
    exit_scans: bool
    reentry_allowed: bool


@dataclass(frozen=True, slots=True)
class Scanner:
    """A device whose row is locked until the commit: its scans are decided one after the other."""

    id: uuid.UUID
    gate: Found | None
    event: Doors
    last_seen_at: datetime | None


def scanner_by_key(ctx: TenantContext, key: Credential) -> Scanner | None:
    """The scanner the key opens in this tenant, locked; None when unknown, wrong or revoked."""
    hashed = credentials.digest(key.secret)
    bound = {"in_tenant": ctx.tenant.id, "of_device": key.id, "of_key": hashed}
    row = SCANNER.one_or_none(ctx.db, bound)
    if row is None or not key.opens(row[1]):
        return None
    device_id, _, gate_id, last_seen_at, event_id, exit_scans, reentry_allowed = row
    gate = Found(gate_id) if gate_id is not None else None
    return Scanner(device_id, gate, Doors(event_id, exit_scans, reentry_allowed), last_seen_at)
