"""The connection's page: what is set, whose account it is, and an endpoint that Stripe is given and signs for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sratix_stripe
from sratix_core.payments.inbox import webhook_address
from sratix_core.tenants import plugin_settings
from sratix_stripe.account import Account
from sratix_stripe.demo import stand_in
from sratix_stripe.double.testing import Bench
from tests.builders import sqlite_settings
from tests.functional.payments.cards import SIGNING, Counter, counter
from tests.functional.shop.market import form_to


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    with counter(tmp_path_factory.mktemp("stripe")) as made:
        yield made


def page_of(shop: Counter) -> str:
    return f"/dashboard/{shop.world.tenant.slug}/x/stripe/"


def saved(shop: Counter) -> dict[str, Any]:
    with shop.world.open(write=False) as ctx:
        return plugin_settings.read(ctx, "stripe")


def test_the_settings_lead_to_the_connection(shop: Counter) -> None:
    office = shop.market.member(shop.world)
    settings = office.get(f"/dashboard/{shop.world.tenant.slug}/plugins/stripe/")
    assert page_of(shop) in settings
    page = office.get(page_of(shop))
    with shop.world.open(write=False) as ctx:
        assert webhook_address(ctx, "stripe", "test") in page
        assert webhook_address(ctx, "stripe", "live") in page
    assert "stand-in" in page
    assert "sk_test_double" not in page
    assert SIGNING not in page


def test_a_check_says_whose_account_the_key_opens(shop: Counter) -> None:
    office = shop.market.member(shop.world)
    page = form_to(office.get(page_of(shop)), "test/connection/").submit()
    (account,) = shop.bench.kept("account")
    assert account["id"] in page
    assert "It may take payments." in page
    assert not [form for form in page.forms.values() if "live/connection/" in form.action]


def test_a_key_that_stripe_does_not_know_says_what_to_do(shop: Counter) -> None:
    office = shop.market.member(shop.world)
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"live_secret_key": "sk_live_unknown"})
    page = form_to(office.get(page_of(shop)), "live/connection/").submit(status=503)
    assert "Copy it once more" in page


def test_an_endpoint_is_made_once_and_its_secret_kept(shop: Counter) -> None:
    office = shop.market.member(shop.world)
    for _ in range(2):
        form_to(office.get(page_of(shop)), "test/endpoint/").submit(status=303)
    with shop.world.open(write=False) as ctx:
        address = webhook_address(ctx, "stripe", "test")
    mine = [one for one in shop.bench.kept("webhook_endpoint") if one["url"] == address]
    assert len(mine) == 1
    assert "checkout.session.completed" in mine[0]["enabled_events"]
    kept = saved(shop)
    assert kept["test_webhook_secret"].startswith("whsec_")
    assert kept["test_webhook_secret"] != SIGNING
    assert kept["test_secret_key"] == "sk_test_double"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("test_secret_key", "sk_live_123", "key of live mode"),
        ("live_secret_key", "sk_test_123", "key of test mode"),
        ("test_secret_key", "pk_test_123", "This is a publishable key"),
        ("test_secret_key", "hunter2", "not a key of Stripe"),
        ("test_publishable_key", "sk_test_123", "This is a secret key"),
        ("live_webhook_secret", "sk_live_123", "begins with whsec_"),
    ],
)
def test_a_key_in_the_wrong_field_is_refused_with_a_sentence(
    shop: Counter, field: str, typed: str, said: str
) -> None:
    office = shop.market.member(shop.world)
    form = form_to(office.get(f"/dashboard/{shop.world.tenant.slug}/plugins/stripe/"), "/plugins/stripe/")
    form[field] = typed
    assert said in form.submit(status=422)


def test_who_may_not_set_up_sees_nothing_of_it(shop: Counter) -> None:
    stranger = shop.market.browser()
    assert stranger.get(page_of(shop), status="*").status_int in {302, 303, 401, 404}


def test_the_fields_are_stripes_and_nothing_else_is_let_in(tmp_path: Path) -> None:
    with counter(tmp_path) as shop:
        with shop.world.open() as ctx:
            plugin_settings.change(ctx, "stripe", {"look": "embedded"})
        browser = shop.market.browser()
        where = shop.to_stripe(browser)
        page = browser.get("/" + where.split("/", 3)[3])
        (intent,) = shop.bench.kept("payment_intent")
        assert intent["amount"] == 9800
        assert intent["client_secret"] in page
        assert "pk_test_double" in page
        policy = page.headers["Content-Security-Policy"]
        assert f"script-src 'self' {shop.bench.url}" in policy
        script = page.html.select("script[type=module][src*=stripe]")[0]["src"]
        assert browser.get(script).content_type == "text/javascript"
        assert shop.faults() == []


def test_the_doctor_says_where_calls_go(bench: Bench, account: Account) -> None:
    (check,) = sratix_stripe.health_checks()
    settings = account.egress.settings
    assert check.run(settings) == (True, f"No money moves: calls go to the stand-in at {bench.url}.")
    assert check.run(replace(settings, stripe_api_base=None)) == (True, "Calls go to https://api.stripe.com.")
    ok, words = check.run(replace(settings, stripe_api_base="http://127.0.0.1:9"))
    assert (ok, "does not answer" in words) == (False, True)


def test_the_demos_stand_in_plays_as_long_as_the_demo(tmp_path: Path) -> None:
    settings = sqlite_settings(tmp_path, env="demo")
    with stand_in(settings) as put:
        playing = replace(settings, **put)
        assert sratix_stripe.health_checks()[0].run(playing)[0]
    assert not sratix_stripe.health_checks()[0].run(playing)[0]
    with stand_in(playing) as put:
        assert put == {}
