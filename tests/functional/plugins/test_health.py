"""A plugin that fails or dawdles is counted and shown, its failures break nothing, and it can be taken out everywhere."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from sratix_core.orders.models import Order
from sratix_core.plugins.health import IN_A_ROW
from sratix_core.tenancy.resolve import SECONDS
from sratix_core.tenants.models import PluginFault
from sratix_core.tenants.plugin_health import HOLDING, conditions, hold
from tests.functional.plugins.wobbly import Site, site

__all__ = ["site"]

PLUGINS = "/dashboard/acme/plugins/"


def order_page(site: Site, code: str) -> object:
    return site.app.get(f"/dashboard/acme/events/robotics/orders/{code}/", status=200)


def test_a_page_stands_without_the_part_of_a_plugin_that_fails(site: Site) -> None:
    site.switch("wobbly")
    code = site.order()
    for does in ("raise", "lie"):
        site.wobbly.does = does
        order_page(site, code)
    with site.unit() as ctx:
        row = ctx.db.scalars(select(PluginFault)).one()
        assert (row.plugin, row.hook, row.failures, row.error) == ("wobbly", "order_actions", 2, "TypeError")


def test_a_plugin_that_fails_again_and_again_is_proposed_for_a_pause(site: Site) -> None:
    site.switch("wobbly")
    site.wobbly.does = "raise"
    for _ in range(IN_A_ROW - 1):
        site.order()
    site.app.get(PLUGINS).mustcontain(no="Failed again and again")
    site.order()
    site.app.get(PLUGINS).mustcontain("Failed again and again: order_placed.")
    page = site.app.get(PLUGINS + "wobbly/")
    page.mustcontain("Pause it to keep it out of your sales", no="ada@example.org")
    with site.unit() as ctx:
        assert len(ctx.db.scalars(select(Order)).all()) == IN_A_ROW, "every sale went through"
        assert conditions(ctx)["wobbly"].failures == IN_A_ROW
    site.wobbly.does = ""
    site.order()
    site.app.get(PLUGINS).mustcontain(no="Failed again and again")


def test_a_slow_plugin_is_counted(site: Site) -> None:
    site.switch("wobbly")
    site.wobbly.does = "sleep"
    site.order()
    with site.unit() as ctx:
        found = conditions(ctx)["wobbly"]
        assert (found.failures, found.slow) == (0, 1)
        assert 300 <= found.slowest_ms < 3000
    site.app.get(PLUGINS + "wobbly/").mustcontain("Slow calls", "the slowest took")


def test_pausing_takes_it_out_in_every_process_with_what_needs_it(site: Site) -> None:
    other = site.again()
    assert site.switch("extra").headers["Location"].endswith("?done=all_on")
    site.runtime.sources.clock.move(timedelta(seconds=SECONDS))  # type: ignore[attr-defined]
    assert other.on() == {"wobbly", "extra"}
    site.switch("wobbly", "pause")
    assert site.on() == frozenset()
    site.runtime.sources.clock.move(timedelta(seconds=SECONDS))  # type: ignore[attr-defined]
    assert other.on() == frozenset()
    other.order()
    assert site.wobbly.told == []
    site.app.get(PLUGINS).mustcontain("Paused")
    other.switch("wobbly", "pause")
    site.runtime.sources.clock.move(timedelta(seconds=SECONDS))  # type: ignore[attr-defined]
    assert site.on() == {"wobbly", "extra"}
    site.order()
    assert len(site.wobbly.told) == 1


def test_the_operator_takes_it_out_for_everybody(site: Site) -> None:
    name = "wobbly"
    site.switch(name)
    other = site.again()
    with site.runtime.engines.begin(HOLDING) as db:
        hold(db, site.runtime.sources, name, True)
    site.runtime.sources.clock.move(timedelta(seconds=SECONDS))  # type: ignore[attr-defined]
    assert site.on() == other.on() == frozenset()
    site.app.get(PLUGINS + "wobbly/").mustcontain("Taken out by the operator.", no="Let it go on")
    with site.runtime.engines.begin(HOLDING) as db:
        hold(db, site.runtime.sources, name, False)
    assert site.on() == {"wobbly"}


def test_what_another_needs_stays_on_with_a_sentence(site: Site) -> None:
    site.switch("extra")
    answer = site.switch("wobbly")
    assert answer.status_int == 409
    answer.mustcontain("Extra needs Wobbly. Switch that off first.")
    assert site.on() == {"wobbly", "extra"}


def test_one_whose_package_is_gone_is_named_and_breaks_nothing(site: Site) -> None:
    site.switch("extra")
    site.runtime.plugins.__init__([])  # type: ignore[misc]
    site.app.get(PLUGINS).mustcontain("wobbly is not installed here any more.", "extra is not installed")
    assert site.on() == frozenset()
    site.order()
