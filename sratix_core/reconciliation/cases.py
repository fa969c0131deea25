"""Differences as cases: opened and kept up to date by comparing, closed by themselves or by a person with a reason."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.reconciliation.kinds import CaseState
from sratix_core.reconciliation.models import FinanceCase
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.reconciliation.finding import Found

PAGE = 50
MOST = 100
"""Open cases are counted no further."""

LONGEST = 500


def note(ctx: TenantContext, found: Sequence[Found]) -> list[FinanceCase]:
    """Write down what differs now and close what no longer does; the cases that were opened or opened again.

    What a person closed stays closed while it is what they saw; another amount or cause opens it again. For whoever holds
    the tenant's comparison.
    """
    now = ctx.clock.now()
    known = {(c.kind, c.subject): c for c in ctx.db.scalars(_that_matter(found))}
    opened = []
    for each in found:
        case = known.pop((each.kind, each.subject), None)
        if case is None:
            case = FinanceCase(id=ctx.ids.new(), kind=each.kind, subject=each.subject, found_at=now)
            case.state = CaseState.OPEN
            ctx.db.add(case)
            opened.append(case)
        elif case.state != CaseState.OPEN and _again(case, each):
            case.state, case.found_at = CaseState.OPEN, now
            case.closed_at, case.closed_by, case.reason = None, None, ""
            opened.append(case)
        case.amount_minor, case.currency, case.cause, case.due_at = (
            each.minor,
            each.currency,
            each.cause,
            each.due_at,
        )
        case.provider, case.mode, case.order_id, case.event_id = (
            each.provider,
            each.mode,
            each.order_id,
            each.event_id,
        )
        case.seen_at = now
    for case in known.values():
        if case.state == CaseState.OPEN:
            case.state, case.closed_at = CaseState.RESOLVED, now
    ctx.db.flush()
    for case in opened:
        data = {"case": case.kind, "amount": case.amount_minor}
        record(ctx, "finance_case.opened", "finance_case", case.id, event_id=case.event_id, **data)
    return opened


def _that_matter(found: Sequence[Found]) -> Any:
    """The open cases, and the closed ones that are found again."""
    again = FinanceCase.subject.in_({each.subject for each in found})
    return select(FinanceCase).where((FinanceCase.state == CaseState.OPEN) | again).with_for_update()


def _again(case: FinanceCase, each: Found) -> bool:
    """Whether a closed case is news: it had closed by itself, or it is no longer what the person saw."""
    return not case.reason or (case.amount_minor, case.cause) != (each.minor, each.cause)


def close(ctx: TenantContext, case_id: uuid.UUID, state: str, reason: str) -> FinanceCase:
    """Settle or ignore a case, with who and why. Raises `NotFound`, `Invalid`, `Refused("case_closed")`."""
    mine = select(FinanceCase).where(FinanceCase.id == case_id).with_for_update()
    case = ctx.db.scalar(mine.execution_options(populate_existing=True))
    if case is None:
        raise NotFound("finance_case")
    if state not in (CaseState.RESOLVED, CaseState.IGNORED):
        raise Invalid({"state": "unknown_choice"})
    try:
        words = text.clean(reason, LONGEST, multiline=True)
    except text.BadText as error:
        raise Invalid({"reason": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not words:
        raise Invalid({"reason": "required"})
    if case.state != CaseState.OPEN:
        raise Refused("case_closed")
    case.state, case.reason = CaseState(state), words
    case.closed_at, case.closed_by = ctx.clock.now(), ctx.actor.id
    record(ctx, f"finance_case.{state}", "finance_case", case.id, event_id=case.event_id, case=case.kind)
    ctx.db.flush()
    return case


def case_by_id(ctx: TenantContext, case_id: uuid.UUID) -> FinanceCase:
    """Raises `NotFound`."""
    case: FinanceCase | None = ctx.db.get(FinanceCase, case_id)
    if case is None:
        raise NotFound("finance_case")
    return case


@dataclass(frozen=True)
class Wanted:
    """What narrows the list of cases."""

    state: str = ""
    kind: str = ""
    order_id: uuid.UUID | None = None
    event_id: uuid.UUID | None = None

    def narrow(self, query: Any) -> Any:
        for column, value in (
            (FinanceCase.state, self.state),
            (FinanceCase.kind, self.kind),
            (FinanceCase.order_id, self.order_id),
            (FinanceCase.event_id, self.event_id),
        ):
            if value:
                query = query.where(column == value)
        return query


def listed(ctx: TenantContext, wanted: Wanted, cursor: str | None, limit: int = PAGE) -> Page[FinanceCase]:
    """Cases, the newest first; one statement. Raises `NotFound` for a made-up cursor."""

    def run(paged: Any) -> Sequence[FinanceCase]:
        found: Sequence[FinanceCase] = ctx.db.scalars(paged).all()
        return found

    by = By(FinanceCase.found_at, FinanceCase.id, True)
    return page(wanted.narrow(select(FinanceCase)), by, cursor, limit, run, lambda c: (c.found_at, c.id))


def open_count(ctx: TenantContext) -> int:
    """Open cases, counted up to `MOST`."""
    return open_by_event(ctx).total()


def open_by_event(ctx: TenantContext) -> Counter[uuid.UUID | None]:
    """Open cases by event, `MOST` of them at most; those of no event under None."""
    some = select(FinanceCase.event_id).where(FinanceCase.state == CaseState.OPEN).limit(MOST)
    return Counter(ctx.db.scalars(some))
