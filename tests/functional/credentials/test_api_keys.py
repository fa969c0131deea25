"""An API key opens what its scopes say, in its tenant, for as long as it lives; and nothing else does."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import (
    API_KEY_EDIT,
    EVENT_EDIT,
    EVENT_VIEW,
    MEMBER_EDIT,
    ORDER_VIEW,
)
from sratix_core.credentials.keys import KeyDraft, key_by_id, make_key, revoke_key
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.tenants.models import Tenant
from tests.builders import World
from tests.functional.credentials.hands import OWNER, ask, new_key, stored
from tests.functional.shop.market import SETUP, TOKEN, Market, make_stall
from tests.support import fingerprint


@pytest.fixture
def world(market: Market) -> World:
    return market.tenant()


def at(world: World, rest: str = "who") -> str:
    return f"/api/v1/tenants/{world.tenant.slug}/{rest}"


def test_a_key_opens_what_its_scopes_say_and_acts_as_itself(market: Market, world: World) -> None:
    key, key_id = new_key(world, EVENT_VIEW)
    answer = ask(market.browser(), at(world), key)
    assert answer.json == {"kind": "api_key", "id": str(key_id), "email": None}
    refused = ask(market.browser(), at(world, "acts"), key, "POST")
    assert (refused.status_int, refused.json["code"]) == (403, "scope_missing")
    for path in ("/api/v1/mine", "/api/v1/all"):
        assert ask(market.browser(), path, key).status_int == 403
    editing, _ = new_key(world, EVENT_EDIT)
    assert ask(market.browser(), at(world, "acts"), editing, "POST").status_int == 201


def test_only_the_hash_of_a_key_is_kept(world: World) -> None:
    key, key_id = new_key(world)
    secret = key.split("_", 4)[4]
    assert secret.encode() not in stored(world, key_id).secret_hash
    with world.process.engines.owner.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM api_keys").all()
    assert secret not in repr(rows)


def test_last_used_is_noted_at_first_and_then_every_ten_minutes(market: Market, world: World) -> None:
    key, key_id = new_key(world)
    assert stored(world, key_id).last_used_at is None
    ask(market.browser(), at(world), key)
    first = stored(world, key_id).last_used_at
    assert first == world.clock.now()
    world.later(minutes=9)
    ask(market.browser(), at(world), key)
    assert stored(world, key_id).last_used_at == first
    world.later(minutes=1)
    ask(market.browser(), at(world), key)
    assert stored(world, key_id).last_used_at == world.clock.now()


def test_a_key_ends_by_the_clock_and_by_revocation(market: Market, world: World) -> None:
    short, _ = new_key(world, life=timedelta(days=30))
    long, long_id = new_key(world)
    world.later(days=29)
    assert ask(market.browser(), at(world), short).status_int == 200
    world.later(days=1)
    assert ask(market.browser(), at(world), short).status_int == 401
    with world.open() as ctx:
        revoke_key(ctx, key_by_id(ctx, long_id))
    answer = ask(market.browser(), at(world), long)
    assert (answer.status_int, answer.json["code"]) == (401, "credential_unknown")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_foreign_tenants_address_answers_as_an_unknown_one(market: Market, world: World) -> None:
    other = market.tenant()
    key, _ = new_key(world)
    answers = []
    for slug in (other.tenant.slug, "nobody-at-all"):
        for method, rest in (("GET", "who"), ("POST", "acts"), ("GET", "events/robotics/orders")):
            answer = ask(market.browser(), f"/api/v1/tenants/{slug}/{rest}", key, method)
            answers.append((method, rest, answer.status_int, json.dumps({**answer.json, "reference": ""})))
    assert answers[:3] == answers[3:]
    assert {status for _, _, status, _ in answers} == {404}


def test_a_key_of_one_event_opens_only_that_event(market: Market, world: World) -> None:
    for slug in ("spring", "autumn"):
        make_stall(world, slug)
    key, _ = new_key(world, ORDER_VIEW, event="spring")
    assert ask(market.browser(), at(world, "events/spring/orders"), key).status_int == 200
    elsewhere = [
        ask(market.browser(), at(world, f"events/{e}/orders"), key).status_int for e in ("autumn", "none")
    ]
    assert elsewhere == [403, 403]
    assert ask(market.browser(), at(world), key).status_int == 403


def test_nobody_gives_more_than_they_hold(world: World) -> None:
    before = fingerprint(world.process.engines)
    for scopes in ((API_KEY_EDIT,), (MEMBER_EDIT, EVENT_VIEW), ("everything",), ("",)):
        with pytest.raises(Invalid) as refused:
            new_key(world, *scopes)
        assert refused.value.fields == {"scopes": "scopes_beyond_yours"}
    with pytest.raises(Invalid):
        new_key(world, EVENT_EDIT, held=Grants("door", frozenset({EVENT_VIEW})))
    for name in ("", "  ", "a\0b", "x" * 81):
        with pytest.raises(Invalid), world.open() as ctx:
            make_key(ctx, KeyDraft(name, (EVENT_VIEW,)), OWNER)
    assert fingerprint(world.process.engines) == before


def test_whoever_works_for_one_event_gives_keys_for_that_event_only(world: World) -> None:
    make_stall(world, "spring")
    make_stall(world, "autumn")
    with world.open(write=False) as ctx:
        spring = ctx.db.scalars(select(Event.id).where(Event.slug == "spring")).one()
    held = Grants("staff", frozenset(), {spring: frozenset({ORDER_VIEW})})
    new_key(world, ORDER_VIEW, held=held, event="spring")
    for event in ("autumn", None):
        with pytest.raises(Invalid):
            new_key(world, ORDER_VIEW, held=held, event=event)


def test_the_hundredth_working_key_is_the_last(world: World) -> None:
    for _ in range(100):
        _, last = new_key(world)
    with pytest.raises(Refused, match="too_many_keys"):
        new_key(world)
    with world.open() as ctx:
        revoke_key(ctx, key_by_id(ctx, last))
    new_key(world)


def test_a_key_of_another_tenant_cannot_be_found_by_its_id(market: Market, world: World) -> None:
    _, theirs = new_key(market.tenant())
    with pytest.raises(NotFound), world.open() as ctx:
        key_by_id(ctx, theirs)


def test_keys_that_open_nothing_all_get_one_answer(market: Market, world: World) -> None:
    key, _ = new_key(world)
    other, _ = new_key(market.tenant())
    mine, theirs = key.split("_", 4), other.split("_", 4)
    wrong = ["", "x", "srx_key_", key[:-1], key + "x", key.upper(), key.replace("srx_key_", "srx_key_0"), f"srx_key_{2**63}_{mine[3]}_x",
             key.replace("srx_key_", "srx_key_٣"), "_".join([*mine[:2], theirs[2], *mine[3:]]), "_".join([*mine[:3], theirs[3], mine[4]]),
             "_".join([*mine[:4], theirs[4]]), "_".join([*theirs[:4], mine[4]]), key.replace("srx_key", "srx_hook"),
             "_".join([*mine[:3], "-".join([mine[3][:8], mine[3][8:]]), mine[4]]), "a.b.c", "e30.e30.", "x" * 7000]  # fmt: skip
    before, bodies = fingerprint(market.runtime.engines), set()
    for raw in wrong:
        given = raw.encode().decode("latin-1")
        answer = ask(market.browser(), at(world), given)
        assert answer.status_int == 401, raw
        bodies.add(json.dumps({**answer.json, "reference": ""}))
    assert len(bodies) == 1
    for raw in ("a\0b", "x" * 9000):
        assert ask(market.browser(), at(world), raw).status_int == 400
    for headers in ({}, {"Authorization": key}, {"Authorization": f"Basic {key}"}, {"X-Api-Key": key}):
        assert market.browser().get(at(world), headers=headers, status=401).json["code"] == "signed_out"
    assert market.browser().get(at(world) + f"?access_token={key}&key={key}", status=401)
    assert fingerprint(market.runtime.engines) == before


def test_beside_a_bearer_credential_no_cookie_counts(market: Market, world: World) -> None:
    owner = market.member(world)
    key, key_id = new_key(world, EVENT_VIEW)
    assert owner.get(at(world)).json["kind"] == "user"
    assert ask(owner, at(world), key).json["id"] == str(key_id)
    assert ask(owner, at(world), "x").status_int == 401
    assert ask(owner, "/api/v1/mine", key).status_int == 403


def test_a_cookie_writes_only_with_a_form_token_and_a_key_without(market: Market, world: World) -> None:
    owner = market.member(world)
    key, _ = new_key(world)
    before = fingerprint(market.runtime.engines)
    assert owner.post(at(world, "acts"), status=403).json["code"] == "csrf"
    assert owner.post(at(world, "acts"), headers={"X-CSRF-Token": "of somebody else"}, status=403)
    basic = {"Authorization": "Basic bmluYTp4"}
    assert owner.post(at(world, "acts"), headers=basic, status=403).json["code"] == "csrf"
    assert fingerprint(market.runtime.engines) == before
    owner.post(at(world, "acts"), headers={"X-CSRF-Token": TOKEN}, status=201)
    other_site = {"Sec-Fetch-Site": "cross-site", "Origin": "https://shop.example"}
    assert ask(market.browser(), at(world, "acts"), key, "POST", headers=other_site).status_int == 201


def test_a_key_opens_no_page_for_people(market: Market, world: World) -> None:
    key, _ = new_key(world)
    for path in (f"/dashboard/{world.tenant.slug}/", "/account/password"):
        answer = ask(market.browser(), path, key)
        assert "/account/login" in answer.headers["Location"]


def test_a_suspended_tenant_answers_no_key(market: Market) -> None:
    world = market.tenant()
    key, _ = new_key(world)
    with market.runtime.engines.begin(SETUP) as db:
        db.execute(update(Tenant).where(Tenant.id == world.tenant.id).values(status="suspended"))
    assert ask(market.browser(), at(world), key).status_int == 503
