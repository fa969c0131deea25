"""One ticket is voided by many at once: it ends once, its unit goes back once, its end is told once (T1)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from sratix_core.audit.models import AuditEntry
from sratix_core.messages.models import Message
from sratix_core.tickets.bulk import void_tickets
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.tickets.service import void
from tests.builders import World, again, taken
from tests.concurrency.crowd import all_at_once, codes, rounds
from tests.concurrency.test_money_races import Sale

MANY = 32


def units(sale: Sale) -> int:
    with sale.world.open(write=False) as ctx:
        return taken(ctx, sale.pool.id)


def test_one_ticket_voided_by_thirty_two_ends_once(world: World) -> None:
    """From its page and from the list of picked ones, in equal parts; a list passes over what has ended."""
    sale = Sale(world, 1000)
    for _ in rounds(3):
        order = sale.order(2)
        before = units(sale)
        with world.open(write=False) as ctx:
            ticket = again(ctx, order).tickets[0]

        def alone(ticket: Ticket = ticket) -> int:
            with world.open() as ctx:
                void(ctx, ctx.db.get_one(Ticket, ticket.id), "asked")
            return 1

        def picked(ticket: Ticket = ticket) -> int:
            with world.open() as ctx:
                return void_tickets(ctx, sale.event, [ticket.id], "asked")

        acts: list[Callable[[], int]] = [alone, picked] * (MANY // 2)
        results = all_at_once(acts)
        assert sum(r for r in results if isinstance(r, int)) == 1
        assert set(codes(results)) <= {"ticket_state"}
        with world.open(write=False) as ctx:
            assert [t.state for t in again(ctx, order).tickets].count(TicketState.VOID) == 1
            for told in (
                select(func.count()).where(
                    AuditEntry.target_id == ticket.id, AuditEntry.action == "ticket.voided"
                ),
                select(func.count()).where(Message.order_id == order.id, Message.kind == "ticket_voided"),
            ):
                assert ctx.db.scalar(told) == 1
        assert units(sale) == before - 1
        sale.settled(order)
