"""Many orders for the price of one: the rows of an order that was placed, copied under ids, codes and secrets of their own.

Books, journal, search terms and pools come along, so that `faults` finds nothing. Cart, mail and its job do not: a copy is
like an order that staff placed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from sqlalchemy import inspect, select

from sratix_core.audit.models import AuditEntry, EventLog
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import claim
from sratix_core.context import TenantContext
from sratix_core.db.appendonly import UNHASHED, Journaled
from sratix_core.db.rows import insert_together
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.secrets import new_secret
from sratix_core.orders.terms import entry_of
from sratix_core.search import service as search
from sratix_core.search.models import SearchTerm
from sratix_core.tenancy.engines import Engines
from sratix_core.tickets import terms as of_people
from sratix_core.tickets.models import Attendee, Ticket
from sratix_core.values import codes

Row = dict[str, Any]


def copies(ctx: TenantContext, order: Order, n: int) -> list[uuid.UUID]:
    """The ids of `n` more orders like this one, which was just placed and has no payment yet. Raises `SoldOut`."""
    claim(ctx, units_for(ctx, {line.ticket_type_id: line.quantity * n for line in order.bought}))
    tickets = list(order.tickets)
    about = [order.id, *(ticket.id for ticket in tickets)]
    like: dict[Any, list[Row]] = {
        AuditEntry: rows(ctx.db.scalars(select(AuditEntry).where(AuditEntry.target_id.in_(about)))),
        Order: rows([order]),
        EventLog: rows(ctx.db.scalars(select(EventLog).where(EventLog.subject_id.in_(about)))),
        OrderLine: rows(order.lines),
        LedgerEntry: rows(ctx.db.scalars(select(LedgerEntry).where(LedgerEntry.order_id == order.id))),
        Attendee: rows(ticket.attendee for ticket in tickets),
        Ticket: rows(tickets),
    }
    made: dict[Any, list[Row]] = {model: [] for model in like}
    terms: list[Row] = []
    free = free_codes(ctx)
    for _ in range(n):
        new = {row["id"]: ctx.ids.new() for each in like.values() for row in each}
        copy = {model: [renamed(row, new) for row in each] for model, each in like.items()}
        _, hashed, sealed = new_secret(ctx)
        (sold,) = copy[Order]
        sold |= {"cart_id": None, "code": next(free), "secret_hash": hashed, "secret_sealed": sealed}
        for model, each in copy.items():
            made[model] += each
        found_by = [
            of_people.entry_of(SimpleNamespace(**person), ticket["id"], sold["code"])
            for person, ticket in zip(copy[Attendee], copy[Ticket], strict=True)
        ]
        terms += search.terms(ctx, entry_of(SimpleNamespace(**sold)), *found_by)
    insert_together(ctx.db, *made.items(), (SearchTerm, terms))
    return [row["id"] for row in made[Order]]


def rows(found: Iterable[Any]) -> list[Row]:
    """Their columns, without a journal's seal, which each row gets for itself."""
    return [
        {
            name: getattr(each, name)
            for name in (column.key for column in inspect(type(each)).columns)
            if name != "tenant_id" and not (isinstance(each, Journaled) and name in UNHASHED)
        }
        for each in found
    ]


def renamed(row: Row, new: dict[uuid.UUID, uuid.UUID]) -> Row:
    """The row, pointing at its own kind where the original does."""
    return {
        name: new.get(value, value) if isinstance(value, uuid.UUID) else value for name, value in row.items()
    }


def free_codes(ctx: TenantContext) -> Iterator[str]:
    """Order codes that the tenant has not given yet, each once."""
    taken = set(ctx.db.scalars(select(Order.code)))
    while True:
        code = codes.order_code(ctx.random)
        if code not in taken:
            taken.add(code)
            yield code


def analyze(engines: Engines) -> None:
    """Statistics for PostgreSQL, as its autovacuum gathers them, once a table has some rows.

    Until then a connection checks foreign keys as it planned to when the table was empty: by reading all rows of the tenant.
    """
    if engines.dialect == "postgresql":
        with engines.owner.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
