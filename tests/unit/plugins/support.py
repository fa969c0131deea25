"""Plugins made of a few functions, for tests of the host."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from sratix_core.plugins import PluginInfo, hookimpl


def plugin(
    name: str,
    *functions: Callable[..., Any],
    level: str = "tenant",
    requires: tuple[str, ...] = (),
    **also: Any,
) -> ModuleType:
    """A plugin package that lives in memory. Functions are marked as hooks; `also` are other attributes."""
    module = ModuleType(f"acme_{name}")
    module.info = PluginInfo(name, name.title(), "1.0", "test", level, requires)  # type: ignore[attr-defined, arg-type]
    for function in functions:
        marked = function if hasattr(function, "sratix_impl") else hookimpl(function)
        setattr(module, function.__name__, marked)
    for key, value in also.items():
        setattr(module, key, value)
    return module


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType], ModuleType]:
    """Puts a module where `import` finds it."""

    def put(module: ModuleType) -> ModuleType:
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return module

    return put
