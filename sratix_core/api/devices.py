"""Finding the tenant and the device that a request's key names."""

from __future__ import annotations

from sratix_core.context import Actor, TenantContext
from sratix_core.devices.hot import Scanner, scanner_by_key
from sratix_core.devices.models import Device
from sratix_core.devices.service import KIND, device_by_key, parse_key, seen
from sratix_core.errors import Refused
from sratix_core.values.credentials import Credential
from sratix_core.web.request import Request


def shown(request: Request) -> str:
    """What stands behind `Bearer`, the empty string without it."""
    kind, _, raw = request.headers.get("Authorization", "").partition(" ")
    return raw.strip() if kind.lower() == "bearer" else ""


def shows_device(request: Request) -> bool:
    """Whether the request carries what looks like a device's key."""
    return shown(request).startswith(f"srx_{KIND}_")


def device_context(request: Request) -> tuple[TenantContext, Device]:
    """The context of the device's tenant, acting as the device. Raises `Refused("key_unknown")` for any key that opens nothing.

    The key names its tenant, so the lookup already happens inside that tenant's session (D15).
    """
    if "device" in request.__dict__:
        return request.ctx, request.device
    key = _enter(request)
    device = device_by_key(request.ctx, key)
    if device is None:
        raise Refused("key_unknown")
    seen(request.ctx, device)
    request.device = device
    return request.ctx, device


def scanner_context(request: Request) -> tuple[TenantContext, Scanner]:
    """As `device_context`, for a device that is about to scan: with its doors, and locked against its own repeats."""
    key = _enter(request)
    scanner = scanner_by_key(request.ctx, key)
    if scanner is None:
        raise Refused("key_unknown")
    seen(request.ctx, scanner)
    return request.ctx, scanner


def _enter(request: Request) -> Credential:
    """Give the request the tenant and the actor that its key names, before the key is believed."""
    key = parse_key(shown(request))
    tenant = request.runtime.engines.tenants.by_id(key.tenant_id) if key is not None else None
    if key is None or tenant is None or tenant.status != "active":
        raise Refused("key_unknown")
    request.tenant = tenant
    request.actor = Actor("device", key.id, request.ip_hash)
    return key
