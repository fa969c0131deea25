"""Which views the checks of the API are put around: every one that an address below /api/ may reach, and no other."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from pyramid.config import Configurator

from sratix_core.web.security import is_for_api


@pytest.mark.parametrize(
    "pattern", ["/api/v1/x/", "api/v1/x/", "/api", "/{tenant}/{event}/", "{any}", "/*rest", ":old/x"]
)
def test_a_pattern_that_may_match_below_api(pattern: str) -> None:
    assert told(pattern)


@pytest.mark.parametrize("pattern", ["/apiary/", "/dashboard/{tenant}/", "my/", "/"])
def test_a_pattern_that_cannot(pattern: str) -> None:
    assert not told(pattern)


def test_a_view_without_a_route_may_stand_anywhere() -> None:
    assert is_for_api(SimpleNamespace(options={}))


def told(pattern: str) -> bool:
    config = Configurator()
    config.add_route("asked", pattern)
    config.commit()
    return is_for_api(SimpleNamespace(options={"route_name": "asked"}, registry=config.registry))
