"""An order: who buys what, at the prices of that moment."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import AppendOnly
from sratix_core.db.base import Base, TenantScoped, belongs_to, has_many, tenant_fk, tenant_unique
from sratix_core.db.types import UTCDateTime, one_of, prefix_text, state_column
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.pricing.columns import PricedColumns, priced_checks
from sratix_core.pricing.summary import Summary, summary_of
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.tickets.models import Ticket


class Order(TenantScoped, Base):
    """`code` is what people say on the phone; the secret link (its SHA-256 here) is what opens the buyer's page."""

    __tablename__ = "orders"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("cart_id", "carts"),
        tenant_fk("promo_code_id", "promo_codes"),
        tenant_fk("organization_id", "organizations"),
        tenant_unique("code"),
        tenant_unique("cart_id"),
        one_of("state", OrderState),
        CheckConstraint("total_minor >= 0", name="total_not_negative"),
        CheckConstraint("credited_minor BETWEEN 0 AND total_minor", name="credits_within_total"),
        CheckConstraint("kept_minor BETWEEN 0 AND total_minor - credited_minor", name="keeps_within_price"),
        CheckConstraint("tax_minor >= 0", name="tax_not_negative"),
        CheckConstraint("credited_fee_minor BETWEEN 0 AND fee_minor", name="credits_within_fees"),
        CheckConstraint("credited_value_minor BETWEEN 0 AND value_minor", name="credits_within_value"),
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
        Index("ix_orders_buyer", "buyer_email", "tenant_id", "created_at", "id"),
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
    buyer_vat_number: Mapped[str] = mapped_column(
        String(24),
        default="",
        doc="what the buyer gave in the checkout, as VIES writes it; the prices are of it",
    )
    buyer_fold: Mapped[str] = mapped_column(
        prefix_text(160), default="", doc="the name as lists are sorted by it"
    )
    locale: Mapped[str] = mapped_column(String(12))
    total_minor: Mapped[int] = mapped_column(BigInteger, doc="of the lines, and the rounding")
    tax_minor: Mapped[int] = mapped_column(BigInteger, default=0, doc="what of the total is tax")
    fee_minor: Mapped[int] = mapped_column(BigInteger, default=0, doc="what of it is fees, without their tax")
    tax_included: Mapped[bool] = mapped_column(
        Boolean, default=True, doc="whether prices were shown with tax"
    )
    rounding_minor: Mapped[int] = mapped_column(BigInteger, default=0, doc="to what coins can pay")
    credited_minor: Mapped[int] = mapped_column(
        BigInteger, default=0, doc="what of the price was taken off since"
    )
    credited_tax_minor: Mapped[int] = mapped_column(BigInteger, default=0, doc="what of that is tax")
    credited_fee_minor: Mapped[int] = mapped_column(
        BigInteger, default=0, doc="what of it is fees, without their tax"
    )
    value_minor: Mapped[int] = mapped_column(
        BigInteger, default=0, doc="what of the total is value that is sold to be spent later"
    )
    credited_value_minor: Mapped[int] = mapped_column(BigInteger, default=0, doc="what of that was taken off")
    promo_code_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    promo_code: Mapped[str] = mapped_column(String(40), default="", doc="as it was spelled then")
    code_discount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    kept_minor: Mapped[int] = mapped_column(
        BigInteger, default=0, doc="what of the price stays with the organizer although it was cancelled"
    )
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
    def price(self) -> Money:
        """What the buyer owes for it while it stands: the total, less what was credited."""
        return Money(self.total_minor - self.credited_minor, self.currency)

    @property
    def outstanding(self) -> Money:
        """What is still to come for an order that stands: its price, less what came and stayed. Asks for its payments."""
        if self.state not in HOLDS_UNITS:
            return Money(0, self.currency)
        kept = sum(p.amount_minor - p.refunded_minor for p in self.payments)
        return Money(max(0, self.price.minor - kept), self.currency)

    @property
    def is_payable(self) -> bool:
        """Whether its buyer may pay something now: it waits for its price, or for the rest after a change."""
        return self.state == OrderState.AWAITING_PAYMENT or self.outstanding.minor > 0

    @property
    def kept(self) -> Money:
        """What its buyer still pays for an order that is cancelled."""
        return Money(self.kept_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)

    @property
    def rounding(self) -> Money:
        return Money(self.rounding_minor, self.currency)

    @property
    def summary(self) -> Summary:
        """How its price is told."""
        return summary_of(
            self.lines,
            self.currency,
            tax_included=self.tax_included,
            rounding_minor=self.rounding_minor,
            code=self.promo_code,
            code_minor=self.code_discount_minor,
        )

    @property
    def bought(self) -> list[OrderLine]:
        """The lines that somebody chose; the others are fees."""
        return [line for line in self.lines if not line.is_fee]

    @property
    def value_units(self) -> list[Ticket]:
        """Its units of value: they hold their places like tickets and are none."""
        sold = {line.id for line in self.lines if line.is_value} if self.value_minor else set()
        return [ticket for ticket in self.tickets if ticket.order_line_id in sold]

    @property
    def admissions(self) -> list[Ticket]:
        """Its tickets, without the units of value."""
        units = {unit.id for unit in self.value_units}
        return [ticket for ticket in self.tickets if ticket.id not in units]

    @property
    def is_over(self) -> bool:
        """Nothing of it is delivered any more: what was paid for it is owed back."""
        return self.state == OrderState.CANCELLED


class OrderLine(PricedColumns, TenantScoped, Base):
    """A line as the cart froze it; orders that staff place freeze it themselves."""

    __tablename__ = "order_lines"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("ticket_type_id", "ticket_types"),
        *priced_checks(),
        Index("ix_order_lines_order", "tenant_id", "order_id"),
        # Ids rise with time, so this is a type's orders in the order they were placed.
        Index("ix_order_lines_type", "tenant_id", "ticket_type_id", "order_id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    currency: Mapped[str] = mapped_column(String(3))

    @property
    def unit_price(self) -> Money:
        return Money(self.unit_price_minor, self.currency)

    @property
    def subtotal(self) -> Money:
        return Money(self.subtotal_minor, self.currency)

    @property
    def discount(self) -> Money:
        return Money(self.discount_minor, self.currency)

    @property
    def net(self) -> Money:
        return Money(self.net_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)


class OrderCredit(AppendOnly, Base):
    """A part of one line's price that was taken off; the parts of one act share `act_id`. Without a line it is of the rounding.

    A ticket is credited once.
    """

    __tablename__ = "order_credits"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("order_line_id", "order_lines"),
        tenant_fk("ticket_id", "tickets"),
        tenant_unique("ticket_id"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("tax_minor BETWEEN 0 AND amount_minor", name="tax_within_amount"),
        Index("ix_order_credits_order", "tenant_id", "order_id", "id"),
    )

    act_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_line_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    ticket_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who gave it, if a person did")
