"""Events: only what Stripe signed lately, for this mode and account, is heard, and it says what it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import sratix_stripe
from sratix_core.context import TenantContext
from sratix_core.plugin import BadSignature, Money, Unavailable
from sratix_core.plugins import PluginHost
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_core.values.clock import FixedClock
from sratix_plugins.stripe.tests.charges import ATTEMPT, charge, pay
from sratix_plugins.stripe.tests.test_returning import wanted
from sratix_stripe.account import Account
from sratix_stripe.amounts import from_stripe, to_stripe
from sratix_stripe.double.testing import NOON, Bench, Inbox
from sratix_stripe.double.webhooks import sign
from sratix_stripe.provider import OnOurPage, OnTheirPage
from sratix_stripe.webhooks import EVENTS
from tests.builders import (
    TESTS,
    World,
    make_engines,
    make_event,
    make_process,
    make_sale,
    make_world,
    sqlite_settings,
)

stripe = OnTheirPage()
SECRET = "whsec_test"
BODY = json.dumps(
    {
        "id": "evt_1",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {
            "object": {"id": "cs_test_1", "payment_intent": "pi_1", "client_reference_id": str(ATTEMPT)}
        },
    }
).encode()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A tenant with the signing secret of the double, at the double's noon."""
    settings = sqlite_settings(tmp_path, stripe_test_webhook_secrets=SECRET)
    engines = make_engines(settings)
    process = replace(make_process(settings, engines), plugins=PluginHost([sratix_stripe]))
    noon = FixedClock(datetime.fromtimestamp(NOON, UTC))
    process = replace(process, sources=replace(process.sources, clock=noon))
    made = make_world(process)
    with engines.begin(TESTS) as db:
        switch_plugin(db, process.sources, made.tenant.id, "stripe", True)
    tenant = engines.tenants.by_id(made.tenant.id)
    assert tenant is not None
    shop = World(process, tenant)
    with shop.open() as ctx:
        plugin_settings.change(
            ctx, "stripe", {"test_webhook_secret": SECRET, "live_webhook_secret": "whsec_live"}
        )
    yield shop
    engines.dispose()


@pytest.fixture
def ctx(world: World) -> Iterator[TenantContext]:
    with world.open() as ctx:
        yield ctx


def signed(body: bytes = BODY, secret: str = SECRET, at: int = NOON) -> dict[str, str]:
    return {"stripe-signature": sign(body.decode(), secret, at)}


def test_a_signed_event_says_what_it_is_about(ctx: TenantContext) -> None:
    event = stripe.verify(ctx, signed(), BODY, "test")
    assert (event.event_id, event.type, event.mode) == ("evt_1", "checkout.session.completed", "test")
    assert (event.subject, event.references, event.attempt) == (
        "payment",
        ("cs_test_1", "pi_1"),
        str(ATTEMPT),
    )


def test_one_of_several_signatures_is_enough(ctx: TenantContext) -> None:
    other = sign(BODY.decode(), "whsec_old", NOON).split(",")[1]
    mine = sign(BODY.decode(), SECRET, NOON)
    header = {"stripe-signature": f"{mine.split(',')[0]},{other},{mine.split(',')[1]},v0=abc"}
    assert stripe.verify(ctx, header, BODY, "test").event_id == "evt_1"


@pytest.mark.parametrize("at", [NOON - 300, NOON + 300])
def test_five_minutes_are_young_enough(ctx: TenantContext, at: int) -> None:
    assert stripe.verify(ctx, signed(at=at), BODY, "test").event_id == "evt_1"


def mutations() -> Iterator[tuple[str, dict[str, str], bytes]]:
    """Forty ways in which an event is not what Stripe signed for this endpoint."""
    good = signed()["stripe-signature"]
    time, mac = good.split(",")
    for place in range(0, len(BODY), len(BODY) // 16):
        yield f"byte {place}", signed(), BODY[:place] + bytes([BODY[place] ^ 1]) + BODY[place + 1 :]
    for place in range(3, len(mac), 12):
        turned = mac[:place] + ("0" if mac[place] != "0" else "1") + mac[place + 1 :]
        yield f"digit {place}", {"stripe-signature": f"{time},{turned}"}, BODY
    for header in (
        "", "t=", "v1=", ",", "=", time, mac, f"{time},v0={mac[3:]}", f"t={NOON + 1},{mac}", f"t=x,{mac}", f"{time},{time},{mac}",
        f"t=-{NOON},{mac}", f"{time},{mac[:-1]}", f"{time},{mac}0", f"t={'9' * 40},{mac}", f"t=١٢٣,{mac}", f"{time},v1=ü",
    ):  # fmt: skip
        yield f"header {header[:20]}", {"stripe-signature": header}, BODY
    yield "none", {}, BODY
    yield "another secret", signed(secret="whsec_other"), BODY
    yield "the live secret", signed(secret="whsec_live"), BODY
    yield "too old", signed(at=NOON - 301), BODY
    yield "of tomorrow", signed(at=NOON + 301), BODY
    for change in (
        {"livemode": True}, {"livemode": None}, {"livemode": "false"}, {"account": "acct_other"}, {"id": 7}, {"type": None}, {"data": {}},
        {"data": {"object": "cs_test_1"}}, {"data": None},
    ):  # fmt: skip
        body = json.dumps({**json.loads(BODY), **change}).encode()
        yield f"signed {change}", signed(body), body
    for body in (b"", b"[]", b"null", b"{", b'"x"'):
        yield f"signed {body!r}", signed(body), body


@pytest.mark.parametrize(
    ("why", "headers", "body"), list(mutations()), ids=[str(n) for n, _ in enumerate(mutations())]
)
def test_anything_else_is_refused(ctx: TenantContext, why: str, headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(BadSignature):
        stripe.verify(ctx, headers, body, "test")


def test_without_a_secret_nothing_is_heard(ctx: TenantContext) -> None:
    plugin_settings.change(ctx, "stripe", {"test_webhook_secret": None})
    with pytest.raises(BadSignature):
        stripe.verify(ctx, signed(secret=""), BODY, "test")


def test_all_that_happens_at_stripe_is_heard_and_named(
    world: World, bench: Bench, inbox: Inbox, account: Account
) -> None:
    bench.control("webhooks", {"hold": True, "listen": inbox.url, "secret": SECRET})
    first = stripe.begin(account, charge())
    pay(bench, first)
    payment = stripe.read(account, first.reference).payment
    stripe.refund(account, wanted(payment, 500))
    disputed = stripe.begin(account, charge(key="attempt-8"))
    pay(bench, disputed, "4000000000000259")
    stripe.end(account, stripe.begin(account, charge(key="attempt-9")).reference)
    bench.control("webhooks/flush", {})
    heard: dict[str, Any] = {}
    for header, body in inbox.got:
        with world.open() as ctx:
            event = stripe.verify(ctx, {"stripe-signature": header}, body, "test")
        heard.setdefault(event.type, event)
    assert heard["checkout.session.completed"].references == (first.reference, payment)
    assert heard["payment_intent.succeeded"].attempt == str(ATTEMPT)
    (refund,) = bench.kept("refund")
    assert heard["refund.created"].references == (refund["id"], payment, refund["charge"])
    (dispute,) = bench.kept("dispute")
    assert heard["charge.dispute.created"].references[0] == dispute["id"]
    assert heard["checkout.session.expired"].subject == "payment"
    assert {kind: event.subject for kind, event in heard.items()} == {
        kind: EVENTS.get(kind, "other") for kind in heard
    }


@pytest.mark.parametrize("fault", ["wrong_mode", "wrong_account", "wrong_signature", "stale_timestamp"])
def test_what_the_wire_spoils_is_refused(
    world: World, bench: Bench, inbox: Inbox, account: Account, fault: str
) -> None:
    bench.control("webhooks", {"hold": True, "listen": inbox.url, "secret": SECRET})
    bench.control("faults", {"webhook": "checkout.session.completed", "kind": fault})
    pay(bench, stripe.begin(account, charge()))
    bench.control("webhooks/flush", {})
    ((header, body),) = [got for got in inbox.got if b'"checkout.session.completed"' in got[1]]
    with world.open() as ctx, pytest.raises(BadSignature):
        stripe.verify(ctx, {"stripe-signature": header}, body, "test")


def test_it_is_offered_for_amounts_that_stripe_takes_once_the_keys_are_set(world: World) -> None:
    with world.open() as ctx:
        assert not stripe.available(ctx, Money(4900, "CHF"))
        plugin_settings.change(ctx, "stripe", {"test_secret_key": "sk_test_1"})
        assert stripe.available(ctx, Money(4900, "CHF"))
        assert not OnOurPage().available(ctx, Money(4900, "CHF"))
        plugin_settings.change(ctx, "stripe", {"test_publishable_key": "pk_test_1"})
        assert OnOurPage().available(ctx, Money(4900, "CHF"))
        for minor, currency, taken in (
            (49, "CHF", False), (50, "CHF", True), (29, "GBP", False), (30, "GBP", True), (100_000_000, "CHF", False),
            (50, "JPY", True), (1, "ISK", True), (1_000_001, "ISK", False), (1005, "KWD", False), (1010, "KWD", True), (5000, "MGA", True),
            (5050, "MGA", False),
        ):  # fmt: skip
            assert stripe.available(ctx, Money(minor, currency)) is taken, (minor, currency)


@pytest.mark.parametrize(
    ("money", "units"),
    [
        (Money(4900, "CHF"), 4900),
        (Money(5, "ISK"), 500),
        (Money(700, "JPY"), 700),
        (Money(5000, "MGA"), 50),
        (Money(1010, "KWD"), 1010),
    ],
)
def test_amounts_are_in_stripes_units_and_back(money: Money, units: int) -> None:
    assert to_stripe(money) == units
    assert from_stripe(units, money.currency.lower()) == money


def test_an_event_may_sell_in_another_mode_than_its_organizer(world: World) -> None:
    with world.open() as ctx:
        event, _ = make_sale(ctx, 4900)
        other = make_event(ctx, "other")
        assert (stripe.mode(ctx, event), stripe.mode(ctx, other)) == ("test", "test")
        plugin_settings.change(ctx, "stripe", {"mode": "live"}, other)
        assert (stripe.mode(ctx, event), stripe.mode(ctx, other)) == ("test", "live")
        with pytest.raises(Unavailable, match="not_configured"):
            stripe.account(ctx, "live")
