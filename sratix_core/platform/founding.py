"""Making an organizer, and inviting who owns it."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy.exc import IntegrityError

from sratix_core.dashboard.events import CURRENCIES
from sratix_core.errors import Conflict, Invalid
from sratix_core.members.founding import invite_owner
from sratix_core.platform.shell import screen
from sratix_core.platform.tenant import page
from sratix_core.signup.service import check_free
from sratix_core.tenants.review import tenant_at
from sratix_core.tenants.service import TenantDraft, create_tenant
from sratix_core.values.locale import LOCALES, TIMEZONES, own_name
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request
from sratix_core.web.translate import SPOKEN

NEW = "platform/tenant_new.jinja2"
FIRST = {"currency": "CHF", "timezone": "Europe/Zurich", "locale": "en"}


@view_config(route_name="platform.tenant_new", request_method="GET", permission=PLATFORM, renderer=NEW)
def show(request: Request) -> dict[str, Any]:
    return new_page(request, dict(FIRST), {})


@view_config(route_name="platform.tenant_new", request_method="POST", permission=PLATFORM, renderer=NEW)
def make(request: Request) -> dict[str, Any] | Response:
    """The organizer, active, and the invitation of its owner: both or neither."""
    form = Form(request.POST)
    name, slug, email = form.text("name", 120), form.slug("slug"), form.email("email")
    currency = form.choice("currency", CURRENCIES)
    timezone, locale = form.choice("timezone", TIMEZONES), form.choice("locale", SPOKEN)
    try:
        form.check()
        assert name
        assert slug
        assert email
        assert currency
        assert timezone
        assert locale
        platform = request.platform
        check_free(platform, slug)
        locales = (locale, *(other for other in LOCALES if other != locale))
        draft = TenantDraft(slug, name, locales=locales, currency=currency, timezone=timezone)
        tenant = create_tenant(platform.db, platform.sources, draft)
        platform.record("tenant.created", "tenant", tenants=(tenant.id,))
        invite_owner(platform, tenant, email)
    except Invalid as error:
        return new_page(request, dict(request.POST), refused_fields(request, error))
    except IntegrityError as error:
        raise Conflict("conflict") from error
    there = request.route_path("platform.tenant", slug=tenant.slug, _query={"done": "made"})
    return HTTPSeeOther(there)


def new_page(request: Request, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    t = request.t
    return screen(
        request,
        [(t("Organizations"), request.route_path("platform.tenants")), (t("New organization"), None)],
        action=request.route_path("platform.tenant_new"),
        back_href=request.route_path("platform.tenants"),
        address=f"{request.runtime.settings.base_url}/",
        currencies=[(code, code) for code in CURRENCIES],
        languages=[(code, own_name(code)) for code in SPOKEN],
        zones=sorted(TIMEZONES),
        values=values,
        errors=errors,
    )


@view_config(
    route_name="platform.tenant_owners",
    request_method="POST",
    permission=PLATFORM,
    renderer="platform/tenant.jinja2",
)
def invite(request: Request) -> dict[str, Any] | Response:
    found = tenant_at(request.platform, request.matchdict["slug"])
    typed = request.POST.get("email", "")
    email = typed if isinstance(typed, str) else ""
    try:
        invite_owner(request.platform, found, email)
    except Invalid as error:
        errors = refused_fields(request, error)
        return page(request, found, {"email": email}, errors)
    return HTTPSeeOther(
        request.route_path("platform.tenant", slug=found.slug, _query={"done": "owner-invited"})
    )


@view_config(route_name="platform.tenant_owners", request_method="GET", permission=PLATFORM)
def where_it_is(request: Request) -> HTTPSeeOther:
    """The form stands on the organizer's page; a reload after an error leads back there."""
    found = tenant_at(request.platform, request.matchdict["slug"])
    return HTTPSeeOther(request.route_path("platform.tenant", slug=found.slug))
