"""A database of its own: what is rotated here would be unreadable to others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.builders import make_engines, postgresql_settings, sqlite_settings
from tests.unit.conftest import Place


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("rotation")
    sqlite = request.param == "sqlite"
    settings = sqlite_settings(folder) if sqlite else postgresql_settings(folder, "srx_rotation")
    engines = make_engines(settings)
    yield settings, engines
    engines.dispose()
