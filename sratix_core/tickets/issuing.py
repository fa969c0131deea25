"""Writing the tickets of a fresh order, one per unit, each with the person it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sratix_core.audit.events import emit
from sratix_core.db.rows import insert_rows
from sratix_core.db.types import LAST
from sratix_core.search import service as search
from sratix_core.tickets.models import Attendee, Ticket, TicketState
from sratix_core.tickets.terms import entry_of
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order, OrderLine


@dataclass(frozen=True)
class Holder:
    """The person of one ticket; an empty name stays open."""

    name: str = ""
    email: str = ""


def sort_name(name: str) -> str:
    """The name as it is searched and sorted; tickets without one come last."""
    return text.fold(name)[:160] or LAST


def issue(
    ctx: TenantContext,
    order: Order,
    lines: Sequence[OrderLine],
    holders: Sequence[Holder],
    state: TicketState,
) -> None:
    """One ticket per unit, in the order of the lines; `holders` has one entry per ticket.

    The unique key (line, ordinal) makes a second issue of the same line impossible (T1).
    """
    now = ctx.clock.now()
    people: list[dict[str, Any]] = []
    tickets: list[dict[str, Any]] = []
    units = [(line, ordinal) for line in lines for ordinal in range(line.quantity)]
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
        people.append(person)
        tickets.append(
            {
                "id": ctx.ids.new(),
                "event_id": order.event_id,
                "order_id": order.id,
                "order_line_id": line.id,
                "ticket_type_id": line.ticket_type_id,
                "attendee_id": person["id"],
                "ordinal": ordinal,
                "position": position,
                "state": state,
                "fold": person["fold"],
                "created_at": now,
                "updated_at": now,
            }
        )
    insert_rows(ctx.db, Attendee, people)
    insert_rows(ctx.db, Ticket, tickets)
    search.add(
        ctx,
        *(
            entry_of(SimpleNamespace(**person), ticket["id"], order.code)
            for person, ticket in zip(people, tickets, strict=True)
        ),
    )
    for ticket in tickets:
        emit(ctx, "ticket.issued", "ticket", ticket["id"], event_id=order.event_id)
