"""Which rows somebody means by what they typed: one range of the index, never more than a few hundred rows of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from sratix_core.db.types import LAST
from sratix_core.search import terms
from sratix_core.search.models import Kind, SearchTerm

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

MOST = 200
"""Rows that a search looks at; whoever gets more types another letter."""

PROBED = 2000
"""Terms tried where the words do not stand in a row."""


@dataclass(frozen=True)
class Found:
    """The rows that a search leads to, as a subquery of their ids; `more`: there are others beyond `MOST`."""

    refs: Any
    count: int

    @property
    def more(self) -> bool:
        return self.count > MOST


def find(ctx: TenantContext, kind: Kind, typed: str, event_id: uuid.UUID | None = None) -> Found | None:
    """None when too little was typed to look for. One statement, two where the words do not stand in a row."""
    phrase = terms.asked(typed)
    if not phrase:
        return None
    query = _terms(kind, phrase, event_id).limit(MOST + 1)
    count = _count(ctx, query)
    single = phrase.split()
    if not count and len(single) > 1:
        query = _scattered(kind, single, event_id).limit(MOST + 1)
        count = _count(ctx, query)
    found = query.limit(MOST).subquery()
    return Found(select(found.c.ref), count)


def _terms(kind: Kind, phrase: str, event_id: uuid.UUID | None) -> Select[uuid.UUID]:
    query = select(SearchTerm.ref).where(SearchTerm.kind == kind, _begins(SearchTerm.term, phrase))
    if event_id is not None:
        query = query.where(SearchTerm.event_id == event_id)
    return query.order_by(SearchTerm.term)


def _scattered(kind: Kind, single: list[str], event_id: uuid.UUID | None) -> Select[uuid.UUID]:
    """Rows that have all of the words somewhere: the longest is looked up, the others are asked of what it finds."""
    longest, *others = sorted(single, key=len, reverse=True)
    some = _terms(kind, longest, event_id).limit(PROBED).subquery()
    query = select(some.c.ref)
    for word in others:
        term = aliased(SearchTerm)
        query = query.where(
            select(term.id).where(term.ref == some.c.ref, _begins(term.term, word)).correlate(some).exists()
        )
    return query


def _begins(column: Any, prefix: str) -> ColumnElement[bool]:
    begins: ColumnElement[bool] = (column >= prefix) & (column < prefix + LAST)
    return begins


def _count(ctx: TenantContext, query: Select[uuid.UUID]) -> int:
    return int(ctx.db.scalar(select(func.count(query.subquery().c.ref.distinct()))) or 0)
