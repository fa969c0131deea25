"""Which rows somebody means by what they typed: one range of the index, all of it, however long it is.

Few hits are looked up and then narrowed and sorted like any rows. Many are walked through in the order of the index,
each once and page by page, so a name that twenty thousand people have costs what a rare one does.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from sratix_core.db.keyset import Order as By
from sratix_core.db.types import LAST
from sratix_core.search import terms
from sratix_core.search.models import Kind, SearchTerm
from sratix_core.tenancy.prebuilt import Prebuilt

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
    phrase: Any
    more: bool
    bound: Mapping[str, Any] = field(default_factory=dict)
    others: int = 0
    tenant: Any = None

    @property
    def form(self) -> tuple[bool, int]:
        """What a prebuilt statement must know of a search; `bound` are its values, by the names of `shaped`."""
        return self.more, self.others

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
                *(() if self.tenant is None else (earlier.tenant_id == self.tenant,)),
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
    single, others = phrase.split(), list[str]()
    where = _terms(kind, phrase, event_id)
    count = _count(ctx, kind, phrase, event_id)
    if not count and len(single) > 1:
        # All of the words somewhere: the rarest is looked up, the others are asked of what it finds.
        often = {word: _count(ctx, kind, word, event_id, COUNTED) for word in single}
        phrase, *others = sorted(single, key=lambda word: (often[word], -len(word)))
        where = (*_terms(kind, phrase, event_id), *(_also(*_range(word)) for word in others))
        count = _walk(ctx, where)
    low, high = _range(phrase)
    bound = {"found_kind": kind, "found_event": event_id, "found_low": low, "found_high": high}
    for n, word in enumerate(others):
        bound |= dict(zip((f"also_{n}_low", f"also_{n}_high"), _range(word), strict=True))
    return Found(where, phrase, count > MOST, bound, len(others))


def shaped(more: bool, others: int) -> Found:
    """A search of one event as a prebuilt statement has it: parameters where `find` has values, the tenant beside each term."""
    tenant: BindParameter[int] = bindparam("in_tenant")
    low: BindParameter[str] = bindparam("found_low")
    high: BindParameter[str] = bindparam("found_high")
    where = (
        SearchTerm.tenant_id == tenant,
        SearchTerm.kind == bindparam("found_kind"),
        _begins(SearchTerm.term, low, high),
        SearchTerm.event_id == bindparam("found_event"),
        *(_also(bindparam(f"also_{n}_low"), bindparam(f"also_{n}_high"), tenant) for n in range(others)),
    )
    return Found(where, low, more, tenant=tenant)


def _range(word: str) -> tuple[str, str]:
    return word, word + LAST


def _terms(kind: Kind, phrase: str, event_id: uuid.UUID | None) -> tuple[ColumnElement[bool], ...]:
    of = (SearchTerm.kind == kind, _begins(SearchTerm.term, *_range(phrase)))
    return of if event_id is None else (*of, SearchTerm.event_id == event_id)


def _also(low: Any, high: Any, tenant: Any = None) -> ColumnElement[bool]:
    term = aliased(SearchTerm)
    mine = () if tenant is None else (term.tenant_id == tenant,)
    return (
        select(term.id)
        .where(*mine, term.ref == SearchTerm.ref, _begins(term.term, low, high))
        .correlate(SearchTerm)
        .exists()
    )


def _begins(column: Any, low: Any, high: Any) -> ColumnElement[bool]:
    begins: ColumnElement[bool] = (column >= low) & (column < high)
    return begins


def _count(ctx: TenantContext, kind: Kind, phrase: str, event_id: uuid.UUID | None, most: int = MOST) -> int:
    """How many terms of an event begin so, counted no further than one beyond `most`."""
    if event_id is None:
        return _walk(ctx, _terms(kind, phrase, event_id), most)
    low, high = _range(phrase)
    bound = {"found_kind": kind, "found_event": event_id, "found_low": low, "found_high": high}
    return int(_counting(most).all(ctx.db, {"in_tenant": ctx.tenant.id, **bound})[0][0])


@cache
def _counting(most: int) -> Prebuilt:
    return Prebuilt(_counted(shaped(False, 0).where, most))


def _counted(where: tuple[ColumnElement[bool], ...], most: int) -> Select[int]:
    # In the order of the index, or the planner reads the table where most of it is found.
    some = select(SearchTerm.ref).where(*where).order_by(SearchTerm.term).limit(most + 1).subquery()
    return select(func.count()).select_from(some)


def _walk(ctx: TenantContext, where: tuple[ColumnElement[bool], ...], most: int = MOST) -> int:
    return int(ctx.db.scalar(_counted(where, most)) or 0)
