"""A note that staff leaves on an attendee's ticket."""

import uuid
from datetime import datetime

from sqlalchemy import Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.plugin import Base, TenantScoped, UTCDateTime, tenant_fk


class Note(TenantScoped, Base):
    """Written once, deleted by hand or with the plugin's data; never changed."""

    __tablename__ = "x_attendee_notes_notes"
    __constraints__ = (
        tenant_fk("ticket_id", "tickets"),
        Index("ix_x_attendee_notes_notes_ticket", "tenant_id", "ticket_id", "id"),
    )

    ticket_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    words: Mapped[str] = mapped_column(String(500))
    author_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
