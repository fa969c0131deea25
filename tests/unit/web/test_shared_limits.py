"""Limits that all processes share through Redis, and what happens when it goes away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis, RedisError

from sratix_core.context import KeyRing
from sratix_core.values.clock import FixedClock
from sratix_core.web import buckets
from sratix_core.web.buckets import Buckets, Limit, SharedBuckets

CLOCK = FixedClock(datetime(2027, 3, 1, tzinfo=UTC))


def limit(name: str = "shared") -> Limit:
    """Five, of which one comes back in a day: nothing refills while a test runs. New in each test."""
    return Limit(f"{name}-{os.getpid()}-{time.monotonic_ns()}", 5, 5 * 86_400)


@contextmanager
def process(url: str) -> Iterator[SharedBuckets]:
    made = SharedBuckets(Buckets(CLOCK), url, KeyRing("a secret of a test installation, 32+"))
    yield made
    made.close()


def taken(shared: SharedBuckets, limited: Limit, times: int) -> int:
    return sum(shared.take(limited, "192.0.2.7") == 0 for _ in range(times))


@pytest.mark.redis
def test_two_processes_share_one_bucket() -> None:
    url, five = os.environ["SRATIX_TEST_REDIS_URL"], limit()
    with process(url) as one, process(url) as two:
        assert taken(one, five, 3) + taken(two, five, 4) == 5
        found = one.ask(five, "192.0.2.7")
        assert (found.left, round(found.wait), round(found.full_in)) == (0, 86_400, 5 * 86_400)
        assert one.ask(five, "192.0.2.8").left == 4


@pytest.mark.redis
def test_what_stands_in_redis_names_nobody_and_goes_by_itself() -> None:
    url, five = os.environ["SRATIX_TEST_REDIS_URL"], Limit(f"brief-{time.monotonic_ns()}", 5, 1)
    store = Redis.from_url(url)
    before = set(store.scan_iter("sratix:limit:*"))
    with process(url) as shared:
        shared.take(five, "192.0.2.7")
    new = set(store.scan_iter("sratix:limit:*")) - before
    assert len(new) == 1
    assert not any(b"192.0.2.7" in key or five.name.encode() in key for key in new)
    assert 0 < store.pttl(new.pop()) <= 1_300
    store.close()


def test_without_redis_a_process_counts_for_itself_and_waits_once_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
    with process(url) as one, process(url) as two:
        five = limit()
        assert taken(one, five, 9) == 5
        assert taken(two, five, 9) == 5
        monkeypatch.setattr(one, "_script", None)  # asking again would fail
        assert taken(one, five, 1) == 0


@pytest.mark.redis
@pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server to stop")
def test_redis_goes_away_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "QUIET_SECONDS", 0.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, five = f"redis://127.0.0.1:{port}/0", limit()
    with process(url) as one, process(url) as two:
        with server(port, tmp_path):
            assert taken(one, five, 3) + taken(two, five, 3) == 5
        assert taken(one, five, 9) == 5
        with server(port, tmp_path):
            assert taken(one, five, 3) + taken(two, five, 3) == 5


@contextmanager
def server(port: int, folder: Path) -> Iterator[None]:
    """A Redis of this test's own, empty."""
    command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(folder), "--bind", "127.0.0.1"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    probe = Redis(port=port)
    try:
        for _ in range(100):
            try:
                probe.ping()
                break
            except RedisError:
                time.sleep(0.05)
        yield
    finally:
        probe.close()
        running.kill()
        running.wait()
