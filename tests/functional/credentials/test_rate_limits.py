"""The API says how often one may ask, counts each caller by itself, and says when to come back."""

from __future__ import annotations

import pytest

from sratix_core.credentials.models import Tier
from sratix_core.web import limits
from sratix_core.web.buckets import Limit
from tests.builders import World
from tests.functional.credentials.hands import ask, new_key
from tests.functional.dashboard.full import make_full
from tests.functional.shop.market import Market
from tests.support import fingerprint


@pytest.fixture
def world(market: Market) -> World:
    return market.tenant()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers a test can reach."""
    tiers = {Tier.STANDARD: Limit("key", 5, 60), Tier.HIGH: Limit("key-high", 50, 60)}
    monkeypatch.setattr(limits, "KEY", tiers)
    monkeypatch.setattr(limits, "ADDRESS", Limit("address", 4, 60))
    monkeypatch.setattr(limits, "DEVICE", Limit("device", 3, 60))
    monkeypatch.setattr(limits, "WRONG", Limit("wrong-credential", 3, 60))


def at(world: World) -> str:
    return f"/api/v1/tenants/{world.tenant.slug}/who"


def test_a_key_is_told_what_is_left_and_when_to_come_back(market: Market, world: World) -> None:
    key, _ = new_key(world)
    answers = [ask(market.browser(), at(world), key) for _ in range(6)]
    assert [a.status_int for a in answers] == [200] * 5 + [429]
    assert answers[0].headers["RateLimit-Policy"] == '"key";q=5;w=60, "tenant";q=12000;w=60'
    assert [a.headers["RateLimit"].split(",")[0] for a in answers] == [
        f'"key";r={left};t={12 * (5 - left)}' for left in (4, 3, 2, 1, 0, 0)
    ]
    assert answers[5].json["code"] == "too_many_requests"
    assert answers[5].headers["Retry-After"] == "12"
    assert "12 seconds" in answers[5].json["detail"]
    world.later(seconds=12)
    assert ask(market.browser(), at(world), key).status_int == 200
    assert ask(market.browser(), at(world), key).status_int == 429


def test_each_key_counts_for_itself_by_its_tier_and_all_of_a_tenant_together(
    market: Market, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TENANT", Limit("tenant", 20, 60))
    first, second, high = new_key(world)[0], new_key(world)[0], new_key(world, tier=Tier.HIGH)[0]
    for key in (first, second):
        assert [ask(market.browser(), at(world), key).status_int for _ in range(6)] == [200] * 5 + [429]
    statuses = [ask(market.browser(), at(world), high).status_int for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    other = market.tenant()
    assert ask(market.browser(), at(other), new_key(other)[0]).status_int == 200


def test_what_was_refused_by_a_limit_did_nothing(market: Market, world: World) -> None:
    key, _ = new_key(world)
    for _ in range(5):
        ask(market.browser(), at(world), key)
    before = fingerprint(market.runtime.engines)
    answer = ask(market.browser(), at(world).replace("who", "acts"), key, "POST")
    assert answer.status_int == 429
    assert fingerprint(market.runtime.engines) == before


def test_without_a_credential_the_address_counts(market: Market, world: World) -> None:
    path, browser = f"/api/v1/public/{world.tenant.slug}/events", market.browser()
    assert [browser.get(path, status="*").status_int for _ in range(5)] == [200] * 4 + [429]
    assert market.browser().get(path, status=200).headers["RateLimit"] == '"address";r=3;t=15'
    assert ask(browser, at(world), new_key(world)[0]).status_int == 200


def test_a_network_of_ipv6_counts_as_one_address(market: Market, world: World) -> None:
    path = f"/api/v1/public/{world.tenant.slug}/events"
    hosts = [
        f"2001:db8:0:{net}::{host}" for net, host in ((1, 1), (1, 2), (1, "ffff"), (1, 3), (1, 4), (2, 1))
    ]
    statuses = [market.browser(REMOTE_ADDR=host).get(path, status="*").status_int for host in hosts]
    assert statuses == [200] * 4 + [429, 200]


def test_wrong_credentials_are_slowed_down_and_right_ones_from_the_same_place_are_not(
    market: Market, world: World
) -> None:
    browser, (key, _) = market.browser(), new_key(world)
    assert [ask(browser, at(world), key + "x").status_int for _ in range(5)] == [401] * 3 + [429] * 2
    assert ask(browser, at(world), key).status_int == 200


def test_devices_count_by_device_however_many_share_an_address(market: Market) -> None:
    one, two, browser = make_full(market), make_full(market), market.browser()
    for full in (one, two):
        statuses = [ask(browser, "/api/v1/scanner/manifest", full.key).status_int for _ in range(4)]
        assert statuses == [200] * 3 + [429]


def test_signing_in_has_a_limit_of_its_own(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ADDRESS", Limit("address", 600, 60))
    body, browser = {"email": "nobody@example.org", "password": "x"}, market.browser()
    statuses = [browser.post_json("/api/v1/auth/token", body, status="*") for _ in range(31)]
    assert statuses[0].headers["RateLimit-Policy"] == '"address";q=600;w=60, "login";q=30;w=60'
    assert statuses[-1].json["code"] == "too_many_requests"


def test_pages_for_people_carry_no_such_headers(market: Market) -> None:
    assert "RateLimit" not in market.browser().get("/account/login").headers
