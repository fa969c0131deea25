"""What a person who comes is found by: name, company, address, the code of the order and the short code of the ticket."""

from __future__ import annotations

import uuid
from typing import Any

from sratix_core.search import terms
from sratix_core.search.models import Kind
from sratix_core.search.service import Entry
from sratix_core.values import codes


def short_code(ticket_id: uuid.UUID) -> str:
    """What stands under the QR for a person to read out. It finds a ticket for staff and admits nobody."""
    return "T-" + codes.encode(ticket_id.bytes[-4:])[-6:]


def entry_of(person: Any, ticket_id: uuid.UUID, order_code: str) -> Entry:
    """The terms of an `Attendee`, or of a row with its columns, and of the ticket it holds."""
    return Entry(
        Kind.ATTENDEE,
        person.id,
        person.event_id,
        frozenset(
            terms.of_name(person.name)
            | terms.of_name(person.company)
            | terms.of_email(person.email)
            | terms.of_code(order_code)
            | terms.of_code(short_code(ticket_id))
        ),
    )
