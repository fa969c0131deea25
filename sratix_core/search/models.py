"""Search terms and saved views."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, tenant_unique
from sratix_core.db.types import UTCDateTime, one_of, prefix_text, state_column

LONGEST = 80


class Kind(StrEnum):
    """What a term leads to; `ref` is the id of that row."""

    ORDER = "order"
    ATTENDEE = "attendee"
    ORGANIZATION = "organization"


class SearchTerm(TenantScoped, Base):
    """One beginning by which a row is found. Personal data: rewritten with its row, gone with its row."""

    __tablename__ = "search_terms"
    __constraints__ = (
        one_of("kind", Kind),
        tenant_unique("ref", "term"),
        Index("ix_search_terms_find", "tenant_id", "kind", "term", "event_id", "ref"),
    )

    kind: Mapped[str] = mapped_column(state_column())
    term: Mapped[str] = mapped_column(prefix_text(LONGEST))
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="none for what belongs to no event")
    ref: Mapped[uuid.UUID] = mapped_column(Uuid)


class SavedView(TenantScoped, Base):
    """A list as one person wants to see it again: the query part of its address under a name. `list` is its route."""

    __tablename__ = "saved_views"
    __constraints__ = (tenant_unique("user_id", "list", "name"),)

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    list: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
