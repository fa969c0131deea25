"""SQLite has one writer: every ending hands it on, waiters are served in order, and nobody waits for ever."""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from sratix_core.errors import Unavailable
from sratix_core.tenancy import dialects
from sratix_core.tenancy.errors import NestedWriter
from sratix_core.tenancy.fairlock import FairLock
from sratix_core.tenancy.scope import TenantScope
from tests.tenancy.conftest import only_sqlite
from tests.tenancy.models import Order, uid
from tests.tenancy.world import World


@pytest.mark.parametrize("ending", ["commit", "rollback", "close"])
def test_every_ending_hands_the_writer_on(world: World, ending: str) -> None:
    for _ in range(3):
        s = world.session(1)
        s.get(Order, uid(1)).total += 1
        s.flush()
        getattr(s, ending)()
        other = world.session(2)
        other.execute(update(Order).values(total=1))
        other.commit()


@only_sqlite
def test_a_connection_that_stays_open_after_its_commit_hands_the_writer_on(world: World) -> None:
    with world.engines.owner.connect() as connection:
        for ending in (connection.commit, connection.rollback):
            connection.execute(select(Order.__table__)).all()
            ending()
            with world.engines.begin(TenantScope(1)) as s:
                s.get(Order, uid(1)).total = 5


def test_a_failed_flush_hands_the_writer_on(world: World) -> None:
    with pytest.raises(IntegrityError), world.engines.begin(TenantScope(1)) as s:
        s.add(Order(code="x", event_id=uid(2)))
    with world.engines.begin(TenantScope(1)) as s:
        s.get(Order, uid(1)).total = 5


@only_sqlite
def test_a_lost_session_hands_the_writer_on(world: World) -> None:
    s = world.session(1)
    s.get(Order, uid(1))
    connection = s._connection_for_bind(s.get_bind())
    connection.invalidate()
    with world.engines.begin(TenantScope(1)) as other:
        other.get(Order, uid(1)).total = 5
    s.close()


@only_sqlite
def test_a_second_writer_in_one_thread_is_told_at_once(world: World) -> None:
    with world.engines.begin(TenantScope(1)) as s:
        s.get(Order, uid(1))
        with pytest.raises(NestedWriter), world.engines.begin(TenantScope(2)) as other:
            other.get(Order, uid(1))
        with world.engines.begin(TenantScope(2), write=False) as reader:
            assert reader.get(Order, uid(1)).total == 777


@only_sqlite
def test_a_writer_that_waits_too_long_is_told_to_come_back(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(dialects, "QUEUE_SECONDS", 0.05)
    told: list[str] = []

    def write() -> None:
        try:
            with world.engines.begin(TenantScope(2)) as other:
                other.get(Order, uid(1))
        except Unavailable as error:
            told.append(error.code)

    with world.engines.begin(TenantScope(1)) as s:
        s.get(Order, uid(1))
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert told == ["database_busy"]


@only_sqlite
def test_another_process_that_writes_is_waited_for_and_then_reported(world: World, monkeypatch: Any) -> None:
    stranger = sqlite3.connect(str(world.engines.writers.url.database), isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    world.engines.writers.dispose()  # so that the next connection is the prepared one
    raw = world.engines.writers.raw_connection()
    raw.cursor().execute("PRAGMA busy_timeout=50")
    raw.close()
    with pytest.raises(Unavailable), world.engines.begin(TenantScope(1)) as s:
        s.get(Order, uid(1))
    stranger.execute("ROLLBACK")
    stranger.close()
    world.engines.writers.dispose()
    with world.engines.begin(TenantScope(1)) as s:
        assert s.get(Order, uid(1)).total == 10


def test_a_fair_lock_serves_in_order_of_arrival() -> None:
    lock, served = FairLock(), []

    def wait(number: int) -> None:
        lock.acquire()
        served.append(number)
        lock.release()

    lock.acquire()
    threads = []
    for number in range(12):
        thread = threading.Thread(target=wait, args=(number,))
        thread.start()
        threads.append(thread)
        while len(lock._waiting) <= number:
            time.sleep(0.001)
    lock.release()
    for thread in threads:
        thread.join()
    assert served == list(range(12))


def test_a_fair_lock_forgets_who_gave_up() -> None:
    lock = FairLock()
    lock.acquire()
    gave_up: list[bool] = []
    thread = threading.Thread(target=lambda: gave_up.append(lock.acquire(timeout=0.01)))
    thread.start()
    thread.join()
    lock.release()
    assert (gave_up, lock.acquire(timeout=0)) == ([False], True)
