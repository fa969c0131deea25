"""What the list of attendees and the acts on it have in common: what an address asks of it, and which rows were picked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sratix_core.dashboard.order_list import type_id
from sratix_core.dashboard.shell import path
from sratix_core.dashboard.tables import Asked, Column
from sratix_core.events.models import Event
from sratix_core.tickets.bulk import MOST
from sratix_core.tickets.queries import Filters
from sratix_core.web.request import Request

ROUTE = "dashboard.attendees"
COLUMNS = (
    Column("name", "Name", sort="name"),
    Column("email", "E-mail", "c-md"),
    Column("type", "Ticket type", "hide-sm"),
    Column("company", "Organization", "c-md", shown=False),
    Column("state", "State"),
    Column("arrived", "Arrived", "c-md", sort="arrived", falls=True),
    Column("order", "Order", "hide-sm"),
)


def asked_of(request: Request, event: Event, values: Mapping[str, Any] | None = None) -> Asked:
    """What the address asks of the list, or the fields of a form."""
    return Asked(request, path(request, ROUTE, event), ("q", "came", "type"), COLUMNS, "", values)


def filters_of(asked: Asked) -> Filters:
    came = {"yes": True, "no": False}.get(asked["came"])
    return Filters(asked["q"], type_id(asked["type"]), came)


def ids_in(raw: Sequence[Any]) -> list[uuid.UUID]:
    """The picked tickets of a form or an address. What is no id is nobody's ticket."""
    found = []
    for each in raw[:MOST]:
        try:
            found.append(uuid.UUID(each))
        except (ValueError, AttributeError):
            continue
    return found
