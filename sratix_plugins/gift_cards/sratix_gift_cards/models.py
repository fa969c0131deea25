"""Gift cards and what moved on them. The balance is decided by one statement; the movements say how it came about."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.plugin import (
    AppendOnly,
    Base,
    Money,
    TenantScoped,
    UTCDateTime,
    one_of,
    state_column,
    tenant_fk,
    tenant_unique,
)

PLAIN = {"personal": False}


class CardState(StrEnum):
    """`blocked` until somebody unblocks it; `ended` after its last day, until something of it comes back."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    ENDED = "ended"


class How(StrEnum):
    """How a card came to be: against money in the till or at the bank, given away, or sold by an order in the shop."""

    TILL = "cash_desk"
    BANK = "own_bank"
    GIVEN = "given"
    SHOP = "shop"


BY_HAND = (How.TILL, How.BANK, How.GIVEN)
"""How staff make one."""


class Kind(StrEnum):
    """What moved on a card. Its own making is the first."""

    ISSUED = "issued"
    SPENT = "spent"
    RETURNED = "returned"
    ENDED = "ended"


class GiftCard(TenantScoped, Base):
    """`code_hash` finds it (the code has 96 bits, so nobody tries them all), `code_sealed` shows the code again.

    A batch and the place in it are one card: a form that is sent twice makes none twice. Of one that was sold in the shop they
    are the line of its order and the number of the unit.
    """

    __tablename__ = "x_gift_cards_cards"
    __constraints__ = (
        tenant_unique("code_hash"),
        tenant_unique("batch_id", "ordinal"),
        one_of("state", CardState),
        one_of("how", How),
        CheckConstraint("balance_minor BETWEEN 0 AND issued_minor", name="balance_within_issued"),
        CheckConstraint("issued_minor > 0", name="issued_positive"),
        Index("ix_x_gift_cards_cards_state", "tenant_id", "state", "id"),
        Index("ix_x_gift_cards_cards_mark", "tenant_id", "mark", "id"),
        Index("ix_x_gift_cards_cards_created", "tenant_id", "created_at", "id"),
        Index("ix_x_gift_cards_cards_updated", "tenant_id", "updated_at", "id"),
        Index("ix_x_gift_cards_cards_due", "tenant_id", "ends_at"),
    )

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info=PLAIN)
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary(80), info={**PLAIN, "sealed": "gift-card"})
    mark: Mapped[str] = mapped_column(String(4), doc="the last letters, which anybody may read", info=PLAIN)
    state: Mapped[str] = mapped_column(state_column(), info=PLAIN)
    how: Mapped[str] = mapped_column(state_column(), info=PLAIN)
    reference: Mapped[str] = mapped_column(String(120), default="", doc="of the money, as staff wrote it")
    issued_minor: Mapped[int] = mapped_column(BigInteger)
    balance_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), info=PLAIN)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime, doc="after which it pays nothing")
    recipient_name: Mapped[str] = mapped_column(String(160), default="")
    recipient_email: Mapped[str] = mapped_column(String(254), default="")
    message: Mapped[str] = mapped_column(String(500), default="")
    locale: Mapped[str] = mapped_column(String(12), info=PLAIN)
    batch_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ordinal: Mapped[int] = mapped_column(Integer)
    issued_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def balance(self) -> Money:
        return Money(self.balance_minor, self.currency)

    @property
    def last_moment(self) -> datetime | None:
        """Within its last day, so that the day can be told."""
        return self.ends_at - timedelta(seconds=1) if self.ends_at else None

    @property
    def issued(self) -> Money:
        return Money(self.issued_minor, self.currency)


class Movement(AppendOnly, Base):
    """One change of a card's balance. `cause_id` is the card, the order or the refund it came from: each counts once."""

    __tablename__ = "x_gift_cards_movements"
    __constraints__ = (
        tenant_fk("card_id", "x_gift_cards_cards"),
        tenant_fk("order_id", "orders"),
        tenant_unique("card_id", "kind", "cause_id"),
        one_of("kind", Kind),
        CheckConstraint("amount_minor <> 0", name="amount_not_zero"),
        Index("ix_x_gift_cards_movements_card", "tenant_id", "card_id", "id"),
    )

    card_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    kind: Mapped[str] = mapped_column(state_column(), info=PLAIN)
    cause_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    amount_minor: Mapped[int] = mapped_column(
        BigInteger, doc="what came onto the card; negative for what left it"
    )
    currency: Mapped[str] = mapped_column(String(3), info=PLAIN)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who did it, if a person did")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
