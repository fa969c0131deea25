"""The legs of transactions, and the key that signs where the books stand."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import Journaled
from sratix_core.db.base import Base, TenantScoped, tenant_unique
from sratix_core.db.types import UTCDateTime, one_of, state_column
from sratix_core.ledger.accounts import Account, Act
from sratix_core.values.money import Money


class LedgerEntry(Journaled, Base):
    """`op_id` is the id of what caused the act: with `act` it names the transaction, whose entries sum to 0 per currency.

    A repeated cause collides at line 0 (INVARIANTS L6). PostgreSQL checks the sum at commit, `sratix verify` everywhere (L1).
    """

    __tablename__ = "ledger_entries"
    __stream__ = "ledger"
    __info__ = {"balanced": True}
    __constraints__ = (
        tenant_unique("op_id", "act", "line"),
        one_of("act", Act),
        one_of("account", Account),
        CheckConstraint("amount_minor <> 0", name="amount_not_zero"),
        Index("ix_ledger_entries_order", "tenant_id", "order_id", "id"),
        Index("ix_ledger_entries_account", "tenant_id", "account", "at", "id"),
        Index("ix_ledger_entries_event", "tenant_id", "event_id", "at", "id"),
        Index("ix_ledger_entries_at", "tenant_id", "at", "id"),
    )

    at: Mapped[datetime] = mapped_column(UTCDateTime)
    act: Mapped[str] = mapped_column(state_column())
    op_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    line: Mapped[int] = mapped_column(Integer)
    account: Mapped[str] = mapped_column(state_column())
    provider: Mapped[str] = mapped_column(String(40), doc="whose cash or fee it is; empty elsewhere")
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class BooksKey(TenantScoped, Base):
    """The Ed25519 key of a tenant's books. Who keeps its public half can tell a copy of the books from a rewritten one."""

    __tablename__ = "books_keys"
    __constraints__ = (tenant_unique("kid"),)

    kid: Mapped[int] = mapped_column(Integer)
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    private_sealed: Mapped[bytes] = mapped_column(LargeBinary(120), info={"sealed": "books-key"})
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
