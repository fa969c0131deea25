"""A refund that had succeeded and comes back is owed again, once, however and in whatever order that is heard."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import select

from sratix_core.ledger.accounts import Act
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.queries import balances
from sratix_core.payments.calls import Answer
from sratix_core.payments.models import PaymentAttempt, Refund, RefundFailure
from sratix_core.payments.returns import note_refunds
from sratix_core.payments.settling import settle
from sratix_core.plugins.paying import RefundReading
from sratix_core.reconciliation.jobs import compare_books, read_now
from sratix_core.reconciliation.models import FinanceCase
from sratix_core.values.money import Money
from tests.functional.payments.cards import Counter
from tests.functional.payments.test_returns import office, order_address
from tests.functional.shop.market import form_to

DOOMED = "4000000000005126"
"""A card whose refunds succeed and come back a minute later."""


def refunded(shop: Counter, number: str = DOOMED) -> str:
    """An order of CHF 98.00 by card that was cancelled and sent back; the path of its page."""
    browser, staff = shop.market.browser(), office(shop)
    where = shop.pay(shop.to_stripe(browser), number)
    browser.get(where, status=303)
    where = where.split("payment/")[0]
    form = form_to(staff.get(order_address(shop, where) + "credits/"), "/credits/")
    form["amount"] = "98"
    form.submit(status=303)
    shop.work()
    assert shop.state(where) == ("paid", 9800, 9800)
    return where


def cash(shop: Counter) -> dict[str, int]:
    with shop.world.open(write=False) as ctx:
        return {b.provider: b.amount.minor for b in balances(ctx) if b.account == "cash"}


def acts(shop: Counter) -> list[str]:
    with shop.world.open(write=False) as ctx:
        booked = select(LedgerEntry.act).where(LedgerEntry.line == 0).order_by(LedgerEntry.id)
        return list(ctx.db.scalars(booked))


def causes(shop: Counter) -> list[tuple[str, str]]:
    with shop.world.open() as ctx:
        compare_books(ctx)
    with shop.world.open(write=False) as ctx:
        return [
            (c.kind, c.cause) for c in ctx.db.scalars(select(FinanceCase).where(FinanceCase.state == "open"))
        ]


@pytest.mark.parametrize("times", [1, 3])
def test_the_provider_says_so_and_the_money_is_owed_again(shop: Counter, times: int) -> None:
    where = refunded(shop)
    shop.later(minutes=2)
    assert set(shop.deliver(times=times)) == {200}
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)
    assert shop.charged() == (9800, 0)
    assert shop.attempts()[-1] == ("refund", "returned")
    assert acts(shop).count(Act.REFUND_FAILED) == 1
    assert cash(shop) == {"stripe:test": 9800}
    staff = office(shop)
    page = staff.get(order_address(shop, where))
    assert "A refund came back: CHF" in page
    assert "expired or canceled card" in page
    assert "A refund came back." in staff.get(shop.stall.office)
    assert ("owed_back", "came_back") in causes(shop)


def test_a_lost_message_is_found_in_the_statement(shop: Counter) -> None:
    where = refunded(shop)
    shop.later(minutes=30)
    for _ in range(3):
        with shop.world.open() as ctx:
            read_now(ctx)
        shop.work()
        shop.later(minutes=5)
    assert shop.state(where) == ("paid", 9800, 0)
    assert causes(shop) == [("owed_back", "came_back")]


def test_it_is_sent_again_the_same_way_or_by_hand(shop: Counter) -> None:
    where = refunded(shop)
    shop.later(minutes=2)
    shop.deliver()
    shop.work()
    staff = office(shop)
    form_to(staff.get(order_address(shop, where) + "refunds/sent/"), "/sent/").submit(status=303)
    shop.work()
    assert (shop.state(where), shop.refunds()) == (("paid", 9800, 9800), [9800, 9800])
    shop.later(minutes=2)
    shop.deliver()
    shop.work()
    form = form_to(staff.get(order_address(shop, where) + "refunds/"), "/refunds/")
    form["reference"] = "transfer 7"
    form.submit(status=303)
    assert shop.state(where) == ("paid", 9800, 9800)
    assert cash(shop) == {"stripe:test": 9800, "own_bank:test": -9800}
    with shop.world.open() as ctx:
        read_now(ctx)
    shop.later(minutes=5)
    shop.work()
    assert causes(shop) == []
    assert "A refund came back." not in staff.get(shop.stall.office)


def test_a_refund_made_at_the_provider_comes_back_too(shop: Counter) -> None:
    browser = shop.market.browser()
    where = shop.pay(shop.to_stripe(browser), DOOMED)
    browser.get(where, status=303)
    where = where.split("payment/")[0]
    (charge,) = [c for c in shop.bench.kept("charge") if c["status"] == "succeeded"]
    shop.bench.client().v1.refunds.create(params={"charge": charge["id"], "amount": 4900})
    shop.deliver()
    shop.work()
    assert shop.state(where) == ("paid", 9800, 4900)
    shop.later(minutes=2)
    shop.deliver(times=2)
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)
    assert acts(shop).count(Act.REFUND_FAILED) == 1


@pytest.mark.parametrize("told", sorted(set(permutations(("waiting", "succeeded", "declined", "declined")))))
def test_news_in_any_order_comes_to_the_same_end(shop: Counter, told: tuple[str, ...]) -> None:
    """Whatever was read before is true no longer once the refund failed: heard late, it changes nothing."""
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser)
    form = form_to(staff.get(order_address(shop, where) + "credits/"), "/credits/")
    form["amount"] = "98"
    form.submit(status=303)
    with shop.world.open(write=False) as ctx:
        attempt = ctx.db.scalars(select(PaymentAttempt).where(PaymentAttempt.kind == "refund")).one()
        payment_id = attempt.payment_id
    assert payment_id is not None
    for state in told:
        reading = RefundReading(state, "re_1", attempt.amount, attempt.key, "lost_or_stolen_card")  # type: ignore[arg-type]
        with shop.world.open() as ctx:
            settle(ctx, attempt.id, Answer(reading))
        with shop.world.open() as ctx:
            note_refunds(ctx, payment_id, [reading])
    assert shop.state(where) == ("paid", 9800, 0)
    assert cash(shop) == {"stripe:test": 9800}
    with shop.world.open(write=False) as ctx:
        went, failed = (len(list(ctx.db.scalars(select(model.id)))) for model in (Refund, RefundFailure))
        ended = ctx.db.get_one(PaymentAttempt, attempt.id).state
    assert (went, failed, ended) in [(0, 0, "declined"), (1, 1, "returned")]


def test_a_transfer_that_came_back_is_recorded_once(shop: Counter) -> None:
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser)
    here = order_address(shop, where)
    form = form_to(staff.get(here + "credits/"), "/credits/")
    form["amount"] = "98"
    form.submit(status=303)
    shop.bench.control("faults", {"kind": "error_before", "on": "POST /v1/refunds", "times": 9})
    with shop.world.open() as ctx:
        attempt = ctx.db.scalars(select(PaymentAttempt).where(PaymentAttempt.kind == "refund")).one()
        settle(ctx, attempt.id, Answer(trouble="declined", reason="charge_disputed"))
    form = form_to(staff.get(here + "refunds/"), "/refunds/")
    form["reference"], form["source"] = "counter 3", "cash_desk"
    form.submit(status=303)
    assert cash(shop) == {"stripe:test": 9800, "cash_desk:test": -9800}
    asked = staff.get(here + "refunds/failures/")
    form = form_to(asked, "/failures/")
    form.submit(status=303)
    form.submit(status=422)
    assert shop.state(where) == ("paid", 9800, 0)
    assert cash(shop) == {"stripe:test": 9800, "cash_desk:test": 0}
    assert "Seen on your statement" in staff.get(here)


def test_what_a_provider_sent_is_not_taken_back_by_hand(shop: Counter) -> None:
    where = refunded(shop, "4242424242424242")
    staff = office(shop)
    assert "refunds/failures/" not in staff.get(order_address(shop, where))
    with shop.world.open(write=False) as ctx:
        refund = ctx.db.scalars(select(Refund)).one()
    staff.post(
        order_address(shop, where) + "refunds/failures/", {"refund": str(refund.id)}, status=[400, 403, 422]
    )
    assert shop.state(where) == ("paid", 9800, 9800)


def test_the_buyers_bank_may_be_asked_late(shop: Counter) -> None:
    """An attempt given up without a name, whose refund stands at the provider all the same, is claimed again."""
    browser, staff = shop.market.browser(), office(shop)
    where = shop.bought(browser)
    form = form_to(staff.get(order_address(shop, where) + "credits/"), "/credits/")
    form["amount"] = "20"
    form.submit(status=303)
    with shop.world.open() as ctx:
        attempt = ctx.db.scalars(select(PaymentAttempt).where(PaymentAttempt.kind == "refund")).one()
        settle(ctx, attempt.id, Answer(trouble="declined", reason="never_arrived"))
    assert shop.state(where) == ("paid", 9800, 0)
    with shop.world.open() as ctx:
        settle(
            ctx, attempt.id, Answer(RefundReading("succeeded", "re_late", Money(2000, "CHF"), attempt.key))
        )
    assert shop.state(where) == ("paid", 9800, 2000)
