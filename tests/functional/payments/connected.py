"""A shop whose organizer has no keys and is connected to the platform's account at Stripe; a second one beside it, to be kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from webtest import TestResponse

from sratix_core.payments.models import ConnectedAccount
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from tests.builders import World
from tests.functional.payments.cards import SIGNING, Counter, counter
from tests.functional.shop.market import SETUP, form_to, make_stall
from tests.support import TestApp

FEE = 275
"""Of CHF 98.00 at 2.5 % and 0.30."""

PLATFORM = {
    "stripe_test_secret_key": "sk_test_double",
    "stripe_test_publishable_key": "pk_test_double",
    "stripe_test_webhook_secrets": f"whsec_other {SIGNING}",
    "application_fee_basis_points": "250",
    "application_fee_minor": "30",
}
NO_KEYS = dict.fromkeys(("test_secret_key", "test_publishable_key", "test_webhook_secret"))


@contextmanager
def connecting(folder: Path, **settings: Any) -> Iterator[Counter]:
    """An installation with a key of its own, and an organizer without one who is not connected yet."""
    with counter(folder, **{**PLATFORM, **settings}) as shop:
        with shop.world.open() as ctx:
            plugin_settings.change(ctx, "stripe", NO_KEYS)
        yield replace(shop, provider="stripe_connect")


@contextmanager
def connected(folder: Path, **settings: Any) -> Iterator[Counter]:
    """One who is."""
    with connecting(folder, **settings) as shop:
        connect(shop)
        yield shop


def connect(shop: Counter) -> str:
    """Walk through onboarding to its end; the account's name."""
    office = shop.market.member(shop.world)
    link = begin(shop, office)
    back = shop.bench.get(link, {"answer": "finish"})[2]
    office.get(back.removeprefix("http://localhost"), status=303)
    return account(shop)


def begin(shop: Counter, office: TestApp, status: int = 303) -> str:
    """Press the button; the address of Stripe's page."""
    page = office.get(page_of(shop))
    return str(form_to(page, "test/account/").submit(status=status).headers.get("Location", ""))


def page_of(shop: Counter) -> str:
    return f"/dashboard/{shop.world.tenant.slug}/x/stripe/"


def account(shop: Counter) -> str:
    return str(row(shop).reference)


def row(shop: Counter) -> ConnectedAccount:
    from sratix_core.payments.accounts import connected_account

    with shop.world.open(write=False) as ctx:
        found = connected_account(ctx, "stripe_connect", "test")
        assert found is not None
        return found


def another(shop: Counter) -> Counter:
    """A second organizer of the same installation, without keys, with a shop like the first."""
    runtime, world = shop.market.runtime, shop.market.tenant()
    with runtime.engines.begin(SETUP) as db:
        switch_plugin(db, runtime.sources, world.tenant.id, "stripe", True)
    runtime.engines.tenants.invalidate(world.tenant.id)
    info = runtime.engines.tenants.by_id(world.tenant.id)
    assert info is not None
    world = World(runtime, info)
    return replace(shop, world=world, stall=make_stall(world))


def tell(shop: Counter, signature: str, body: bytes, mode: str = "test") -> TestResponse:
    """An event at the platform's address."""
    return shop.market.browser().post(
        f"/webhooks/in/stripe_connect/{mode}",
        body,
        headers={"Stripe-Signature": signature, "Content-Type": "application/json"},
        status="*",
    )


def deliver(shop: Counter, *, times: int = 1, kinds: str = "") -> list[int]:
    """Hand on what the double has sent since the last time; the answers' status."""
    shop.bench.control("webhooks/flush", {})
    fresh = shop.inbox.got[shop.heard :]
    shop.heard = len(shop.inbox.got)
    return [
        tell(shop, signature, body).status_int
        for signature, body in fresh
        if kinds in body.decode()
        for _ in range(times)
    ]
