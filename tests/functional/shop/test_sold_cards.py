"""A buyer of gift cards: beside a ticket or alone, on the order's page with the end of the code, mailed again, on the invoice without VAT."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.events.queries import event_by_slug
from sratix_core.invoices import settings as invoicing
from sratix_core.invoices.service import issue as issue_invoice
from sratix_core.messages.compose import compose, order_of
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.selling import issue
from sratix_core.pricing.rules import TypeRules
from sratix_gift_cards.models import GiftCard, How
from tests.builders import faults
from tests.functional.api.client import Api
from tests.functional.dashboard.full import SENDER
from tests.functional.shop.market import TOKEN, Market, Stall, choose, code_in, form_to, name_everyone
from tests.functional.shop.test_gift_cards import apply, card, order_for
from tests.functional.shop.test_price_plugins import open_stall

CODE = re.compile(r"(?:[A-Z3789]{4}-){4}[A-Z3789]{4}")


@pytest.fixture
def stall(market: Market) -> Stall:
    types: dict[str, dict[str, Any]] = {
        "Paid": {"price": 4900, "capacity": 50},
        "Card": {"price": 10_000, "capacity": 20, "rules": TypeRules(sells="gift_cards")},
    }
    return open_stall(market, types, "gift_cards", "bank_transfer", tax_bp=810)


def buy(market: Market, stall: Stall, **units: int) -> str:
    """The path of an order that waits for a transfer."""
    page = name_everyone(choose(market.browser(), stall, **units).follow()).follow()
    return str(order_for(page).headers["Location"]).removeprefix("http://localhost")


def pay(stall: Stall, where: str) -> Order:
    with stall.world.open() as ctx:
        order = order_by_code(ctx, event_by_slug(ctx, stall.slug), code_in(where))
        done = mark_paid(ctx, order, f"ref {order.code}")
        issue(ctx, done.id)
        return done


def marks(stall: Stall) -> list[str]:
    with stall.world.open(write=False) as ctx:
        return [c.mark for c in ctx.db.scalars(select(GiftCard).where(GiftCard.how == How.SHOP))]


def test_the_page_of_an_order_shows_its_cards_by_the_end_of_their_codes(market: Market, stall: Stall) -> None:
    where = buy(market, stall, Paid=1, Card=2)
    page = market.browser().get(where)
    page.mustcontain(
        "Gift cards", "Not made yet", "CHF 100.00", "They are made and mailed as soon as they are paid."
    )
    pay(stall, where)
    page = market.browser().get(where)
    for mark in marks(stall):
        page.mustcontain(f"…{mark}")
    assert CODE.search(page.text) is None
    assert len(page.html.select("article.pass")) == 1, "a card is no ticket"
    page.mustcontain("CHF 100.00 of CHF 100.00 left", "sent to ann@example.org", "You are in")
    assert faults(market.runtime) == []


def test_cards_alone_thank_and_say_nothing_of_seats_and_doors(market: Market, stall: Stall) -> None:
    where = buy(market, stall, Card=1)
    page = market.browser().get(where)
    page.mustcontain("Your order is placed")
    assert "Before you come" not in page.text
    pay(stall, where)
    page = market.browser().get(where)
    page.mustcontain("Thank you")
    with stall.world.open(write=False) as ctx:
        kinds = ("order_placed_unpaid", "order_confirmation")
        for kind, words in zip(kinds, ("made and mailed as soon as", "mails of its own"), strict=True):
            mail = ctx.db.scalars(
                select(Message).where(Message.kind == kind).order_by(Message.id.desc())
            ).first()
            assert mail is not None
            letter = compose(ctx, mail, order_of(ctx, mail), attached=False)
            assert words in letter.lead
            assert "ticket" not in f"{letter.subject} {letter.heading} {letter.lead} {letter.button}".lower()
            assert next(line.name for line in letter.lines) == "Card"


def test_a_card_is_mailed_again_three_times_and_then_a_while_not(market: Market, stall: Stall) -> None:
    where = buy(market, stall, Card=1)
    pay(stall, where)
    browser = market.browser()
    again = form_to(browser.get(where), "/mails/").action
    assert "/sold/" in again
    answers = [browser.post(again, {"csrf_token": TOKEN}, expect_errors=True).status_int for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    stranger = again.replace(where.rstrip("/").rsplit("/", 1)[1], "A" * 43)
    assert browser.post(stranger, {"csrf_token": TOKEN}, expect_errors=True).status_int == 404


def test_a_card_pays_for_the_tickets_beside_and_never_for_cards(market: Market, stall: Stall) -> None:
    browser = market.browser()
    page = name_everyone(choose(browser, stall, Paid=1, Card=1).follow()).follow()
    page = apply(page, card(stall, 50_000)).follow()
    page.mustcontain(
        "CHF −49.00", "Order for CHF 100.00", "Gift cards pay for the tickets, not for other gift cards."
    )
    page = order_for(page).follow()
    page.mustcontain("CHF 100.00")
    alone = name_everyone(choose(market.browser(), stall, Card=1).follow()).follow()
    refused = apply(alone, card(stall, 50_000))
    assert refused.status_int == 409
    refused.mustcontain("pay for gift cards. Pay for those another way")
    assert faults(market.runtime) == []


def test_the_invoice_says_that_there_is_no_vat_on_it(market: Market, stall: Stall) -> None:
    where = buy(market, stall, Paid=1, Card=1)
    placed = pay(stall, where)
    with stall.world.open() as ctx:
        invoicing.save(ctx, SENDER)
        invoice = issue_invoice(ctx, ctx.db.get_one(Order, placed.id))
        lines = {line["text"]: line for line in invoice.document["lines"]}
        assert (lines["Card"]["tax"], lines["Card"]["bp"], lines["Card"]["total"]) == (0, 0, 10_000)
        assert "multi-purpose voucher" in lines["Card"]["detail"]
        assert lines["Paid"]["tax"] == 367


def test_staff_mark_a_type_see_the_cards_and_mail_them_again(market: Market, stall: Stall) -> None:
    office = market.member(stall.world)
    form = form_to(office.get(f"{stall.office}ticket-types/new/"), "/ticket-types/new/")
    form["name"], form["price"], form["sells"] = "Voucher", "25", "gift_cards"
    assert form.submit().status_int == 303
    form = form_to(office.get(f"{stall.office}ticket-types/new/"), "/ticket-types/new/")
    form["name"], form["price"], form["sells"], form["tax"] = "Voucher", "0", "gift_cards", "8.1"
    assert form.submit(expect_errors=True).status_int == 422
    where = buy(market, stall, Card=1)
    there = f"{stall.office}orders/{code_in(where)}/"
    office.get(there).mustcontain("Its gift cards end and the buyer is told.")
    pay(stall, where)
    page = office.get(there)
    page.mustcontain(f"…{marks(stall)[0]}", "sent to ann@example.org")
    assert CODE.search(page.text) is None
    assert form_to(page, "/mails/").submit().status_int == 303
    api = Api(office, f"/api/v1/tenants/{stall.world.tenant.slug}/events/{stall.slug}")
    (sold,) = api.get(f"/orders/{code_in(where)}/sold")
    assert (sold["state"], sold["mark"], sold["balance"]["amount"]) == ("open", f"…{marks(stall)[0]}", 10_000)
    api.post(f"/orders/{code_in(where)}/sold/{sold['ticket_id']}/mails", status=204)
    kind = api.get(f"/ticket-types/{sold['ticket_type_id']}")
    assert kind["pricing"]["sells"] == "gift_cards"
