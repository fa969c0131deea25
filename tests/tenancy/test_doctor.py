"""The census: green on the product's models, and every way to lose a table's owner has its sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import (
    Column,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column, relationship

from sratix_core import models as _all_models  # noqa: F401
from sratix_core.db.base import NAMING, Base, TenantScoped, tenant_fk
from sratix_core.tenancy import doctor
from sratix_core.tenancy.engines import Engines
from tests.tenancy.models import TrapBase
from tests.tenancy.real import real_engines

TENANT = {"scope": "tenant"}
GLOBAL = {"scope": "global", "why": "it is", "readers": ("system",)}


def test_the_products_models_all_say_whose_they_are() -> None:
    configure_mappers()
    assert doctor.census() == []
    assert {t.info.get("scope") for t in Base.metadata.sorted_tables} == {"tenant", "global"}


def test_the_trap_models_are_honest_but_for_their_traps() -> None:
    problems = doctor.census(TrapBase.metadata, TrapBase.registry.mappers)
    assert problems == ["Order.secondary_tags uses secondary=: give the association a class with its own id"]


@pytest.mark.pg
def test_the_products_database_is_walled_in(tmp_path: Path) -> None:
    engines = real_engines("postgresql", tmp_path)
    with engines.owner.connect() as connection:
        assert doctor.rls_census(connection) == []
    engines.dispose()


@pytest.mark.pg
def test_roles_that_no_policy_holds_are_named(tmp_path: Path) -> None:
    engines = real_engines("postgresql", tmp_path)
    app, system, owner = engines.writers.url, engines.system.url, engines.owner.url

    def problems(first: URL, second: URL) -> list[str]:
        urls = {"database_url": first, "database_system_url": second, "database_owner_url": owner}
        texts = {name: url.render_as_string(hide_password=False) for name, url in urls.items()}
        asked = Engines(SimpleNamespace(threads=1, **texts))  # type: ignore[arg-type]
        try:
            return doctor.role_problems(asked)
        finally:
            asked.dispose()

    assert problems(app, system) == []
    assert ["SRATIX_DATABASE_SYSTEM_URL" in p for p in problems(app, app)] == [True]
    assert ["SRATIX_DATABASE_URL" in p for p in problems(system, system)] == [True]
    superuser = make_url(os.environ["SRATIX_TEST_PG_URL"]).set(database=app.database)
    assert ["SRATIX_DATABASE_URL" in p for p in problems(superuser, superuser)] == [True]
    engines.dispose()


def test_sqlite_has_no_roles(tmp_path: Path) -> None:
    engines = real_engines("sqlite", tmp_path)
    assert doctor.role_problems(engines) == []
    engines.dispose()


def scoped(m: MetaData, *rest: Column[object] | object, name: str = "t") -> Table:
    key = [Column("tenant_id", Integer), Column("id", Uuid), PrimaryKeyConstraint("tenant_id", "id")]
    return Table(name, m, *key, *rest, info=TENANT)  # type: ignore[arg-type]


def parent(m: MetaData) -> None:
    scoped(m, name="p")


def everyone(m: MetaData, name: str = "tenants") -> Table:
    return Table(name, m, Column("id", Integer, primary_key=True), info=GLOBAL)


def bad(m: MetaData, *columns: Column[object]) -> None:
    Table("t", m, *columns, info=TENANT)


WRONG: dict[str, Callable[[MetaData], object]] = {
    "does not say whose it is": lambda m: Table("t", m, Column("id", Integer, primary_key=True)),
    "primary key is not": lambda m: bad(m, Column("id", Uuid, primary_key=True), Column("tenant_id", Integer, nullable=False)),
    "not an integer that is always there": lambda m: bad(
        m, Column("tenant_id", String(9), primary_key=True), Column("id", Uuid, primary_key=True)
    ),
    "does not lead with tenant_id": lambda m: scoped(m, Column("code", String(9)), UniqueConstraint("code")),
    "unique index ix does not lead": lambda m: scoped(m, Column("c", String(9)), Index("ix", "c", unique=True)),
    "foreign key ['p_id'] does not": lambda m: (
        parent(m), scoped(m, Column("p_id", Uuid), ForeignKeyConstraint(["p_id"], ["p.id"])),
    ),
    "foreign key ['user_id'] does not": lambda m: (
        everyone(m, "users"), scoped(m, Column("user_id", ForeignKey("users.id"))),
    ),
    "only a TenantRoot points": lambda m: (everyone(m), scoped(m, Column("owner", ForeignKey("tenants.id")))),
    "has no length": lambda m: scoped(m, Column("name", String)),
    "is an ENUM": lambda m: scoped(m, Column("state", Enum("a", "b", name="s"))),
    "says why it is one": lambda m: Table(
        "t", m, Column("id", Integer, primary_key=True), info={**GLOBAL, "why": " "}
    ),
    "readers are identity, system or any": lambda m: Table(
        "t", m, Column("id", Integer, primary_key=True), info={**GLOBAL, "readers": ("tenant",)}
    ),
    "points at a tenant's": lambda m: (
        parent(m),
        Table(
            "t", m, Column("id", Integer, primary_key=True), Column("tenant_id", Integer), Column("p_id", Uuid),
            ForeignKeyConstraint(["tenant_id", "p_id"], ["p.tenant_id", "p.id"]), info=GLOBAL,
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("sentence", WRONG)
def test_every_wrong_table_has_its_sentence(sentence: str) -> None:
    metadata = MetaData()
    WRONG[sentence](metadata)
    (problem,) = doctor.census(metadata)
    assert sentence in problem


def test_text_and_proper_keys_pass() -> None:
    metadata = MetaData()
    parent(metadata)
    scoped(metadata, Column("p_id", Uuid), Column("body", Text), tenant_fk("p_id", "p"))
    assert doctor.census(metadata) == []


def test_relationships_that_leave_the_tenant_are_found() -> None:
    class Own(DeclarativeBase):
        metadata = MetaData(naming_convention=NAMING)

    class Parent(TenantScoped, Own):
        __tablename__ = "parent"
        children: Mapped[list[Child]] = relationship(
            "Child",
            primaryjoin="and_(Parent.tenant_id == Child.tenant_id, Parent.id == foreign(Child.parent_id))",
        )

    class Child(TenantScoped, Own):
        __tablename__ = "child"
        parent_id: Mapped[object] = mapped_column(Uuid)
        parent = relationship(Parent, primaryjoin="Parent.id == foreign(Child.parent_id)", viewonly=True)

    Own.registry.configure()
    assert doctor.census(Own.metadata, Own.registry.mappers) == [
        "Child.parent does not join on tenant_id: use belongs_to or has_many",
        "Parent.children would null its children's key: passive_deletes='all' or a cascade",
    ]
