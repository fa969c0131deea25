"""What every page of the shop needs around its content: brand, languages, footer; and the event in the reader's language."""

from __future__ import annotations

import uuid
from typing import Any

from sratix_core.catalog.hot import KNOWN
from sratix_core.errors import NotFound
from sratix_core.events.hot import Brief
from sratix_core.events.models import Event
from sratix_core.events.queries import localized
from sratix_core.shop.front import Content, content_of
from sratix_core.values.locale import own_name
from sratix_core.web.request import Request
from sratix_core.web.translate import offered_locales


def frame(request: Request, **page: Any) -> dict[str, Any]:
    """The variables of `shop/base.jinja2` together with the page's own."""
    tenant = request.tenant
    return {
        "brand_css_url": f"{request.route_path('shop.brand', tenant=tenant.slug)}?{tenant.accent[1:]}",
        "home_url": request.route_path("shop.home", tenant=tenant.slug),
        "logo_url": file_url(request, tenant.logo_file_id),
        "langs": languages(request),
        "foot": {"imprint": tenant.legal_line or tenant.name, "links": []},
        "canonical": own_url(request),
        "flash": [],
        **page,
    }


def own_url(request: Request) -> str:
    """This page's whole address as visitors know it: on a tenant's own host without the slug that routing needs."""
    return str(request.current_route_url(_query={}))


def languages(request: Request) -> list[dict[str, Any]]:
    """The languages of this tenant that we speak; a link keeps the page and changes only the language."""
    current = request.locale_name
    return [
        {
            "code": code,
            "name": own_name(code),
            "href": request.current_route_path(_query={"lang": code}),
            "current": code == current,
        }
        for code in offered_locales(request)
    ]


def file_url(request: Request, file_id: uuid.UUID | None) -> str:
    """The address of a public file, empty for none."""
    if file_id is None:
        return ""
    return str(request.route_path("files", tenant=request.tenant.slug, file=file_id))


def the_event(request: Request) -> Event:
    """The event of this address, if visitors may see it, to read. Raises `NotFound`."""
    return content_here(request).event


def content_here(request: Request) -> Content:
    """The event of this address with what visitors see of it. Raises `NotFound`."""
    bound = {"in_tenant": request.tenant.id, "of_slug": request.matchdict["event"]}
    rows = KNOWN.all(request.runtime.engines, request.tenant.id, bound)
    if not rows:
        raise NotFound("event")
    return the_content(request, *rows[0])


def the_content(request: Request, event_id: uuid.UUID, version: int | None) -> Content:
    """What visitors see of an event, no older than `version`. Raises `NotFound` for one that they may not see."""
    return content_of(request.runtime, request.tenant, request.registry["fronts"], event_id, version)


def uuid_in(request: Request, name: str) -> uuid.UUID:
    """The id in the address. Raises `NotFound` for anything that is none, in any spelling but the usual one."""
    raw = request.matchdict[name]
    try:
        found = uuid.UUID(raw)
    except ValueError as error:
        raise NotFound(name) from error
    if str(found) != raw:
        raise NotFound(name)
    return found


class Localized:
    """A row seen in one language: `name`, `description`, … translated where a translation exists, the rest as it is."""

    FIELDS = frozenset({"name", "tagline", "description", "title"})

    def __init__(self, row: Any, locale: str, **more: Any) -> None:
        self._row, self._locale = row, locale
        self.__dict__.update(more)

    def __getattr__(self, name: str) -> Any:
        if name in self.FIELDS:
            return localized(self._row, name, self._locale)
        return getattr(self._row, name)


def address(request: Request, route: str, event: Event | Brief, **parts: Any) -> str:
    """The path of a shop route of this event."""
    return str(request.route_path(route, tenant=request.tenant.slug, event=event.slug, **parts))
