"""The number of a member, as it is spelled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.plugin import Base, TenantScoped, UTCDateTime, tenant_unique


class Member(TenantScoped, Base):
    """Written from a list, deleted by hand; whose number it is stays with the association."""

    __tablename__ = "x_member_prices_members"
    __constraints__ = (tenant_unique("number"),)

    number: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
