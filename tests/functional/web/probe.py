"""A room that only tests have: views that write in every way there is and end in every way there is."""

from __future__ import annotations

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.response import Response
from sqlalchemy import insert, update

from sratix_core.accounts.permissions import EVENT_EDIT, ORDER_EDIT
from sratix_core.errors import Conflict, Invalid, NotFound, Refused, Unavailable
from sratix_core.tenancy.open_units import open_unit
from sratix_core.tenants.models import TenantSetting
from sratix_core.web.permissions import PLATFORM, PUBLIC, SIGNED_IN
from sratix_core.web.request import Request


def row(request: Request, key: str) -> dict[str, Any]:
    ctx = request.ctx
    return {"id": ctx.ids.new(), "key": key, "scope": "", "value": {"v": 1}, "updated_at": ctx.clock.now()}


def write(request: Request) -> None:
    how = request.params.get("how", "orm")
    if how == "orm":
        request.db.add(TenantSetting(**row(request, "probe")))
    elif how == "core":
        request.db.execute(insert(TenantSetting), [row(request, "probe")])
    elif how == "flush":
        request.db.add(TenantSetting(**row(request, "probe")))
        request.db.flush()
    elif how == "commit":
        request.db.add(TenantSetting(**row(request, "probe")))
        request.db.commit()
    elif how == "update":
        request.db.execute(update(TenantSetting).where(TenantSetting.key == "known").values(value={"v": 2}))
    elif how == "twice":
        request.db.add(TenantSetting(**row(request, "probe")))
        request.db.flush()
        request.db.add(TenantSetting(**row(request, "probe")))
        request.db.flush()


ENDS = {
    "conflict": Conflict("taken"),
    "refused": Refused("sold_out"),
    "invalid": Invalid({"name": "required"}),
    "missing": NotFound(),
    "unavailable": Unavailable("payment_down"),
    "boom": ZeroDivisionError("secret detail"),
    "forbidden": HTTPForbidden(),
}


def act(request: Request) -> Response:
    """Write, then end as `?end=` says: a status to return, or the name of an error to raise."""
    write(request)
    end = request.params.get("end", "200")
    if end == "redirect":
        raise HTTPSeeOther("/elsewhere")
    if end in ENDS:
        raise ENDS[end]
    if end == "checkpoint":
        assert open_unit()
        request.checkpoint()
        assert not open_unit()
        request.db.add(TenantSetting(**row(request, "after")))
        return Response("no", status=409)
    return Response("done", status=int(end))


def echo(request: Request) -> Response:
    return Response(repr(sorted(request.params.items())))


def fine(request: Request) -> dict[str, Any]:
    return {"ok": True}


def includeme(config: Configurator) -> None:
    for name, pattern in (
        ("probe.act", "/{tenant}/probe/act"),
        ("probe.read", "/{tenant}/probe/read"),
        ("probe.readwrite", "/{tenant}/probe/readwrite"),
        ("probe.echo", "/{tenant}/probe/echo"),
        ("probe.slash", "/{tenant}/probe/slash/"),
        ("probe.edit", "/dashboard/{tenant}/probe/edit"),
        ("probe.orders", "/dashboard/{tenant}/probe/orders"),
        ("probe.signed", "/dashboard/probe/signed"),
        ("probe.platform", "/platform/probe"),
        ("probe.api", "/api/v1/tenants/{tenant}/probe"),
        ("probe.hook", "/api/v1/probe/hook"),
    ):
        config.add_route(name, pattern)
    config.add_view(act, route_name="probe.act", request_method="POST", permission=PUBLIC, csrf=False)
    config.add_view(act, route_name="probe.read", request_method="GET", permission=PUBLIC)
    config.add_view(act, route_name="probe.readwrite", request_method="GET", permission=PUBLIC, writes=True)
    config.add_view(echo, route_name="probe.echo", request_method=("GET", "POST"), permission=PUBLIC)
    config.add_view(fine, route_name="probe.slash", request_method="GET", renderer="json", permission=PUBLIC)
    config.add_view(fine, route_name="probe.edit", renderer="json", permission=EVENT_EDIT)
    config.add_view(fine, route_name="probe.orders", renderer="json", permission=ORDER_EDIT)
    config.add_view(fine, route_name="probe.signed", renderer="json", permission=SIGNED_IN)
    config.add_view(fine, route_name="probe.platform", renderer="json", permission=PLATFORM)
    config.add_view(act, route_name="probe.api", request_method="POST", permission=PUBLIC, csrf=False)
    config.add_view(
        fine, route_name="probe.hook", request_method="POST", renderer="json", permission=PUBLIC, csrf=False
    )
