"""What pages show of events and their ticket types, kept by the process under the version of the tenant's content.

Triggers raise the version with every change of these tables (ADR 14), and each request reads it together with the rights; so
what is kept may be newer than the version says, never older. A request that writes keeps nothing: it may yet be rolled back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from sratix_core.catalog.hot import names_of
from sratix_core.dashboard.kept import KEPT, Kept
from sratix_core.errors import NotFound
from sratix_core.events.hot import Brief, brief, recent
from sratix_core.tenancy.prebuilt import Row
from sratix_core.web.request import Request


def the_brief(request: Request) -> Brief:
    """The event of this address, in any state. Raises `NotFound`."""
    slug = request.matchdict["event"]
    found: Brief | None = _known(request, ("event", slug), lambda: brief(request.db, slug))
    if found is None:
        raise NotFound("event")
    return found


def latest(request: Request) -> tuple[Row, ...]:
    """The events of the switcher, as `events.hot.recent`."""
    rows: tuple[Row, ...] = _known(request, ("recent",), lambda: tuple(recent(request.db)))
    return rows


def type_names(request: Request, event_id: uuid.UUID) -> Mapping[uuid.UUID, str]:
    """What an event's ticket types are called, in their order."""
    names: Mapping[uuid.UUID, str] = _known(
        request, ("types", event_id), lambda: names_of(request.ctx, event_id)
    )
    return names


def _known(request: Request, what: tuple[Any, ...], ask: Callable[[], Any]) -> Any:
    place = request.membership
    if place is None or place.content is None or not request.db.info["reading"]:
        return ask()
    kept: Kept = request.registry[KEPT]
    under = (*what, request.tenant.id, place.content)
    known = kept.get(under)
    if known is None and (known := ask()) is not None:
        kept.put(under, known)
    return known
