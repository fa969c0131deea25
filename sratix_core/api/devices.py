"""Finding the tenant and the device that a request's key names."""

from __future__ import annotations

from sratix_core.context import Actor, TenantContext
from sratix_core.devices.hot import Scanner, scanner_by_key
from sratix_core.devices.models import Device
from sratix_core.devices.service import DeviceKey, device_by_key, parse_key
from sratix_core.errors import Refused
from sratix_core.web.request import Request


def device_context(request: Request) -> tuple[TenantContext, Device]:
    """The context of the device's tenant, acting as the device. Raises `Refused("key_unknown")` for any key that opens nothing.

    The key names its tenant, so the lookup already happens inside that tenant's session (D15).
    """
    key = _enter(request)
    device = device_by_key(request.ctx, key)
    if device is None:
        raise Refused("key_unknown")
    return request.ctx, device


def scanner_context(request: Request) -> tuple[TenantContext, Scanner]:
    """As `device_context`, for a device that is about to scan: with its doors, and locked against its own repeats."""
    key = _enter(request)
    scanner = scanner_by_key(request.ctx, key)
    if scanner is None:
        raise Refused("key_unknown")
    return request.ctx, scanner


def _enter(request: Request) -> DeviceKey:
    """Give the request the tenant and the actor that its key names, before the key is believed."""
    kind, _, raw = request.headers.get("Authorization", "").partition(" ")
    key = parse_key(raw.strip()) if kind.lower() == "bearer" else None
    tenant = request.runtime.engines.tenants.by_id(key.tenant_id) if key is not None else None
    if key is None or tenant is None or tenant.status != "active":
        raise Refused("key_unknown")
    request.tenant = tenant
    request.actor = Actor("device", key.device_id, request.ip_hash)
    return key
