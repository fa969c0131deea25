"""A cart is a hold: units claimed until `expires_at`, known to its buyer by a secret."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, belongs_to, has_many, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default, one_of, state_column
from sratix_core.pricing.columns import PricedColumns, priced_checks


class CartState(StrEnum):
    """`open` holds units; the other three have given them on (`placed`) or back."""

    OPEN = "open"
    PLACED = "placed"
    EXPIRED = "expired"
    RELEASED = "released"


class Cart(TenantScoped, Base):
    __tablename__ = "carts"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("promo_code_id", "promo_codes"),
        tenant_unique("secret_hash"),
        one_of("state", CartState),
        Index("ix_carts_due", "state", "expires_at"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    state: Mapped[str] = mapped_column(state_column(), default=CartState.OPEN)
    locale: Mapped[str] = mapped_column(String(12))
    entries: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default, doc="names as typed so far")
    quote: Mapped[dict[str, Any]] = mapped_column(
        Json, default=json_default, doc="`pricing.quoting.Quote`, frozen when the units were taken"
    )
    rounding_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    promo_code_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    promo_code: Mapped[str] = mapped_column(String(40), default="")
    code_discount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    vat_number: Mapped[str] = mapped_column(
        String(24), default="", doc="of the business that buys; the taxes are of it"
    )
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)

    lines = has_many("Cart", "CartLine", "cart_id", order_by="CartLine.position")


class CartLine(PricedColumns, TenantScoped, Base):
    """The price is frozen when the units are claimed."""

    __tablename__ = "cart_lines"
    __constraints__ = (
        tenant_fk("cart_id", "carts"),
        tenant_fk("ticket_type_id", "ticket_types"),
        tenant_unique("cart_id", "ticket_type_id"),
        *priced_checks(),
        Index("ix_cart_lines_type", "tenant_id", "ticket_type_id"),
    )

    cart_id: Mapped[uuid.UUID] = mapped_column(Uuid)

    ticket_type = belongs_to("CartLine", "ticket_type_id", "TicketType")
