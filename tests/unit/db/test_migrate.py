"""Migrating: in step with the models, once when two start together, and nothing at all when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from sratix_core import models as _all_models  # noqa: F401
from sratix_core.db import migrate
from sratix_core.db.base import Base
from sratix_core.plugins import PluginHost
from sratix_core.tenancy import rls
from sratix_core.tenancy.dialects import address
from sratix_core.tenancy.roles import create_roles

UPGRADE = """
import sys
from sratix_core.db import migrate
from sratix_core.plugins import PluginHost
migrate.upgrade(sys.argv[1], PluginHost())
"""


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/new/database.db"


def test_a_new_database_has_every_table_and_matches_the_models(sqlite: str) -> None:
    migrate.upgrade(sqlite, PluginHost())
    assert {"tenants", "orders", "alembic_version"} <= tables(sqlite)
    assert migrate.check(sqlite, PluginHost()) == []


def checks(url: str, names: Iterable[str]) -> set[tuple[str, str | None, str]]:
    """Every CHECK of these tables, by table, name and words."""
    engine = create_engine(url)
    inspector = inspect(engine)
    found = {
        (table, check["name"], " ".join(check["sqltext"].split()))
        for table in names
        for check in inspector.get_check_constraints(table)
    }
    engine.dispose()
    return found


def test_what_a_table_refuses_is_what_its_model_refuses(sqlite: str, tmp_path: Path) -> None:
    """The comparison of the migrations leaves checks out."""
    migrate.upgrade(sqlite, PluginHost())
    own = f"sqlite:///{tmp_path}/models.db"
    engine = create_engine(own)
    there = tables(sqlite)
    core = [table for table in Base.metadata.sorted_tables if table.name in there]
    Base.metadata.create_all(engine, core)
    engine.dispose()
    names = [table.name for table in core]
    refused = checks(sqlite, names)
    assert len(refused) > 90
    assert refused == checks(own, names)


def test_a_second_run_changes_nothing(sqlite: str) -> None:
    migrate.upgrade(sqlite, PluginHost())
    migrate.upgrade(sqlite, PluginHost())
    assert migrate.check(sqlite, PluginHost()) == []


def test_the_check_names_what_differs(sqlite: str) -> None:
    migrate.upgrade(sqlite, PluginHost())
    engine = create_engine(sqlite)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE jobs")
        connection.exec_driver_sql("ALTER TABLE venues DROP COLUMN directions")
    engine.dispose()
    said = migrate.check(sqlite)
    assert "add table: jobs" in said
    assert any("add column" in sentence and "directions" in sentence for sentence in said)


def test_a_failure_leaves_what_was_there(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("the walls do not stand")

    monkeypatch.setattr(rls, "install", broken)
    with pytest.raises(RuntimeError):
        migrate.upgrade(sqlite, PluginHost())
    assert tables(sqlite) == set()


def test_two_that_start_together_migrate_once(sqlite: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", UPGRADE, sqlite]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(each.communicate(timeout=120)[1], each.returncode) for each in both] == [("", 0)] * 2
    assert migrate.check(sqlite, PluginHost()) == []


@pytest.mark.pg
def test_postgresql_matches_the_models_and_keeps_the_owner_apart() -> None:
    server, name = os.environ["SRATIX_TEST_PG_URL"], f"srx_migrate_{os.getpid()}"
    roles = create_roles(server, name, recreate=True)
    migrate.upgrade(roles.owner)
    migrate.upgrade(roles.owner)
    assert migrate.check(roles.owner) == []
    engine = create_engine(address(roles.app))
    with engine.connect() as connection:
        forced = connection.exec_driver_sql(
            "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'orders'"
        )
        assert forced.scalar() is True
    engine.dispose()
    admin = create_engine(address(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()
