"""What the shop sells and how it is paid, for tests that hold for all of it: tickets by card, gift cards by card, tickets by an invoice of Stripe's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from sratix_core.pricing.rules import TypeRules
from tests.functional.payments.cards import Counter, counter
from tests.functional.payments.invoiced import invoice, ordered, switched_on
from tests.support import TestApp

TICKETS, CARDS, INVOICES = "tickets", "gift-cards", "invoices"
KINDS = (TICKETS, CARDS, INVOICES)
EVERY = pytest.mark.parametrize("shop", KINDS, indirect=True)

CARD = {"Paid": {"price": 4900, "capacity": 10, "rules": TypeRules(sells="gift_cards")}}
"""A gift card where the others sell a ticket, at the same price."""


class Invoicing(Counter):
    """Who buys is sent an invoice and pays it on its page."""

    def to_stripe(self, browser: TestApp, **quantities: int) -> str:
        ordered(self, browser, **quantities)
        return str(invoice(self)["hosted_invoice_url"])

    def bought(self, browser: TestApp, **quantities: int) -> str:
        where = ordered(self, browser, **quantities)
        self.pay(invoice(self)["hosted_invoice_url"])
        self.later(minutes=11)
        self.work()
        return where


@contextmanager
def selling(kind: str, folder: Path, **settings: Any) -> Iterator[Counter]:
    """The shop that sells this at CHF 49, and is paid so."""
    types, plugins = (CARD, ("stripe", "gift_cards")) if kind == CARDS else (None, ("stripe",))
    with counter(folder, types, plugins, **settings) as shop:
        if kind == INVOICES:
            known = {f.name: getattr(shop, f.name) for f in fields(shop)}
            shop = switched_on(Invoicing(**known))
        shop.sells = kind
        yield shop
