"""Invoices that Stripe sends for an organizer without keys: through the platform's account, each organizer's apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.orders.service import cancel_order
from sratix_core.payments.models import Payment
from sratix_core.payments.sending import send_owed
from tests.functional.payments.cards import Counter
from tests.functional.payments.connected import FEE, account, another, connect, connected, deliver
from tests.functional.payments.invoiced import hosted, invoice, ordered, switched_on

PROVIDER = "stripe_connect_invoice"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    with connected(tmp_path) as made:
        yield switched_on(made, PROVIDER)
        assert made.faults() == []


def test_it_is_passed_on_and_comes_back_with_the_fee(shop: Counter) -> None:
    where = ordered(shop)
    hosted(shop)
    assert set(deliver(shop, times=2)) == {200}
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)
    with shop.world.open() as ctx:
        assert ctx.db.scalars(select(Payment.provider)).one() == "stripe_connect"
        cancel_order(ctx, shop.order(ctx), "asked")
    (charge,) = [c for c in shop.bench.kept("charge") if c["id"].startswith("ch_")]
    assert charge["transfer_data"]["destination"] == account(shop)
    assert charge["application_fee_amount"] == FEE
    with shop.world.open() as ctx:
        send_owed(ctx, shop.order(ctx))
    shop.work()
    assert shop.state(where) == ("cancelled", 9800, 9800)
    (fee,) = shop.bench.kept("application_fee")
    assert fee["amount_refunded"] == FEE


def test_an_event_reaches_the_organizer_it_is_about_and_nobody_else(shop: Counter) -> None:
    other = another(shop)
    connect(other)
    other = switched_on(other, PROVIDER)
    theirs = ordered(other)
    mine = ordered(shop)
    assert {one["metadata"]["sratix_tenant"] for one in shop.bench.kept("invoice")} == {
        shop.world.tenant.slug,
        other.world.tenant.slug,
    }
    shop.bench.get(invoice(shop)["hosted_invoice_url"], {"use": "4242424242424242", "name": "Ann"})
    deliver(shop, kinds="invoice.paid")
    shop.work()
    assert shop.state(mine) == ("paid", 9800, 0)
    assert other.state(theirs) == ("awaiting_payment", 0, 0)
