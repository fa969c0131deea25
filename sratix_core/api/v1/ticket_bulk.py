"""What is done with several tickets at once. A ticket that has ended meanwhile is left as it is; the others are done."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.v1.order_bulk import DoneOut
from sratix_core.errors import Invalid
from sratix_core.tickets.bulk import MOST, known, resend_tickets, void_tickets

TAG = "Tickets and attendees"


class TicketsIn(msgspec.Struct, forbid_unknown_fields=True):
    """Tickets by id."""

    tickets: Annotated[list[uuid.UUID], Meta(min_length=1, max_length=MOST)]


def _tickets(call: Call) -> list[uuid.UUID]:
    """The ids of the body. Raises `Invalid` for one that no ticket of this event has."""
    ids: list[uuid.UUID] = call.body.tickets
    of_event = known(call.ctx, call.event, ids)
    if unknown := {f"tickets[{n}]": "unknown_choice" for n, id in enumerate(ids) if id not in of_event}:
        raise Invalid(unknown)
    return ids


@endpoint(
    "POST",
    EVENT + "/ticket-mails",
    ORDER_EDIT,
    "Send the mails of several tickets' orders again",
    tag=TAG,
    body=TicketsIn,
    answers=DoneOut,
)
def mail_tickets(call: Call) -> DoneOut:
    return DoneOut(resend_tickets(call.ctx, call.event, _tickets(call)))


@endpoint(
    "POST",
    EVENT + "/ticket-voids",
    ORDER_EDIT,
    "End several tickets and give their seats back",
    tag=TAG,
    body=TicketsIn,
    answers=DoneOut,
)
def void_several_tickets(call: Call) -> DoneOut:
    return DoneOut(void_tickets(call.ctx, call.event, _tickets(call), "organizer"))
