"""Money that needs a person stands where people look, and a case is settled from its own page."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from sratix_bank_transfer.models import Reason, Statement, StatementState, Transaction, TransactionState
from sratix_core.orders.service import cancel_order
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.receiving import Receipt, received
from sratix_core.reconciliation.jobs import compare_books
from sratix_core.reconciliation.models import FinanceCase
from tests.functional.payments.cards import Counter
from tests.functional.payments.test_differences import changed
from tests.functional.payments.test_returns import office
from tests.functional.shop.market import form_to
from tests.support import TestApp


def owing(shop: Counter) -> str:
    """An order by card that was cancelled and whose money is not on its way; the path of its page."""
    where = shop.bought(shop.market.browser())
    with shop.world.open() as ctx:
        cancel_order(ctx, shop.order(ctx, where), "asked")
        compare_books(ctx)
    return where


def the_case(shop: Counter, kind: str = "owed_back") -> str:
    with shop.world.open(write=False) as ctx:
        return str(ctx.db.scalars(select(FinanceCase.id).where(FinanceCase.kind == kind)).one())


def state(shop: Counter, kind: str = "owed_back") -> str:
    shop.work()
    with shop.world.open(write=False) as ctx:
        return str(ctx.db.scalars(select(FinanceCase.state).where(FinanceCase.kind == kind)).one())


def finance(shop: Counter) -> str:
    return shop.stall.office.split("events/")[0] + "finance/"


def bank_payment(shop: Counter) -> None:
    with shop.world.open() as ctx:
        statement = Statement(
            id=ctx.ids.new(), filename="a", digest="d" * 64, format="csv", state=StatementState.DONE, uploaded_at=ctx.clock.now(),
            entries=1, handled=1,
        )  # fmt: skip
        ctx.db.add(statement)
        ctx.db.flush()
        ctx.db.add(
            Transaction(
                id=ctx.ids.new(),
                statement_id=statement.id,
                key="k" * 64,
                booked_on=date(2027, 3, 4),
                amount_minor=100,
                currency="CHF",
                state=TransactionState.OPEN,
                reason=Reason.UNKNOWN,
            )
        )


def test_the_list_of_events_says_what_waits(shop: Counter) -> None:
    staff = office(shop)
    events = shop.stall.office.split("events/")[0] + "events/"
    assert "Needs you" not in staff.get(events)
    owing(shop)
    shop.bought(shop.market.browser())
    newest = shop.bench.kept("charge")[-1]
    shop.bench.control("disputes", {"charge": newest["id"]})
    shop.deliver()
    shop.work()
    bank_payment(shop)
    page = staff.get(events)
    assert "The bank took CHF" in page
    assert "until " in page
    assert "One difference is open." in page
    assert "One bank payment waits for a decision." in page
    for path in (finance(shop), finance(shop) + "cases/"):
        assert "One bank payment waits for a decision." in staff.get(path)


def test_the_event_leads_to_its_own_finance(shop: Counter) -> None:
    owing(shop)
    staff = office(shop)
    page = staff.get(shop.stall.office)
    assert "One difference of this event is open." in page
    link = next(a["href"] for a in page.html.find_all("a") if "finance/?event=" in a.get("href", ""))
    assert "Money is owed back" in staff.get(link)
    cases = next(a["href"] for a in page.html.find_all("a") if "cases/?event=" in a.get("href", ""))
    assert "Money is owed back" in staff.get(cases)
    nobody = cases.split("event=")[0] + "event=00000000-0000-7000-8000-000000000000"
    assert "Nothing matches" in staff.get(nobody)


def test_who_does_not_see_finance_reads_nothing_of_it(shop: Counter) -> None:
    owing(shop)
    volunteer = shop.market.member(shop.world, "volunteer")
    assert "difference" not in volunteer.get(shop.stall.office.split("events/")[0] + "events/")


def act(shop: Counter, staff: TestApp, kind: str, way: str, **typed: str) -> str:
    """Press a button of the case and confirm; the answer's words."""
    here = f"{finance(shop)}cases/{the_case(shop, kind)}/"
    assert f"settlement/?way={way}" in staff.get(here)
    form = form_to(staff.get(f"{here}settlement/?way={way}"), "/settlement/")
    for name, value in typed.items():
        form[name] = value
    return str(form.submit(status=303).follow().text)


def test_money_is_sent_back_from_its_case(shop: Counter) -> None:
    where = owing(shop)
    assert "The books are compared" in act(shop, office(shop), "owed_back", "send")
    assert state(shop) == "resolved"
    assert (shop.refunds(), shop.state(where)) == ([9800], ("cancelled", 9800, 9800))


def test_a_transfer_is_recorded_from_its_case_once(shop: Counter) -> None:
    owing(shop)
    staff = office(shop)
    here = f"{finance(shop)}cases/{the_case(shop)}/settlement/"
    form = form_to(staff.get(here + "?way=transfer"), "/settlement/")
    form["source"], form["reference"] = "cash_desk", "counter 1"
    form.submit(status=303)
    assert "Nothing is owed back" in form.submit(status=409)
    assert (state(shop), shop.refunds()) == ("resolved", [9800])
    form.submit(status=303)
    assert shop.refunds() == [9800]


@pytest.mark.parametrize(("way", "after"), [("received", ("paid", 14_800, 0)), ("undo", ("paid", 9800, 0))])
def test_a_difference_is_settled_from_its_case(shop: Counter, way: str, after: tuple[str, int, int]) -> None:
    where = changed(shop, shop.market.browser())
    shop.later(days=8)
    with shop.world.open() as ctx:
        compare_books(ctx)
    act(shop, office(shop), "difference_due", way)
    assert (state(shop, "difference_due"), shop.state(where)) == ("resolved", after)


@pytest.mark.parametrize("way", ["seats", "cancel"])
def test_late_money_is_decided_from_its_case(shop: Counter, way: str) -> None:
    browser = shop.market.browser()
    shop.to_stripe(browser, Paid=1)
    with shop.world.open() as ctx:
        order = shop.order(ctx)
        order_id = order.id
    shop.later(hours=2)
    shop.sweep()
    with shop.world.open() as ctx:
        pool = shop.order(ctx).tickets[0].ticket_type.draws[0].pool
        before, pool.capacity = pool.capacity, pool.taken
    with shop.world.open() as ctx:
        received(ctx, shop.order(ctx), Receipt("stripe", "pi_late", shop.order(ctx).price, "test"))
        compare_books(ctx)
    staff = office(shop)
    if way == "seats":
        form = form_to(
            staff.get(f"{finance(shop)}cases/{the_case(shop, 'paid_late')}/settlement/?way=seats"),
            "/settlement/",
        )
        assert "no seats left" in form.submit(status=409)
        with shop.world.open() as ctx:
            shop.order(ctx).tickets[0].ticket_type.draws[0].pool.capacity = before
    act(shop, staff, "paid_late", way)
    assert state(shop, "paid_late") == "resolved"
    with shop.world.open(write=False) as ctx:
        assert shop.order(ctx).state == ("paid" if way == "seats" else "cancelled")
        ctx.db.scalars(select(PaymentAttempt).where(PaymentAttempt.order_id == order_id)).all()


def test_a_way_that_is_not_the_case_s_is_none(shop: Counter) -> None:
    owing(shop)
    staff = office(shop)
    here = f"{finance(shop)}cases/{the_case(shop)}/settlement/"
    for way in ("", "undo", "x", "send&way=undo"):
        assert "nothing to do this way" in staff.get(f"{here}?way={way}")
