"""For whom an order was bought: an organization is typed by its name, and chosen where more than one may be meant."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT, ORGANIZATION_MAKE, ORGANIZATION_VIEW
from sratix_core.dashboard.organization_frame import KINDS, inside
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.organizations.purchases import assign_order
from sratix_core.organizations.queries import any_there, called, meant
from sratix_core.organizations.service import organization_by_id
from sratix_core.web.request import Request

ROUTE = "dashboard.order_organization"
LONGEST = 160


def bought_for(request: Request, event: Event, order: Order) -> dict[str, Any] | None:
    """For the page of an order: its organization, and where another is said; None where there is nothing to say."""
    if not request.grants.allows(ORGANIZATION_VIEW) or not any_there(request.ctx):
        return None
    chosen = organization_by_id(request.ctx, order.organization_id) if order.organization_id else None
    return {
        "name": chosen.name if chosen else "",
        "href": inside(request, "dashboard.organization", chosen) if chosen else None,
        "action": path(request, ROUTE, event, code=order.code) if request.may(ORDER_EDIT) else None,
        "values": {"organization": chosen.name if chosen else ""},
    }


@view_config(
    route_name=ROUTE,
    request_method="GET",
    permission=ORGANIZATION_VIEW,
    renderer="dashboard/order_organization.jinja2",
)
def choose(request: Request) -> dict[str, Any]:
    """The organizations that may be meant by `q`; `part=names` is their names alone, while somebody types."""
    event, typed = the_event(request), _typed(request.GET.get("q", ""))
    code = order_by_code(request.ctx, event, request.matchdict["code"]).code
    found = meant(request.ctx, typed)
    if request.GET.get("part") == "names":
        request.override_renderer = "dashboard/_names.jinja2"
        return {"names": [o.name for o in found]}
    back, t = path(request, "dashboard.order", event, code=code), request.t
    return screen(
        request,
        event,
        [
            (t("Orders"), path(request, "dashboard.orders", event)),
            (t("Order {code}", code=code), back),
            (t("Bought for"), None),
        ],
        code=code,
        q=typed,
        rows=[
            {"id": str(o.id), "name": o.name, "what": ", ".join(p for p in (t(KINDS[o.kind]), o.city) if p)}
            for o in found
        ],
        action=path(request, ROUTE, event, code=code),
        back_href=back,
        new_href=path(request, "dashboard.organization_new") if request.may(ORGANIZATION_MAKE) else None,
    )


@view_config(route_name=ROUTE, request_method="POST", permission=ORDER_EDIT)
def assign(request: Request) -> HTTPSeeOther:
    """Say for which organization an order was placed, by its name or its id; nothing typed: for nobody but its buyer."""
    event = the_event(request)
    order = order_by_code(request.ctx, event, request.matchdict["code"])
    raw, typed = request.POST.get("organization_id", ""), _typed(request.POST.get("organization", ""))
    try:
        chosen = uuid.UUID(raw) if raw else None
    except (ValueError, AttributeError) as error:
        raise Invalid({"organization_id": "unknown_choice"}) from error
    if chosen is None and typed:
        if not request.grants.allows(ORGANIZATION_VIEW):
            raise HTTPForbidden
        same = called(request.ctx, typed)
        if len(same) != 1:
            return HTTPSeeOther(path(request, ROUTE, event, code=order.code) + "?" + urlencode({"q": typed}))
        chosen = same[0].id
    assign_order(request.ctx, order, chosen)
    return HTTPSeeOther(path(request, "dashboard.order", event, code=order.code) + "?done=saved")


def _typed(raw: object) -> str:
    return raw.strip()[:LONGEST] if isinstance(raw, str) else ""
