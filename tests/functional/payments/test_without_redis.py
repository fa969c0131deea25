"""Redis carries wake-ups and shared limits and nothing that counts: without it, or when it dies or hangs in between, money moves as ever."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sratix_core.jobs.service import enqueue
from sratix_core.jobs.wakeups import Wakeups
from sratix_core.orders.service import cancel_order
from sratix_core.payments.sending import send_back
from sratix_core.reconciliation.jobs import begin_night
from sratix_core.reconciliation.models import FinanceCase
from sratix_core.reconciliation.statement import COMPARE
from tests.functional.payments.cards import Counter
from tests.functional.payments.sales import INVOICES, KINDS, TICKETS, selling

LONG = 20.0
"""Seconds that a whole day's work may take at most while Redis does not answer: nothing waits for it twice."""


def dead_port() -> int:
    """A port where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Line:
    """A line to Redis that can be cut, or that hangs: it takes what is sent and answers nothing."""

    def __init__(self, target: tuple[str, int] | None) -> None:
        self._target, self._ends = target, list[socket.socket]()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.calls = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self.calls += 1
                self._ends.append(near)
                if self._target is None:
                    continue
                far = socket.create_connection(self._target)
                self._ends.append(far)
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)

    def cut(self) -> None:
        """From here on nobody gets through, and whoever was connected is thrown out."""
        for end in (self._door, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def shop_with(folder: Path, port: int, kind: str = TICKETS) -> Iterator[Counter]:
    """A shop whose processes look for Redis there, wake-ups and all."""
    with selling(kind, folder, redis_url=f"redis://127.0.0.1:{port}/15") as shop:
        wakeups = Wakeups.where_set(shop.market.runtime.settings)
        assert wakeups is not None
        wakeups.announce()
        try:
            yield shop
        finally:
            wakeups.stop()
        assert shop.faults() == []


def begun(shop: Counter) -> str:
    """A payment that its buyer has made and of which we have not heard; the path to come back to."""
    return shop.pay(shop.to_stripe(shop.market.browser()))


def told(shop: Counter) -> None:
    """The provider's messages are kept, each once, and acted on."""
    assert set(shop.deliver(times=2)) == {200}
    shop.work()
    assert shop.state()[:2] == ("paid", 9800)


def refunded(shop: Counter) -> None:
    with shop.world.open() as ctx:
        send_back(ctx, cancel_order(ctx, shop.order(ctx), "asked"))
    shop.work()
    assert (shop.refunds(), shop.charged()) == ([9800], (9800, 9800))


def reconciled(shop: Counter) -> None:
    shop.later(days=1)
    with shop.world.open() as ctx:
        begin_night(ctx)
    shop.work()
    with shop.world.open() as ctx:
        enqueue(ctx, COMPARE)
    shop.work()
    with shop.world.open(write=False) as ctx:
        assert ctx.db.query(FinanceCase).count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_listens_everything_is_paid_refunded_and_compared(tmp_path: Path, kind: str) -> None:
    with shop_with(tmp_path, dead_port(), kind) as shop:
        started = time.monotonic()
        where = begun(shop)
        if kind != INVOICES:  # whose buyer pays on a page that leads nowhere
            shop.market.browser().get(where, status=303)
        told(shop)
        refunded(shop)
        reconciled(shop)
        assert time.monotonic() - started < LONG


@pytest.mark.parametrize("kind", KINDS)
def test_where_redis_hangs_it_is_left_alone_after_one_wait(tmp_path: Path, kind: str) -> None:
    line = Line(None)
    with shop_with(tmp_path, line.port, kind) as shop:
        started = time.monotonic()
        begun(shop)
        told(shop)
        refunded(shop)
        reconciled(shop)
        assert time.monotonic() - started < LONG
        assert 0 < line.calls < 10
    line.cut()


STEPS = ("begun", "told", "refunded")


@pytest.mark.redis
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("last", STEPS)
def test_redis_dies_between_any_two_steps(tmp_path: Path, last: str, kind: str) -> None:
    """Up to `last` it is there, then it is gone with every connection to it; what was begun goes on without."""
    url = urlsplit(os.environ["SRATIX_TEST_REDIS_URL"])
    line = Line((url.hostname or "127.0.0.1", url.port or 6379))
    with shop_with(tmp_path, line.port, kind) as shop:
        for step, act in zip(STEPS, (begun, told, refunded), strict=True):
            act(shop)
            if step == last:
                assert line.calls
                line.cut()
        reconciled(shop)


def test_a_message_that_was_kept_is_acted_on_although_no_wake_up_came(tmp_path: Path) -> None:
    """The answer 200 is given after the commit; the sweep finds the job that nobody was woken for."""
    with shop_with(tmp_path, dead_port()) as shop:
        begun(shop)
        assert set(shop.deliver()) == {200}
        assert shop.state()[0] == "awaiting_payment"
        shop.work()
        assert shop.state()[:2] == ("paid", 9800)
