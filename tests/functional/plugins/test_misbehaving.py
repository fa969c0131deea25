"""Row 26 of the catalogue: every way a plugin can misbehave × every hook that is asked or told. The act goes on or fails cleanly.

"Cleanly": an answer of the house, nothing of the act half written, the plugin counted, and the next request as good as the first.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from sratix_core import hookspecs
from sratix_core.app import make_app
from sratix_core.catalog.models import CapacityPool
from sratix_core.checkout.models import Cart
from sratix_core.errors import DomainError
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.orders.service import cancel_order
from sratix_core.plugins import PluginHost, deadlines, hooks
from sratix_core.plugins.deadlines import Deadlines, TimedOut
from sratix_core.plugins.health import HUNG_IN_A_ROW
from sratix_core.runtime import Runtime
from sratix_core.tenants import plugin_health
from sratix_core.tenants.models import PlatformSetting, PluginFault, TenantPlugin
from tests.builders import faults, make_sale
from tests.functional.plugins.wobbly import Site, Wobbly
from tests.functional.web.people import make_tenant, make_user, sign_in
from tests.support import TestApp, make_runtime
from tests.unit.plugins.support import plugin

SHORT = 0.4
HOOKS: dict[str, str] = {
    "order_placed": "ctx, order",
    "order_paid": "ctx, order",
    "order_cancelled": "ctx, order",
    "payment_providers": "ctx",
    "price_rules": "ctx, cart",
    "order_fees": "ctx, cart",
    "tax_rate": "ctx, line, buyer",
    "ticket_outputs": "ctx",
    "message_transports": "ctx",
    "letter": "ctx, kind, data, locale",
    "order_actions": "request, order",
    "page_slot": "request, slot, subject",
    "nav_items": "request, area",
    "open_cases": "request",
    "invoice_outputs": "ctx",
    "invoice_attachments": "ctx",
}


def spin(ctx: Any) -> None:
    while True:  # a loop that waits for something that never comes
        time.sleep(0.01)


def swallow(ctx: Any) -> None:
    while True:
        try:
            time.sleep(0.01)
        except Exception:
            continue


def raise_it(ctx: Any) -> None:
    raise RuntimeError("the word of ada@example.org")


def leave(ctx: Any) -> None:
    raise SystemExit(3)


def commit(ctx: Any) -> None:
    ctx.db.commit()


def roll_back(ctx: Any) -> None:
    ctx.db.rollback()


def look_elsewhere(ctx: Any) -> None:
    ctx.db.execute(select(PlatformSetting)).all()


def raw(ctx: Any) -> None:
    ctx.db.execute(text("DELETE FROM orders"))


def deface(ctx: Any) -> None:
    for order in ctx.db.scalars(select(Order)):
        order.total_minor = -1
    ctx.db.flush()


def call(ctx: Any) -> None:
    with socket.create_connection(("127.0.0.1", 1), timeout=1):
        pass


DEEDS: dict[str, Callable[[Any], Any]] = {
    "raises": raise_it,
    "leaves": leave,
    "hangs": spin,
    "hangs and swallows": swallow,
    "wrong type": lambda ctx: {"not": "a list"},
    "wrong items": lambda ctx: [object(), None, 7],
    "commits": commit,
    "rolls back": roll_back,
    "unscoped query": look_elsewhere,
    "raw statement": raw,
    "breaks a rule of the database": deface,
    "calls the outside": call,
    "huge output": lambda ctx: ["x" * 5_000_000],
}


@pytest.fixture
def acting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Site, dict[str, Any]]]:
    """An organizer with a plugin that has every hook, each doing what it was told to."""
    monkeypatch.setattr(hooks, "HOOK_SECONDS", SHORT)
    told: dict[str, Any] = {}

    def hook(name: str, arguments: str) -> Any:
        given = arguments.split(", ")
        source = f"def {name}({arguments}):\n    return act({name!r}, {given[0]})\n"
        made: dict[str, Any] = {"act": act}
        exec(source, made)
        return made[name]

    def act(name: str, subject: Any) -> Any:
        deed = told.get(name)
        if deed is None:
            return None
        return deed(getattr(subject, "ctx", subject))

    odd = plugin("odd", *(hook(name, arguments) for name, arguments in HOOKS.items()))
    process = replace(make_runtime(tmp_path), plugins=PluginHost([odd]))
    acme = make_tenant(process)
    make_user(process, tenant_id=acme)
    app = TestApp(make_app(process.settings, process))
    sign_in(app)
    site = Site(process, Wobbly(), app, acme)
    with site.unit() as ctx:
        make_sale(ctx, 0)
    site.switch("odd")
    yield site, told
    process.engines.dispose()


def everything(site: Site) -> list[int]:
    """A sale in a unit of work, what an owner and a buyer see of it, and its cancellation; 500 where one failed."""
    try:
        code = site.order()
        pages = (f"/dashboard/acme/events/robotics/orders/{code}/", "/acme/robotics/")
        seen = [site.app.get(page, status="*").status_int for page in pages]
        with site.unit() as ctx:
            cancel_order(ctx, order_by_code(ctx, event_by_slug(ctx, "robotics"), code), "a test")
    except (SQLAlchemyError, DomainError):
        return [500]
    return seen


def test_every_hook_is_in_the_table() -> None:
    asked = {
        name
        for name, function in vars(hookspecs).items()
        if hasattr(function, "sratix_spec") and function.__code__.co_argcount
    }
    assert asked == set(HOOKS)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_misbehaving_plugin_leaves_the_house_standing(
    acting: tuple[Site, dict[str, Any]], deed: str
) -> None:
    site, told = acting
    for name in HOOKS:
        told.clear()
        told[name] = DEEDS[deed]
        began = time.monotonic()
        everything(site)
        assert time.monotonic() - began < 30, name
        plugin_health.write_down(site.runtime)
        told.clear()
        with site.unit() as ctx:
            for row in ctx.db.scalars(select(TenantPlugin)):
                row.paused = False
        assert everything(site) == [200, 200], name
    assert faults(site.runtime) == []


def test_a_plugin_that_hangs_is_interrupted_counted_and_taken_out(
    acting: tuple[Site, dict[str, Any]],
) -> None:
    site, told = acting
    told["order_placed"] = spin
    for n in range(HUNG_IN_A_ROW):
        assert site.on() == {"odd"}, n
        site.order()
    with site.unit() as ctx:
        row = ctx.db.scalars(select(PluginFault)).one()
        assert (row.failures, row.in_a_row, row.error) == (HUNG_IN_A_ROW, HUNG_IN_A_ROW, "TimedOut")
        assert len(ctx.db.scalars(select(Order)).all()) == HUNG_IN_A_ROW, "every sale went through"
    assert site.on() == frozenset()
    site.app.get("/dashboard/acme/plugins/").mustcontain("Paused")


@pytest.mark.parametrize("deed", ["raises", "wrong type", "wrong items", "huge output", "hangs"])
@pytest.mark.parametrize("hook", ["price_rules", "order_fees", "tax_rate"])
def test_without_an_answer_about_a_price_nothing_is_sold_and_nothing_held(
    acting: tuple[Site, dict[str, Any]], hook: str, deed: str
) -> None:
    """The price would be another than the organizer set, and nobody would know."""
    site, told = acting
    told[hook] = DEEDS[deed]
    with pytest.raises(hooks.NoAnswer) as error:
        site.order()
    assert error.value.data == {"plugin": "odd"}
    with site.unit() as ctx:
        assert ctx.db.scalars(select(Cart)).all() == []
        assert {pool.taken for pool in ctx.db.scalars(select(CapacityPool))} <= {0}
    plugin_health.write_down(site.runtime)
    with site.unit() as ctx:
        assert ctx.db.scalars(select(PluginFault.hook)).all() == [hook]
    told.clear()
    site.order()


def test_failures_in_several_processes_are_one_row(tmp_path: Path) -> None:
    """Each process alone saw too few to say anything."""
    host, other = PluginHost(), PluginHost()
    place = (1, "odd", "order_placed")
    process = replace(make_runtime(tmp_path), plugins=host)
    make_tenant(process)
    second: Runtime = replace(process, plugins=other)

    def in_a_row() -> int:
        for each in (process, second):
            plugin_health.write_down(each)
        tenant = process.engines.tenants.by_id(1)
        assert tenant is not None
        with process.engines.begin(plugin_health.HOLDING, write=False) as db:
            return db.scalars(select(PluginFault.in_a_row)).one()

    host.health.failed(place, RuntimeError())
    other.health.failed(place, RuntimeError())
    assert in_a_row() == 2
    other.health.failed(place, RuntimeError())
    assert in_a_row() == 3
    host.health.answered(place, 0.0)
    assert in_a_row() == 0
    host.health.failed(place, RuntimeError())
    assert in_a_row() == 1
    process.engines.dispose()


@pytest.fixture
def limits() -> Deadlines:
    return Deadlines()


def test_what_is_in_time_gets_its_answer(limits: Deadlines) -> None:
    assert limits.run("a", 5, lambda n: n + 1, 1) == 2
    with pytest.raises(ZeroDivisionError):
        limits.run("a", 5, lambda: 1 / 0)
    assert limits.hanging == []


def test_a_wait_inside_c_shuts_its_plugin_out_until_it_comes_back(limits: Deadlines) -> None:
    """Such a thread cannot be ended; nobody else is made to wait for the same plugin."""
    ended, releases = threading.Event(), []

    def stuck() -> None:
        lock = threading.Lock()
        lock.acquire()
        releases.append(lock)
        lock.acquire()

    def victim() -> None:
        with pytest.raises(TimedOut):
            limits.run("odd", 0.1, stuck)
        ended.set()

    thread = threading.Thread(target=victim)
    thread.start()
    until = time.monotonic() + 20
    while not limits.hanging:
        assert time.monotonic() < until
        time.sleep(0.01)
    with pytest.raises(TimedOut):
        limits.run("odd", 5, lambda: 1)
    assert limits.run("other", 5, lambda: 1) == 1
    releases[0].release()
    assert ended.wait(20)
    assert limits.hanging == []
    assert limits.run("odd", 5, lambda: 1) == 1
    thread.join()


def test_the_exception_never_strikes_outside_the_call(
    limits: Deadlines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls that end at the very moment they are over their time."""
    monkeypatch.setattr(deadlines, "LOOK_SECONDS", 0.001)
    outcomes = {"in time": 0, "late": 0}
    guard = threading.Lock()

    def many() -> None:
        for n in range(60):
            try:
                limits.run(f"{threading.get_ident()}", 0.01, time.sleep, 0.0085 + (n % 30) / 10_000)
                key = "in time"
            except TimedOut:
                key = "late"
            for _ in range(2_000):  # where a stray one would strike
                pass
            with guard:
                outcomes[key] += 1

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcomes.values()) == 240, "a thread died of it"
    assert outcomes["late"] > 0
