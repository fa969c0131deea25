"""What the terms must be: every row that can be found, as its room spells it, in batches over all tenants."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select, tuple_

from sratix_core.orders import terms as of_orders
from sratix_core.orders.models import Order
from sratix_core.organizations import terms as of_organizations
from sratix_core.organizations.models import Organization
from sratix_core.search.models import Kind, SearchTerm
from sratix_core.search.service import Entry
from sratix_core.tenancy.session import ScopedSession
from sratix_core.tickets import terms as of_people
from sratix_core.tickets.models import Attendee, Ticket

BATCH = 2000
Key = tuple[int, uuid.UUID]
Terms = dict[Key, set[str]]


@dataclass(frozen=True)
class Source:
    """The rows of one kind: `query` begins with tenant and id, `entry` spells a row's terms."""

    kind: Kind
    query: Any
    key: tuple[Any, Any]
    entry: Callable[[Any], Entry]


_ORDERS = select(
    Order.tenant_id, Order.id, Order.event_id, Order.code,
    Order.buyer_name, Order.buyer_company, Order.buyer_email,
)  # fmt: skip
_PEOPLE = (
    select(
        Attendee.tenant_id, Attendee.id, Attendee.event_id, Attendee.name, Attendee.company, Attendee.email,
        Ticket.id.label("ticket_id"), Order.code,
    )
    .join(Ticket, and_(Ticket.tenant_id == Attendee.tenant_id, Ticket.attendee_id == Attendee.id))
    .join(Order, and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id))
)  # fmt: skip

_ORGANIZATIONS = select(
    Organization.tenant_id, Organization.id, Organization.name, Organization.vat_number, Organization.billing_email,
)  # fmt: skip

SOURCES = (
    Source(Kind.ORDER, _ORDERS, (Order.tenant_id, Order.id), of_orders.entry_of),
    Source(
        Kind.ATTENDEE,
        _PEOPLE,
        (Attendee.tenant_id, Attendee.id),
        lambda row: of_people.entry_of(row, row.ticket_id, row.code),
    ),
    Source(
        Kind.ORGANIZATION,
        _ORGANIZATIONS,
        (Organization.tenant_id, Organization.id),
        of_organizations.entry_of,
    ),
)


def batches(db: ScopedSession, source: Source) -> Iterator[list[tuple[int, Entry]]]:
    """Every row with its tenant and the terms it should have."""
    last: Key | None = None
    while True:
        query = source.query.order_by(*source.key).limit(BATCH)
        if last is not None:
            query = query.where(tuple_(*source.key) > last)
        rows = db.execute(query).all()
        if not rows:
            return
        yield [(row.tenant_id, source.entry(row)) for row in rows]
        last = (rows[-1].tenant_id, rows[-1].id)


def terms_of(db: ScopedSession, rows: Sequence[tuple[int, Entry]]) -> Terms:
    """The terms that these rows have."""
    found: Terms = defaultdict(set)
    for tenant_id in {tenant_id for tenant_id, _ in rows}:
        refs = [entry.ref for of, entry in rows if of == tenant_id]
        has = select(SearchTerm.ref, SearchTerm.term).where(
            SearchTerm.tenant_id == tenant_id, SearchTerm.ref.in_(refs)
        )
        for ref, term in db.execute(has):
            found[tenant_id, ref].add(term)
    return found
