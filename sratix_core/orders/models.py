"""An order: who buys what, at the prices of that moment."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, belongs_to, has_many, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, one_of, prefix_text, state_column
from sratix_core.orders.states import OrderState
from sratix_core.values.money import Money


class Order(TenantScoped, Base):
    """`code` is what people say on the phone; the secret link (its SHA-256 here) is what opens the buyer's page."""

    __tablename__ = "orders"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("cart_id", "carts"),
        tenant_fk("organization_id", "organizations"),
        tenant_unique("code"),
        tenant_unique("cart_id"),
        one_of("state", OrderState),
        CheckConstraint("total_minor >= 0", name="total_not_negative"),
        # One index for each way a list can be sorted, and again below the state most lists are narrowed to.
        Index("ix_orders_event_created", "tenant_id", "event_id", "created_at", "id"),
        Index("ix_orders_event_total", "tenant_id", "event_id", "total_minor", "id"),
        Index("ix_orders_event_buyer", "tenant_id", "event_id", "buyer_fold", "id"),
        Index("ix_orders_state_created", "tenant_id", "event_id", "state", "created_at", "id"),
        Index("ix_orders_state_total", "tenant_id", "event_id", "state", "total_minor", "id"),
        Index("ix_orders_state_buyer", "tenant_id", "event_id", "state", "buyer_fold", "id"),
        Index("ix_orders_provider_created", "tenant_id", "event_id", "provider", "created_at", "id"),
        Index("ix_orders_organization", "tenant_id", "organization_id", "created_at", "id"),
        # By address first: a person's own page asks which tenants know theirs, a tenant asks with both.
        Index("ix_orders_buyer", "buyer_email", "tenant_id"),
        Index("ix_orders_due", "state", "expires_at"),
        Index("ix_orders_event_updated", "tenant_id", "event_id", "updated_at", "id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    cart_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    organization_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="for whom it was bought")
    code: Mapped[str] = mapped_column(String(12))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    secret_sealed: Mapped[bytes] = mapped_column(
        LargeBinary(120),
        doc="encrypted, so that a mail can carry the link again",
        info={"sealed": "order-secret"},
    )
    state: Mapped[str] = mapped_column(state_column())
    buyer_name: Mapped[str] = mapped_column(String(160))
    buyer_email: Mapped[str] = mapped_column(prefix_text(254))
    buyer_company: Mapped[str] = mapped_column(String(160), default="")
    buyer_fold: Mapped[str] = mapped_column(
        prefix_text(160), default="", doc="the name as lists are sorted by it"
    )
    locale: Mapped[str] = mapped_column(String(12))
    total_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    provider: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    event = belongs_to("Order", "event_id", "Event")
    lines = has_many("Order", "OrderLine", "order_id", order_by="OrderLine.position")
    tickets = has_many("Order", "Ticket", "order_id", order_by="Ticket.position")
    payments = has_many("Order", "Payment", "order_id", order_by="Payment.id")
    refunds = has_many("Order", "Refund", "order_id", order_by="Refund.id")

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def is_over(self) -> bool:
        """Nothing of it is delivered any more: what was paid for it is owed back."""
        return self.state == OrderState.CANCELLED


class OrderLine(TenantScoped, Base):
    __tablename__ = "order_lines"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("ticket_type_id", "ticket_types"),
        CheckConstraint("quantity >= 1", name="quantity_positive"),
        CheckConstraint("subtotal_minor = unit_price_minor * quantity", name="subtotal_exact"),
        Index("ix_order_lines_order", "tenant_id", "order_id"),
        # Ids rise with time, so this is a type's orders in the order they were placed.
        Index("ix_order_lines_type", "tenant_id", "ticket_type_id", "order_id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ticket_type_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(120), doc="the type's name when it was bought")
    quantity: Mapped[int] = mapped_column(Integer)
    unit_price_minor: Mapped[int] = mapped_column(BigInteger)
    subtotal_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    price_trace: Mapped[list[dict[str, Any]]] = mapped_column(
        Json, default=list, doc="the rules that made the unit price, when the cart was opened"
    )
    position: Mapped[int] = mapped_column(Integer, default=0)

    @property
    def unit_price(self) -> Money:
        return Money(self.unit_price_minor, self.currency)

    @property
    def subtotal(self) -> Money:
        return Money(self.subtotal_minor, self.currency)
