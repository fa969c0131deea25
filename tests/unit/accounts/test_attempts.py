"""Guesses: counted before they are made, by place, by known browser and by account; nobody waits for somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest

from sratix_core.accounts import attempts
from sratix_core.accounts.attempts import FREE, PAUSES, UNDER_ATTACK, Keys, keys_of, network_of
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import IdentityScope
from tests.concurrency.crowd import all_at_once

_doors = count(1)


class Door:
    """One account's door, tried from anywhere."""

    def __init__(self, process: Runtime, email: str) -> None:
        self.process, self.email, self.now = process, email, process.sources.clock.now()

    def keys(self, address: str, device: str = "") -> Keys:
        return keys_of(self.process.keys, self.email, address, device)

    def guess(self, address: str = "203.0.113.1", device: str = "") -> timedelta | None:
        with self.process.engines.begin(IdentityScope()) as db:
            return attempts.claim(db, self.keys(address, device), self.now)[1]

    def open(self, address: str = "203.0.113.1") -> None:
        with self.process.engines.begin(IdentityScope()) as db:
            attempts.forget(db, self.keys(address))


@pytest.fixture
def door(process: Runtime) -> Door:
    return Door(process, f"door-{next(_doors)}@example.org")


def test_pauses_grow_and_stay_at_an_hour(door: Door) -> None:
    waits = []
    for _ in range(FREE + 6):
        assert door.guess() is None
        wait = door.guess() if len(waits) >= FREE - 1 else None
        waits.append(wait)
        door.now += wait or timedelta()
    assert waits == [None] * (FREE - 1) + [*PAUSES, *[PAUSES[-1]] * 3]


def test_a_stranger_makes_neither_another_place_nor_a_known_browser_wait(door: Door) -> None:
    while door.guess("203.0.113.1") is None:
        pass
    assert door.guess("203.0.113.2") is None
    assert door.guess("203.0.113.1", device="mine") is None


def test_under_attack_from_everywhere_a_new_place_has_one_try_and_a_known_browser_five(door: Door) -> None:
    for n in range(UNDER_ATTACK):
        assert door.guess(f"198.51.{n // 250}.{n % 250}") is None
    assert door.guess("203.0.113.7") is None
    assert door.guess("203.0.113.7") == PAUSES[0]
    assert [door.guess("203.0.113.7", device="mine") for _ in range(FREE)] == [None] * FREE


def test_a_right_password_clears_its_place_and_a_day_clears_all(door: Door) -> None:
    for _ in range(FREE):
        door.guess()
    assert door.guess() is not None
    door.open()
    assert door.guess() is None
    for _ in range(FREE):
        door.guess()
    door.now += timedelta(hours=25)
    assert [door.guess() for _ in range(FREE)] == [None] * FREE


def test_a_burst_is_counted_like_a_queue(door: Door) -> None:
    waits = all_at_once([door.guess] * 24)
    assert waits.count(None) == FREE


def test_what_counts_no_more_is_deleted(door: Door) -> None:
    door.guess()
    later: datetime = door.now + timedelta(hours=25)
    with door.process.engines.begin(IdentityScope()) as db:
        assert attempts.forget_old(db, later) >= 2
        assert attempts.forget_old(db, later) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
    ],
)
def test_an_ipv6_network_is_one_place(address: str, network: str) -> None:
    assert network_of(address) == network
