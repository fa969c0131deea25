"""The fold of a ticket's scans: the same for every order they arrive in, and never below zero when the door let them pass."""

from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from sratix_core.checkin.fold import DoorState, Pass, fold
from sratix_core.checkin.models import Direction, ScanResult
from tests.builders import NOON

PASSES = st.builds(
    Pass,
    id=st.uuids(),
    direction=st.sampled_from(list(Direction)),
    result=st.sampled_from(list(ScanResult)),
    received_at=st.integers(0, 5).map(lambda n: NOON + timedelta(seconds=n)),
)
SETS = st.lists(PASSES, max_size=50, unique_by=lambda p: p.id)


def passing(*directions: Direction, result: ScanResult = ScanResult.ADMIT) -> list[Pass]:
    """One pass per second."""
    return [
        Pass(uuid.UUID(int=n), direction, result, NOON + timedelta(seconds=n))
        for n, direction in enumerate(directions)
    ]


def test_nobody_scanned_is_nobody_inside() -> None:
    assert fold([]) == DoorState(False, 0, 0, None, None)


def test_refused_scans_change_nothing() -> None:
    refused = passing(Direction.ENTRY, Direction.EXIT, result=ScanResult.REFUSE)
    looked_at = passing(Direction.ENTRY, result=ScanResult.LOOK)
    assert fold([*refused, *looked_at]) == fold([])


def test_in_out_in_is_inside_with_two_entries() -> None:
    state = fold(passing(Direction.ENTRY, Direction.EXIT, Direction.ENTRY))
    assert (state.inside, state.entries, state.exits) == (True, 2, 1)
    assert (state.first_at, state.last_at) == (NOON, NOON + timedelta(seconds=2))


def test_all_orders_of_six_scans_fold_to_one_state() -> None:
    six = passing(*[Direction.ENTRY, Direction.EXIT] * 3)
    assert len({fold(order) for order in permutations(six)}) == 1


@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(passes: list[Pass], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(passes)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(passes) == fold(sorted(passes, key=lambda p: p.id))


@given(SETS)
def test_the_counts_are_the_admitted_scans(passes: list[Pass]) -> None:
    state = fold(passes)
    admitted = [p for p in passes if p.result == ScanResult.ADMIT]
    assert state.entries + state.exits == len(admitted)
    assert state.inside <= (state.entries > 0)
    assert (state.last_at is None) == (not admitted)


@given(st.lists(st.sampled_from(list(Direction)), max_size=40), st.booleans())
def test_a_door_that_refuses_what_makes_no_sense_never_counts_below_zero(
    tried: list[Direction], reentry: bool
) -> None:
    """The rules of the door as a model: what it lets pass folds to what it thinks is inside."""
    inside, entered, admitted = False, False, []
    for n, direction in enumerate(tried):
        may_enter = not inside and (reentry or not entered)
        passed = may_enter if direction == Direction.ENTRY else inside
        if passed:
            inside, entered = direction == Direction.ENTRY, True
            admitted += [
                Pass(uuid.UUID(int=n), direction, ScanResult.ADMIT, NOON + timedelta(microseconds=n))
            ]
        state = fold(admitted)
        assert state.inside == inside
        assert 0 <= state.entries - state.exits <= 1
