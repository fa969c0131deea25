"""What must hold of search: the terms are those that the rooms would write today, no fewer and no others."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from sratix_core.invariants import Check, Outcome
from sratix_core.search.models import SearchTerm
from sratix_core.search.sources import SOURCES, batches, terms_of
from sratix_core.tenancy.session import ScopedSession
from sratix_core.tickets.models import Attendee, Ticket

SHOWN = 20


def terms_are_in_step(db: ScopedSession) -> Outcome:
    """Every row has its terms; a term without a row would keep the name of somebody who was erased."""
    faults: list[str] = []
    checked = seen = 0
    for source in SOURCES:
        for rows in batches(db, source):
            has = terms_of(db, rows)
            checked += len(rows)
            seen += sum(len(terms) for terms in has.values())
            for tenant_id, entry in rows:
                if has.get((tenant_id, entry.ref), set()) != entry.terms:
                    faults.append(f"{entry.kind} {entry.ref}: its search terms are not its own")
    total = int(db.scalar(select(func.count()).select_from(SearchTerm)) or 0)
    if total != seen:
        faults.append(f"{total - seen} search terms of rows that are gone")
    elsewhere = (
        select(func.count())
        .select_from(Ticket)
        .join(Attendee, and_(Attendee.tenant_id == Ticket.tenant_id, Attendee.id == Ticket.attendee_id))
        .where(Attendee.fold != Ticket.fold)
    )
    if n := int(db.scalar(elsewhere) or 0):
        faults.append(f"{n} tickets are sorted by another name than their holder's")
    return Outcome(checked, tuple(faults[:SHOWN]))


CHECKS = (Check("D1", "search terms are those of the rows they lead to", terms_are_in_step),)
