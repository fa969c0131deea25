"""One link clicked many times at once makes one user and one member; the others find it spent."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.models import User
from sratix_core.accounts.permissions import ROLES
from sratix_core.context import Actor
from sratix_core.members.accepting import ACCEPTING, accept
from sratix_core.members.invitations import Token, invite, link_of, parse_token
from sratix_core.tenants.models import Member
from tests.builders import World
from tests.concurrency.crowd import all_at_once, codes, rounds

CLICKS = 16


def click(world: World, token: Token) -> Callable[[], str]:
    def run() -> str:
        with world.process.engines.begin(ACCEPTING) as db:
            accept(db, world.process.sources, token, Actor("anonymous"), name="Guest", password_hash="hash")
        return "in"

    return run


def test_a_link_is_good_once(world: World) -> None:
    for number in rounds(3):
        email = f"guest-{world.tenant.id}-{number}@example.org"
        with world.open() as ctx:
            made = invite(ctx, Grants("the test", ROLES["owner"]), email, "staff", [], "en")
            token = parse_token(link_of(ctx, made).rsplit("/", 1)[1])
        assert token is not None

        results = all_at_once([click(world, token)] * CLICKS)
        assert results.count("in") == 1
        assert set(codes(results)) == {"invitation_gone"}
        with world.process.engines.begin(ACCEPTING, write=False) as db:
            assert db.scalar(select(func.count()).select_from(User).where(User.email == email)) == 1
            assert db.scalar(select(func.count()).select_from(Member).where(Member.email == email)) == 1
