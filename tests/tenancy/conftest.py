"""The trap world on SQLite always, and on PostgreSQL where `SRATIX_TEST_PG_URL` names a superuser's address."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.tenancy.world import PG_URL, World, postgresql_address, sqlite_address

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.pg)
DATABASES = ["sqlite", POSTGRESQL]
only_sqlite = pytest.mark.parametrize("built", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("built", [POSTGRESQL], indirect=True)


def need_postgresql() -> None:
    """Skip without a server; where services are required, their absence is a failure."""
    if PG_URL is None:
        if os.environ.get("SRATIX_REQUIRE_SERVICES") == "1":
            pytest.fail("SRATIX_TEST_PG_URL is not set, and SRATIX_REQUIRE_SERVICES=1 wants PostgreSQL")
        pytest.skip("set SRATIX_TEST_PG_URL to run this on PostgreSQL")


@pytest.fixture(scope="session", params=DATABASES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    if request.param == "postgresql":
        need_postgresql()
        address = postgresql_address()
    else:
        address = sqlite_address(tmp_path_factory.mktemp("traps"))
    world = World(address)
    yield world
    world.engines.dispose()


@pytest.fixture
def world(built: World) -> World:
    built.seed()
    return built
