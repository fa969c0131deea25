"""One field over everything: people, orders, organizations and events, as far as the caller may see them."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ATTENDEE_VIEW, EVENT_VIEW, ORDER_VIEW, ORGANIZATION_VIEW
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.v1.common import Shown, money, picked, sees_money
from sratix_core.events.models import EventStatus
from sratix_core.orders.states import OrderState
from sratix_core.organizations.models import OrganizationKind
from sratix_core.search import hits
from sratix_core.search.terms import asked

TAG = "Search"


class FoundPerson(msgspec.Struct):
    """The holder of a live ticket. `state` is the ticket's, or `expected`, `inside`, `left` where it is valid."""

    attendee_id: uuid.UUID
    ticket_id: uuid.UUID
    name: str
    ticket_type: str
    event: str
    order: str
    state: str


class FoundOrder(msgspec.Struct):
    code: str
    event: str
    buyer_name: str
    state: OrderState
    total: Shown


class FoundOrganization(msgspec.Struct):
    id: uuid.UUID
    name: str
    kind: OrganizationKind


class FoundEvent(msgspec.Struct):
    slug: str
    name: str
    status: EventStatus


class SearchOut(msgspec.Struct):
    """The first hits of each kind; what the caller may not see is empty. `event` is a slug, `order` a code."""

    people: list[FoundPerson]
    orders: list[FoundOrder]
    organizations: list[FoundOrganization]
    events: list[FoundEvent]


class SearchQuery(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    q: Annotated[str, Meta(max_length=100, description="Beginnings of words, two letters at least.")] = ""


@endpoint(
    "GET",
    TENANT + "/search",
    EVENT_VIEW,
    "Find people, orders, organizations and events by what they are called",
    tag=TAG,
    query=SearchQuery,
    answers=SearchOut,
)
def find_anything(call: Call) -> SearchOut:
    ctx, grants, q = call.ctx, call.request.grants, call.query.q.strip()
    seen = sees_money(call)
    people = hits.people(ctx, q) if grants.allows(ATTENDEE_VIEW) else []
    orders = hits.orders(ctx, q) if grants.allows(ORDER_VIEW) else []
    return SearchOut(
        people=[
            FoundPerson(
                attendee_id=ticket.attendee_id,
                ticket_id=ticket.id,
                name=ticket.attendee.name or ticket.order.buyer_name,
                ticket_type=ticket.ticket_type.name,
                event=ticket.order.event.slug,
                order=ticket.order.code,
                state=where if ticket.state == "valid" else ticket.state,
            )
            for ticket, where in people
        ],
        orders=[
            picked(o, FoundOrder, event=o.event.slug, total=money(o.total) if seen else None) for o in orders
        ],
        organizations=[
            picked(o, FoundOrganization, kind=OrganizationKind(o.kind)) for o in hits.organizations(ctx, q)
        ]
        if grants.allows(ORGANIZATION_VIEW)
        else [],
        events=[picked(e, FoundEvent) for e in hits.events(ctx, q)] if asked(q) else [],
    )
