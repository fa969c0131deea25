"""The core's checks for payment providers, on Stripe's page and in fields of its own, with own keys and through the platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sratix_core.plugin import ApplicationFee, Begun, Inbound
from sratix_core.plugindev.conformance import Check, checks_for
from sratix_plugins.stripe.tests import charges, test_events
from sratix_plugins.stripe.tests.test_connect import onboarded
from sratix_stripe.account import Account
from sratix_stripe.by_invoice import ByInvoice, ConnectedByInvoice
from sratix_stripe.double.testing import NOON, Bench
from sratix_stripe.provider import (
    Connected,
    ConnectedOnOurPage,
    ConnectedOnTheirPage,
    OnOurPage,
    OnTheirPage,
)
from tests.builders import World

world = test_events.world
CALLS = {
    "begin": {
        "cs": "POST /v1/checkout/sessions",
        "pi": "POST /v1/payment_intents",
        "in": "POST /v1/invoices",
    },
    "refund": dict.fromkeys(("cs", "pi", "in"), "POST /v1/refunds"),
}


@dataclass
class Till:
    """The double as a provider's test side."""

    provider: Any
    account: Account
    bench: Bench
    world: World
    secrets: Sequence[str] = field(default=("sk_test_double", "whsec_test"))

    def now(self) -> datetime:
        return datetime.fromtimestamp(NOON, UTC)

    def pay(self, begun: Begun) -> None:
        if begun.redirect:
            charges.pay(self.bench, begun)
        else:
            self._confirm(begun)

    def _confirm(self, begun: Begun) -> None:
        from stripe import StripeError

        with_card: Any = {"payment_method": "pm_card_visa", "return_url": "https://shop.example/back"}
        try:
            self.bench.client().v1.payment_intents.confirm(begun.reference, params=with_card)
        except StripeError:
            return  # it can't be paid any more

    def lose_answer(self, call: str) -> None:
        by_invoice = isinstance(self.provider, ByInvoice)
        look = "in" if by_invoice else "cs" if isinstance(self.provider, OnTheirPage) else "pi"
        self.bench.fault(CALLS[call][look], "lost_answer")

    def event(self) -> tuple[Mapping[str, str], bytes]:
        return test_events.signed(), test_events.BODY

    def hear(self, headers: Mapping[str, str], body: bytes) -> Inbound:
        with self.world.open() as ctx:
            said: Inbound = self.provider.verify(ctx, headers, body, "test")
            return said


def cases() -> list[Any]:
    looks: tuple[Callable[[], Any], ...] = (
        OnTheirPage,
        OnOurPage,
        ConnectedOnTheirPage,
        ConnectedOnOurPage,
        ByInvoice,
        ConnectedByInvoice,
    )
    return [
        pytest.param(look(), check, id=f"{look.__name__}-{check.__name__}")  # type: ignore[attr-defined]
        for look in looks
        for check in checks_for(look())
    ]


@pytest.mark.parametrize(("provider", "check"), cases())
def test_stripe_conforms(provider: Any, check: Check, bench: Bench, account: Account, world: World) -> None:
    passed_on = isinstance(provider, (Connected, ConnectedByInvoice))
    if passed_on:
        account = replace(
            account, destination=onboarded(bench, bench.client().v1), fee=ApplicationFee(250, 30)
        )
    check(Till(provider, account, bench, world))
    if passed_on:
        charges_made = [c for c in bench.kept("charge") if c["id"].startswith("ch_") and c["paid"]]
        assert all(c["transfer"] and c["application_fee"] for c in charges_made)
