"""Scanners of an event: paired with a key that is shown once, renamed, sent to another gate, ended."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import DEVICE_EDIT
from sratix_core.checkin.doors import gate_by_id
from sratix_core.checkin.models import Gate
from sratix_core.checkin.queries import gates
from sratix_core.dashboard.shell import id_or_missing, path, screen, the_event, uuid_in
from sratix_core.devices.models import Device
from sratix_core.devices.service import add_device, change_device, device_by_id, devices_of, revoke
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

PAGE = "dashboard/devices.jinja2"


@view_config(route_name="dashboard.devices", request_method="GET", permission=DEVICE_EDIT, renderer=PAGE)
def devices(request: Request) -> dict[str, Any]:
    return _page(request, the_event(request))


@view_config(route_name="dashboard.devices", request_method="POST", permission=DEVICE_EDIT, renderer=PAGE)
def pair(request: Request) -> dict[str, Any]:
    """Pair a scanner. The answer carries its key, so it is never cached and leads nowhere else."""
    event = the_event(request)
    gate = _gate(request, event)
    try:
        device, key = add_device(request.ctx, event, request.POST.get("name", ""), gate)
    except Invalid as error:
        return _page(request, event, values=dict(request.POST), errors=refused_fields(request, error))
    request.response.headers["Cache-Control"] = "private, no-store"
    return _page(request, event, new={"name": device.name, "key": key})


@view_config(route_name="dashboard.device", request_method="GET", permission=DEVICE_EDIT, renderer=PAGE)
def edit(request: Request) -> dict[str, Any]:
    event = the_event(request)
    device = device_by_id(request.ctx, event, uuid_in(request, "device"))
    return _page(request, event, device, {"name": device.name, "gate_id": device.gate_id or ""})


@view_config(route_name="dashboard.device", request_method="POST", permission=DEVICE_EDIT, renderer=PAGE)
def save(request: Request) -> Any:
    event = the_event(request)
    device = device_by_id(request.ctx, event, uuid_in(request, "device"))
    gate = _gate(request, event)
    try:
        change_device(request.ctx, device, request.POST.get("name", ""), gate)
    except Invalid as error:
        return _page(request, event, device, dict(request.POST), refused_fields(request, error))
    return HTTPSeeOther(path(request, "dashboard.devices", event) + "?done=saved")


@view_config(
    route_name="dashboard.device_end",
    request_method="GET",
    permission=DEVICE_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_end(request: Request) -> dict[str, Any]:
    event, t = the_event(request), request.t
    device = device_by_id(request.ctx, event, uuid_in(request, "device"))
    question, back = t("Revoke {name}?", name=device.name), path(request, "dashboard.devices", event)
    return screen(
        request,
        event,
        [(t("Devices"), back), (question, None)],
        question=question,
        consequence=t("Its key stops working at once. What it has scanned stays."),
        yes=t("Revoke the key"),
        action=request.path,
        back_href=back,
    )


@view_config(route_name="dashboard.device_end", request_method="POST", permission=DEVICE_EDIT)
def end(request: Request) -> HTTPSeeOther:
    event = the_event(request)
    revoke(request.ctx, event, uuid_in(request, "device"))
    return HTTPSeeOther(path(request, "dashboard.devices", event) + "?done=revoked")


def _gate(request: Request, event: Event) -> Gate | None:
    raw = request.POST.get("gate_id", "")
    return gate_by_id(request.ctx, event, id_or_missing(raw)) if raw else None


def _page(
    request: Request,
    event: Event,
    changed: Device | None = None,
    values: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    new: dict[str, str] | None = None,
) -> dict[str, Any]:
    t, here = request.t, path(request, "dashboard.devices", event)
    crumbs = [(t("Devices"), here if changed else None), *([(changed.name, None)] if changed else [])]
    return screen(
        request,
        event,
        crumbs,
        rows=[_row(request, event, device) for device in devices_of(request.ctx, event)],
        gate_options=[("", t("Any gate")), *((str(g.id), g.name) for g in gates(request.ctx, event))],
        action=path(request, "dashboard.device", event, device=changed.id) if changed else here,
        changed=changed.name if changed else "",
        cancel_href=here,
        values=values or {},
        errors=errors or {},
        new=new,
    )


def _row(request: Request, event: Event, device: Device) -> dict[str, Any]:
    works = device.revoked_at is None
    return {
        "name": device.name,
        "gate": device.gate.name if device.gate else "",
        "state": "active" if works else "revoked",
        "last_seen_at": device.last_seen_at,
        "edit_href": path(request, "dashboard.device", event, device=device.id) if works else "",
        "revoke_href": path(request, "dashboard.device_end", event, device=device.id) if works else "",
    }
