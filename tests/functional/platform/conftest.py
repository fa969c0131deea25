"""One application for each module of this folder."""

from __future__ import annotations

import pytest

from tests.functional.platform.people import House, make_house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return make_house(tmp_path_factory.mktemp("house"))
