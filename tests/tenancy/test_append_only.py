"""Rows of the journal never change: not through a session, not through raw SQL, and `seq` is given once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import DBAPIError

from sratix_core.tenancy.scope import SystemScope
from tests.tenancy.conftest import only_postgresql
from tests.tenancy.models import Entry, Stone, fresh, uid
from tests.tenancy.world import World

SEALER = SystemScope("the sealer gives rows their number")
TOUCH = ["UPDATE {t} SET note = 'x'", "DELETE FROM {t}"]
TOUCH_ON = {True: "TRUNCATE {t}", False: "INSERT OR REPLACE INTO {t} SELECT * FROM {t}"}
"""By whether it is PostgreSQL: each database has a third way."""


@pytest.fixture
def written(world: World) -> World:
    with world.session(1) as s:
        s.add_all([Entry(note="kept", photo=b"x" * 30), Stone(note="kept")])
        s.commit()
    return world


def last(world: World) -> object:
    with world.session(1) as s:
        return s.scalars(select(Entry.id).order_by(Entry.id.desc()).limit(1)).one()


def seal(world: World, entry: object, **values: object) -> None:
    with world.session(SEALER) as s:
        s.execute(update(Entry).where(Entry.id == entry).values(**values))
        s.commit()


@pytest.mark.parametrize("table", ["entry", "stone"])
def test_not_even_the_owner_changes_a_row(written: World, table: str) -> None:
    for statement in (*TOUCH, TOUCH_ON[written.postgresql]):
        with pytest.raises(DBAPIError), written.engines.owner.begin() as connection:
            connection.execute(text(statement.format(t=table)))


@only_postgresql
@pytest.mark.parametrize("table", ["entry", "stone"])
def test_no_runtime_role_changes_a_row(written: World, table: str) -> None:
    for role in (written.engines.writers, written.engines.system):
        raw = create_engine(role.url)
        for statement in (*TOUCH, TOUCH_ON[True]):
            with pytest.raises(DBAPIError), raw.begin() as connection:
                connection.execute(text(statement.format(t=table)))
        raw.dispose()


def change(entry: Entry) -> None:
    entry.note = "changed"


@pytest.mark.parametrize("act", [change, lambda entry: entry._sa_instance_state.session.delete(entry)])
def test_no_session_changes_a_row(written: World, act: Callable[[Entry], None]) -> None:
    entry_id = last(written)
    with written.session(1) as s:
        act(s.get(Entry, entry_id))
        with pytest.raises(DBAPIError):
            s.commit()


def test_seq_is_given_once_and_alone(written: World) -> None:
    entry = last(written)
    number = fresh().int
    for wrong in ({"seq": number, "note": "x"}, {"seq": None}, {"photo": None}):
        with pytest.raises(DBAPIError):
            seal(written, entry, **wrong)
    seal(written, entry, seq=number)
    for late in (number, number + 1, None):
        with pytest.raises(DBAPIError):
            seal(written, entry, seq=late)
    with written.session(1) as s:
        assert (s.get(Entry, entry).seq, s.get(Entry, entry).note) == (number, "kept")


@only_postgresql
def test_only_the_system_seals(written: World) -> None:
    with written.session(1) as s, pytest.raises(DBAPIError, match="permission denied"):
        s.execute(update(Entry).where(Entry.id == uid(1)).values(seq=1))
