"""Endpoints that say who asked, and one that writes a row and ends as it is told."""

from __future__ import annotations

from typing import Any

from pyramid.config import Configurator

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW, ORDER_VIEW
from sratix_core.audit.service import record
from sratix_core.errors import Conflict
from sratix_core.web.permissions import PLATFORM, SIGNED_IN
from sratix_core.web.request import Request

BASE = "/api/v1/tenants/{tenant}/"
ROUTES = (
    ("probe.who", BASE + "who", "GET", EVENT_VIEW),
    ("probe.orders", BASE + "events/{event}/orders", "GET", ORDER_VIEW),
    ("probe.acts", BASE + "acts", "POST", EVENT_EDIT),
    ("probe.others", BASE + "others", "POST", EVENT_EDIT),
    ("probe.mine", "/api/v1/mine", "GET", SIGNED_IN),
    ("probe.all", "/api/v1/all", "GET", PLATFORM),
)


def who(request: Request) -> dict[str, Any]:
    identity = request.identity
    return {"kind": request.actor.kind, "id": str(request.actor.id), "email": identity and identity.email}


def act(request: Request) -> dict[str, Any]:
    """Write one audit entry; `?end=` fails after it, `?status=` answers otherwise."""
    entry = record(request.ctx, "probe.act", "probe", request.ctx.ids.new())
    if request.params.get("end") == "checkpoint":
        request.checkpoint()
        raise ZeroDivisionError
    if request.params.get("end") == "crash":
        request.db.flush()
        raise ZeroDivisionError
    if request.params.get("end") == "conflict":
        raise Conflict("order_changed")
    request.response.status_int = int(request.params.get("status", "201"))
    request.response.headers["Location"] = f"/probe/{entry.id}"
    return {"id": str(entry.id), "kind": request.ctx.actor.kind}


def includeme(config: Configurator) -> None:
    for name, pattern, method, permission in ROUTES:
        config.add_route(name, pattern)
        view = who if method == "GET" else act
        config.add_view(view, route_name=name, request_method=method, permission=permission, renderer="json")
