"""Prices that buyers choose: a ticket for what it is worth to them, and a gift card over any amount."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.catalog.models import TicketType
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.models import Order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.selling import issue
from sratix_core.pricing.rules import OpenPrice, TypeRules
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.service import create_code
from sratix_gift_cards.models import GiftCard, How
from tests.builders import faults
from tests.functional.shop.market import Market, Stall, form_to, name_everyone
from tests.functional.shop.test_gift_cards import order_for
from tests.functional.shop.test_price_plugins import open_stall

OPEN_CARD = TypeRules(sells="gift_cards", open_price=OpenPrice(50_000, [5000, 10_000]))
OPEN_TICKET = TypeRules(open_price=OpenPrice(20_000))


@pytest.fixture
def stall(market: Market) -> Stall:
    types: dict[str, dict[str, Any]] = {
        "Paid": {"price": 4900, "capacity": 50},
        "Card": {"price": 1000, "capacity": 20, "rules": OPEN_CARD},
        "Wish": {"price": 0, "capacity": 20, "rules": OPEN_TICKET},
    }
    return open_stall(market, types, "gift_cards", "bank_transfer", tax_bp=810, fee_name="Fee", fee_bp=1000)


def start(browser: Any, stall: Stall, amounts: dict[str, str], **units: int) -> Any:
    """The event's page, numbers and amounts typed and sent."""
    form = browser.get(f"/{stall.world.tenant.slug}/{stall.slug}/").forms["cart"]
    for name, number in units.items():
        form[f"q-{stall.types[name]}"] = str(number)
    for name, amount in amounts.items():
        form[f"a-{stall.types[name]}"] = amount
    return form.submit(expect_errors=True)


def placed(page: Any, stall: Stall, people: int = 1) -> Order:
    order_for(name_everyone(page.follow(), people).follow())
    with stall.world.open(write=False) as ctx:
        order = ctx.db.scalars(select(Order).order_by(Order.id.desc())).first()
        assert order is not None
        _ = order.lines
        return order


def test_the_page_says_between_what_and_proposes_amounts(market: Market, stall: Stall) -> None:
    page = market.browser().get(f"/{stall.world.tenant.slug}/{stall.slug}/")
    page.mustcontain("from CHF 10.00", "From CHF 10.00 to CHF 500.00", "You choose the price")
    form = page.forms["cart"]
    assert form[f"a-{stall.types['Card']}"].value == "50.00", "the first proposal is filled in"
    assert form[f"a-{stall.types['Wish']}"].value == ""
    assert f"a-{stall.types['Paid']}" not in form.fields
    german = page.test_app.get(page.request.path + "?lang=de")
    german.mustcontain("Von CHF 10.00 bis CHF 500.00", "Sie wählen den Preis", "Ihr Betrag")


def test_a_card_is_worth_what_was_chosen(market: Market, stall: Stall) -> None:
    page = start(market.browser(), stall, {"Card": "123,45"}, Card=2)
    order = placed(page, stall)
    line = order.lines[0]
    assert (line.kind, line.unit_price_minor, line.total_minor, line.tax_minor) == (
        "value",
        12_345,
        24_690,
        0,
    )
    assert line.price_trace[0]["rule"] == "price_chosen"
    assert order.total_minor == 24_690, "no fee is about it"
    with stall.world.open() as ctx:
        done = mark_paid(ctx, ctx.db.get_one(Order, order.id), "ref")
        assert issue(ctx, done.id) == 2
        mine = select(GiftCard.balance_minor).where(GiftCard.how == How.SHOP)
        assert list(ctx.db.scalars(mine)) == [12_345, 12_345]
    assert faults(market.runtime) == []


def test_a_ticket_costs_what_was_chosen_with_tax_and_fee_and_no_code_takes_anything_off(
    market: Market, stall: Stall
) -> None:
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        create_code(ctx, event, CodeDraft("HALF", "percent", 5000))
    kinds, browser = stall.types, market.browser()
    fields = {f"q-{kinds[name]}": "1" for name in ("Wish", "Card", "Paid")} | {"code": "half"}
    fields |= {f"a-{kinds['Wish']}": "30", f"a-{kinds['Card']}": "20"}
    page = browser.get(f"/{stall.world.tenant.slug}/{stall.slug}/")
    answer = browser.post(page.forms["cart"].action, fields)
    order = placed(answer, stall, 3)
    by_name = {line.name: line for line in order.lines}
    assert (by_name["Wish"].total_minor, by_name["Wish"].discount_minor) == (3000, 0)
    assert (by_name["Paid"].total_minor, by_name["Paid"].discount_minor) == (2450, 2450)
    assert (by_name["Card"].total_minor, by_name["Fee"].total_minor) == (2000, 545)
    assert faults(market.runtime) == []


def test_nothing_is_a_price_where_nothing_is_asked(market: Market, stall: Stall) -> None:
    order = placed(start(market.browser(), stall, {"Wish": "0"}, Wish=1), stall)
    assert (order.state, order.total_minor) == ("paid", 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Choose an amount for Card"),
        ("0", "choose an amount from CHF 10.00 to CHF 500.00"),
        ("9.99", "choose an amount from"),
        ("500.01", "choose an amount from"),
        ("-20", "choose an amount from"),
        ("20.005", "Write an amount"),
        ("1e3", "Write an amount"),
        ("EUR 20", "Write an amount"),
        ("٢٠", "Write an amount"),
        ("9" * 30, "Write an amount"),
        ('"><script>alert(1)</script>', "Write an amount"),
    ],
)
def test_another_amount_holds_nothing_and_comes_back_beside_the_reason(
    market: Market, stall: Stall, typed: str, words: str
) -> None:
    answer = start(market.browser(), stall, {"Card": typed}, Card=1)
    assert answer.status_int == 422
    answer.mustcontain(words)
    assert "<script>alert" not in answer.text
    field = answer.html.select_one(f"#f-a-{stall.types['Card']}")
    assert field is not None
    assert (field["value"], field.get("aria-invalid")) == (typed[:30], "true")
    assert stall.taken("Card") == 0


def test_an_amount_of_what_nobody_takes_and_of_a_fixed_price(market: Market, stall: Stall) -> None:
    page = start(market.browser(), stall, {"Card": "nonsense"}, Paid=1)
    assert page.status_int == 303, "what is not wanted is not asked about"
    browser = market.browser()
    form = browser.get(f"/{stall.world.tenant.slug}/{stall.slug}/").forms["cart"]
    fields = {f"q-{stall.types['Paid']}": "1", f"a-{stall.types['Paid']}": "1.00"}
    answer = browser.post(form.action, fields, expect_errors=True)
    assert answer.status_int == 422
    answer.mustcontain("Paid has one price")


def test_the_same_post_again_is_one_cart_and_another_amount_another(market: Market, stall: Stall) -> None:
    browser = market.browser()
    form = browser.get(f"/{stall.world.tenant.slug}/{stall.slug}/").forms["cart"]
    form[f"q-{stall.types['Card']}"] = "1"
    carts = []
    for amount in ("50", "50", "60"):
        form[f"a-{stall.types['Card']}"] = amount
        carts.append(form.submit().headers["Location"].split("?")[0])
    assert carts[0] == carts[1] != carts[2]


def test_a_cart_keeps_its_price_when_the_bounds_change(market: Market, stall: Stall) -> None:
    page = start(market.browser(), stall, {"Card": "20"}, Card=1)
    with stall.world.open() as ctx:
        kind = ctx.db.scalars(select(TicketType).where(TicketType.name == "Card")).one()
        kind.price_minor = 4000
    assert placed(page, stall).total_minor == 2000


def test_staff_set_the_bounds_by_form(market: Market, stall: Stall) -> None:
    browser = market.member(stall.world)
    where = f"{stall.office}ticket-types/"

    def send(**typed: str) -> Any:
        form = form_to(browser.get(f"{where}new/"), "/ticket-types/new/")
        form["name"], form["price"] = "Wish", "5"
        for name, value in typed.items():
            form[name.replace("__", "-")] = value
        return form.submit(expect_errors=True)

    send(open_most="4").mustcontain("The largest amount is at least the price")
    send(open_most="50", suggest__1="60").mustcontain("Propose amounts between")
    send(suggest__1="10").mustcontain("open_most")
    send(open_most="50", step_price__1="3", step_first__1="2", capacity="9").mustcontain(
        "remove one of the two"
    )
    assert send(open_most="50", suggest__1="10", suggest__2="20").status_int == 303
    listed = browser.get(where)
    listed.mustcontain("CHF 5.00 to CHF 50.00")
    with stall.world.open(write=False) as ctx:
        mine = select(TicketType).where(TicketType.name == "Wish").order_by(TicketType.id.desc())
        kind = ctx.db.scalars(mine).first()
        assert kind is not None
        assert kind.pricing["open_price"] == {"most_minor": 5000, "suggested": [1000, 2000]}
        form = form_to(browser.get(f"{where}{kind.id}/"), f"/{kind.id}/")
    assert [form[n].value for n in ("open_most", "suggest-1", "suggest-3")] == ["50.00", "10.00", ""]
