"""A seller killed at random moments: what it said it did is there, what it refused is not, and the books are right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sratix_core.checkin.models import Scan, ScanResult
from sratix_core.checkout.models import Cart, CartState
from sratix_core.checkout.service import expire_carts
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.settings import Settings
from sratix_core.tickets.models import Ticket
from sratix_core.values.clock import FixedClock, SystemClock
from sratix_core.values.ids import SystemRandom
from tests.builders import (
    World,
    again,
    faults,
    make_engines,
    make_event,
    make_pool,
    make_process,
    make_type,
    make_world,
    postgresql_settings,
    publish,
    sqlite_settings,
)
from tests.concurrency.conftest import DATABASES
from tests.concurrency.crowd import rounds

ROOT = Path(__file__).resolve().parents[2]
ENOUGH = 8
"""Lines a seller must have said before it may be killed; then it has up to a second more."""


@pytest.fixture(params=DATABASES)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    sqlite = request.param == "sqlite"
    settings = sqlite_settings(tmp_path) if sqlite else postgresql_settings(tmp_path, "srx_races_kill")
    engines = make_engines(settings)
    yield make_world(make_process(settings, engines, FixedClock(SystemClock().now()), SystemRandom()))
    engines.dispose()


def environment(settings: Settings) -> dict[str, str]:
    own = {
        "SRATIX_ENV": "test",
        "SRATIX_DATABASE_URL": settings.database_url,
        "SRATIX_DATABASE_OWNER_URL": settings.database_owner_url,
        "SRATIX_DATABASE_SYSTEM_URL": settings.database_system_url,
        "SRATIX_SECRET_KEY": settings.secret_key,
    }
    return {**{k: v for k, v in os.environ.items() if not k.startswith("SRATIX_")}, **own}


def sell_until_killed(shop: World, folder: Path, after: float) -> list[list[str]]:
    """Start a seller, kill it `after` seconds of real selling, and return the lines it had said whole."""
    command = [sys.executable, "-W", "error", "-m", "tests.concurrency.seller"]
    command += [str(folder), str(shop.tenant.id), "killed"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(shop.process.settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as seller:
        assert seller.stdout is not None
        assert seller.stderr is not None
        said = [seller.stdout.readline() for _ in range(ENOUGH)]
        time.sleep(after)
        os.kill(seller.pid, signal.SIGKILL)
        rest, complaints = seller.stdout.read(), seller.stderr.read()
    assert complaints == b"", complaints.decode()
    lines = (b"".join(said) + rest).split(b"\n")
    return [line.decode().split() for line in lines[:-1] if line]


def test_a_killed_seller_loses_nothing_it_has_said(shop: World, tmp_path: Path) -> None:
    with shop.open() as ctx:
        far = datetime(2090, 3, 10, 9)  # noqa: DTZ001 -- local, as typed
        event = make_event(ctx, "killed", starts=far, ends=far + timedelta(days=1))
        pools = [make_pool(ctx, event, 5000, name) for name in "AB"]
        make_type(ctx, event, 4900, pools=pools)
        make_type(ctx, event, 0, pools=pools[:1])
        publish(ctx, event)
    chance, said = SystemRandom(), defaultdict(set)
    for _ in rounds(4):
        for line in sell_until_killed(shop, tmp_path, chance.below(1000) / 1000):
            said[line[0]] |= set(line[1:])
        assert faults(shop.process) == []
    assert said["placed"], "the seller never came to sell"
    with shop.open(write=False) as ctx:
        states = dict(ctx.db.execute(select(Order.code, Order.state)).all())
        came = (
            select(Order.code)
            .join(Ticket, (Ticket.tenant_id == Order.tenant_id) & (Ticket.order_id == Order.id))
            .join(Scan, (Scan.tenant_id == Ticket.tenant_id) & (Scan.ticket_id == Ticket.id))
            .where(Scan.result == ScanResult.ADMIT)
        )
        admitted = set(ctx.db.scalars(came))
    assert said["placed"] <= set(states)
    assert {states[code] for code in said["paid"]} <= {OrderState.PAID, OrderState.CANCELLED}
    assert {states[code] for code in said["cancelled"]} <= {OrderState.CANCELLED}
    assert said["scanned"] <= admitted
    with shop.open() as ctx:
        still_open = select(func.count()).select_from(Cart).where(Cart.state == CartState.OPEN)
        left = ctx.db.scalar(still_open)
        shop.later(days=1)
        assert expire_carts(ctx) == left
        held = [again(ctx, pool).taken for pool in pools]
    assert faults(shop.process) == []
    assert held[0] >= held[1]
