"""Operations that plugins add to the API: what is refused before anybody could call it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from sratix_core import api as _api  # noqa: F401  (declares the core's operations)
from sratix_core.api.framework import Endpoint, operations_of
from sratix_core.api.openapi import document
from sratix_core.plugins import PluginError, PluginHost, PluginInfo, hookimpl


def look_around(call: Any) -> None: ...


def get_event(call: Any) -> None: ...


def host(*declared: Any) -> PluginHost:
    module: Any = ModuleType("odd")
    module.info = PluginInfo("odd", "Odd", "1.0", "staff")

    @hookimpl
    def register_operations() -> list[Any]:
        return list(declared)

    module.register_operations = register_operations
    return PluginHost([module])


def operation(handler: Any = look_around, **more: Any) -> Endpoint:
    return Endpoint(handler, "GET", "/things", "event.view", "Things", "Odd", **more)


def test_an_operation_stands_below_the_address_of_its_plugin() -> None:
    (found,) = (e for e in operations_of(host(operation())) if e.plugin)
    assert found.path == "/tenants/{tenant}/x/odd/things"
    told = document(operations_of(host(operation())))["paths"]["/api/v1/tenants/{tenant}/x/odd/things"]
    assert "Of the plugin `odd`: 404 where it is off." in told["get"]["description"]


@pytest.mark.parametrize(
    "declared",
    [
        (look_around,),
        (operation(security="public"),),
        (operation(route="shop.home"),),
        (operation(get_event),),
        (operation(), operation()),
    ],
)
def test_what_reaches_others_or_takes_their_name_is_refused(declared: Any) -> None:
    with pytest.raises(PluginError, match="Plugin odd: "):
        operations_of(host(*declared))
