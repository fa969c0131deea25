"""A worker killed between the orders of an event that is called off: whoever comes after goes on, and each order is given back once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sratix_core.jobs.kinds import ask_providers, registry_for
from sratix_core.jobs.runner import Runner
from sratix_core.orders.models import Order
from sratix_core.payments.models import Payment, Refund
from sratix_core.refunds.event_runs import run_of, start
from sratix_core.refunds.figures import progress
from sratix_core.refunds.models import EventRefundOrder, OrderReturn, ReturnTerms
from sratix_core.values.clock import FixedClock, SystemClock
from sratix_core.values.ids import SystemRandom
from tests.builders import (
    World,
    faults,
    make_engines,
    make_event,
    make_order,
    make_process,
    make_type,
    postgresql_settings,
    publish,
    sqlite_settings,
)
from tests.concurrency.conftest import DATABASES
from tests.concurrency.sender import Sender, pay, sending_plugin, sending_world
from tests.concurrency.test_kill import ROOT, environment

ORDERS = 40
PATIENCE = 120


@pytest.fixture(params=DATABASES)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    sqlite = request.param == "sqlite"
    settings = sqlite_settings(tmp_path) if sqlite else postgresql_settings(tmp_path, "srx_races_off")
    engines = make_engines(settings)
    clock, plugins = FixedClock(SystemClock().now()), [sending_plugin(Sender())]
    yield sending_world(make_process(settings, engines, clock, SystemRandom(), plugins))
    engines.dispose()


def looked_at(shop: World) -> int:
    with shop.open(write=False) as ctx:
        return int(ctx.db.scalar(select(func.count()).select_from(EventRefundOrder)) or 0)


def work_until_killed(shop: World, folder: Path, enough: int) -> None:
    """Start a worker and kill it once it has looked at so many orders."""
    command = [sys.executable, "-W", "error", "-m", "tests.concurrency.worker_off", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(shop.process.settings)) as worker:
        end = time.monotonic() + PATIENCE
        while looked_at(shop) < enough and time.monotonic() < end and worker.poll() is None:
            time.sleep(0.01)
        os.kill(worker.pid, signal.SIGKILL)


def test_each_order_is_given_back_once_whoever_dies(shop: World, tmp_path: Path) -> None:
    far = datetime(2090, 3, 10, 9)  # noqa: DTZ001 -- local, as typed
    with shop.open() as ctx:
        event = make_event(ctx, "off", starts=far, ends=far + timedelta(days=1))
        kind = make_type(ctx, event, 4900)
        publish(ctx, event)
        for n in range(ORDERS):
            pay(ctx, make_order(ctx, event, {kind: 1}, f"buyer{n}@example.org"), f"statement {n}")
        start(ctx, event, ReturnTerms.FULL)
    work_until_killed(shop, tmp_path, 5)
    assert 5 <= looked_at(shop) < ORDERS, "the worker was to die on the way"
    for _ in range(12):
        shop.later(minutes=10)
        ask_providers(shop.process)
        Runner(shop.process, registry_for(shop.process.plugins)).drain()
    with shop.open(write=False) as ctx:
        run = run_of(ctx, event)
        assert run is not None
        found = progress(ctx, run, "CHF")
        assert (run.state, found.refunded, found.waiting) == ("done", ORDERS, 0)
        assert set(ctx.db.scalars(select(Order.state))) == {"cancelled"}
        assert ctx.db.scalar(select(func.count()).select_from(OrderReturn)) == ORDERS
        assert ctx.db.scalar(select(func.count()).select_from(Refund)) == ORDERS
        assert set(ctx.db.scalars(select(Payment.refunded_minor))) == {4900}
    assert faults(shop.process) == []
