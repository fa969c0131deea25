"""What a person holds, by program: the tickets of their own pages, over all organizers, whether or not they work for one."""

from __future__ import annotations

import base64
import binascii
import uuid
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET

from sratix_core.api.framework import Call, endpoint
from sratix_core.api.paging import ListQuery, page_of
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid
from sratix_core.plugins.saving import SavedMethod
from sratix_core.saved_methods.mine import Place, places_of, removal, removed
from sratix_core.tickets.mine import my_page, over_tenants
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.web.limits import METHODS
from sratix_core.web.permissions import SIGNED_IN

TAG, METHODS_TAG = "My tickets", "My payment methods"


class MyTicketOut(msgspec.Struct):
    """A live ticket that was bought with one's address or names it. `holder` is empty while the name is open.

    `place` is where the event is, `url` the ticket's own page.
    """

    id: uuid.UUID
    tenant: str
    organizer: str
    event: str
    event_name: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    place: str
    cancelled: bool
    ticket_type: str
    holder: str
    state: TicketState
    url: str


class MyPaymentMethodOut(msgspec.Struct):
    """A card that the organizer's payment service keeps for one's next order there; good until the end of `month` in `year`."""

    id: str
    tenant: str
    organizer: str
    provider: str
    mode: str
    brand: str
    last4: str
    month: int
    year: int


class MyPaymentMethodsOut(msgspec.Struct):
    """Every card that is kept, read from the payment services now. `silent` are organizers whose service did not answer."""

    items: list[MyPaymentMethodOut]
    silent: list[str]


@endpoint(
    "GET",
    "/my/tickets",
    SIGNED_IN,
    "List the tickets of whoever is signed in, over all organizers",
    tag=TAG,
    route="api.my_tickets",
    security="person",
    query=ListQuery,
    answers=page_of(MyTicketOut),
)
def list_my_tickets(call: Call) -> Any:
    """Organizer by organizer, of each the newest first."""
    request, limit = call.request, call.query.limit
    email = request.identity.email
    tenant_id, after = (0, None) if call.query.cursor is UNSET else _read(call.query.cursor)
    items: list[MyTicketOut] = []
    last: tuple[int, uuid.UUID] | None = None
    for ctx in over_tenants(request.runtime, email, request.actor):
        if ctx.tenant.id < tenant_id:
            continue
        begins = after if ctx.tenant.id == tenant_id else None
        for ticket in my_page(ctx, email, begins, limit + 1 - len(items)):
            if len(items) == limit and last is not None:
                return call.endpoint.answers(items=items, next=_write(*last))
            items.append(_out(call, ctx, ticket))
            last = ctx.tenant.id, ticket.id
    return call.endpoint.answers(items=items, next=None)


def _out(call: Call, ctx: TenantContext, ticket: Ticket) -> MyTicketOut:
    event = ticket.order.event
    venue = event.venue
    where = {"tenant": ctx.tenant.slug, "ticket": ticket.id}
    return MyTicketOut(
        id=ticket.id,
        tenant=ctx.tenant.slug,
        organizer=ctx.tenant.name,
        event=event.slug,
        event_name=event.name,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        place=", ".join(p for p in (venue.name, venue.city) if p) if venue else "",
        cancelled=event.status == "cancelled",
        ticket_type=ticket.ticket_type.name,
        holder=ticket.attendee.name,
        state=TicketState(ticket.state),
        url=ctx.settings.base_url.rstrip("/") + call.request.route_path("my.ticket", **where),
    )


def _write(tenant_id: int, ticket_id: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(tenant_id.to_bytes(8, "big") + ticket_id.bytes).decode()


def _read(cursor: str) -> tuple[int, uuid.UUID]:
    """Where the page before ended. It opens nothing: whose tickets are read is asked of the credential alone."""
    try:
        raw = base64.urlsafe_b64decode(cursor)
        return int.from_bytes(raw[:8], "big"), uuid.UUID(bytes=raw[8:])
    except (ValueError, binascii.Error) as error:
        raise Invalid({"cursor": "cursor"}) from error


@endpoint(
    "GET",
    "/my/payment-methods",
    SIGNED_IN,
    "List the cards that payment services keep for whoever is signed in, over all organizers",
    tag=METHODS_TAG,
    route="api.my_payment_methods",
    security="person",
    answers=MyPaymentMethodsOut,
)
def list_my_payment_methods(call: Call) -> MyPaymentMethodsOut:
    request = call.request
    who = request.identity
    request.limit(METHODS, str(who.id))
    places = places_of(request.runtime, who.id, who.email, request.actor)
    request.checkpoint()
    told = [(place, place.cards()) for place in places]
    return MyPaymentMethodsOut(
        items=[_method(place, card) for place, cards in told for card in cards or ()],
        silent=[place.tenant for place, cards in told if cards is None],
    )


def _method(place: Place, card: SavedMethod) -> MyPaymentMethodOut:
    return MyPaymentMethodOut(
        id=card.reference,
        tenant=place.tenant,
        organizer=place.organizer,
        provider=place.provider,
        mode=place.mode,
        brand=card.brand,
        last4=card.last4,
        month=card.month,
        year=card.year,
    )


@endpoint(
    "DELETE",
    "/my/{tenant}/payment-methods/{provider}/{mode}/{method}",
    SIGNED_IN,
    "Have a card kept no longer",
    tag=METHODS_TAG,
    route="api.my_payment_method",
    security="person",
    status=204,
    errors=("not_configured", "provider_silent"),
)
def remove_my_payment_method(call: Call) -> None:
    """Done again, or for a card that is not one's own, it changes nothing."""
    request, where = call.request, call.request.matchdict
    request.limit(METHODS, str(request.identity.id))
    asked = removal(call.ctx, request.identity.id, where["provider"], where["mode"], where["method"])
    request.checkpoint()
    removed(request.ctx, asked, asked.answer().trouble)
