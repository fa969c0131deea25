"""One application for each module of this folder, with views that only tests have."""

from __future__ import annotations

import pytest

from tests.functional.credentials import probe
from tests.functional.shop.market import Market
from tests.support import make_test_app, runtime_of


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    app, _ = make_test_app(tmp_path_factory.mktemp("market"), also=[probe])
    return Market(app, runtime_of(app))
