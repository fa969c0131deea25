"""Models for the trap hunt, in a registry of their own: the real mixins, but writable relationships (the harder case)."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from sqlalchemy import Integer, LargeBinary, MetaData, String, Uuid, func, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship

from sratix_core.db.appendonly import AppendOnly, Journaled
from sratix_core.db.base import NAMING, GlobalTable, TenantRoot, TenantScoped, tenant_fk, tenant_unique

_numbers = itertools.count(1000)


def uid(number: int) -> uuid.UUID:
    """A recognizable id."""
    return uuid.UUID(int=number)


def fresh() -> uuid.UUID:
    return uid(next(_numbers))


def new_id() -> Any:
    return mapped_column(Uuid, default=fresh, sort_order=-19)


class TrapBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Tenant(GlobalTable, TrapBase):
    __tablename__ = "tenants"
    __why__ = "found before a tenant is known"
    __readers__ = ("identity", "system")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(20), unique=True)


class Rate(GlobalTable, TrapBase):
    __tablename__ = "rates"
    __why__ = "everyone may read an exchange rate"
    __readers__ = ("any",)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(20))


class PlatformNote(GlobalTable, TrapBase):
    __tablename__ = "platform_notes"
    __why__ = "the platform's own"
    __readers__ = ("system",)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(20))


class Event(TenantRoot, TrapBase):
    __tablename__ = "event"
    __constraints__ = (tenant_unique("slug"),)

    id: Mapped[uuid.UUID] = new_id()
    slug: Mapped[str] = mapped_column(String(40))
    orders: Mapped[list[Order]] = relationship(
        primaryjoin="and_(Event.tenant_id == Order.tenant_id, Event.id == foreign(Order.event_id))",
        back_populates="event",
        passive_deletes="all",
    )


class Tag(TenantScoped, TrapBase):
    __tablename__ = "tag"

    id: Mapped[uuid.UUID] = new_id()
    name: Mapped[str] = mapped_column(String(40))


class OrderTag(TenantScoped, TrapBase):
    __tablename__ = "order_tag"
    __constraints__ = (tenant_fk("order_id", "order_", ondelete="CASCADE"), tenant_fk("tag_id", "tag"))

    id: Mapped[uuid.UUID] = new_id()
    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    tag_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    tag: Mapped[Tag] = relationship(
        primaryjoin="and_(Tag.tenant_id == OrderTag.tenant_id, Tag.id == foreign(OrderTag.tag_id))"
    )


class Order(TenantScoped, TrapBase):
    __tablename__ = "order_"
    __constraints__ = (tenant_fk("event_id", "event"), tenant_unique("code"))

    id: Mapped[uuid.UUID] = new_id()
    code: Mapped[str] = mapped_column(String(20))
    total: Mapped[int] = mapped_column(Integer, default=0)
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    event: Mapped[Event] = relationship(
        primaryjoin="and_(Event.tenant_id == Order.tenant_id, Event.id == foreign(Order.event_id))",
        back_populates="orders",
    )
    tickets: Mapped[list[Ticket]] = relationship(
        primaryjoin="and_(Order.tenant_id == Ticket.tenant_id, Order.id == foreign(Ticket.order_id))",
        back_populates="order",
        passive_deletes="all",
    )
    taggings: Mapped[list[OrderTag]] = relationship(
        primaryjoin="and_(Order.tenant_id == OrderTag.tenant_id, Order.id == foreign(OrderTag.order_id))",
        passive_deletes="all",
    )
    tags: AssociationProxy[list[Tag]] = association_proxy(
        "taggings", "tag", creator=lambda t: OrderTag(tag=t)
    )
    secondary_tags: Mapped[list[Tag]] = relationship(
        secondary="order_tag",
        primaryjoin="Order.id == order_tag.c.order_id",
        secondaryjoin="Tag.id == order_tag.c.tag_id",
        viewonly=True,
    )


class Ticket(TenantScoped, TrapBase):
    __tablename__ = "ticket"
    __constraints__ = (tenant_fk("order_id", "order_", ondelete="CASCADE"),)

    id: Mapped[uuid.UUID] = new_id()
    holder: Mapped[str] = mapped_column(String(40))
    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order: Mapped[Order] = relationship(
        primaryjoin="and_(Order.tenant_id == Ticket.tenant_id, Order.id == foreign(Ticket.order_id))",
        back_populates="tickets",
    )


class Entry(Journaled, TrapBase):
    __tablename__ = "entry"
    __stream__ = "entries"

    id: Mapped[uuid.UUID] = new_id()
    note: Mapped[str] = mapped_column(String(40))
    photo: Mapped[bytes | None] = mapped_column(LargeBinary(40))


class Stone(AppendOnly, TrapBase):
    __tablename__ = "stone"

    id: Mapped[uuid.UUID] = new_id()
    note: Mapped[str] = mapped_column(String(40))


# Two column properties whose subquery spans another tenant's table, with and without the tenant in the join.
Event.order_count = column_property(
    select(func.count(Order.id))
    .where(Order.tenant_id == Event.tenant_id, Order.event_id == Event.id)
    .correlate_except(Order)
    .scalar_subquery(),
    deferred=True,
)
Event.careless_count = column_property(
    select(func.count(Order.id)).where(Order.event_id == Event.id).correlate_except(Order).scalar_subquery(),
    deferred=True,
)
