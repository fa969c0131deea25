"""The counter, what was issued, and beside it what may change: the buyer's name and address, and the files drawn of it.

An issued row never changes and holds no buyer's data, only a salted hash of it (INVARIANTS E1); `invoice_buyers` holds the
data itself, for as long as the law asks (R89), and the row's hash stays provable after it is gone.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import AppendOnly
from sratix_core.db.base import Base, TenantRoot, TenantScoped, belongs_to, has_many, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default, one_of, prefix_text, state_column
from sratix_core.values.money import Money


class InvoiceKind(StrEnum):
    """A proforma asks for money without being an invoice: it has no number and is in nobody's books."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PROFORMA = "proforma"


class PaperState(StrEnum):
    """`failed` was given up; asking again begins anew. `none`: the output has no file for such a document.

    The number stands in every state.
    """

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
    NONE = "none"


class VatState(StrEnum):
    """`unknown`: nobody could be asked. It is no verdict and blocks nothing."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class InvoiceSeries(TenantRoot, Base):
    """The next free number of a series in a fiscal year (K10): counted up by the transaction that uses the number."""

    __tablename__ = "invoice_series"
    __constraints__ = (
        tenant_unique("series", "fiscal_year"),
        CheckConstraint("next_number >= 1", name="next_number_positive"),
    )

    series: Mapped[str] = mapped_column(state_column())
    fiscal_year: Mapped[int] = mapped_column(Integer)
    next_number: Mapped[int] = mapped_column(Integer, default=1)


class Invoice(AppendOnly, Base):
    """What was issued. `label` is the number as it is written, `document` all that it says but the buyer.

    `order_id` is empty for an invoice over several orders; a credit note always is about one. `cause_id` is what a credit
    note was written for, once. Amounts of credit notes are positive. `content_hash` goes over the row, `buyer_hash` included.
    """

    __tablename__ = "invoices"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("event_id", "events"),
        tenant_fk("organization_id", "organizations"),
        tenant_fk("refers_to", "invoices"),
        tenant_unique("series", "fiscal_year", "number"),
        tenant_unique("label"),
        tenant_unique("cause_id"),
        one_of("kind", InvoiceKind),
        CheckConstraint("total_minor = net_minor + tax_minor + rounding_minor", name="total_exact"),
        CheckConstraint("total_minor >= 0", name="total_not_negative"),
        CheckConstraint("(kind = 'proforma') = (number IS NULL)", name="number_if_issued"),
        CheckConstraint("(kind = 'credit_note') = (refers_to IS NOT NULL)", name="credit_refers"),
        Index("ix_invoices_issued", "tenant_id", "issued_at", "id"),
        Index("ix_invoices_kind", "tenant_id", "kind", "issued_at", "id"),
        Index("ix_invoices_order", "tenant_id", "order_id", "id"),
        Index("ix_invoices_organization", "tenant_id", "organization_id", "issued_at", "id"),
        Index("ix_invoices_refers_to", "tenant_id", "refers_to", "id"),
    )

    kind: Mapped[str] = mapped_column(state_column())
    series: Mapped[str | None] = mapped_column(state_column())
    fiscal_year: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[int | None] = mapped_column(Integer)
    label: Mapped[str | None] = mapped_column(prefix_text(40))
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    organization_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    refers_to: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    cause_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    currency: Mapped[str] = mapped_column(String(3))
    net_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)
    rounding_minor: Mapped[int] = mapped_column(BigInteger)
    total_minor: Mapped[int] = mapped_column(BigInteger)
    reverse_charge: Mapped[bool] = mapped_column(Boolean)
    locale: Mapped[str] = mapped_column(String(12))
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    issued_on: Mapped[str] = mapped_column(
        String(10), doc="the day it was in the tenant's time zone, ISO 8601"
    )
    due_on: Mapped[str | None] = mapped_column(String(10))
    issued_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user, if a person did")
    document: Mapped[dict[str, Any]] = mapped_column(Json)
    buyer_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))

    order = belongs_to("Invoice", "order_id", "Order")
    event = belongs_to("Invoice", "event_id", "Event")
    papers = has_many("Invoice", "InvoicePaper", "invoice_id", order_by="InvoicePaper.output")
    credits = has_many("Invoice", "Invoice", "refers_to", order_by="Invoice.id")

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)

    @property
    def net(self) -> Money:
        return Money(self.net_minor, self.currency)


class InvoiceTax(AppendOnly, Base):
    """The taxed amount and the tax of one rate, in basis points; `category` as in EN 16931: S, Z, AE (reverse charge), O."""

    __tablename__ = "invoice_taxes"
    __constraints__ = (
        tenant_fk("invoice_id", "invoices"),
        tenant_unique("invoice_id", "category", "tax_bp"),
    )

    invoice_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    category: Mapped[str] = mapped_column(String(2))
    tax_bp: Mapped[int] = mapped_column(Integer)
    net_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)


class InvoiceOrder(AppendOnly, Base):
    """An order's share in an invoice. `turn` counts its invoices: two issues at once collide, the next follows a whole credit."""

    __tablename__ = "invoice_orders"
    __constraints__ = (
        tenant_fk("invoice_id", "invoices"),
        tenant_fk("order_id", "orders"),
        tenant_unique("order_id", "turn"),
        tenant_unique("invoice_id", "order_id"),
    )

    invoice_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    turn: Mapped[int] = mapped_column(Integer)
    total_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)


class InvoiceBuyer(TenantScoped, Base):
    """To whom, as it stood at issue; `id` is the invoice's. Held until `hold_until`, then emptied; a proforma is not held."""

    __tablename__ = "invoice_buyers"
    __constraints__ = (
        tenant_fk("id", "invoices"),
        Index("ix_invoice_buyers_hold", "hold_until"),
    )

    buyer: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    hold_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class InvoicePaper(TenantScoped, Base):
    """A file drawn of an invoice by one output. It can be lost and drawn again; the invoice is not in it."""

    __tablename__ = "invoice_papers"
    __constraints__ = (
        tenant_fk("invoice_id", "invoices"),
        tenant_fk("file_id", "files"),
        tenant_unique("invoice_id", "output"),
        one_of("state", PaperState),
    )

    invoice_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    output: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(state_column(), default=PaperState.WAITING)
    tries: Mapped[int] = mapped_column(Integer, default=0, doc="how often it was asked for")
    file_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    error: Mapped[str] = mapped_column(String(80), default="")
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class InvoiceMailing(TenantScoped, Base):
    """One wish to mail a document: `turn` counts them, so that the same wish twice is one mail. The mail itself is a message."""

    __tablename__ = "invoice_mailings"
    __constraints__ = (
        tenant_fk("invoice_id", "invoices"),
        tenant_fk("message_id", "messages"),
        tenant_unique("invoice_id", "turn"),
        CheckConstraint("turn >= 1", name="turn_positive"),
    )

    invoice_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    message_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    turn: Mapped[int] = mapped_column(Integer)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user, if a person did")


class BillingAddress(TenantScoped, Base):
    """Where an order's invoice goes, while it can still be written; what was issued has its own copy."""

    __tablename__ = "billing_addresses"
    __constraints__ = (tenant_fk("order_id", "orders"), tenant_unique("order_id"))

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(160))
    company: Mapped[str] = mapped_column(String(160), default="")
    street: Mapped[str] = mapped_column(String(160), default="")
    postal_code: Mapped[str] = mapped_column(String(16), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="", doc="ISO 3166 alpha-2")
    vat_number: Mapped[str] = mapped_column(String(40), default="")
    reference: Mapped[str] = mapped_column(String(80), default="", doc="what their bookkeeping wants to read")
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class VatCheck(TenantRoot, Base):
    """What VIES said of a number when it was last asked."""

    __tablename__ = "vat_checks"
    __constraints__ = (tenant_unique("number"), one_of("state", VatState))

    number: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(state_column())
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
