"""A database per run for the races, with a connection for each of 64 threads, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sratix_core.runtime import Runtime
from sratix_core.settings import Settings
from sratix_core.tenancy import dialects
from sratix_core.tenancy.engines import Engines
from tests.builders import (
    World,
    faults,
    make_engines,
    make_process,
    make_world,
    postgresql_settings,
    sqlite_settings,
)

Place = tuple[Settings, Engines]
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)]


@pytest.fixture(autouse=True, scope="session")
def patient_writers() -> Iterator[None]:
    """How long 64 writers wait for one file or row is a matter of the machine; here they may wait until all had their turn."""
    with pytest.MonkeyPatch.context() as patience:
        patience.setattr(dialects, "QUEUE_SECONDS", 60.0)
        patience.setitem(dialects.TIMEOUTS, "lock_timeout", "60s")
        yield


@pytest.fixture(scope="session", params=DATABASES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, patient_writers: None
) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("races")
    # 64 connections: a pool of PostgreSQL may grow to twice its size.
    sqlite = request.param == "sqlite"
    settings = (
        sqlite_settings(folder, threads=64)
        if sqlite
        else postgresql_settings(folder, "srx_races", threads=32)
    )
    engines = make_engines(settings)
    yield settings, engines
    assert faults(make_process(settings, engines)) == []
    engines.dispose()


@pytest.fixture
def process(place: Place) -> Runtime:
    """At noon on 1 March 2027."""
    return make_process(*place)


@pytest.fixture
def world(process: Runtime) -> Iterator[World]:
    """A fresh tenant, whose books are recounted afterwards; those of all of them at the end of the run."""
    made = make_world(process)
    yield made
    assert faults(process, of=made.tenant) == []
