"""Several web processes are one product: what one is told the other knows, limits and counters are common, stopping loses nothing."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sratix_core.demo import seed
from sratix_core.runtime import Runtime
from sratix_core.tenancy.resolve import SECONDS
from sratix_core.values.clock import SystemClock
from sratix_core.web.limits import Limit
from sratix_core.web.mapped_buckets import SETS, MappedBuckets
from tests.functional.production.conftest import DATABASES, Place
from tests.functional.production.serving import Server, serving, sratix, until

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")


@pytest.fixture(params=DATABASES)
def house(request: pytest.FixtureRequest, place: Place) -> Runtime:
    runtime = place(request.param, migrated=True)
    seed.make(runtime, tenants=1, events=1, tickets=5)
    return runtime


@pytest.fixture
def server(house: Runtime) -> Iterator[Server]:
    with serving(house) as running:
        yield running


def answers(server: Server, count: int = 24) -> set[int]:
    return {server.get("/seed-1/")[0] for _ in range(count)}


def test_a_change_elsewhere_reaches_every_process_within_five_seconds(house: Runtime, server: Server) -> None:
    assert answers(server) == {200}
    sratix(house, "tenant", "suspend", "seed-1")
    began = time.monotonic()
    until(lambda: answers(server) == {503}, SECONDS + 3)
    sratix(house, "tenant", "resume", "seed-1")
    until(lambda: answers(server) == {200}, SECONDS + 3)
    assert time.monotonic() - began < 2 * (SECONDS + 3)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_counters_are_common_and_name_nobody(server: Server) -> None:
    for _ in range(30):
        server.get("/seed-1/")
    until(lambda: 'route="/{tenant}/",status="200"} 30.0' in server.get("/metrics")[1], 10)
    status, text = server.get("/metrics")
    assert status == 200
    assert "seed" not in text
    for name in ("sratix_request_seconds_bucket", 'sratix_jobs{state="dead"} ', "sratix_outbox_age_seconds "):
        assert name in text
    assert re.search(r'sratix_database_connections\{pool="\w+"\} [01]\.0', text)
    assert server.get("/metrics", **{"X-Forwarded-For": "192.0.2.7"})[0] == 404


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_killed_process_is_replaced_and_stopping_ends_what_was_begun(server: Server) -> None:
    victim, other = server.children()
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(set(server.children()) - {victim}) == 2)
    until(server.alive)
    assert other in server.children()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        head = b"POST /api/v1/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n"
        line.sendall(head + b"12345")
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(1.0)
        line.sendall(b"67890")
        answer = line.recv(4096)
    assert answer.startswith(b"HTTP/1.1 404"), answer
    children = server.children()
    assert server.process.wait(20) == 0
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 10)


TAKING = """
import sys
from pathlib import Path
from sratix_core.values.clock import SystemClock
from sratix_core.web.limits import Limit
from sratix_core.web.mapped_buckets import MappedBuckets
buckets = MappedBuckets(Path(sys.argv[1]), SystemClock())
sys.stdout.write(str(sum(buckets.take(Limit("t", 100, 3600), "one client") == 0 for _ in range(80))))
"""


def test_processes_count_one_client_together(tmp_path: Path) -> None:
    table = tmp_path / "run" / "limits"
    command = [sys.executable, "-W", "ignore", "-c", TAKING, str(table)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(each.communicate(timeout=60)[0]) for each in both) == 100
    buckets = MappedBuckets(table, SystemClock())
    limit = Limit("t", 100, 3600)
    assert 30 < buckets.take(limit, "one client") < 37
    assert buckets.take(limit, "another") == 0
    for n in range(SETS):
        assert buckets.take(limit, f"crowd {n}") == 0
    buckets.close()
