"""Writing the tickets of a fresh order, one per unit, each with the person it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sratix_core.audit.events import happened
from sratix_core.db.rows import Rows, insert_together
from sratix_core.db.types import LAST
from sratix_core.pricing.lines import LineKind
from sratix_core.search.service import Entry
from sratix_core.tickets.models import Attendee, Ticket, TicketState
from sratix_core.tickets.terms import entry_of
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order


@dataclass(frozen=True)
class Holder:
    """The person of one ticket; an empty name stays open."""

    name: str = ""
    email: str = ""


def sort_name(name: str) -> str:
    """The name as it is searched and sorted; tickets without one come last."""
    return text.fold(name)[:160] or LAST


@dataclass(frozen=True)
class Drawn:
    """The rows of tickets and people, ready to be written once their order is, and what the event log is to be told."""

    people: list[dict[str, Any]]
    tickets: list[dict[str, Any]]
    events: list[dict[str, Any]]

    def write(self, ctx: TenantContext) -> None:
        """Insert them. The unique key (line, ordinal) makes a second issue of the same line impossible (T1)."""
        insert_together(ctx.db, *self.rows())

    def rows(self) -> tuple[Rows, Rows]:
        """As `write`, but the rows themselves, to be inserted with others in this order."""
        return (Attendee, self.people), (Ticket, self.tickets)

    def entries(self, order_code: str) -> list[Entry]:
        """What the people are found by."""
        return [
            entry_of(SimpleNamespace(**person), ticket["id"], order_code)
            for person, ticket in zip(self.people, self.tickets, strict=True)
        ]


def draw_up(
    ctx: TenantContext,
    order: Order,
    lines: Sequence[Mapping[str, Any]],
    holders: Sequence[Holder],
    state: TicketState,
) -> Drawn:
    """One ticket per unit, in the order of the rows of `lines`; `holders` has one entry per ticket. Units of value have their own state."""
    now = ctx.clock.now()
    drawn = Drawn([], [], [])
    units = [(line, ordinal) for line in lines for ordinal in range(line["quantity"])]
    for position, ((line, ordinal), holder) in enumerate(zip(units, holders, strict=True)):
        person = {
            "id": ctx.ids.new(),
            "event_id": order.event_id,
            "name": holder.name,
            "email": holder.email,
            "company": "",
            "fold": sort_name(holder.name),
            "updated_at": now,
        }
        ticket = {
            "id": ctx.ids.new(),
            "event_id": order.event_id,
            "order_id": order.id,
            "order_line_id": line["id"],
            "ticket_type_id": line["ticket_type_id"],
            "attendee_id": person["id"],
            "ordinal": ordinal,
            "position": position,
            "state": TicketState.VALUE if line.get("kind") == LineKind.VALUE else state,
            "epoch": 0,
            "seat_label": "",
            "voided_at": None,
            "fold": person["fold"],
            "created_at": now,
            "updated_at": now,
        }
        drawn.people.append(person)
        drawn.tickets.append(ticket)
        drawn.events.append(happened(ctx, "ticket.issued", "ticket", ticket["id"], event_id=order.event_id))
    return drawn
