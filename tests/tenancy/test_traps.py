"""No trap finds a way from one tenant to another, on either database: 99 of them, and what each is answered is pinned.

The answers are pinned because a wall that refuses too much is a bug as well.
"""

from __future__ import annotations

import pytest

from tests.tenancy import traps_doors, traps_entities, traps_inference, traps_writes  # noqa: F401
from tests.tenancy.answers import ANSWERS
from tests.tenancy.kit import READS, WRITES
from tests.tenancy.world import World, shows_foreign


def outcome(error: Exception) -> str:
    return type(error).__name__


@pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")  # one trap is one, on purpose
@pytest.mark.parametrize("name", READS)
def test_reading_shows_nothing_of_another_tenant(world: World, name: str) -> None:
    with world.session(1) as session:
        try:
            seen = READS[name](session)
            answer = "ok"
        except Exception as error:
            seen, answer = None, outcome(error)
    assert not shows_foreign(seen), f"leak: {seen}"
    assert answer == ANSWERS.get(name, "ok")


@pytest.mark.parametrize("name", WRITES)
def test_writing_changes_nothing_of_another_tenant(world: World, name: str) -> None:
    before = world.foreign_rows()
    with world.session(1) as session:
        try:
            WRITES[name](session)
            session.commit()
            answer = "ok"
        except Exception as error:
            answer = outcome(error)
    assert world.foreign_rows() == before
    assert answer == ANSWERS.get(name, "ok")


def test_ninety_nine_traps_are_set() -> None:
    assert len(READS) + len(WRITES) == 99
