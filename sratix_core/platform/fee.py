"""What the platform keeps of the payments it takes for one organizer."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.errors import Invalid
from sratix_core.payments.fees import agree_fee, agreed_fee, usual_fee
from sratix_core.payments.models import ConnectedAccount
from sratix_core.platform.tenant import page
from sratix_core.plugins.connecting import ApplicationFee
from sratix_core.tenants.models import Tenant
from sratix_core.tenants.review import tenant_at
from sratix_core.values.locale import format_percent
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

MOST_MINOR = 100_000


@view_config(
    route_name="platform.tenant_fee",
    request_method="POST",
    permission=PLATFORM,
    renderer="platform/tenant.jinja2",
)
def agree(request: Request) -> dict[str, Any] | Response:
    """Both fields empty: the installation's fee."""
    found, form = tenant_at(request.platform, request.matchdict["slug"]), Form(request.POST)
    points = form.integer("basis_points", 0, 10_000, required=False)
    minor = form.integer("fixed_minor", 0, MOST_MINOR, required=False)
    try:
        form.check()
    except Invalid as error:
        return page(request, found, dict(request.POST), refused_fields(request, error))
    usual = points is None and minor is None
    agree_fee(request.platform, found.id, None if usual else ApplicationFee(points or 0, minor or 0))
    there = {"slug": found.slug, "_query": {"done": "fee"}, "_anchor": "fee"}
    return HTTPSeeOther(request.route_path("platform.tenant", **there))


def shown(request: Request, of: Tenant) -> dict[str, Any]:
    """The fee's form for the organizer's page, and the accounts that were opened for them."""
    agreed, usual = agreed_fee(request.platform, of.id), usual_fee(request.runtime.settings)
    C = ConnectedAccount
    opened = select(C).where(C.tenant_id == of.id, C.reference.is_not(None)).order_by(C.provider, C.mode)
    return {
        "href": request.route_path("platform.tenant_fee", slug=of.slug),
        "agreed": {"basis_points": agreed.basis_points, "fixed_minor": agreed.fixed_minor} if agreed else {},
        "usual": f"{format_percent(usual.basis_points, request.locale_name)} + {usual.fixed_minor}",
        "accounts": list(request.db.scalars(opened)),
    }
