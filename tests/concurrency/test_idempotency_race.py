"""One named request in twenty processes at once: one effect, and everybody else gets its answer (K3)."""

from __future__ import annotations

import itertools
import uuid

import pytest
from sqlalchemy import func, select

from sratix_core.api.idempotency import claim
from sratix_core.audit.models import AuditEntry
from sratix_core.audit.service import record
from sratix_core.errors import Conflict, DomainError
from sratix_core.idempotency import service
from sratix_core.idempotency.service import Answer, Asked
from tests.builders import World
from tests.concurrency.crowd import all_at_once, rounds

CROWD = 20
names = itertools.count(1)


def act(world: World, asked: Asked, *, breaks: bool = False) -> str:
    """The body of the answer, by acting or from the store; each call is a unit of work of its own."""
    with world.open() as ctx:
        found = service.claim(ctx, asked)
        if isinstance(found, uuid.UUID):
            entry = record(ctx, "race.act", "race", ctx.ids.new())
            ctx.db.flush()
            if breaks:
                raise ZeroDivisionError
            answer = Answer(201, {"Content-Type": "text/plain"}, str(entry.id).encode())
            service.finish(ctx, found, answer)
            return answer.body.decode()
        return found.body.decode()


@pytest.mark.parametrize("place", [pytest.param("postgresql", marks=pytest.mark.pg)], indirect=True)
def test_a_request_under_way_in_another_process_is_told_so(world: World) -> None:
    """PostgreSQL lets the second one wait for the row of the first, no longer than a lock may take."""
    asked = Asked("user:1", f"key-{next(names)}", service.fingerprint(b"same"))
    with world.open() as first, world.open() as second:
        assert isinstance(claim(first, asked), uuid.UUID)
        with pytest.raises(Conflict) as told:
            claim(second, asked)
        assert (told.value.code, told.value.data) == ("idempotency_in_flight", {"seconds": 2})
        second.db.rollback()


def effects(world: World) -> int:
    with world.open(write=False) as ctx:
        counted = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "race.act")
        return int(ctx.db.scalar(counted) or 0)


def test_twenty_at_once_have_one_effect_and_one_answer(world: World) -> None:
    before = effects(world)
    for n in rounds(5):
        asked = Asked("user:1", f"key-{next(names)}", service.fingerprint(b"same"))
        found = all_at_once([lambda asked=asked: act(world, asked)] * CROWD)
        assert not any(isinstance(one, DomainError) for one in found)
        assert len(set(found)) == 1
        assert effects(world) == before + n + 1


def test_the_others_go_on_when_the_first_one_breaks(world: World) -> None:
    asked = Asked("user:1", f"key-{next(names)}", service.fingerprint(b"same"))
    before = effects(world)
    with pytest.raises(ZeroDivisionError):
        act(world, asked, breaks=True)
    assert effects(world) == before
    found = all_at_once([lambda: act(world, asked)] * CROWD)
    assert len(set(found)) == 1
    assert effects(world) == before + 1
