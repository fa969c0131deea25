"""Every difference between a provider's statement and the books is found, heals by itself where it can, and stays a case where it can't."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.app import make_worker
from sratix_core.context import Actor
from sratix_core.jobs.kinds import compare_books
from sratix_core.jobs.models import Job
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.queries import balances
from sratix_core.orders.service import cancel_order
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.receiving import Receipt, received
from sratix_core.payments.sending import send_back
from sratix_core.reconciliation import statement
from sratix_core.reconciliation.cases import close
from sratix_core.reconciliation.jobs import compare_books as compare_now
from sratix_core.reconciliation.jobs import read_now
from sratix_core.reconciliation.looking import look_again
from sratix_core.reconciliation.models import FinanceCase, PaymentMovement
from tests.functional.payments.cards import Counter
from tests.functional.payments.sales import CARDS, EVERY, INVOICES, TICKETS

SOLD_BY_CARD = pytest.mark.parametrize("shop", [TICKETS, CARDS], indirect=True)
FEE = 314
"""What the double takes of a card payment of CHF 98.00: 2.9 % and 0.30."""


def reconcile(shop: Counter) -> None:
    """What the night does; nothing of it fails."""
    with shop.world.open() as ctx:
        read_now(ctx)
    drain(shop)
    with shop.world.open(write=False) as ctx:
        assert (
            ctx.db.scalars(
                select(Job.last_error).where(Job.kind.like("finance.%"), Job.last_error != "")
            ).all()
            == []
        )


def drain(shop: Counter) -> None:
    make_worker(shop.market.runtime, wakeups=False).drain()


def compare(shop: Counter) -> None:
    with shop.world.open() as ctx:
        compare_now(ctx)


def cases(shop: Counter) -> list[tuple[str, str, int, str]]:
    with shop.world.open(write=False) as ctx:
        rows = ctx.db.scalars(select(FinanceCase).order_by(FinanceCase.kind, FinanceCase.id))
        return [(c.kind, c.cause, c.amount_minor, c.state) for c in rows]


def held(shop: Counter) -> dict[str, int]:
    with shop.world.open(write=False) as ctx:
        return {b.account.value: b.amount.minor for b in balances(ctx)}


def stripe_balance(shop: Counter) -> int:
    return sum(line["net"] for line in shop.bench.kept("balance_transaction"))


def intents(shop: Counter) -> Sequence[str]:
    return [str(one["id"]) for one in shop.bench.kept("payment_intent")]


@EVERY
def test_fees_are_booked_once_however_often_the_statement_is_read(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    for _ in range(3):
        shop.later(minutes=5)
        reconcile(shop)
    earned = held(shop)
    sold = earned.pop("revenue", 0) + earned.pop("stored_value", 0)
    assert earned == {
        "cash": 9800 - FEE,
        "provider_fees": FEE,
        "buyers": 0,
        **({"value_ordered": 0} if "value_ordered" in earned else {}),
    }
    assert sold == -9800
    assert held(shop)["cash"] == stripe_balance(shop)
    assert cases(shop) == []


@EVERY
def test_a_payout_is_money_at_the_bank(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    shop.later(days=3)
    shop.bench.client().v1.payouts.create(params={"amount": 5000, "currency": "chf"})
    shop.later(minutes=1)
    reconcile(shop)
    assert (held(shop)["bank"], held(shop)["cash"]) == (5000, 9800 - FEE - 5000)
    assert held(shop)["cash"] == stripe_balance(shop)


def test_the_night_reads_and_compares_once(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    shop.later(minutes=5)
    assert compare_books(shop.market.runtime) == 1
    assert compare_books(shop.market.runtime) == 0
    drain(shop)
    assert held(shop)["provider_fees"] == FEE
    shop.later(hours=25)
    assert compare_books(shop.market.runtime) == 1


@SOLD_BY_CARD
def test_a_payment_nobody_heard_of_is_found_in_the_statement_and_heals(shop: Counter) -> None:
    shop.pay(shop.to_stripe(shop.market.browser()))  # no webhook, no way back, and nobody asked
    shop.later(seconds=5)
    reconcile(shop)
    assert shop.state() == ("paid", 9800, 0)
    assert cases(shop) == [("charge_unknown", "webhook_lost", 9800, "resolved")]
    assert held(shop)["cash"] == stripe_balance(shop)


@pytest.mark.parametrize("shop", [TICKETS, INVOICES], indirect=True)
def test_a_refund_made_on_stripes_own_pages_is_found_and_booked(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    (intent,) = intents(shop)
    shop.bench.client().v1.refunds.create(params={"payment_intent": intent, "amount": 1800})
    shop.later(minutes=5)
    reconcile(shop)
    assert shop.refunds() == [1800]
    assert cases(shop) == [("refund_unknown", "made_at_provider", -1800, "resolved")]
    assert held(shop)["cash"] == stripe_balance(shop)


@pytest.mark.parametrize("shop", [INVOICES], indirect=True)
def test_a_paid_invoice_nobody_heard_of_is_asked_about_and_heals(shop: Counter) -> None:
    """Stripe's charge of an invoice does not say whose it is; an invoice that waits for as much does, and is asked about by the hour only."""
    page = shop.to_stripe(shop.market.browser())
    for _ in range(12):
        shop.later(minutes=11)
        shop.work()
    shop.pay(page)
    foreign(shop, 2500)
    shop.later(seconds=5)
    reconcile(shop)
    assert cases(shop) == [
        ("charge_unknown", "webhook_lost", 9800, "open"),
        ("charge_unknown", "not_ours", 2500, "open"),
    ]
    shop.work()
    assert shop.state() == ("paid", 9800, 0)
    reconcile(shop)
    assert [(c[1], c[3]) for c in cases(shop)] == [("webhook_lost", "resolved"), ("not_ours", "open")]


@pytest.mark.parametrize("shop", [CARDS], indirect=True)
def test_a_refund_of_sold_cards_made_on_stripes_own_pages_waits_for_a_person(shop: Counter) -> None:
    """Nobody but a person knows which card is to be worth less; once the order is over it is booked, and what is left sent."""
    shop.bought(shop.market.browser())
    (intent,) = intents(shop)
    shop.bench.client().v1.refunds.create(params={"payment_intent": intent, "amount": 1800})
    shop.later(minutes=5)
    reconcile(shop)
    known = [
        ("cash_differs", "booked_elsewhere", 1800, "open"),
        ("refund_unknown", "made_at_provider", -1800, "open"),
    ]
    assert [c for c in cases(shop) if c in known] == [c for c in known if c in cases(shop)]
    assert known[1] in cases(shop)
    assert shop.state() == ("paid", 9800, 0)
    with shop.world.open() as ctx:
        cancel_order(ctx, shop.order(ctx), "asked")
        look_again(ctx, ctx.db.scalars(select(FinanceCase).where(FinanceCase.kind == "refund_unknown")).one())
    drain(shop)
    assert shop.state() == ("cancelled", 9800, 1800)
    with shop.world.open() as ctx:
        send_back(ctx, shop.order(ctx))
    shop.work()
    shop.later(minutes=5)
    reconcile(shop)
    assert [c for c in cases(shop) if c[3] == "open"] == []
    assert held(shop)["cash"] == stripe_balance(shop)


def test_somebody_elses_charge_stays_a_case_until_somebody_says_what_it_is(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    foreign(shop, 2500)
    shop.later(minutes=5)
    reconcile(shop)
    assert cases(shop) == [("charge_unknown", "not_ours", 2500, "open")]
    with shop.world.open(Actor("user", uuid.UUID(int=7))) as ctx:
        (case,) = ctx.db.scalars(select(FinanceCase))
        close(ctx, case.id, "ignored", "Sold at the stand.")
    shop.later(minutes=5)
    reconcile(shop)
    assert cases(shop) == [("charge_unknown", "not_ours", 2500, "ignored")]


def foreign(shop: Counter, amount: int) -> None:
    shop.bench.client().v1.payment_intents.create(
        params={"amount": amount, "currency": "chf", "payment_method": "pm_card_visa", "confirm": True,
                "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}
    )  # fmt: skip


@EVERY
def test_a_refund_that_failed_afterwards_is_a_case_with_its_cause(shop: Counter) -> None:
    where = shop.bought(shop.market.browser())
    with shop.world.open() as ctx:
        send_back(ctx, cancel_order(ctx, shop.order(ctx, where), "asked"))
    shop.work()
    assert shop.refunds() == [9800]
    (refund,) = shop.bench.kept("refund")
    shop.bench.control("settle", {"id": refund["id"], "outcome": "failed"})
    shop.later(minutes=5)
    reconcile(shop)
    assert cases(shop) == [
        ("owed_back", "came_back", -9800, "open"),
        ("refund_missing", "came_back", 9800, "resolved"),
    ]


@EVERY
def test_a_dispute_counts_its_fee_once_whichever_is_heard_of_first(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    dispute(shop)
    shop.deliver()
    shop.work()
    shop.later(minutes=5)
    reconcile(shop)
    assert (held(shop)["disputed"], held(shop)["provider_fees"]) == (9800, FEE + 1500)
    assert held(shop)["cash"] == stripe_balance(shop)
    assert cases(shop) == [("dispute_open", "answer_before", -9800, "open")]


@EVERY
def test_a_dispute_whose_news_was_lost_is_found_in_the_statement(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    dispute(shop)
    shop.later(minutes=5)
    reconcile(shop)
    assert ("dispute_unknown", "webhook_lost", -9800, "resolved") in cases(shop)
    assert ("dispute_open", "answer_before", -9800, "open") in cases(shop)
    assert held(shop)["cash"] == stripe_balance(shop)


def dispute(shop: Counter) -> str:
    (charge,) = shop.bench.kept("charge")
    return str(shop.bench.control("disputes", {"charge": charge["id"]})["id"])


@EVERY
@pytest.mark.parametrize(("outcome", "chargebacks"), [("won", 0), ("lost", 9800)])
def test_a_decided_dispute_closes_its_case(shop: Counter, outcome: str, chargebacks: int) -> None:
    shop.bought(shop.market.browser())
    shop.bench.control("settle", {"id": dispute(shop), "outcome": outcome})
    shop.later(minutes=5)
    reconcile(shop)
    shop.deliver()
    shop.work()
    reconcile(shop)
    assert held(shop).get(Account.CHARGEBACKS, 0) == chargebacks
    assert [c for c in cases(shop) if c[3] == "open"] == []
    assert held(shop)["cash"] == stripe_balance(shop)


@EVERY
def test_what_is_owed_and_not_on_its_way_is_a_case_until_it_went(shop: Counter) -> None:
    where = shop.bought(shop.market.browser())
    with shop.world.open() as ctx:
        cancel_order(ctx, shop.order(ctx, where), "asked")
    reconcile(shop)
    assert cases(shop) == [("owed_back", "over", -9800, "open")]
    with shop.world.open() as ctx:
        send_back(ctx, shop.order(ctx, where))
    shop.work()
    reconcile(shop)
    assert cases(shop) == [("owed_back", "over", -9800, "resolved")]


def test_a_webhook_that_cannot_be_acted_on_is_a_case_until_it_can(shop: Counter) -> None:
    shop.pay(shop.to_stripe(shop.market.browser()))
    shop.bench.fault("GET /v1/checkout/sessions/*", "error_before")
    shop.deliver()
    drain(shop)
    compare(shop)
    assert cases(shop) == [("webhook_failed", "processing_failed", 0, "open")]
    shop.later(minutes=2)
    drain(shop)
    compare(shop)
    assert cases(shop) == [("webhook_failed", "processing_failed", 0, "resolved")]
    assert shop.state() == ("paid", 9800, 0)


def test_a_statement_that_cannot_be_read_says_so_and_is_read_later(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    shop.later(minutes=5)
    shop.bench.fault("GET /v1/balance_transactions", "error_before")
    with shop.world.open() as ctx:
        read_now(ctx)
    drain(shop)
    with shop.world.open(write=False) as ctx:
        assert ctx.db.scalars(select(PaymentMovement)).all() == []
    shop.later(minutes=5)
    drain(shop)
    assert held(shop)["provider_fees"] == FEE


@SOLD_BY_CARD
def test_an_attempt_that_is_open_for_an_hour_is_a_case(shop: Counter) -> None:
    shop.pay(shop.to_stripe(shop.market.browser()))
    with shop.world.open() as ctx:
        (attempt,) = ctx.db.scalars(select(PaymentAttempt))
        attempt.check_at = None  # as if nobody asked any more
    shop.later(minutes=61)
    compare(shop)
    assert cases(shop) == [("attempt_stuck", "waits_long", 9800, "open")]


@EVERY
def test_a_payment_stripe_never_saw_is_named(shop: Counter) -> None:
    shop.to_stripe(shop.market.browser())
    with shop.world.open() as ctx:
        order = shop.order(ctx)
        received(ctx, order, Receipt("stripe", "pi_of_another_account", order.total, "test"))
    shop.later(minutes=5)
    reconcile(shop)
    assert cases(shop) == [("payment_unknown", "other_account", -9800, "open")]


@pytest.mark.parametrize(
    ("column", "table"),
    [("amount_minor", PaymentMovement), ("fee_minor", PaymentMovement), ("amount_minor", Payment)],
)
def test_a_row_that_is_changed_behind_our_back_is_named(shop: Counter, column: str, table: Any) -> None:
    shop.bought(shop.market.browser())
    shop.later(minutes=5)
    reconcile(shop)
    with shop.world.open() as ctx:
        row = ctx.db.scalars(select(table)).one()
        before = getattr(row, column)
        names = {str(row.id), row.reference, str(getattr(row, "payment_id", row.id)), "cash at stripe:test"}
        setattr(row, column, before + 1)
    found = [fault for fault in shop.faults() if fault.startswith("L5")]
    assert any(name in fault for fault in found for name in names), found
    with shop.world.open() as ctx:
        setattr(ctx.db.scalars(select(table)).one(), column, before)


@EVERY
def test_lines_in_pieces_and_any_order_come_to_the_same(
    shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement, "AT_ONCE", 2)
    for _ in range(3):
        shop.bought(shop.market.browser(), Paid=1)
    shop.later(minutes=5)
    reconcile(shop)
    assert held(shop)["cash"] == stripe_balance(shop)
