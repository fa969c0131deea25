"""A plugin that fails while it is told a fact breaks nothing: not the act, not its transaction, not the next plugin."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import structlog
from sqlalchemy import select

from sratix_core.plugins import PluginHost
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import PlatformSetting
from tests.support import NOON, make_runtime
from tests.unit.plugins.support import plugin

WHY = SystemScope("a test of savepoints")


def row(key: str) -> PlatformSetting:
    return PlatformSetting(key=key, value={}, updated_at=NOON)


def tell(tmp_path: Path, *plugins: Any) -> tuple[list[str], list[Any]]:
    """The keys that were committed and the lines that were logged."""
    host = PluginHost(plugins)
    hooks = host.hooks_for(SimpleNamespace(enabled_plugins=frozenset(host.infos)))
    engines = make_runtime(tmp_path).engines
    with structlog.testing.capture_logs() as lines:
        with engines.begin(WHY) as db:
            db.add(row("act"))
            hooks.notify("order_paid", ctx=SimpleNamespace(db=db), order="an order")
        with engines.begin(WHY, write=False) as db:
            keys = sorted(db.scalars(select(PlatformSetting.key)))
    engines.dispose()
    return keys, lines


def writes(key: str, then: Exception | None = None) -> Any:
    def order_paid(ctx: Any, order: Any) -> None:
        ctx.db.add(row(key))
        if then is not None:
            raise then

    return order_paid


def test_a_failing_plugin_is_logged_and_the_others_are_told(tmp_path: Path) -> None:
    keys, lines = tell(
        tmp_path,
        plugin("aa", writes("before")),
        plugin("bb", writes("lost", RuntimeError("boom"))),
        plugin("cc", writes("after")),
    )
    assert keys == ["act", "after", "before"]
    assert [(line["plugin"], line["hook"]) for line in lines if line["event"] == "plugin_failed"] == [
        ("bb", "order_paid")
    ]


def test_an_error_of_the_database_inside_a_plugin_leaves_the_act_alone(tmp_path: Path) -> None:
    keys, lines = tell(tmp_path, plugin("clumsy", writes("act")), plugin("next", writes("after")))
    assert keys == ["act", "after"]
    assert lines[0]["plugin"] == "clumsy"


def test_a_fact_has_no_results() -> None:
    def order_paid(ctx: Any, order: Any) -> str:
        return "ignored"

    host = PluginHost([plugin("chatty", order_paid)])
    hooks = host.hooks_for(SimpleNamespace(enabled_plugins=frozenset({"chatty"})))
    assert hooks.order_paid(ctx=None, order=None) == []
