"""Invoices of Stripe's where something goes wrong on the way: one is sent, found again or thrown away, and nobody pays two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sratix_core.orders.credits import credit
from sratix_core.payments.receiving import mark_paid
from sratix_core.tenants import plugin_settings
from sratix_core.values.money import Money
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


def test_nothing_is_mailed_for_an_order_that_was_cancelled_before_stripe_answered(shop: Counter) -> None:
    browser = shop.market.browser()
    shop.bench.fault("POST /v1/customers", "error_before")
    where = ordered(shop, browser)
    form_to(browser.get(where), "/cancellation/").submit(status=303)
    shop.later(seconds=101)
    shop.work()
    assert shop.bench.kept("invoice") == []
    assert shop.attempts() == [("pay", "expired")]


def test_one_that_was_made_hours_later_is_found_after_a_day(shop: Counter) -> None:
    """Stripe was away for hours, then made it, and the answers were lost until its key was forgotten."""
    shop.bench.fault("POST /v1/customers", "reset_before", times=40)
    where = ordered(shop)
    for _ in range(20):
        shop.later(minutes=11)
        shop.work()
    shop.bench.control("faults", method="DELETE")
    shop.bench.fault("POST /v1/invoices/*/send", "lost_answer", times=500)
    shop.later(minutes=11)
    shop.work()
    assert [one["status"] for one in shop.bench.kept("invoice")] == ["open"]
    hosted(shop)
    shop.bench.control("faults", method="DELETE")
    shop.later(hours=22)
    shop.work()
    shop.later(minutes=11)
    shop.work()
    assert len(shop.bench.kept("invoice")) == 1
    assert shop.state(where) == ("paid", 9800, 0)


def test_an_order_that_costs_less_by_now_is_asked_for_less(shop: Counter) -> None:
    where = ordered(shop)
    (first,) = shop.bench.kept("invoice")
    with shop.world.open() as ctx:
        credit(ctx, shop.order(ctx), Money(800, "CHF"), "asked")
    shop.later(minutes=11)
    shop.work()
    shop.later(seconds=101)
    shop.work()
    assert {one["id"]: (one["status"], one["total"]) for one in shop.bench.kept("invoice")} == {
        first["id"]: ("void", 9800),
        invoice(shop)["id"]: ("open", 9000),
    }
    hosted(shop)
    shop.later(minutes=11)
    shop.work()
    assert shop.state(where) == ("paid", 9000, 0)


def test_money_that_came_by_bank_takes_the_invoice_back_at_once(shop: Counter) -> None:
    where = ordered(shop)
    with shop.world.open() as ctx:
        mark_paid(ctx, shop.order(ctx), "statement 7")
    shop.later(seconds=1)
    shop.work()
    assert invoice(shop)["status"] == "void"
    assert shop.state(where) == ("paid", 9800, 0)
