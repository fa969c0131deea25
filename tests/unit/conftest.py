"""A tenant to itself for every test of a room, on SQLite and, where it is, on PostgreSQL; its books are recounted after it, everybody's at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sratix_core.runtime import Runtime
from sratix_core.settings import Settings
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


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("rooms")
    sqlite = request.param == "sqlite"
    settings = sqlite_settings(folder) if sqlite else postgresql_settings(folder, "srx_rooms")
    engines = make_engines(settings)
    yield settings, engines
    assert faults(make_process(settings, engines), journal=False) == []
    engines.dispose()


@pytest.fixture
def process(place: Place) -> Runtime:
    return make_process(*place)


@pytest.fixture
def world(process: Runtime) -> Iterator[World]:
    """At noon on 1 March 2027, nine days before the event."""
    made = make_world(process)
    yield made
    assert faults(process, journal=False, of=made.tenant) == []
