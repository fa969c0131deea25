"""Whole installations: migrated by the product itself, one of them selling, others to restore into."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.db import migrate
from sratix_core.db.base import Base
from sratix_core.runtime import Runtime, build
from sratix_core.settings import Settings
from tests.builders import TESTS, postgresql_settings, sqlite_settings

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)]
SECRET = "k" * 40

_numbers = itertools.count(1)

Place = Callable[..., Runtime]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Makes installations, each in a folder and a database of its own: `place("sqlite")`."""
    made: list[Runtime] = []

    def install(database: str, *, migrated: bool = False, **settings: object) -> Runtime:
        folder = tmp_path / f"place-{next(_numbers)}"
        folder.mkdir()
        values: Settings
        if database == "sqlite":
            values = sqlite_settings(folder, **settings)
        else:
            values = postgresql_settings(folder, f"srx_backup_{len(made)}", **settings)
        runtime = build(values)
        made.append(runtime)
        if migrated:
            migrate.upgrade(values, runtime.plugins)
        return runtime

    yield install
    for runtime in made:
        runtime.engines.dispose()


def rows(runtime: Runtime) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is in the database, by table, but transaction ids."""
    found = {}
    with runtime.engines.begin(TESTS, write=False) as db:
        for table in Base.metadata.sorted_tables:
            columns = [c for c in table.columns if c.name != "txid"]
            found[table.name] = [
                tuple(row) for row in db.execute(select(*columns).order_by(*table.primary_key))
            ]
    return found
