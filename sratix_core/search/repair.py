"""Bringing all search terms in step with the rows again, batch by batch, each in a transaction of its own."""

from __future__ import annotations

from sqlalchemy import delete, select

from sratix_core.context import Sources
from sratix_core.search.models import SearchTerm
from sratix_core.search.sources import SOURCES, Source, batches, terms_of
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.scope import SystemScope

REPAIR = SystemScope("search terms of every tenant are compared with the rows they lead to")
LOOKED_AT = 5000


def rebuild(engines: Engines, sources: Sources) -> int:
    """Write the terms that are missing and delete those that lead nowhere; how many rows were out of step."""
    return sum(_of(engines, sources, source) for source in SOURCES) + _strays(engines)


def _of(engines: Engines, sources: Sources, source: Source) -> int:
    wrong = 0
    with engines.begin(REPAIR, write=False) as reader:
        for rows in batches(reader, source):
            has = terms_of(reader, rows)
            off = [(tenant_id, e) for tenant_id, e in rows if has.get((tenant_id, e.ref), set()) != e.terms]
            for tenant_id, entry in off:
                with engines.begin(REPAIR) as db:
                    mine = (SearchTerm.tenant_id == tenant_id, SearchTerm.ref == entry.ref)
                    db.execute(
                        delete(SearchTerm).where(*mine), execution_options={"synchronize_session": False}
                    )
                    db.add_all(
                        SearchTerm(
                            tenant_id=tenant_id,
                            id=sources.ids.new(),
                            kind=entry.kind,
                            term=term,
                            event_id=entry.event_id,
                            ref=entry.ref,
                        )
                        for term in sorted(entry.terms)
                    )
            wrong += len(off)
    return wrong


def _strays(engines: Engines) -> int:
    """Terms whose row is gone."""
    known: set[tuple[int, object]] = set()
    with engines.begin(REPAIR, write=False) as db:
        for source in SOURCES:
            for rows in batches(db, source):
                known.update((tenant_id, entry.ref) for tenant_id, entry in rows)
        all_refs = (
            select(SearchTerm.tenant_id, SearchTerm.ref).distinct().execution_options(yield_per=LOOKED_AT)
        )
        gone = [
            (row.tenant_id, row.ref) for row in db.execute(all_refs) if (row.tenant_id, row.ref) not in known
        ]
    with engines.begin(REPAIR) as db:
        for tenant_id, ref in gone:
            db.execute(
                delete(SearchTerm).where(SearchTerm.tenant_id == tenant_id, SearchTerm.ref == ref),
                execution_options={"synchronize_session": False},
            )
    return len(gone)
