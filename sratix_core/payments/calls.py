"""Asking a provider: prepared inside a unit of work, asked with none open, so that nothing waits for the outside with locks."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from sratix_core.errors import InsideTransaction, NotSent, OutcomeUnknown, Unavailable
from sratix_core.invoices.models import InvoiceKind
from sratix_core.invoices.queries import of_order
from sratix_core.orders.links import order_url
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.payments.hot import shown
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.providers import known_provider
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.plugins.paying import (
    Charge,
    ChargeLine,
    Declined,
    ICallsOut,
    IEmbeds,
    IRedirects,
    IRefunds,
    Reading,
    RefundReading,
    RefundWanted,
)
from sratix_core.plugins.requesting import IRequestsPayment
from sratix_core.plugins.saving import ISavesMethods
from sratix_core.saved_methods.models import PaymentCustomer
from sratix_core.saved_methods.service import keeper
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

log = structlog.get_logger("sratix.payments")

KEY_LIVES = timedelta(hours=23)
"""How long a provider surely knows an idempotency key; Stripe forgets one after 24 hours."""

RETURNED = "payment/return/"
"""Below a buyer's page: where the provider sends them back to."""


@dataclass(frozen=True)
class Answer:
    """What a call came to. `said` is the provider's word (`Begun`, `Reading`, …); without it, `trouble` tells why:
    `not_sent`, `unknown` or `declined`."""

    said: Any = None
    trouble: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Question:
    """One call to make with no transaction open, about an attempt or a payment."""

    subject_id: uuid.UUID
    ask: Callable[[], Any]

    def answer(self) -> Answer:
        """Make the call. Never raises for what the other side does."""
        try:
            return Answer(self.ask())
        except Declined as no:
            return Answer(trouble="declined", reason=no.reason)
        except NotSent:
            return Answer(trouble="not_sent")
        except OutcomeUnknown:
            return Answer(trouble="unknown")
        except InsideTransaction:
            raise
        except Exception as error:
            log.error("provider_failed", subject=str(self.subject_id), exc_info=error)
            return Answer(trouble="unknown", reason=type(error).__name__)


def question(
    ctx: TenantContext, order: Order, attempt: PaymentAttempt, *, over: bool = False
) -> Question | None:
    """What to ask next about an open attempt, or to end it; None while its provider is not there or has no keys."""
    provider: Any = known_provider(ctx, attempt.provider)
    if provider is None or not ICallsOut.providedBy(provider):
        return None
    account = provider.account(ctx, attempt.mode)
    if attempt.kind == AttemptKind.REFUND:
        return _refund(ctx, provider, account, attempt)
    return _payment(ctx, provider, account, order, attempt, over)


def saved_question(ctx: TenantContext, order: Order, attempt: PaymentAttempt) -> Question:
    """Pay an opened attempt with the saved method it names, while the buyer waits. Raises `Unavailable("not_configured")`."""
    provider: Any = known_provider(ctx, attempt.provider)
    if not ISavesMethods.providedBy(provider):
        raise Unavailable("not_configured")
    account, charge = provider.account(ctx, attempt.mode), charge_of(ctx, order, attempt)
    reference = attempt.reference or ""
    return Question(attempt.id, lambda: provider.pay_saved(account, charge, reference))


def _payment(
    ctx: TenantContext, provider: Any, account: Any, order: Order, attempt: PaymentAttempt, over: bool
) -> Question | None:
    reference, now = attempt.reference, ctx.clock.now()
    past = attempt.ends_at is not None and attempt.ends_at <= now
    if reference is None:
        asks = IRequestsPayment.providedBy(provider)
        charge = _named(ctx, order, charge_of(ctx, order, attempt)) if asks else None
        forgotten = now - attempt.created_at > KEY_LIVES
        if charge is not None and (forgotten or over or past or not order.is_payable):
            wanted = charge  # a mail may have left with its address, and none is to leave for what is over
            return Question(attempt.id, lambda: provider.request_of(account, wanted))
        if forgotten:
            return Question(attempt.id, lambda: Reading("expired", ""))  # nobody ever had its address
        charge = charge or charge_of(ctx, order, attempt)
        if attempt.method is not None:
            return Question(attempt.id, lambda: provider.begin_saved(account, charge))
        if IEmbeds.providedBy(provider) and not IRedirects.providedBy(provider):
            return Question(attempt.id, lambda: provider.begin_embedded(account, charge))
        return Question(attempt.id, lambda: provider.begin(account, charge))
    too_much = asks_too_much(order, attempt) or (
        IRequestsPayment.providedBy(provider) and lowered(order, attempt)
    )
    if over or past or not order.is_payable or too_much:
        return Question(attempt.id, lambda: provider.end(account, reference))
    return Question(attempt.id, lambda: provider.read(account, reference))


def _refund(ctx: TenantContext, provider: Any, account: Any, attempt: PaymentAttempt) -> Question | None:
    if not IRefunds.providedBy(provider) or attempt.payment_id is None:
        return None
    payment = ctx.db.get_one(Payment, attempt.payment_id)
    meta = _metadata(ctx, attempt)
    wanted = RefundWanted(attempt.key, payment.reference, attempt.amount, meta)
    asked_before = attempt.state != AttemptState.INTENT
    forgotten = ctx.clock.now() - attempt.created_at > KEY_LIVES

    def ask() -> RefundReading:
        if asked_before or forgotten:
            for found in provider.refunds_of(account, wanted.payment):
                if found.key == wanted.key:
                    reading: RefundReading = found
                    return reading
        if forgotten:
            raise Declined("never_arrived")
        sent: RefundReading = provider.refund(account, wanted)
        return sent

    return Question(attempt.id, ask)


def asks_too_much(order: Order, attempt: PaymentAttempt) -> bool:
    """Whether a try was begun for more than a paid order lacks by now: for its price, or for a change that was undone since."""
    return order.paid_at is not None and attempt.amount.minor > order.outstanding.minor


def lowered(order: Order, attempt: PaymentAttempt) -> bool:
    """Whether an order that waits costs less by now than a request asks for, which is open for days."""
    return order.state == OrderState.AWAITING_PAYMENT and attempt.amount.minor > order.outstanding.minor


def charge_of(ctx: TenantContext, order: Order, attempt: PaymentAttempt) -> Charge:
    """What a provider is asked to collect: the same for every repeat of the attempt."""
    bought, amount = shown(ctx, order.id), attempt.amount
    page = order_url(ctx, order, bought.slug)
    lines = [ChargeLine(text, n, Money(minor, order.currency)) for text, n, minor in bought.lines]
    listed = sum(line.amount.minor for line in lines)
    # of a change, or beside a card: the lines were paid before, in part or whole
    rest = order.paid_at is not None and attempt.created_at >= order.paid_at
    if not rest and amount.minor < order.price.minor:
        rest = any(p.stored and p.received_at <= attempt.created_at for p in order.payments)
    if rest or listed < amount.minor or any(line.amount.minor < 0 for line in lines):
        lines, listed = [ChargeLine(bought.title, 1, amount)], amount.minor
    return Charge(
        key=attempt.key,
        attempt_id=attempt.id,
        amount=amount,
        code=order.code,
        title=bought.title,
        email=order.buyer_email,
        locale=order.locale,
        lines=lines,
        discount=Money(listed - amount.minor, order.currency),
        return_url=page + RETURNED,
        cancel_url=page + "?done=payment_left",
        begins_at=attempt.created_at,
        ends_at=attempt.ends_at or attempt.created_at,
        metadata=_metadata(ctx, attempt),
        keeper=keeper(ctx.db.get_one(PaymentCustomer, attempt.customer_id), attempt.method)
        if attempt.customer_id is not None
        else None,
    )


def _named(ctx: TenantContext, order: Order, charge: Charge) -> Charge:
    """With who is asked to pay, and the number of our own invoice where it was issued before."""
    mine = [each for each in of_order(ctx, order) if each.kind == InvoiceKind.INVOICE]
    label = mine[-1].label if mine else None
    return replace(charge, name=order.buyer_company or order.buyer_name, invoice=label or "")


def _metadata(ctx: TenantContext, attempt: PaymentAttempt) -> dict[str, str]:
    return {
        "sratix_tenant": ctx.tenant.slug,
        "sratix_order": str(attempt.order_id),
        "sratix_attempt": str(attempt.id),
        "sratix_key": attempt.key,
    }
