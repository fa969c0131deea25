"""Which order a payment is for: by its structured reference, by an order code in its words, else by amount and name.

Only the first two pay an order by themselves, and only to the last cent; everything else is put before a person.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from sratix_bank_transfer import collective
from sratix_bank_transfer.collective import outstanding
from sratix_bank_transfer.models import Reason, Transaction
from sratix_bank_transfer.references import CODE_LETTERS, Subject, read
from sratix_core.plugin import CollectiveInvoice, Money, Order, OrderState, Payment, TenantContext, fold

CODE = re.compile(rf"(?<![A-Z0-9])[{CODE_LETTERS}]{{5,12}}(?![A-Z0-9])")
STRUCTURED = re.compile(r"RF[0-9]{2}(?: ?[0-9A-Z]){1,21}|[0-9]{2}(?: ?[0-9]{5}){5}")
MOST_CODES = 20
MOST_CANDIDATES = 2000
STANDING = {
    OrderState.PAID: Reason.PAID,
    OrderState.PAID_AFTER_EXPIRY: Reason.PAID,
    OrderState.EXPIRED: Reason.EXPIRED,
    OrderState.CANCELLED: Reason.CANCELLED,
}


@dataclass(frozen=True)
class Verdict:
    """Without a reason the payment settles the order, or the invoice over several, exactly; with one, a person decides.

    `order` or `invoice` is what it may be for then.
    """

    order: Order | None
    reason: Reason
    invoice: CollectiveInvoice | None = None


def subject_of(transaction: Transaction) -> Subject | None:
    """What the payment's structured reference was made for, also where a bank moved it into the message."""
    if found := read(transaction.reference):
        return found
    words = f"{transaction.reference} {transaction.message}".upper()
    return next((s for each in STRUCTURED.findall(words) if (s := read(each))), None)


def codes_in(transaction: Transaction) -> list[str]:
    """Words that could be order codes, in their order."""
    words = f"{transaction.reference} {transaction.message}".upper()
    return list(dict.fromkeys(CODE.findall(words)))[:MOST_CODES]


class Batch:
    """The orders that some transactions may be for, read together and locked until the unit ends."""

    def __init__(self, ctx: TenantContext, transactions: Sequence[Transaction]) -> None:
        self._ctx = ctx
        self._subjects = {t.id: subject_of(t) for t in transactions}
        self._codes = {t.id: codes_in(t) for t in transactions}
        ours = [s for s in self._subjects.values() if s and self._ours(s)]
        self._invoices = collective.named(ctx, [s.number for s in ours if s.kind == "invoice"])
        wanted = {s.code for s in ours if s.kind == "order"}
        wanted |= {code for invoice in self._invoices.values() for code in invoice.codes}
        wanted |= {code for codes in self._codes.values() for code in codes}
        self._orders = {order.code: order for order in _locked(ctx, wanted)}
        self._waiting = _waiting(ctx, [t for t in transactions if not self._named(t)])

    def verdict(self, transaction: Transaction) -> Verdict:
        if transaction.batch > 1:
            return Verdict(None, Reason.BATCH)
        subject = self._subjects[transaction.id]
        if subject is not None and not self._ours(subject):
            return Verdict(None, Reason.FOREIGN)
        if subject is not None and subject.kind == "invoice":
            return self._of_invoice(subject.number, transaction.amount)
        if subject is not None:
            order = self._orders.get(subject.code)
            return judged(order, transaction.amount) if order else Verdict(None, Reason.UNKNOWN)
        named = self._named(transaction)
        if len(named) == 1:
            return judged(named[0], transaction.amount)
        if named:  # several codes in one message: nobody but a person knows what was meant
            return Verdict(None, Reason.SUGGESTED)
        alike = [o for o in self._waiting if _like(o, transaction)]
        return Verdict(alike[0], Reason.SUGGESTED) if len(alike) == 1 else Verdict(None, Reason.UNKNOWN)

    def orders_of(self, invoice: CollectiveInvoice) -> list[Order]:
        return [self._orders[code] for code in invoice.codes]

    def _of_invoice(self, number: int, amount: Money) -> Verdict:
        invoice = self._invoices.get(number)
        if invoice is None:
            return Verdict(None, Reason.INVOICE)
        return Verdict(None, collective.judged(invoice, self.orders_of(invoice), amount), invoice)

    def _ours(self, subject: Subject) -> bool:
        return subject.tenant_id == self._ctx.tenant.id

    def _named(self, transaction: Transaction) -> list[Order]:
        return [self._orders[code] for code in self._codes[transaction.id] if code in self._orders]


def judged(order: Order, amount: Money) -> Verdict:
    """What a payment means to the order it names."""
    if amount.currency != order.currency:
        return Verdict(order, Reason.CURRENCY)
    if not order.is_payable:
        return Verdict(order, STANDING[OrderState(order.state)])
    due = outstanding(order).minor
    if amount.minor == due:
        return Verdict(order, Reason.NONE)
    return Verdict(order, Reason.PARTIAL if amount.minor < due else Reason.OVER)


def _locked(ctx: TenantContext, codes: Iterable[str]) -> list[Order]:
    """In the order of their ids, so that two jobs never wait for each other."""
    wanted = sorted(codes)
    if not wanted:
        return []
    mine = select(Order).where(Order.code.in_(wanted)).order_by(Order.id).with_for_update(of=Order)
    loaded = mine.options(selectinload(Order.payments)).execution_options(populate_existing=True)
    return list(ctx.db.scalars(loaded))


def _waiting(ctx: TenantContext, transactions: Sequence[Transaction]) -> list[Order]:
    """Unpaid orders of which what is still to come is the amount of some payment without a name."""
    amounts = {t.amount_minor for t in transactions}
    if not amounts:
        return []
    kept = (
        select(func.coalesce(func.sum(Payment.amount_minor - Payment.refunded_minor), 0))
        .where(Payment.tenant_id == Order.tenant_id, Payment.order_id == Order.id)
        .scalar_subquery()
    )
    due = Order.total_minor - Order.credited_minor - kept
    mine = select(Order).where(Order.state == OrderState.AWAITING_PAYMENT, due.in_(sorted(amounts)))
    loaded = mine.options(selectinload(Order.payments)).order_by(Order.id).limit(MOST_CANDIDATES)
    return list(ctx.db.scalars(loaded))


def _like(order: Order, transaction: Transaction) -> bool:
    """Whether amount and name are those of the order: every word of the buyer's name, or the company's, among the payer's."""
    if outstanding(order) != transaction.amount:
        return False
    said = _words(transaction.payer)
    return any(words and words <= said for words in (_words(order.buyer_name), _words(order.buyer_company)))


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", fold(name)))


def orders_of(ctx: TenantContext, invoice: CollectiveInvoice) -> list[Order]:
    """The orders of an invoice, their rows held."""
    return _locked(ctx, invoice.codes)


def order_named(ctx: TenantContext, code: str) -> Order | None:
    """The order a person names, its row held."""
    return next(iter(_locked(ctx, [code.strip().upper()])), None)


def orders_by_id(ctx: TenantContext, ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Order]:
    """For lists, with their events."""
    wanted = {each for each in ids if each is not None}
    return _shown(ctx, Order.id.in_(wanted)) if wanted else {}


def orders_by_code(ctx: TenantContext, codes: Iterable[str]) -> dict[uuid.UUID, Order]:
    """The same, of codes."""
    return _shown(ctx, Order.code.in_(sorted(codes)))


def _shown(ctx: TenantContext, mine: ColumnElement[bool]) -> dict[uuid.UUID, Order]:
    found = select(Order).where(mine).options(selectinload(Order.event), selectinload(Order.payments))
    return {order.id: order for order in ctx.db.scalars(found.order_by(Order.id))}
