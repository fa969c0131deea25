"""A new secret key: everything sealed is readable before, while and after it is changed, killed in between or not."""

from __future__ import annotations

import base64
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select

from sratix_core.context import KeyRing
from sratix_core.credentials import access
from sratix_core.errors import Unavailable
from sratix_core.events.queries import event_by_slug
from sratix_core.idempotency import service as idempotency
from sratix_core.orders.models import Order
from sratix_core.orders.secrets import secret_of
from sratix_core.rotation import service
from sratix_core.runtime import Runtime
from sratix_core.tenants.models import TenantSetting
from sratix_core.tickets.service import payloads
from tests.builders import World, make_event, make_order, make_type, publish

NEW = "another secret of forty characters ....."


def under(world: World, key: str, previous: str | None = None) -> World:
    """The same installation as a process started under these keys."""
    old = world.process
    settings = replace(old.settings, secret_key=key, secret_key_previous=previous)
    process: Runtime = replace(old, settings=settings, keys=KeyRing(key, previous))
    return replace(world, process=process)


def seal_something(world: World) -> None:
    """A secret of each kind."""
    with world.open() as ctx:
        event = make_event(ctx)
        kind = make_type(ctx, event, 0, name="Free")
        publish(ctx, event)
        for _ in range(3):
            order = make_order(ctx, event, {kind: 1})
        payloads(ctx, event, order.tickets)
        asked = idempotency.Asked("user:1", "a", idempotency.fingerprint(b"a"))
        claimed = idempotency.claim(ctx, asked)
        assert isinstance(claimed, uuid.UUID)
        idempotency.finish(ctx, claimed, idempotency.Answer(201, {}, b"the answer"))
        sealed = ctx.keys.encrypt("plugin_setting", ctx.tenant.id, b"sk_1", ctx.random.bytes(12))
        value = {"sealed": base64.b64encode(sealed).decode()}
        for key, stored in (("bank.key", value), ("bank.plain", {"value": "x"})):
            row = TenantSetting(id=ctx.ids.new(), key=key, value=stored, updated_at=ctx.clock.now())
            ctx.db.add(row)


def opened(world: World) -> list[object]:
    """Everything that is sealed, in the plain."""
    found: list[object] = []
    with world.open(write=False) as ctx:
        for model, name, purpose in service.sealed_columns():
            for stored in ctx.db.scalars(select(getattr(model, name)).order_by(model.id)):
                if isinstance(stored, dict):
                    stored = base64.b64decode(stored["sealed"]) if "sealed" in stored else None
                if stored is not None:
                    found.append((name, ctx.keys.decrypt(purpose, ctx.tenant.id, stored)))
    return found


def test_every_sealed_column_says_so() -> None:
    assert service.unmarked() == []
    assert {purpose for _, _, purpose in service.sealed_columns()} >= {
        "order-secret", "invitation", "event-key", "idempotency", "plugin_setting",
    }  # fmt: skip


def test_a_key_is_changed_while_the_installation_runs(world: World) -> None:
    seal_something(world)
    before = opened(world)
    assert len(before) == 7
    old = world.process.settings.secret_key
    during = under(world, NEW, old)
    assert opened(during) == before, "the old one is accepted meanwhile"
    reports = service.rotate(during.process)
    assert sum(each.changed for each in reports) >= len(before)
    assert sum(each.unreadable for each in reports) == 0
    assert opened(under(world, NEW)) == before
    with pytest.raises(Unavailable, match="secret_unreadable"):
        opened(world)
    assert sum(each.changed for each in service.rotate(during.process)) == 0, (
        "again, there is nothing left to do"
    )
    with during.open() as ctx:
        order = ctx.db.scalars(select(Order)).first()
        assert order is not None
        assert len(secret_of(ctx, order)) > 20
        assert payloads(ctx, event_by_slug(ctx, "robotics"), order.tickets)


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_a_change_that_was_killed_goes_on_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Each portion is a transaction: whatever was committed stays, the rest is under the old key, all is readable."""
    seal_something(world)
    before, during = opened(world), under(world, NEW, world.process.settings.secret_key)
    monkeypatch.setattr(service, "PORTION", 1)
    done, write = [0], service._write

    def killed(*given: object) -> int:
        if done[0] == after:
            raise KeyboardInterrupt
        done[0] += 1
        return write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(service, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        service.rotate(during.process)
    assert opened(during) == before
    monkeypatch.setattr(service, "_write", write)
    assert sum(each.changed for each in service.rotate(during.process)) == len(before) - after
    assert opened(under(world, NEW)) == before


def test_an_access_token_stays_good_while_the_key_is_changed(world: World) -> None:
    now, keys = world.process.sources.clock.now(), world.process.keys
    claims = access.Claims(uuid.UUID(int=1), uuid.UUID(int=2))
    token = access.issue(keys, "https://x.example", claims, uuid.UUID(int=3), now)
    during = KeyRing(NEW, world.process.settings.secret_key)
    assert access.read(during, "https://x.example", token, now) == claims
    assert access.read(KeyRing(NEW), "https://x.example", token, now) is None


def test_what_is_under_a_third_key_is_named_and_left(world: World) -> None:
    seal_something(world)
    stranger = under(world, NEW, "a key that nothing was ever sealed under")
    reports = {each.name: each for each in service.rotate(stranger.process)}
    assert (reports["orders.secret_sealed"].unreadable, reports["orders.secret_sealed"].changed) == (3, 0)
    assert len(opened(world)) == 7
