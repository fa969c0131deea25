"""What a bank told: its statements, and every payment in them with what became of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.plugin import (
    Base,
    Json,
    Money,
    TenantScoped,
    UTCDateTime,
    one_of,
    state_column,
    tenant_fk,
    tenant_unique,
)

PLAIN = {"personal": False}


class StatementState(StrEnum):
    """`layout`: a table whose columns a person has to confirm. `reading` and `matching`: a job is at it.

    `failed`: the job could not read it, `error` says why; the same file may be uploaded again.
    """

    LAYOUT = "layout"
    READING = "reading"
    MATCHING = "matching"
    DONE = "done"
    FAILED = "failed"


class TransactionState(StrEnum):
    """`open` waits for a person; `to_return` for the money to be sent back, which nobody can do from here."""

    NEW = "new"
    APPLIED = "applied"
    OPEN = "open"
    IGNORED = "ignored"
    TO_RETURN = "to_return"
    RETURNED = "returned"


class Reason(StrEnum):
    """Why a payment waits for a person."""

    SUGGESTED = "suggested"
    PARTIAL = "partial"
    OVER = "over"
    CURRENCY = "currency"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FOREIGN = "foreign"
    INVOICE = "invoice"
    BATCH = "batch"
    UNKNOWN = "unknown"
    NONE = ""


class Statement(TenantScoped, Base):
    """A file that was uploaded. `digest` makes it one, however often it comes; `content` is there until it was read."""

    __tablename__ = "x_bank_transfer_statements"
    __constraints__ = (
        tenant_unique("digest"),
        one_of("state", StatementState),
        CheckConstraint("handled BETWEEN 0 AND entries", name="handled_within_entries"),
    )

    filename: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), info=PLAIN)
    format: Mapped[str] = mapped_column(String(8), info=PLAIN)
    account: Mapped[str] = mapped_column(String(34), default="", info=PLAIN)
    state: Mapped[str] = mapped_column(state_column(), info=PLAIN)
    entries: Mapped[int] = mapped_column(Integer, default=0)
    known: Mapped[int] = mapped_column(
        Integer, default=0, doc="of the file's credits, those that were here already"
    )
    skipped: Mapped[int] = mapped_column(Integer, default=0)
    handled: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(String(24), default="", info=PLAIN)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, doc="compressed")
    layout: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, info=PLAIN)
    uploaded_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Transaction(TenantScoped, Base):
    """Money that came in, once: `key` is the bank's name for it, or a digest of all that is known.

    `order_id` is the order it was applied to, or while it is open the one it may be for; `invoice_id` is the same where it is
    for an invoice over several orders.
    """

    __tablename__ = "x_bank_transfer_transactions"
    __constraints__ = (
        tenant_fk("statement_id", "x_bank_transfer_statements"),
        tenant_fk("order_id", "orders"),
        tenant_fk("invoice_id", "invoices"),
        tenant_unique("key"),
        one_of("state", TransactionState),
        one_of("reason", Reason),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        Index("ix_x_bank_transfer_transactions_statement", "tenant_id", "statement_id", "state", "id"),
        Index("ix_x_bank_transfer_transactions_state", "tenant_id", "state", "id"),
        Index("ix_x_bank_transfer_transactions_order", "tenant_id", "order_id"),
    )

    statement_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    invoice_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    key: Mapped[str] = mapped_column(String(64), info=PLAIN)
    booked_on: Mapped[date] = mapped_column(Date)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), info=PLAIN)
    payer: Mapped[str] = mapped_column(String(140), default="")
    payer_iban: Mapped[str] = mapped_column(String(34), default="")
    message: Mapped[str] = mapped_column(String(500), default="")
    reference: Mapped[str] = mapped_column(String(35), default="", info=PLAIN)
    bank_reference: Mapped[str] = mapped_column(String(80), default="", info=PLAIN)
    batch: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(state_column(), default=TransactionState.NEW, info=PLAIN)
    reason: Mapped[str] = mapped_column(state_column(), default=Reason.NONE, info=PLAIN)
    note: Mapped[str] = mapped_column(String(300), default="")
    decided_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
