"""The tenant itself, the hosts it answers on, its settings and plugin switches, and its members."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, validates

from sratix_core.db.base import Base, GlobalTable, TenantRoot, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default, one_of, prefix_text, state_column
from sratix_core.values.slugs import skeleton
from sratix_core.values.text import fold


class TenantStatus(StrEnum):
    """`suspended` keeps all data and answers nobody but the platform; `platform` is the installation itself, once."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REJECTED = "rejected"
    PLATFORM = "platform"


class Tenant(GlobalTable, Base):
    """A hosting organizer."""

    __tablename__ = "tenants"
    __why__ = "a request finds its tenant here before any tenant is known"
    __readers__ = ("identity", "system")
    __constraints__ = (one_of("status", TenantStatus), Index("ix_tenants_status", "status", "id"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    slug: Mapped[str] = mapped_column(prefix_text(63), unique=True)
    skeleton: Mapped[str] = mapped_column(String(63), index=True, doc="equal for slugs that look alike")
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(prefix_text(120), index=True, doc="the name folded, for search")
    status: Mapped[str] = mapped_column(state_column(), default=TenantStatus.ACTIVE)
    status_reason: Mapped[str] = mapped_column(String(300), default="", doc="why it is suspended or rejected")
    accent: Mapped[str] = mapped_column(String(7), default="#0b6fa4")
    logo_file_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    legal_line: Mapped[str] = mapped_column(String(200), default="")
    default_locale: Mapped[str] = mapped_column(String(12), default="en")
    locales: Mapped[str] = mapped_column(String(60), default="en")
    currency: Mapped[str] = mapped_column(String(3), default="CHF")
    timezone: Mapped[str] = mapped_column(String(64), default="Europe/Zurich")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @validates("slug", "name")
    def _key(self, column: str, value: str) -> str:
        if column == "slug":
            self.skeleton = skeleton(value)
        else:
            self.name_key = fold(value)[:120]
        return value


class TenantDomain(GlobalTable, Base):
    """A host name of its own that a tenant's shop answers on."""

    __tablename__ = "tenant_domains"
    __why__ = "the host of a request finds the tenant"
    __readers__ = ("identity", "system")

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenants.id"))


class TenantSetting(TenantRoot, Base):
    """One value by key: the tenant's own (`event_id` empty) or one event's; secrets are encrypted with the tenant's key."""

    __tablename__ = "tenant_settings"
    __constraints__ = (tenant_unique("key", "scope"),)

    key: Mapped[str] = mapped_column(String(120))
    scope: Mapped[str] = mapped_column(String(36), default="", doc="an event's id, or empty for the tenant")
    value: Mapped[dict[str, Any]] = mapped_column(
        Json, default=json_default, info={"sealed": "plugin_setting"}
    )
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TenantPlugin(TenantRoot, Base):
    """A switch: plugin `name` is on or off here; a paused one keeps its switch and does nothing until it is resumed."""

    __tablename__ = "tenant_plugins"
    __constraints__ = (tenant_unique("name"),)

    name: Mapped[str] = mapped_column(String(60))
    enabled: Mapped[bool] = mapped_column(Boolean, default=True)
    paused: Mapped[bool] = mapped_column(Boolean, default=False)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PluginFault(TenantRoot, Base):
    """How often one hook of a plugin failed or was slow here. `in_a_row` counts over all processes; `error` is a class."""

    __tablename__ = "plugin_faults"
    __constraints__ = (tenant_unique("plugin", "hook"),)

    plugin: Mapped[str] = mapped_column(String(60))
    hook: Mapped[str] = mapped_column(String(60))
    failures: Mapped[int] = mapped_column(Integer, default=0)
    slow: Mapped[int] = mapped_column(Integer, default=0)
    slowest_ms: Mapped[int] = mapped_column(Integer, default=0)
    in_a_row: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(String(80), default="")
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MemberStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    REMOVED = "removed"


class Member(TenantRoot, Base):
    """A user's place in one tenant. Tenant pages show people from here, never from `users`."""

    __tablename__ = "members"
    __constraints__ = (
        tenant_unique("user_id"),
        one_of("status", MemberStatus),
        Index("ix_members_name", "tenant_id", "status", "name", "id"),
        Index("ix_members_role", "tenant_id", "role"),
        Index("ix_members_email", "tenant_id", "email"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    role: Mapped[str] = mapped_column(
        String(40), doc="everywhere in the tenant; empty: only in single events"
    )
    status: Mapped[str] = mapped_column(state_column(), default=MemberStatus.ACTIVE)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    invited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UTCDateTime, doc="last seen here")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PlatformSetting(GlobalTable, Base):
    """A value for the whole installation that a platform admin may change while it runs."""

    __tablename__ = "platform_settings"
    __why__ = "settings of the installation belong to no tenant"
    __readers__ = ("any",)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
