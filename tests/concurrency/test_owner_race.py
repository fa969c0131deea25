"""Owners who remove and demote each other at the same moment: one of them always stays, and nobody acts with rights they lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sqlalchemy import select

from sratix_core.accounts.grants import Grants
from sratix_core.context import Actor
from sratix_core.members.service import change_roles, remove
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.tenants.service import add_member
from tests.builders import World
from tests.concurrency.crowd import all_at_once, codes, rounds

NOBODY = Grants("nothing", frozenset())
OWNERS = 8


def owners(world: World) -> list[Member]:
    with world.open(write=False) as ctx:
        active = select(Member).where(Member.role == "owner", Member.status == MemberStatus.ACTIVE)
        return list(ctx.db.scalars(active.order_by(Member.id)))


def against(world: World, actor: Member, target: uuid.UUID, demote: bool) -> Callable[[], str]:
    def run() -> str:
        with world.open(Actor("user", actor.user_id)) as ctx:
            if demote:
                change_roles(ctx, NOBODY, target, "staff", {})
            else:
                remove(ctx, NOBODY, target)
        return "done"

    return run


def test_one_owner_is_left(world: World) -> None:
    for number in rounds(5):
        missing = OWNERS - len(owners(world))
        with world.open() as ctx:
            for _ in range(missing):
                who = ctx.ids.new()
                add_member(ctx.db, ctx.sources, world.tenant.id, who, "owner", "Owner", f"{who}@example.org")
        now = owners(world)
        pairs = zip(now, [*now[1:], now[0]], strict=True)
        results = all_at_once(
            [against(world, a, b.id, (i + number) % 2 == 0) for i, (a, b) in enumerate(pairs)]
        )
        left = len(owners(world))
        assert left >= 1
        assert results.count("done") == OWNERS - left
        assert set(codes(results)) <= {"more_than_held", "last_owner"}
