"""What a provider said becomes a fact, in one transaction: by whichever way it reached us, and however often."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, cast

from sratix_core.errors import Refused
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.orders.states import OrderState
from sratix_core.payments.attempts import ask_again, held, keep_begun, move
from sratix_core.payments.calls import Answer, lowered
from sratix_core.payments.failures import came_back, named
from sratix_core.payments.hot import kept
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.paying import renew
from sratix_core.payments.receiving import Receipt, received_held
from sratix_core.payments.refunds import claim, owed_by, release, went_back
from sratix_core.payments.sending import send_owed
from sratix_core.payments.states import OPEN, AttemptState
from sratix_core.plugins.paying import Begun, Mode, Reading, RefundReading
from sratix_core.plugins.requesting import NOTED, TO_DECIDE
from sratix_core.saved_methods.service import note_name

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

S = AttemptState


def settle(ctx: TenantContext, attempt_id: uuid.UUID, answer: Answer) -> PaymentAttempt:
    """Apply an answer to its attempt and to the order; the attempt as it is then. A repeat changes nothing."""
    order, attempt = held(ctx, attempt_id)
    said = answer.said
    if isinstance(said, Begun):
        if attempt.state in {S.INTENT, S.UNKNOWN}:
            keep_begun(ctx, attempt, said)
            move(ctx, attempt, S.WAITING)
        if said.keeper and attempt.customer_id is not None:
            note_name(ctx, attempt.customer_id, said.keeper)
    elif isinstance(said, Reading):
        _payment(ctx, order, attempt, said)
    elif isinstance(said, RefundReading):
        _refund(ctx, order, attempt, said)
    elif answer.trouble == "declined":
        _over(ctx, order, attempt, S.DECLINED, answer.reason)
    elif answer.trouble == "unknown" and attempt.reference is None:
        move(ctx, attempt, S.UNKNOWN, answer.reason)
    if attempt.state in OPEN:
        ask_again(ctx, attempt)
    return attempt


def _payment(ctx: TenantContext, order: Order, attempt: PaymentAttempt, said: Reading) -> None:
    if said.state == "waiting":
        if attempt.state == S.UNKNOWN:
            move(ctx, attempt, S.WAITING)
        _note(ctx, order, attempt, said.reason)
        return
    if said.state != "succeeded":
        _over(ctx, order, attempt, S(said.state), said.reason)
        if attempt.state == S.CANCELLED and order.outstanding.minor and lowered(order, attempt):
            renew(ctx, order, attempt)
        return
    amount = said.amount or attempt.amount
    if amount.currency != order.currency:
        attempt.reason = "amount_differs"  # money of another kind: somebody has to look, so it stays open
        return
    if not move(ctx, attempt, S.SUCCEEDED):
        return
    provider, name = said.provider or attempt.provider, said.payment or said.reference
    receipt = Receipt(provider, name, amount, cast(Mode, attempt.mode), attempt.id)
    try:
        order = received_held(ctx, order, receipt)
    except Refused as error:
        if error.code != "payment_known":
            raise
        return
    if order.state == OrderState.PAID_AFTER_EXPIRY:
        order = cancel_order(ctx, order, "no_seats")
    if owed_by(order, kept(ctx, order.id)).minor:
        send_owed(ctx, order)


def _note(ctx: TenantContext, order: Order, attempt: PaymentAttempt, reason: str) -> None:
    """What is known of a request that waits. One that was paid outside is over once a person has decided about its order."""
    if reason in TO_DECIDE and not (order.is_payable or order.state == OrderState.EXPIRED):
        _over(ctx, order, attempt, S.CANCELLED, reason)
    elif attempt.state in OPEN and (reason in NOTED or attempt.reason in NOTED):
        attempt.reason = reason if reason in NOTED else ""


def _over(
    ctx: TenantContext, order: Order, attempt: PaymentAttempt, target: AttemptState, reason: str
) -> None:
    if move(ctx, attempt, target, reason) and attempt.payment_id is not None:
        release(ctx, ctx.db.get_one(Payment, attempt.payment_id), attempt.amount)
        ctx.db.expire(order, ["payments"])


def _refund(ctx: TenantContext, order: Order, attempt: PaymentAttempt, said: RefundReading) -> None:
    """A refund that failed stays failed: that it had succeeded was true before, and is heard late."""
    if attempt.state == S.DECLINED and attempt.reference is not None:
        return
    attempt.reference = said.reference or attempt.reference
    if said.state == "waiting":
        move(ctx, attempt, S.WAITING)
    elif said.state == "declined" and attempt.state == S.SUCCEEDED:
        _returned(ctx, order, attempt, said.reason)
    elif said.state == "declined":
        _over(ctx, order, attempt, S.DECLINED, said.reason)
    elif attempt.payment_id is not None:
        given_up = attempt.state not in OPEN
        if move(ctx, attempt, S.SUCCEEDED):
            payment = ctx.db.get_one(Payment, attempt.payment_id)
            if given_up:  # what was set aside for it had been given back
                claim(ctx, payment, attempt.amount)
            went_back(ctx, order, payment, said.reference, attempt.amount)


def _returned(ctx: TenantContext, order: Order, attempt: PaymentAttempt, reason: str) -> None:
    refund = named(ctx, attempt.provider, attempt.reference or "")
    if refund is not None and move(ctx, attempt, S.RETURNED, reason):
        came_back(ctx, order, refund, reason)
