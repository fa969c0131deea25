"""Which rows somebody means by what they typed: one range of the index, all of it, however long it is.

Few hits are looked up and then narrowed and sorted like any rows. Many are walked through in the order of the index,
each once and page by page, so a name that twenty thousand people have costs what a rare one does.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from sratix_core.db.keyset import Order as By
from sratix_core.db.types import LAST
from sratix_core.search import terms
from sratix_core.search.models import Kind, SearchTerm

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

MOST = 200
"""Terms up to which the rows of a search can be sorted by anything."""

COUNTED = 2000
"""Terms up to which words are told apart by how often they stand."""

WALKED = By(SearchTerm.term, SearchTerm.ref)
"""How many hits are sorted: by the beginning that was found."""


@dataclass(frozen=True)
class Found:
    """The terms that a search leads to; `more`: there are more than `MOST`, and rows are to be `walked`."""

    where: tuple[ColumnElement[bool], ...]
    phrase: str
    more: bool

    @property
    def refs(self) -> Select[uuid.UUID]:
        """The ids of all rows found."""
        return select(SearchTerm.ref).where(*self.where)

    @property
    def some(self) -> Select[uuid.UUID]:
        """The ids of as many rows as are looked at where only the first few are shown."""
        few = self.refs.order_by(SearchTerm.term).limit(MOST).subquery()
        return select(few.c.ref)

    def walked(self, query: Select[Any], tenant_id: Any, ref: Any) -> Select[Any]:
        """`query` narrowed to the rows found, each at the first of its terms; to be paged by `WALKED`."""
        earlier = aliased(SearchTerm)
        again = (
            select(earlier.id)
            .where(
                earlier.ref == SearchTerm.ref,
                earlier.term >= self.phrase,
                earlier.term < SearchTerm.term,
            )
            .correlate(SearchTerm)
            .exists()
        )
        met = and_(SearchTerm.tenant_id == tenant_id, SearchTerm.ref == ref)
        return query.join(SearchTerm, met).where(*self.where, ~again)


def find(ctx: TenantContext, kind: Kind, typed: str, event_id: uuid.UUID | None = None) -> Found | None:
    """None when too little was typed to look for. One statement, more where the words do not stand in a row."""
    phrase = terms.asked(typed)
    if not phrase:
        return None
    where = _terms(kind, phrase, event_id)
    count, single = _count(ctx, where), phrase.split()
    if not count and len(single) > 1:
        # All of the words somewhere: the rarest is looked up, the others are asked of what it finds.
        often = {word: _count(ctx, _terms(kind, word, event_id), COUNTED) for word in single}
        phrase, *others = sorted(single, key=lambda word: (often[word], -len(word)))
        where = (*_terms(kind, phrase, event_id), *map(_also, others))
        count = _count(ctx, where)
    return Found(where, phrase, count > MOST)


def _terms(kind: Kind, phrase: str, event_id: uuid.UUID | None) -> tuple[ColumnElement[bool], ...]:
    of = (SearchTerm.kind == kind, _begins(SearchTerm.term, phrase))
    return of if event_id is None else (*of, SearchTerm.event_id == event_id)


def _also(word: str) -> ColumnElement[bool]:
    term = aliased(SearchTerm)
    return (
        select(term.id)
        .where(term.ref == SearchTerm.ref, _begins(term.term, word))
        .correlate(SearchTerm)
        .exists()
    )


def _begins(column: Any, prefix: str) -> ColumnElement[bool]:
    begins: ColumnElement[bool] = (column >= prefix) & (column < prefix + LAST)
    return begins


def _count(ctx: TenantContext, where: tuple[ColumnElement[bool], ...], most: int = MOST) -> int:
    """How many terms, counted no further than one beyond `most`."""
    # In the order of the index, or the planner reads the table where most of it is found.
    some = select(SearchTerm.ref).where(*where).order_by(SearchTerm.term).limit(most + 1).subquery()
    return int(ctx.db.scalar(select(func.count()).select_from(some)) or 0)
