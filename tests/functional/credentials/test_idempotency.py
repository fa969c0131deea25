"""A request that names itself is done once: the first answer comes again, byte for byte, to the same caller only."""

from __future__ import annotations

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from sratix_core.audit.models import AuditEntry
from sratix_core.checkin.models import Scan
from sratix_core.idempotency.models import IdempotencyKey
from sratix_core.jobs.kinds import forget_answers
from tests.builders import World
from tests.functional.credentials.hands import ask, new_key
from tests.functional.dashboard.full import make_full
from tests.functional.shop.market import TOKEN, Market
from tests.support import TestApp, fingerprint


@pytest.fixture
def world(market: Market) -> World:
    return market.tenant()


def at(world: World, rest: str = "acts") -> str:
    return f"/api/v1/tenants/{world.tenant.slug}/{rest}"


def send(
    browser: TestApp, world: World, key: str, name: str | None, rest: str = "acts", body: Any = b'{"a": 1}'
) -> Any:
    headers = {} if name is None else {"Idempotency-Key": name}
    return ask(browser, at(world, rest), key, "POST", headers=headers, body=body)


def acts(world: World) -> int:
    with world.open(write=False) as ctx:
        counted = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "probe.act")
        return int(ctx.db.scalar(counted) or 0)


def test_the_first_answer_comes_again_and_the_act_does_not(market: Market, world: World) -> None:
    key, _ = new_key(world)
    first = send(market.browser(), world, key, "one")
    again = send(market.browser(), world, key, '"one"')
    assert (again.status_int, again.body, again.headers["Location"]) == (
        201,
        first.body,
        first.headers["Location"],
    )
    assert again.content_type == first.content_type == "application/json"
    assert ("Idempotent-Replayed" in first.headers, again.headers["Idempotent-Replayed"]) == (False, "true")
    assert acts(world) == 1
    send(market.browser(), world, key, "two")
    send(market.browser(), world, key, None)
    send(market.browser(), world, key, None)
    assert acts(world) == 4


def test_a_key_names_one_request_only(market: Market, world: World) -> None:
    key, _ = new_key(world)
    send(market.browser(), world, key, "one")
    for rest, body in (
        ("acts", b'{"a": 2}'),
        ("acts", b""),
        ("others", b'{"a": 1}'),
        ("acts?status=200", b'{"a": 1}'),
    ):
        answer = send(market.browser(), world, key, "one", rest, body)
        assert (answer.status_int, answer.json["code"]) == (422, "idempotency_mismatch")
    assert acts(world) == 1


def test_a_key_belongs_to_whoever_sent_it(market: Market, world: World) -> None:
    other = market.tenant()
    mine, theirs, foreign = new_key(world)[0], new_key(world)[0], new_key(other)[0]
    owner = market.member(world)
    ids = {send(market.browser(), world, key, "one").json["id"] for key in (mine, theirs)}
    ids.add(send(market.browser(), other, foreign, "one").json["id"])
    as_person = {"Idempotency-Key": "one", "X-CSRF-Token": TOKEN}
    ids |= {owner.post(at(world), b'{"a": 1}', headers=as_person).json["id"] for _ in range(2)}
    assert len(ids) == 4
    assert (acts(world), acts(other)) == (3, 1)


def test_a_replay_is_for_whoever_may_do_it_now(market: Market, world: World) -> None:
    from sratix_core.credentials.keys import key_by_id, revoke_key

    key, key_id = new_key(world)
    send(market.browser(), world, key, "one")
    with world.open() as ctx:
        revoke_key(ctx, key_by_id(ctx, key_id))
    assert send(market.browser(), world, key, "one").status_int == 401


@pytest.mark.parametrize(
    ("rest", "status"), [("acts?end=conflict", 409), ("acts?end=crash", 500), ("acts?status=422", 422)]
)
def test_what_failed_may_be_sent_again(market: Market, world: World, rest: str, status: int) -> None:
    key, _ = new_key(world)
    for _ in range(2):
        assert send(market.browser(), world, key, "one", rest).status_int == status
    assert acts(world) == 0
    assert send(market.browser(), world, key, "one").status_int == 201


def test_what_broke_after_a_checkpoint_is_in_flight_until_its_lease_is_over(
    market: Market, world: World
) -> None:
    key, _ = new_key(world)
    assert send(market.browser(), world, key, "one", "acts?end=checkpoint").status_int == 500
    waiting = send(market.browser(), world, key, "one", "acts?end=checkpoint")
    assert (waiting.status_int, waiting.json["code"]) == (409, "idempotency_in_flight")
    assert waiting.headers["Retry-After"] == "60"
    world.later(seconds=61)
    assert send(market.browser(), world, key, "one", "acts?end=checkpoint").status_int == 500
    assert acts(world) == 2


def test_an_answer_is_forgotten_after_two_days(market: Market, world: World) -> None:
    key, _ = new_key(world)
    first = send(market.browser(), world, key, "one").json["id"]
    world.later(hours=47)
    assert forget_answers(market.runtime) == 0
    assert send(market.browser(), world, key, "one").json["id"] == first
    world.later(hours=2)
    assert forget_answers(market.runtime) >= 1
    assert send(market.browser(), world, key, "one").json["id"] != first
    assert acts(world) == 2


@pytest.mark.parametrize("name", ["", '""', "x" * 256, "é", "a\tb", "a b", "\x7f"])
def test_names_that_are_none(market: Market, world: World, name: str) -> None:
    key, _ = new_key(world)
    ask(market.browser(), at(world, "who"), key)
    before = fingerprint(market.runtime.engines)
    assert send(market.browser(), world, key, name).status_int == 400
    assert fingerprint(market.runtime.engines, without={"decisions"}) == before


def test_only_a_hash_of_the_key_is_kept(market: Market, world: World) -> None:
    key, _ = new_key(world)
    send(market.browser(), world, key, "nina@example.ch")
    with world.open(write=False) as ctx:
        kept = ctx.db.execute(
            select(*IdempotencyKey.__table__.columns).where(IdempotencyKey.tenant_id == world.tenant.id)
        )
        assert "nina" not in repr(kept.all())


def test_a_scan_of_a_device_is_done_once(market: Market) -> None:
    full, browser = make_full(market), market.browser()
    headers = {"Authorization": f"Bearer {full.key}", "Idempotency-Key": "scan-1"}
    answers = [
        browser.post_json("/api/v1/scanner/scans", {"code": full.qr}, headers=headers) for _ in range(3)
    ]
    assert [a.json["result"] for a in answers] == ["admit"] * 3
    assert len({a.json["scan_id"] for a in answers}) == 1
    with full.stall.world.open(write=False) as ctx:
        assert (
            ctx.db.scalar(select(func.count()).select_from(Scan)) == 2
        )  # and the unreadable one from the start
    wrong = {**headers, "Authorization": f"Bearer {full.key}x"}
    assert browser.post_json("/api/v1/scanner/scans", {"code": full.qr}, headers=wrong, status=401)


def test_twenty_at_once_have_one_effect(market: Market, world: World) -> None:
    key, _ = new_key(world)
    for n in range(3):
        shot = threading.Barrier(20)

        def one(name: str = f"race-{n}", shot: threading.Barrier = shot) -> tuple[int, str]:
            browser = market.browser()
            shot.wait()
            answer = send(browser, world, key, name)
            return answer.status_int, json.dumps(answer.json) if answer.status_int < 400 else answer.headers[
                "Retry-After"
            ]

        with ThreadPoolExecutor(20) as pool:
            found = [f.result() for f in [pool.submit(one) for _ in range(20)]]
        statuses = Counter(status for status, _ in found)
        assert statuses[201] >= 1
        assert set(statuses) <= {201, 409}
        assert len({body for status, body in found if status == 201}) == 1
        assert acts(world) == n + 1
