"""One refresh token sent by many at once: all get the same successor, which is good once; later the old one ends the family."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from sratix_core.accounts.service import create_user
from sratix_core.context import Sources
from sratix_core.credentials import tokens
from sratix_core.credentials.models import RefreshToken, TokenFamily
from sratix_core.credentials.tokens import Pair, Reused
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import IdentityScope
from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import IdSource, SystemRandom
from tests.builders import NOON
from tests.concurrency.crowd import all_at_once, rounds

CROWD = 16


@pytest.fixture
def process(process: Runtime) -> Runtime:
    """With real chance: the races share a database, and seeded tokens would repeat."""
    clock, chance = FixedClock(NOON), SystemRandom()
    return replace(process, sources=Sources(clock, IdSource(clock, chance), chance))


def sign_in(process: Runtime) -> str:
    with process.engines.begin(IdentityScope()) as db:
        email = f"racer-{process.sources.ids.new().hex}@example.org"
        user = create_user(db, process.sources, email=email, full_name="Ada", password_hash=None)
        return tokens.start(db, process, user).refresh


def refresh(process: Runtime, raw: str) -> Pair | Reused | None:
    with process.engines.begin(IdentityScope()) as db:
        return tokens.rotate(db, process, raw)


def test_refreshes_at_once_get_one_successor_that_works_once(process: Runtime) -> None:
    for _ in rounds(5):
        raw = sign_in(process)
        found = all_at_once([lambda raw=raw: refresh(process, raw)] * CROWD)
        assert {type(one) for one in found} == {Pair}
        assert len({one.refresh for one in found}) == 1
        again = all_at_once([lambda one=one: refresh(process, one.refresh) for one in found])
        assert len({one.refresh for one in again}) == 1
        with process.engines.begin(IdentityScope(), write=False) as db:
            family = db.scalar(select(RefreshToken.family_id).order_by(RefreshToken.created_at.desc()))
            mine = select(RefreshToken).where(RefreshToken.family_id == family)
            assert len(db.scalars(mine).all()) == 3


@pytest.mark.parametrize("late", [tokens.GRACE, timedelta(days=1)])
def test_a_used_token_that_comes_later_ends_the_family_however_many_come(
    process: Runtime, late: timedelta
) -> None:
    clock = process.sources.clock
    assert isinstance(clock, FixedClock)
    raw = sign_in(process)
    pair = refresh(process, raw)
    assert isinstance(pair, Pair)
    clock.move(late)
    found = all_at_once([lambda: refresh(process, raw)] * CROWD)
    assert any(isinstance(one, Reused) for one in found)
    assert not any(isinstance(one, Pair) for one in found)
    assert refresh(process, pair.refresh) is None


def test_once_the_successor_was_used_its_predecessor_ends_the_family_at_once(process: Runtime) -> None:
    raw = sign_in(process)
    second = refresh(process, raw)
    assert isinstance(second, Pair)
    third = refresh(process, second.refresh)
    assert isinstance(third, Pair)
    assert isinstance(refresh(process, raw), Reused)
    assert refresh(process, second.refresh) is None
    assert refresh(process, third.refresh) is None


def test_a_thief_and_the_owner_at_once_end_with_one_family_and_at_most_one_open_token(
    process: Runtime,
) -> None:
    raw = sign_in(process)
    first = refresh(process, raw)
    assert isinstance(first, Pair)
    found = all_at_once([lambda: refresh(process, raw), lambda: refresh(process, first.refresh)] * 8)
    with process.engines.begin(IdentityScope(), write=False) as db:
        family = db.scalars(
            select(TokenFamily).order_by(TokenFamily.created_at.desc(), TokenFamily.id.desc())
        ).first()
        assert family is not None
        open_ones = db.scalars(
            select(RefreshToken).where(RefreshToken.family_id == family.id, RefreshToken.used_at.is_(None))
        ).all()
    assert len(open_ones) <= 1
    assert len({one.refresh for one in found if isinstance(one, Pair)} - {first.refresh}) <= 1
