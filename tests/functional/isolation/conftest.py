"""One application for each module of this folder, with two organizers who have one of everything."""

from __future__ import annotations

import pytest

from tests.functional.isolation.callers import Asking, Organizer, make_organizer
from tests.functional.isolation.routes import Route, routes
from tests.functional.shop.market import Market, make_market


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    return make_market(tmp_path_factory.mktemp("market"))


@pytest.fixture(scope="module")
def known(market: Market) -> dict[str, Route]:
    return routes(market.app.app.registry)


@pytest.fixture(scope="module")
def alpha(market: Market) -> Organizer:
    return make_organizer(market, "alpha")


@pytest.fixture(scope="module")
def bravo(market: Market) -> Organizer:
    return make_organizer(market, "bravo")


@pytest.fixture(scope="module")
def ask(market: Market) -> Asking:
    return Asking(market)
