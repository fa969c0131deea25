"""Money that was received, what of it went back, every try to move some, and what providers told us."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, LargeBinary, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import AppendOnly
from sratix_core.db.base import Base, TenantScoped, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, one_of, state_column
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.values.money import Money


class Payment(TenantScoped, Base):
    """One receipt; only `refunded_minor` ever changes.

    `reference` is the provider's; the pair with the provider is unique, so a repeat is not a second payment.
    """

    __tablename__ = "payments"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_unique("provider", "reference"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name="refunds_within_amount"),
        Index("ix_payments_order", "tenant_id", "order_id"),
        Index("ix_payments_received", "tenant_id", "received_at", "id"),
        Index("ix_payments_reference", "reference"),  # whose a provider's event is that names no organizer
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    provider: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(4), default="live", doc="`test` for play money")
    reference: Mapped[str] = mapped_column(String(120))
    stored: Mapped[bool] = mapped_column(
        Boolean, default=False, doc="value that was paid for before: no cash came, and none goes back"
    )
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the attempt that brought it, if one did")
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    refunded_minor: Mapped[int] = mapped_column(
        BigInteger, default=0, doc="what went back or is on its way back"
    )
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who marked it, if a person did")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class ByHand(StrEnum):
    """What a refund was paid from that did not go through the payment's own provider."""

    BANK = "own_bank"
    TILL = "cash_desk"


class Refund(AppendOnly, Base):
    """One return of money, of one payment. `reference` is the provider's or the bank's, so that a repeat is not a second one.

    `provider` names whose cash it was: the payment's own provider, or a `ByHand`.
    """

    __tablename__ = "refunds"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("payment_id", "payments"),
        tenant_unique("provider", "reference"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        Index("ix_refunds_order", "tenant_id", "order_id"),
        Index("ix_refunds_payment", "tenant_id", "payment_id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    payment_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    provider: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(120))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    paid_back_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(
        Uuid, doc="the user who recorded it, if a person did"
    )

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class RefundFailure(AppendOnly, Base):
    """A refund that came back, once: its money is here again and owed to the buyer again. `cause` is the provider's short code,
    empty where a person saw it on a statement."""

    __tablename__ = "refund_failures"
    __constraints__ = (
        tenant_fk("refund_id", "refunds"),
        tenant_fk("order_id", "orders"),
        tenant_fk("payment_id", "payments"),
        tenant_unique("refund_id"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        Index("ix_refund_failures_order", "tenant_id", "order_id"),
        Index("ix_refund_failures_payment", "tenant_id", "payment_id"),
    )

    refund_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    payment_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    cause: Mapped[str] = mapped_column(String(80), default="")
    came_back_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who saw it, if a person did")


class PaymentAttempt(TenantScoped, Base):
    """One try to move money through a provider, committed before the provider is called (INVARIANTS K4).

    Its `key` is the provider's idempotency key. `open_key` is unique while it may still move money: one payment of an order,
    one refund of a payment at a time. `reference` is the provider's name for it, `reason` its own short code.
    """

    __tablename__ = "payment_attempts"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("payment_id", "payments"),
        tenant_fk("customer_id", "payment_customers"),
        tenant_unique("open_key"),
        tenant_unique("provider", "kind", "reference"),
        one_of("kind", AttemptKind),
        one_of("state", AttemptState),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint(
            "(state IN ('intent', 'waiting', 'unknown')) = (open_key IS NOT NULL)", name="open_has_key"
        ),
        Index("ix_payment_attempts_order", "tenant_id", "order_id", "id"),
        Index("ix_payment_attempts_due", "check_at"),
        Index("ix_payment_attempts_created", "tenant_id", "created_at", "id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(state_column())
    provider: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(4))
    payment_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="of which payment a refund is")
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reference: Mapped[str | None] = mapped_column(String(120))
    open_key: Mapped[str | None] = mapped_column(String(60))
    begun_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary(4000),
        doc="where and with what the buyer pays, encrypted",
        info={"sealed": "payment-begun"},
    )
    reason: Mapped[str] = mapped_column(String(80), default="")
    customer_id: Mapped[uuid.UUID | None] = mapped_column(
        Uuid, doc="whose saved methods it uses or adds to; nobody else goes on with it"
    )
    method: Mapped[str | None] = mapped_column(String(120), doc="the saved one; none: a new one is kept")
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime, doc="after which nobody may pay it")
    check_at: Mapped[datetime | None] = mapped_column(UTCDateTime, doc="when to ask the provider next")
    checks: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    started_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who asked for it, if one did")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def key(self) -> str:
        """The same for every repeat."""
        return f"sratix-{self.id}"


class InboxState(StrEnum):
    RECEIVED = "received"
    DONE = "done"
    IGNORED = "ignored"
    FAILED = "failed"


class InboxEvent(TenantScoped, Base):
    """What a provider told us, kept before it is believed (INVARIANTS K5). The raw body names people: erased by retention."""

    __tablename__ = "payment_inbox"
    __constraints__ = (
        tenant_unique("provider", "account", "event_id"),
        one_of("state", InboxState),
        Index("ix_payment_inbox_received", "tenant_id", "received_at", "id"),
        Index("ix_payment_inbox_all", "received_at", "id", "tenant_id"),
        Index("ix_payment_inbox_state", "state", "received_at", "id", "tenant_id"),
        Index("ix_payment_inbox_kept", "erased_at", "received_at"),
    )

    provider: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(80), doc="whose event it is at the provider, with the mode")
    event_id: Mapped[str] = mapped_column(String(120))
    type: Mapped[str] = mapped_column(String(80))
    mode: Mapped[str] = mapped_column(String(4))
    subject: Mapped[str] = mapped_column(String(20))
    references: Mapped[list[str]] = mapped_column(Json, default=list)
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    body: Mapped[str] = mapped_column(Text, doc="as it came, with what it says of people; empty once erased")
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    state: Mapped[str] = mapped_column(state_column())
    error: Mapped[str] = mapped_column(String(200), default="")
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    processed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DisputeState(StrEnum):
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"


class Dispute(TenantScoped, Base):
    """A payment that its buyer's bank took back. `fee_minor` is what the provider asks for it, won or lost."""

    __tablename__ = "payment_disputes"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("payment_id", "payments"),
        tenant_unique("provider", "reference"),
        one_of("state", DisputeState),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("fee_minor >= 0", name="fee_not_negative"),
        Index("ix_payment_disputes_order", "tenant_id", "order_id"),
        Index("ix_payment_disputes_state", "tenant_id", "state", "evidence_due_at", "id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    payment_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    provider: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(state_column())
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    fee_minor: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(80))
    evidence_due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    platform_bears: Mapped[bool] = mapped_column(
        Boolean, default=False, doc="taken from the platform's balance: nothing of it is in these books"
    )
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class ConnectedAccount(TenantScoped, Base):
    """The account that the platform opened for this organizer at a provider, and how it stood when the provider was asked last.

    The row is committed before the provider is asked to open one, and its id makes the idempotency key; `reference` is the
    provider's name for the account, empty until it answered, and never another one afterwards.
    """

    __tablename__ = "connected_accounts"
    __constraints__ = (
        tenant_unique("provider", "mode"),
        Index("ix_connected_accounts_reference", "reference"),
    )

    provider: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(4))
    reference: Mapped[str | None] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2), default="")
    details_submitted: Mapped[bool] = mapped_column(Boolean, default=False)
    ready: Mapped[bool] = mapped_column(Boolean, default=False, doc="payments may go to it")
    pays_out: Mapped[bool] = mapped_column(Boolean, default=False)
    due: Mapped[list[str]] = mapped_column(Json, default=list, doc="what the provider still wants to know")
    disabled_reason: Mapped[str] = mapped_column(String(80), default="")
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def key(self) -> str:
        """The same for every repeat of opening it."""
        return f"sratix-account-{self.id}"
