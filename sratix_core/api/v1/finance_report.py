"""What a period came to, and the differences between the books and the world."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_EDIT, FINANCE_VIEW
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Moment, Sort, page, page_of
from sratix_core.api.v1.common import SignedMoney, picked
from sratix_core.api.v1.finance import TAG
from sratix_core.errors import Invalid
from sratix_core.ledger.reports import report
from sratix_core.payments.figures import Paying, by_provider
from sratix_core.reconciliation.cases import Wanted, case_by_id, close
from sratix_core.reconciliation.kinds import CaseKind, CaseState, Cause
from sratix_core.reconciliation.looking import ask_again
from sratix_core.reconciliation.models import FinanceCase

CASES = TENANT + "/finance/cases"
LONGEST = timedelta(days=3700)
USUAL = timedelta(days=30)


class FinanceSummaryQuery(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`since` is included, `until` is not; the last 30 days unless said. The currency is the organizer's own unless said."""

    since: Moment | UnsetType = UNSET
    until: Moment | UnsetType = UNSET
    currency: Annotated[str, Meta(min_length=3, max_length=3)] | UnsetType = UNSET
    event_id: uuid.UUID | UnsetType = UNSET


class ProviderFiguresOut(msgspec.Struct):
    """What moved at one provider (`name:test` for play money); `kept` is by how much what it holds has changed.

    `tries` to pay that were begun and how many of them `succeeded`; `declined` by the provider's own codes;
    `seconds_to_money` from placing an order to its money on the average, null when nothing came.
    """

    provider: str
    received: SignedMoney
    refunds: SignedMoney
    fees: SignedMoney
    payouts: SignedMoney
    kept: SignedMoney
    tries: int
    succeeded: int
    declined: dict[str, int]
    seconds_to_money: float | None


class FinanceSummaryOut(msgspec.Struct):
    """All from the books. `revenue` is without tax; `outstanding` is what buyers owed at the end, negative while they are owed."""

    revenue: SignedMoney
    tax: SignedMoney
    received: SignedMoney
    refunds: SignedMoney
    fees: SignedMoney
    payouts: SignedMoney
    disputed: SignedMoney
    chargebacks: SignedMoney
    outstanding: SignedMoney
    providers: list[ProviderFiguresOut]


class FinanceCaseOut(msgspec.Struct):
    """A difference. `amount` is negative where money is missing or owed; `subject` names what differs.

    `closed_by` is empty for a case that went away by itself.
    """

    id: uuid.UUID
    kind: CaseKind
    cause: Cause
    state: CaseState
    subject: str
    provider: str
    amount: SignedMoney
    order_id: uuid.UUID | None
    event_id: uuid.UUID | None
    due_at: datetime | None
    found_at: datetime
    seen_at: datetime
    closed_at: datetime | None
    closed_by: uuid.UUID | None
    reason: str


class CaseQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    state: CaseState | UnsetType = UNSET
    kind: CaseKind | UnsetType = UNSET
    order_id: uuid.UUID | UnsetType = UNSET


class ResolutionIn(msgspec.Struct, forbid_unknown_fields=True):
    """`resolved`: it is dealt with; `ignored`: it may stay as it is. Either opens again when it changes."""

    state: Annotated[str, Meta(pattern="^(resolved|ignored)$")]
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


@endpoint(
    "GET",
    TENANT + "/finance/summary",
    FINANCE_VIEW,
    "What a period came to: sales, tax, money received and sent back, fees, payouts, by provider",
    tag=TAG,
    query=FinanceSummaryQuery,
    answers=FinanceSummaryOut,
)
def get_finance_summary(call: Call) -> FinanceSummaryOut:
    asked = call.query
    until = call.ctx.clock.now() if asked.until is UNSET else asked.until
    since = until - USUAL if asked.since is UNSET else asked.since
    if not timedelta() < until - since <= LONGEST:
        raise Invalid({"until": "range"})
    currency = call.ctx.tenant.currency if asked.currency is UNSET else asked.currency
    event_id = None if asked.event_id is UNSET else asked.event_id
    made = report(call.ctx, currency, [since, until], event_id)
    paying = by_provider(call.ctx.db, since, until, event_id)

    def money(minor: int) -> SignedMoney:
        return SignedMoney(minor, currency)

    names = ("revenue", "tax", "received", "refunds", "fees", "payouts", "disputed", "chargebacks")
    moved = ("received", "refunds", "fees", "payouts", "kept")
    providers = []
    for name in sorted({*made.providers, *paying}):
        figures, tried = made.providers.get(name, Counter()), paying.get(name, Paying())
        found: dict[str, Any] = {figure: money(figures[figure]) for figure in moved}
        found |= {
            "tries": tried.tries,
            "succeeded": tried.states["succeeded"],
            "declined": dict(tried.reasons),
        }
        providers.append(ProviderFiguresOut(provider=name, seconds_to_money=tried.seconds, **found))
    totals: dict[str, Any] = {name: money(made.totals[name]) for name in names}
    return FinanceSummaryOut(outstanding=money(made.owed), providers=providers, **totals)


def _out(rows: Sequence[FinanceCase]) -> list[FinanceCaseOut]:
    return [
        picked(
            case,
            FinanceCaseOut,
            kind=CaseKind(case.kind),
            cause=Cause(case.cause),
            state=CaseState(case.state),
            amount=SignedMoney(case.amount_minor, case.currency),
        )
        for case in rows
    ]


@endpoint(
    "GET",
    CASES,
    FINANCE_VIEW,
    "List differences between statements, payments and books, the newest first",
    tag=TAG,
    query=CaseQuery,
    answers=page_of(FinanceCaseOut),
)
def list_finance_cases(call: Call) -> Any:
    asked = call.query
    wanted = Wanted(
        "" if asked.state is UNSET else asked.state,
        "" if asked.kind is UNSET else asked.kind,
        None if asked.order_id is UNSET else asked.order_id,
    )
    by = Sort(FinanceCase.found_at, FinanceCase.id, descending=True)
    return page(call, wanted.narrow(select(FinanceCase)), by, _out)


@endpoint("GET", CASES + "/{case}", FINANCE_VIEW, "One difference", tag=TAG, answers=FinanceCaseOut)
def get_finance_case(call: Call) -> FinanceCaseOut:
    return _out([case_by_id(call.ctx, call.id("case"))])[0]


@endpoint(
    "POST",
    CASES + "/{case}/look",
    FINANCE_EDIT,
    "Ask the provider about a difference again, in the background",
    tag=TAG,
    status=204,
    errors=("case_closed",),
)
def look_into_finance_case(call: Call) -> None:
    ask_again(call.ctx, call.id("case"))


@endpoint(
    "POST",
    CASES + "/{case}/resolution",
    FINANCE_EDIT,
    "Settle a difference or set it aside, with a reason",
    tag=TAG,
    body=ResolutionIn,
    answers=FinanceCaseOut,
    errors=("case_closed",),
)
def resolve_finance_case(call: Call) -> FinanceCaseOut:
    closed = close(call.ctx, call.id("case"), call.body.state, call.body.reason)
    return _out([closed])[0]
