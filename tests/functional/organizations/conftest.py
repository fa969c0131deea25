"""One application for each module of this folder."""

from __future__ import annotations

import pytest

from tests.functional.shop.market import Market, make_market


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    return make_market(tmp_path_factory.mktemp("market"))
