"""The same shop, paid by an invoice that Stripe's stand-in sends and hosts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sratix_core.tenants import plugin_settings
from tests.functional.payments.cards import Counter, counter
from tests.functional.shop.market import form_to, path_of, to_payment
from tests.support import TestApp

DAYS = 14
GRACE = 3


@contextmanager
def invoicing(folder: Path, **settings: Any) -> Iterator[Counter]:
    with counter(folder, **settings) as shop:
        yield switched_on(shop)


def switched_on(shop: Counter, provider: str = "stripe_invoice") -> Counter:
    with shop.world.open() as ctx:
        plugin_settings.change(
            ctx, "stripe", {"invoices": True, "invoice_days": DAYS, "invoice_grace_days": GRACE}
        )
    return replace(shop, provider=provider)


def ordered(shop: Counter, browser: TestApp | None = None, **quantities: int) -> str:
    """Buy by invoice; the path of the order's page."""
    browser = browser or shop.market.browser()
    form = form_to(to_payment(browser, shop.stall, **(quantities or {"Paid": 2})), "/pay/")
    form["provider"] = shop.provider
    return path_of(form.submit(status=303)).split("?")[0]


def invoice(shop: Counter) -> dict[str, Any]:
    """The only one there is that was not voided, or the last."""
    return shop.bench.kept("invoice")[-1]


def hosted(shop: Counter, number: str = "4242424242424242") -> int:
    """Press the button of the hosted page."""
    return shop.bench.get(invoice(shop)["hosted_invoice_url"], {"use": number, "name": "Ann"})[0]
