"""Codes, their uses, and how often strangers guessed."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, belongs_to, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, one_of, state_column
from sratix_core.pricing.rules import Discount, DiscountKind


class CodeState(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class PromoCode(TenantScoped, Base):
    """`value` is in basis points for `percent`, else in minor units. `used` changes only in `promotions.uses` (P1, P2).

    The ids of ticket types stand as text in JSON: they are read with the code and never searched by.
    """

    __tablename__ = "promo_codes"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_unique("event_id", "code"),
        one_of("kind", DiscountKind),
        one_of("state", CodeState),
        CheckConstraint("value >= 0 AND (kind <> 'percent' OR value <= 10000)", name="value_in_range"),
        CheckConstraint("used >= 0 AND (max_uses IS NULL OR used <= max_uses)", name="used_within_max"),
        CheckConstraint("max_uses_per_buyer IS NULL OR max_uses_per_buyer >= 1", name="buyer_limit_positive"),
        CheckConstraint(
            "starts_at IS NULL OR expires_at IS NULL OR expires_at > starts_at", name="ends_after_start"
        ),
        Index("ix_promo_codes_event_created", "tenant_id", "event_id", "created_at", "id"),
        Index("ix_promo_codes_event_updated", "tenant_id", "event_id", "updated_at", "id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    plugin: Mapped[str] = mapped_column(
        String(40), default="", doc="whose code it is, see `promotions.answered`; the organizer's own: none"
    )
    code: Mapped[str] = mapped_column(String(40), doc="in its one spelling, see `promotions.spelling`")
    description: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(state_column())
    value: Mapped[int] = mapped_column(BigInteger, default=0)
    type_ids: Mapped[list[str]] = mapped_column(
        Json, default=list, doc="what it is for; none: for everything"
    )
    unlocked_ids: Mapped[list[str]] = mapped_column(Json, default=list, doc="hidden types it shows and sells")
    min_order_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    min_quantity: Mapped[int] = mapped_column(Integer, default=0)
    starts_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    max_uses: Mapped[int | None] = mapped_column(Integer)
    max_uses_per_buyer: Mapped[int | None] = mapped_column(Integer)
    used: Mapped[int] = mapped_column(Integer, default=0, doc="orders and open carts")
    state: Mapped[str] = mapped_column(state_column(), default=CodeState.ACTIVE)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def discount(self) -> Discount:
        """What it does to a price. A plugin's is told by its name: the code itself may be somebody's number."""
        ids = frozenset(map(uuid.UUID, self.type_ids))
        name = self.description if self.plugin else self.code
        return Discount(name, DiscountKind(self.kind), self.value, ids, self.plugin)

    @property
    def unlocks(self) -> frozenset[uuid.UUID]:
        return frozenset(map(uuid.UUID, self.unlocked_ids))


class UseState(StrEnum):
    """`held` by an open cart, `used` by an order; `returned` once, when either ends."""

    HELD = "held"
    USED = "used"
    RETURNED = "returned"


class PromoRedemption(TenantScoped, Base):
    """One use of a code. A buyer's uses of a limited code have numbers (`slot`), so that the key stops one too many (P1)."""

    __tablename__ = "promo_redemptions"
    __constraints__ = (
        tenant_fk("promo_code_id", "promo_codes"),
        tenant_fk("cart_id", "carts"),
        tenant_fk("order_id", "orders"),
        tenant_unique("promo_code_id", "buyer_hash", "slot"),
        one_of("state", UseState),
        CheckConstraint("cart_id IS NOT NULL OR order_id IS NOT NULL", name="held_by_somebody"),
        Index("ix_promo_redemptions_cart", "tenant_id", "cart_id"),
        Index("ix_promo_redemptions_order", "tenant_id", "order_id"),
    )

    promo_code_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    cart_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    buyer_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), doc="keyed hash of the address, where uses are limited by buyer"
    )
    slot: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(state_column())
    discount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    promo_code = belongs_to("PromoRedemption", "promo_code_id", "PromoCode")


class PromoGuess(TenantScoped, Base):
    """Wrong codes from one network address since a moment; the address stands there under a keyed hash (P4)."""

    __tablename__ = "promo_guesses"
    __constraints__ = (tenant_unique("place"), Index("ix_promo_guesses_since", "tenant_id", "since"))

    place: Mapped[bytes] = mapped_column(LargeBinary(32))
    tries: Mapped[int] = mapped_column(Integer)
    since: Mapped[datetime] = mapped_column(UTCDateTime)
