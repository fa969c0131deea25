"""Whose a row is: the base class and the mixins that give every table its scope, its composite key and its foreign keys.

`table.info` carries what other walls need: `scope` (tenant|global), `readers`, `append_only`, `stream`, `content`.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Literal

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship
from sqlalchemy.orm.relationships import _RelationshipDeclared

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Reader = Literal["identity", "system", "any"]


CONTENT = {"content": True}
"""`__info__` of a table that public pages show: triggers count every change of it in the tenant's `content_versions`."""


class Base(DeclarativeBase):
    """The one registry of the core and of every plugin."""

    metadata = MetaData(naming_convention=NAMING)


class TenantScoped:
    """Every row belongs to exactly one tenant: key `(tenant_id, id)`, `id` a UUIDv7 from the injected source.

    A model lists its own constraints in `__constraints__`; foreign and unique keys lead with `tenant_id`.
    """

    __constraints__: ClassVar[tuple[Any, ...]] = ()
    __info__: ClassVar[dict[str, Any]] = {}
    __root__: ClassVar[bool] = False

    tenant_id: Mapped[int] = mapped_column(Integer, sort_order=-20)
    id: Mapped[uuid.UUID] = mapped_column(Uuid, sort_order=-19)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        root = (ForeignKeyConstraint(["tenant_id"], ["tenants.id"]),) if cls.__root__ else ()
        info = {"scope": "tenant", **cls.__info__}
        return (PrimaryKeyConstraint("tenant_id", "id"), *root, *cls.__constraints__, {"info": info})


class TenantRoot(TenantScoped):
    """A table at the top of a tenant's tree; only these point at `tenants` (a key on every table costs 17 % of inserts)."""

    __root__ = True


class GlobalTable:
    """A table for all tenants. `__why__` says why, `__readers__` which scopes besides `system` may read it."""

    __why__: ClassVar[str]
    __readers__: ClassVar[tuple[Reader, ...]] = ("system",)
    __constraints__: ClassVar[tuple[Any, ...]] = ()
    __info__: ClassVar[dict[str, Any]] = {}

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        info = {"scope": "global", "why": cls.__why__, "readers": cls.__readers__, **cls.__info__}
        return (*cls.__constraints__, {"info": info})


def tenant_fk(columns: str | tuple[str, ...], target: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the tenant: `(tenant_id, column) → target(tenant_id, id)`."""
    local = (columns,) if isinstance(columns, str) else columns
    return ForeignKeyConstraint(["tenant_id", *local], [f"{target}.tenant_id", f"{target}.id"], **options)


def tenant_unique(*columns: str, **options: Any) -> UniqueConstraint:
    """A unique key inside one tenant; a global one would tell a stranger that a value exists."""
    return UniqueConstraint("tenant_id", *columns, **options)


def belongs_to(child: str, column: str, parent: str, **options: Any) -> _RelationshipDeclared[Any]:
    """Many to one, inside the tenant: class `child` holds `column`, which is the id of a `parent`. Names of classes.

    Both helpers only read: rooms write ids, so no unit of work ever copies or nulls a key behind their back.
    """
    return relationship(parent, primaryjoin=_join(child, column, parent), viewonly=True, **options)


def has_many(parent: str, child: str, column: str, **options: Any) -> _RelationshipDeclared[Any]:
    """One to many, inside the tenant, for reading."""
    return relationship(child, primaryjoin=_join(child, column, parent), viewonly=True, **options)


def _join(child: str, column: str, parent: str) -> str:
    return f"and_({parent}.tenant_id == {child}.tenant_id, {parent}.id == foreign({child}.{column}))"


def scoped_tables(metadata: MetaData = Base.metadata) -> list[Table]:
    """All tables of tenants, parents first."""
    return [t for t in metadata.sorted_tables if t.info.get("scope") == "tenant"]


def global_tables(metadata: MetaData = Base.metadata) -> list[Table]:
    """All tables that belong to no tenant."""
    return [t for t in metadata.sorted_tables if t.info.get("scope") == "global"]


__all__ = [
    "CONTENT",
    "Base",
    "ForeignKey",
    "GlobalTable",
    "TenantRoot",
    "TenantScoped",
    "belongs_to",
    "global_tables",
    "has_many",
    "scoped_tables",
    "tenant_fk",
    "tenant_unique",
]
