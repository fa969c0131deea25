"""A process to test work against, on SQLite always and on PostgreSQL where `SRATIX_TEST_PG_URL` names a superuser's address.

Each site has a database of its own: on PostgreSQL a copy of a template, reached through the three roles of production.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from sratix_core import models as _all_models  # noqa: F401
from sratix_core.context import Actor, KeyRing, Sources, TenantContext
from sratix_core.plugins import PluginHost
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings, load
from sratix_core.tenancy.dialects import address
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.roles import create_roles
from sratix_core.tenancy.scope import IdentityScope, SystemScope, TenantScope
from sratix_core.tenants.models import Tenant
from sratix_core.values.clock import Clock, FixedClock, SystemClock
from sratix_core.values.ids import IdSource, SeededRandom, SystemRandom
from tests.schema import build_schema

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
TEST = SystemScope("a test looks at everything")
TEMPLATE = f"srx_jobs_{os.getpid()}"

_copies = itertools.count(1)
_tenants = itertools.count(1)


@dataclass
class Site:
    """One process over one database."""

    runtime: Runtime
    urls: dict[str, str]

    @property
    def engines(self) -> Engines:
        return self.runtime.engines

    @property
    def sources(self) -> Sources:
        return self.runtime.sources

    @property
    def clock(self) -> FixedClock:
        """The clock to move."""
        assert isinstance(self.sources.clock, FixedClock)
        return self.sources.clock

    def tenant(self, **values: Any) -> TenantInfo:
        """A new tenant."""
        slug, now = f"house-{next(_tenants)}", self.sources.clock.now()
        with self.engines.begin(IdentityScope()) as db:
            row = Tenant(
                **{"slug": slug, "name": "Robotics House", "created_at": now, "updated_at": now, **values}
            )
            db.add(row)
            db.flush()
            tenant_id = row.id
        found = self.engines.tenants.by_id(tenant_id)
        assert found is not None
        return found

    @contextmanager
    def acting(self, tenant: TenantInfo, actor: Actor | None = None) -> Iterator[TenantContext]:
        """A unit of work in the tenant."""
        with self.engines.begin(TenantScope(tenant.id)) as db:
            yield self.runtime.context(tenant, db, actor or Actor("system"))

    @contextmanager
    def everything(self, write: bool = False) -> Iterator[Any]:
        """A system session."""
        with self.engines.begin(TEST, write=write) as db:
            yield db

    def tamper(self, *statements: str) -> None:
        """What somebody with the database's own password could do: triggers off, then `statements`."""
        owner = create_engine(address(self.urls["superuser"]), poolclass=NullPool)
        with owner.begin() as connection:
            sqlite = connection.dialect.name == "sqlite"
            if sqlite:
                triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in triggers.all():
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
            else:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement)
        owner.dispose()


def build_site(
    urls: dict[str, str], data_dir: Path, *plugins: ModuleType, clock: Clock | None = None
) -> Site:
    """A process over the database at `urls`; with a clock given, also real chance, for several processes at once."""
    values = {name: urls[name] for name in ("database_url", "database_owner_url", "database_system_url")}
    settings = settings_for(data_dir, **values)
    random = SystemRandom() if clock else SeededRandom(1)
    clock = clock or FixedClock(NOON)
    sources = Sources(clock, IdSource(clock, random), random)
    keys = KeyRing(settings.secret_key)
    return Site(Runtime(settings, Engines(settings, clock), sources, PluginHost(plugins), keys), urls)


def settings_for(data_dir: Path, **values: Any) -> Settings:
    return load(
        {},
        {
            "env": "test",
            "data_dir": str(data_dir),
            "secret_key": "a secret of a test installation, 32+",
            "base_url": "https://tickets.example",
            "threads": "4",
            **values,
        },
    )


def sqlite_urls(folder: Path) -> dict[str, str]:
    url = f"sqlite:///{folder / 'site.db'}"
    return {"database_url": url, "database_owner_url": url, "database_system_url": url, "superuser": url}


def postgresql_urls(database: str, **options: Any) -> dict[str, str]:
    server = os.environ["SRATIX_TEST_PG_URL"]
    made = create_roles(server, database, **options)
    superuser = address(server).set(database=database).render_as_string(hide_password=False)
    return {
        "database_url": made.app,
        "database_owner_url": made.owner,
        "database_system_url": made.system,
        "superuser": superuser,
    }


@contextmanager
def server() -> Iterator[Any]:
    url = address(os.environ["SRATIX_TEST_PG_URL"]).set(database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty, complete PostgreSQL database to copy."""
    site = build_site(postgresql_urls(TEMPLATE, recreate=True), tmp_path_factory.mktemp("template"))
    build_schema(site.engines)
    site.engines.dispose()
    yield TEMPLATE
    with server() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Addresses of a database of the test's own, with the schema."""
    if request.param == "sqlite":
        made = sqlite_urls(tmp_path)
        site = build_site(made, tmp_path)
        build_schema(site.engines)
        site.engines.dispose()
        yield made
        return
    name = request.getfixturevalue("template")
    copy = f"{name}_{next(_copies)}"
    with server() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {copy} TEMPLATE {name} OWNER sratix_owner")
    yield postgresql_urls(copy)
    with server() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {copy} WITH (FORCE)")


@pytest.fixture
def site(urls: dict[str, str], tmp_path: Path) -> Iterator[Site]:
    """A process with a clock that stands still."""
    made = build_site(urls, tmp_path)
    yield made
    made.engines.dispose()


@pytest.fixture
def live_site(urls: dict[str, str], tmp_path: Path) -> Iterator[Site]:
    """A process with the machine's clock and chance."""
    made = build_site(urls, tmp_path, clock=SystemClock())
    yield made
    made.engines.dispose()
