"""Ids rise, chance is uniform and repeatable from a seed."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.clock import FixedClock, SystemClock
from sratix_core.values.ids import IdSource, RandomSource, SeededRandom, SystemRandom

AT = datetime(2027, 3, 10, 12, 0, 0, 987_654, tzinfo=UTC)


class Highest(RandomSource):
    """Every bit set, the worst case for a field that only rises."""

    def bytes(self, n: int) -> bytes:
        return b"\xff" * n

    def below(self, n: int) -> int:
        return n - 1


def test_an_id_is_a_version_7_uuid_of_its_millisecond() -> None:
    made = IdSource(FixedClock(AT), SystemRandom()).new()
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == int(AT.timestamp() * 1000)


def test_ids_rise_within_one_millisecond() -> None:
    source = IdSource(FixedClock(AT), SystemRandom())
    made = [source.new() for _ in range(5000)]
    assert made == sorted(set(made))
    assert {one.int >> 80 for one in made} == {made[0].int >> 80}


def test_ids_rise_when_the_clock_steps_back() -> None:
    clock = FixedClock(AT)
    source = IdSource(clock, SystemRandom())
    before = source.new()
    clock.move(timedelta(days=-1))
    assert source.new() > before


def test_a_full_millisecond_borrows_from_the_next() -> None:
    source = IdSource(FixedClock(AT), Highest())
    source._field = 2**74 - 1
    source._millisecond = int(AT.timestamp() * 1000)
    first, second = source.new(), source.new()
    assert first.int >> 80 == int(AT.timestamp() * 1000) + 1
    assert second > first
    assert {first.version, second.version} == {7}


def test_threads_never_share_an_id_and_each_sees_them_rise() -> None:
    source = IdSource(SystemClock(), SystemRandom())
    made: list[list[uuid.UUID]] = [[] for _ in range(8)]

    def work(mine: list[uuid.UUID]) -> None:
        mine.extend(source.new() for _ in range(2000))

    threads = [threading.Thread(target=work, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in made)
    assert len({one for mine in made for one in mine}) == 16_000


def test_a_seed_makes_the_same_ids_twice() -> None:
    one, two = (IdSource(FixedClock(AT), SeededRandom(7)) for _ in range(2))
    assert [one.new() for _ in range(50)] == [two.new() for _ in range(50)]


def test_a_seed_means_the_same_bytes_on_every_machine() -> None:
    assert SeededRandom(1).bytes(8).hex() == "f534527e68800a14"
    assert SeededRandom(1).bytes(40) == SeededRandom("1").bytes(40) != SeededRandom(2).bytes(40)


@given(st.integers(), st.lists(st.integers(0, 70), max_size=8))
def test_seeded_bytes_do_not_depend_on_how_they_are_drawn(seed: int, sizes: list[int]) -> None:
    pieces = SeededRandom(seed)
    assert b"".join(pieces.bytes(n) for n in sizes) == SeededRandom(seed).bytes(sum(sizes))


@given(st.integers(1, 2**80), st.integers())
def test_below_stays_below(bound: int, seed: int) -> None:
    assert 0 <= SeededRandom(seed).below(bound) < bound


def test_below_is_uniform_and_needs_room() -> None:
    random = SeededRandom("uniform")
    counts = Counter(random.below(28) for _ in range(28_000))
    assert set(counts) == set(range(28))
    assert all(850 < seen < 1150 for seen in counts.values())
    with pytest.raises(ValueError, match="positive"):
        random.below(0)


def test_a_token_is_unpadded_and_safe_in_an_address() -> None:
    token = SystemRandom().token(32)
    assert len(token) == 43
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert token != SystemRandom().token(32)
