"""Writing the terms of a row, in the transaction that writes the row."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from sratix_core.db.rows import insert_rows
from sratix_core.search.models import Kind, SearchTerm

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


@dataclass(frozen=True)
class Entry:
    """All terms of one row. None: it is not found by words any more."""

    kind: Kind
    ref: uuid.UUID
    event_id: uuid.UUID | None
    terms: frozenset[str]


def add(ctx: TenantContext, *entries: Entry) -> None:
    """Write the terms of rows that are new, all in one statement."""
    insert_rows(ctx.db, SearchTerm, terms(ctx, *entries))


def terms(ctx: TenantContext, *entries: Entry) -> list[dict[str, Any]]:
    """As `add`, but the rows themselves, to be inserted with others."""
    return [_row(ctx, entry, term) for entry in entries for term in sorted(entry.terms)]


def replace(ctx: TenantContext, entry: Entry) -> None:
    """Bring the terms of a changed row in step; without terms, nobody finds it any more."""
    has = set(ctx.db.scalars(select(SearchTerm.term).where(SearchTerm.ref == entry.ref)))
    if gone := has - entry.terms:
        _forget(ctx, entry.ref, gone)
    insert_rows(ctx.db, SearchTerm, [_row(ctx, entry, term) for term in sorted(entry.terms - has)])


def forget(ctx: TenantContext, ref: uuid.UUID) -> None:
    """Nobody finds the row any more: it is going."""
    gone = delete(SearchTerm).where(SearchTerm.ref == ref)
    ctx.db.execute(gone, execution_options={"synchronize_session": False})


def _forget(ctx: TenantContext, ref: uuid.UUID, terms: Iterable[str]) -> None:
    gone = delete(SearchTerm).where(SearchTerm.ref == ref, SearchTerm.term.in_(sorted(terms)))
    ctx.db.execute(gone, execution_options={"synchronize_session": False})


def _row(ctx: TenantContext, entry: Entry, term: str) -> dict[str, Any]:
    return {
        "id": ctx.ids.new(),
        "kind": entry.kind,
        "term": term,
        "event_id": entry.event_id,
        "ref": entry.ref,
    }
