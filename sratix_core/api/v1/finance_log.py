"""What came from outside about money: lines of providers' statements, and their messages without what those say of people."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_EDIT, FINANCE_VIEW
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Moment, Sort, page, page_of
from sratix_core.api.v1.common import SignedMoney, picked
from sratix_core.api.v1.finance import TAG
from sratix_core.payments.inbox import replay_by_id
from sratix_core.payments.models import InboxEvent, InboxState
from sratix_core.reconciliation.jobs import compare_now
from sratix_core.reconciliation.models import MovementKind, PaymentMovement

WEBHOOKS = TENANT + "/finance/webhooks"


class PaymentMovementOut(msgspec.Struct):
    """A line of a provider's statement: its balance moved by `amount` less `fee`. `payment_id` is the payment here, if it is one."""

    id: uuid.UUID
    provider: str
    mode: str
    reference: str
    kind: MovementKind
    amount: SignedMoney
    fee: SignedMoney
    payment_id: uuid.UUID | None
    at: datetime
    read_at: datetime


class MovementQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    kind: MovementKind | UnsetType = UNSET
    since: Moment | UnsetType = UNSET
    until: Moment | UnsetType = UNSET


class PaymentWebhookOut(msgspec.Struct):
    """What a provider told us. `error` says why a failed one could not be acted on."""

    id: uuid.UUID
    provider: str
    mode: str
    event_id: str
    type: str
    state: InboxState
    error: str
    received_at: datetime
    processed_at: datetime | None


class PaymentWebhookQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    state: InboxState | UnsetType = UNSET


@endpoint(
    "GET",
    TENANT + "/finance/movements",
    FINANCE_VIEW,
    "List the lines of providers' statements, the newest first",
    tag=TAG,
    query=MovementQuery,
    answers=page_of(PaymentMovementOut),
)
def list_payment_movements(call: Call) -> Any:
    M, asked = PaymentMovement, call.query
    query = select(M)
    if asked.kind is not UNSET:
        query = query.where(M.kind == asked.kind)
    if asked.since is not UNSET:
        query = query.where(M.at >= asked.since)
    if asked.until is not UNSET:
        query = query.where(M.at < asked.until)

    def convert(rows: Sequence[PaymentMovement]) -> list[PaymentMovementOut]:
        return [
            picked(
                m,
                PaymentMovementOut,
                kind=MovementKind(m.kind),
                amount=SignedMoney(m.amount_minor, m.currency),
                fee=SignedMoney(m.fee_minor, m.currency),
            )
            for m in rows
        ]

    return page(call, query, Sort(M.at, M.id, descending=True), convert)


@endpoint(
    "POST",
    TENANT + "/finance/comparisons",
    FINANCE_EDIT,
    "Read every statement and compare the books, in the background",
    tag=TAG,
    status=204,
)
def compare_books(call: Call) -> None:
    compare_now(call.ctx)


@endpoint(
    "GET",
    WEBHOOKS,
    FINANCE_VIEW,
    "List what payment providers told us, the newest first",
    tag=TAG,
    query=PaymentWebhookQuery,
    answers=page_of(PaymentWebhookOut),
)
def list_payment_webhooks(call: Call) -> Any:
    E = InboxEvent
    query: Any = select(
        E.id, E.provider, E.mode, E.event_id, E.type, E.state, E.error, E.received_at, E.processed_at
    )
    if call.query.state is not UNSET:
        query = query.where(E.state == call.query.state)

    def convert(rows: Sequence[Any]) -> list[PaymentWebhookOut]:
        return [picked(row, PaymentWebhookOut, state=InboxState(row.state)) for row in rows]

    return page(call, query, Sort(E.received_at, E.id, descending=True), convert)


@endpoint(
    "POST",
    WEBHOOKS + "/{webhook}/replay",
    FINANCE_EDIT,
    "Let a provider's message be looked at again, in the background",
    tag=TAG,
    status=204,
)
def replay_payment_webhook(call: Call) -> None:
    replay_by_id(call.ctx, call.id("webhook"))
