"""Invoices of Stripe's where something goes wrong on the way: one is sent, found again or thrown away, and nobody pays two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sratix_core.tenants import plugin_settings
from tests.functional.payments.cards import Counter
from tests.functional.payments.invoiced import hosted, invoice, invoicing, ordered
from tests.functional.shop.market import form_to


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    with invoicing(tmp_path) as made:
        yield made
        assert made.faults() == []


@pytest.mark.parametrize(
    "call",
    [
        "/v1/customers",
        "/v1/invoices",
        "/v1/invoices/*/add_lines",
        "/v1/invoices/*/finalize",
        "/v1/invoices/*/send",
    ],
)
@pytest.mark.parametrize("fault", ["lost_answer", "error_after", "rate_limited"])
def test_a_lost_answer_makes_no_second_invoice_and_the_order_stands(
    shop: Counter, call: str, fault: str
) -> None:
    shop.bench.fault(f"POST {call}", fault)
    where = ordered(shop)
    shop.later(seconds=101)
    shop.work()
    assert [one["status"] for one in shop.bench.kept("invoice")] == ["open"]
    assert invoice(shop)["total"] == 9800
    hosted(shop)
    shop.later(minutes=11)
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)


def test_one_whose_key_was_forgotten_is_found_and_not_made_again(shop: Counter) -> None:
    """Every answer was lost for more than a day: the mail may have left, so it is looked for."""
    shop.bench.fault("POST /v1/invoices/*/send", "lost_answer")
    where = ordered(shop)
    hosted(shop)
    shop.later(hours=25)
    shop.work()
    shop.later(minutes=1)
    shop.work()
    assert len(shop.bench.kept("invoice")) == 1
    assert shop.state(where) == ("paid", 9800, 0)


def test_a_draft_that_was_never_finished_is_thrown_away_after_a_day(shop: Counter) -> None:
    shop.bench.fault("POST /v1/invoices/*/add_lines", "reset_before")
    where = ordered(shop)
    shop.later(hours=25)
    shop.work()
    assert shop.bench.kept("invoice") == []
    assert shop.attempts() == [("pay", "expired")]
    form_to(shop.market.browser().get(where), "/payment/").submit(status=303)
    hosted(shop)
    shop.deliver()
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)


def test_a_key_without_the_right_waits_for_a_better_one(shop: Counter) -> None:
    """Nothing was sent, so nothing is lost: the reconciler goes on with the draft."""
    shop.bench.control(
        "keys", {"key": "rk_test_nosend", "may": ["* /v1/customers*", "GET /v1/*", "POST /v1/invoices"]}
    )
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"test_secret_key": "rk_test_nosend"})
    where = ordered(shop)
    assert shop.attempts() == [("pay", "intent")]
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"test_secret_key": "sk_test_double"})
    shop.later(seconds=101)
    shop.work()
    assert [one["status"] for one in shop.bench.kept("invoice")] == ["open"]
    assert shop.state(where)[0] == "awaiting_payment"
