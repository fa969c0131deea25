"""An application to test against: a fresh database, a clock that stands still, chance that repeats itself.

SQLite in the test's folder, or PostgreSQL when SRATIX_TEST_PG_URL names a server; each call gets its own database.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from pyramid_jinja2 import IJinja2Environment
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool
from webtest import TestApp

from sratix_core import models as _all_models  # noqa: F401
from sratix_core import runtime as runtime_module
from sratix_core.app import make_app
from sratix_core.context import Sources
from sratix_core.db.base import Base
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings, load
from sratix_core.tenancy.dialects import address
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.roles import create_roles
from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import IdSource, SeededRandom
from tests.schema import build_schema

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)

_databases = itertools.count(1)

opened: list[Runtime] = []
"""Processes made here whose connections are still open; `conftest.py` at the root closes them."""


def settings_for(tmp_path: Path, **overrides: Any) -> Settings:
    """Settings of a test installation on http://localhost."""
    values = {
        "env": "test",
        "data_dir": str(tmp_path),
        **({} if "database_url" in overrides else database_urls(tmp_path)),
        "secret_key": "a secret of a test installation, 32+",
        "base_url": "http://localhost",
        "worker": "false",
        "threads": "4",
        **overrides,
    }
    return load({}, values)


def database_urls(tmp_path: Path) -> dict[str, str]:
    """Addresses of a database of this test's own; on PostgreSQL with the three roles of production."""
    server = os.environ.get("SRATIX_TEST_PG_URL")
    if server is None:
        return {"database_url": f"sqlite:///{tmp_path / 'test.db'}"}
    name = f"srx_web_{os.getpid()}_{next(_databases)}"
    made = create_roles(server, name, recreate=True)
    return {"database_url": made.app, "database_owner_url": made.owner, "database_system_url": made.system}


def fixed_sources(seed: int | str = 1) -> Sources:
    """Noon on 1 March 2027, and the same ids and tokens in every run."""
    clock, random = FixedClock(NOON), SeededRandom(seed)
    return Sources(clock, IdSource(clock, random), random)


def make_runtime(tmp_path: Path, **overrides: Any) -> Runtime:
    """A process over an empty, complete schema."""
    process = runtime_module.build(settings_for(tmp_path, **overrides), sources=fixed_sources())
    build_schema(process.engines)  # of the plugins, too: `build` has found them
    opened.append(process)
    return process


def close(process: Runtime) -> None:
    """Give the connections back, and on PostgreSQL the database too."""
    process.engines.dispose()
    database = address(process.settings.database_url).database or ""
    if database.startswith("srx_web_"):
        server = address(os.environ["SRATIX_TEST_PG_URL"])
        engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def make_test_app(tmp_path: Path, also: Iterable[Any] = (), **overrides: Any) -> tuple[TestApp, Engines]:
    """A WebTest application and its engines; `also` are rooms of the test's own, `overrides` are settings."""
    process = make_runtime(tmp_path, **overrides)
    app = make_app(process.settings, process, also)
    app.registry.getUtility(IJinja2Environment, name=".jinja2").bytecode_cache = COMPILED
    return TestApp(app), process.engines


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of a test process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


def runtime_of(app: TestApp) -> Runtime:
    """The process behind a test application: its clock to move, its engines, its keys."""
    found: Runtime = app.app.registry["runtime"]
    return found


KEPT_REASONS = frozenset({"decisions", "plugin_faults"})


def fingerprint(engines: Engines, without: Collection[str] = (), tenant_id: int | None = None) -> str:
    """A hash over every row, or those of one tenant, except in the tables `without`; equal ones mean nothing was written.

    Why something was refused is kept (`sratix_core.decisions`), and how slow a plugin was: no effects, never counted.
    """
    digest = hashlib.sha256()
    with engines.owner.connect() as connection:
        if engines.dialect == "postgresql":
            connection.execute(text("SET app.scope = 'migration'"))
        for table in (t for t in Base.metadata.sorted_tables if t.name not in {*KEPT_REASONS, *without}):
            wanted = select(table)
            if tenant_id is not None:
                if "tenant_id" not in table.c:
                    continue
                wanted = wanted.where(table.c.tenant_id == tenant_id)
            rows = sorted(repr(tuple(row)) for row in connection.execute(wanted))
            digest.update(f"{table.name}{rows}".encode())
    return digest.hexdigest()
