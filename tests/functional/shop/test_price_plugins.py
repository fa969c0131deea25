"""What plugins say about prices, from the event's page to the books: a fee, a member's number, a business abroad."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT, ORDER_VIEW
from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import expire_carts
from sratix_core.credentials.keys import KeyDraft, make_key
from sratix_core.events.pricing import set_terms
from sratix_core.events.queries import event_by_slug
from sratix_core.invoices import settings as invoicing
from sratix_core.invoices import vat_checks
from sratix_core.invoices.document import document_of
from sratix_core.invoices.models import Invoice, VatCheck, VatState
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.credits import credit, everything, take_off
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.pricing.rules import Terms, TypeRules
from sratix_core.promotions.drafts import CodeDraft, draft_of
from sratix_core.promotions.models import CodeState, PromoCode
from sratix_core.promotions.service import change_code, create_code, switch_code
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_core.values.money import Money
from sratix_member_prices.service import bring_in
from tests.builders import World, faults
from tests.functional.dashboard.full import ALL, SENDER
from tests.functional.shop.market import (
    SETUP,
    TOKEN,
    Market,
    Stall,
    buy,
    choose,
    code_in,
    form_to,
    make_stall,
    name_everyone,
    path_of,
    post,
)
from tests.functional.speed.test_statements import at_most

VIENNA = "ATU13585627"
GERMAN_SELLER = {**SENDER, "country": "DE", "vat_number": "DE136695976"}
ONLINE = {"price": 12_000, "capacity": 50, "rules": TypeRules(tax_bp=2000, at_customer=True)}
AT_THE_DOOR = {"price": 6000, "capacity": 50, "rules": TypeRules(tax_bp=2000)}


def open_stall(market: Market, types: dict[str, Any], *plugins: str, **terms: Any) -> Stall:
    """A stall whose organizer has these plugins on."""
    world = market.tenant()
    with market.runtime.engines.begin(SETUP) as db:
        for name in plugins:
            switch_plugin(db, market.runtime.sources, world.tenant.id, name, True)
    fresh = market.runtime.engines.tenants
    fresh.invalidate(world.tenant.id)
    info = fresh.by_id(world.tenant.id)
    assert info is not None
    stall = make_stall(World(market.runtime, info), types=types)
    with stall.world.open() as ctx:
        set_terms(ctx, event_by_slug(ctx, stall.slug), Terms(**terms))
    return stall


def the_order(ctx: Any, where: str) -> Order:
    return ctx.db.scalars(select(Order).where(Order.code == code_in(where))).one()


def books(ctx: Any, order: Order) -> dict[str, int]:
    """What stands in the books of an order, by account."""
    sums = select(LedgerEntry.account, func.sum(LedgerEntry.amount_minor)).where(
        LedgerEntry.order_id == order.id
    )
    return {a: int(n) for a, n in ctx.db.execute(sums.group_by(LedgerEntry.account)) if n}


# A fee ------------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def charging(market: Market) -> Stall:
    stall = open_stall(
        market, {"Paid": {"price": 4900, "capacity": 99}, "Free": 0}, "service_fees", tax_bp=810
    )
    with stall.world.open() as ctx:
        typed = {"name": "Booking fee", "ticket": "1.50", "percent": "2", "most": "5", "tax": "2.6"}
        plugin_settings.save(ctx, "service_fees", typed)
    return stall


def test_a_fee_is_a_line_with_its_own_tax_its_own_account_and_its_reason(
    market: Market, charging: Stall
) -> None:
    browser = market.browser()
    page = choose(browser, charging, Paid=1).follow()
    page.mustcontain("Booking fee", "CHF 2.48", "CHF 51.48")
    where = buy(browser, charging, Paid=1)
    with charging.world.open(write=False) as ctx:
        order = the_order(ctx, where)
        fee = next(line for line in order.lines if not line.is_ticket)
        assert (fee.name, fee.total_minor, fee.tax_bp, fee.tax_minor) == ("Booking fee", 248, 260, 6)
        assert fee.price_trace[0]["rule"] == "plugin_fee"
        assert fee.price_trace[0]["found"]["plugin"] == "service_fees"
        assert books(ctx, order) == {"buyers": 5148, "revenue": -4533, "service_fees": -242, "tax": -373}
    office = market.member(charging.world)
    office.get(f"{charging.office}orders/{code_in(where)}/why/").mustcontain("of the plugin service_fees")


def test_a_fee_has_its_cap_and_free_tickets_have_none(market: Market, charging: Stall) -> None:
    choose(market.browser(), charging, Paid=9).follow().mustcontain("CHF 5.00", "CHF 446.00")
    assert "Booking fee" not in choose(market.browser(), charging, Free=1).follow()


def test_a_fee_leaves_the_books_with_what_is_credited_of_it(market: Market, charging: Stall) -> None:
    where = buy(market.browser(), charging, Paid=2)
    with charging.world.open() as ctx:
        order = the_order(ctx, where)
        credit(ctx, order, Money(1000, "CHF"), "a favour")
        assert books(ctx, order)["buyers"] == order.total_minor - 1000
        fee = [s for s in everything(ctx, order) if s.left and not s.left.line.is_ticket]
        take_off(ctx, order, fee, sum(s.minor for s in fee), "no fee", ctx.ids.new())
        assert "service_fees" not in books(ctx, order)
        cancel_order(ctx, order, "a test")
        assert books(ctx, order) == {}
    assert faults(market.runtime, journal=False) == []


def test_an_event_may_have_its_fee_within_the_price(market: Market) -> None:
    stall = open_stall(market, {"Paid": {"price": 4900, "capacity": 9}}, "service_fees")
    with stall.world.open() as ctx:
        plugin_settings.save(ctx, "service_fees", {"name": "Fee", "ticket": "1.50", "order": "9"})
        event = event_by_slug(ctx, stall.slug)
        plugin_settings.save(ctx, "service_fees", {"included": "yes"}, event)
    page = choose(market.browser(), stall, Paid=2).follow()
    page.mustcontain("CHF 95.00", "CHF 3.00", "CHF 98.00")


# A member ---------------------------------------------------------------------------------------------------------------
@pytest.fixture
def club(market: Market) -> Stall:
    stall = open_stall(market, {"Paid": {"price": 5000, "capacity": 50}}, "member_prices")
    with stall.world.open() as ctx:
        plugin_settings.save(ctx, "member_prices", {"percent": "20", "uses": "1"})
        bring_in(ctx, "M-1001\nM-1002")
    return stall


def apply(page: Any, code: str) -> Any:
    fields = {**dict(page.forms["names"].submit_fields()), "code": code, "code_at": "names"}
    return page.test_app.post(page.request.path + "code/", fields, expect_errors=True)


def number(ctx: Any, spelled: str = "M-1001") -> PromoCode | None:
    return ctx.db.scalar(select(PromoCode).where(PromoCode.code == spelled))


def test_a_member_pays_less_once_and_the_use_is_the_orders(market: Market, club: Stall) -> None:
    browser = market.browser()
    page = apply(choose(browser, club, Paid=1).follow(), " m-1001 ").follow()
    page.mustcontain("Code M-1001 is on", "CHF 40.00")
    where = path_of(form_to(name_everyone(page).follow(), "/pay/").submit(status=303))
    with club.world.open(write=False) as ctx:
        order = the_order(ctx, where)
        assert (order.total_minor, order.promo_code) == (4000, "M-1001")
        told = next(s for s in order.lines[0].price_trace if s["rule"] == "plugin_code")
        assert (told["found"]["plugin"], told["found"]["code"]) == ("member_prices", "Member price")
        assert "M-1001" not in str(order.lines[0].price_trace), "a reason names no member"
        assert number(ctx).used == 1
    again = apply(choose(market.browser(), club, Paid=1).follow(), "M-1001")
    assert again.status_int == 409
    again.mustcontain("has been used as often as it may")
    with club.world.open() as ctx:
        cancel_order(ctx, the_order(ctx, where), "a test")
        assert number(ctx).used == 0
    apply(choose(market.browser(), club, Paid=1).follow(), "M-1001").follow().mustcontain("CHF 40.00")
    assert faults(market.runtime, journal=False) == []


def test_a_number_comes_back_with_a_cart_that_runs_out(market: Market, club: Stall) -> None:
    page = choose(market.browser(), club, Paid=1).follow()
    apply(page, "M-1002").follow()
    with club.world.open() as ctx:
        assert number(ctx, "M-1002").used == 1
        for cart in ctx.db.scalars(select(Cart)):
            cart.expires_at = ctx.clock.now()
        ctx.db.flush()
        expire_carts(ctx)
        assert number(ctx, "M-1002").used == 0


def test_a_wrong_number_is_a_wrong_code_and_another_tenants_too(market: Market, club: Stall) -> None:
    other = open_stall(market, {"Paid": {"price": 5000, "capacity": 9}}, "member_prices")
    with other.world.open() as ctx:
        plugin_settings.save(ctx, "member_prices", {"percent": "50"})
    for code in ("M-1001", "M-9999"):
        page = apply(choose(market.browser(), other, Paid=1).follow(), code)
        page.mustcontain("There is no such code for this event.")
    with other.world.open(write=False) as ctx:
        assert ctx.db.scalars(select(PromoCode)).all() == [], "nothing is kept of a guess"


def test_guesses_at_numbers_are_slowed_down(market: Market, club: Stall) -> None:
    browser = market.browser()
    page = choose(browser, club, Paid=1).follow()
    said = [apply(page, f"M-2{n:03}") for n in range(16)][-1]
    said.mustcontain("These were many wrong codes.")
    assert "These were many" in apply(page, "M-1001"), "the right one as well, for now"


def test_staff_shut_a_number_out_of_an_event_and_change_its_terms_at_the_plugin(
    market: Market, club: Stall
) -> None:
    apply(choose(market.browser(), club, Paid=1).follow(), "M-1001").follow()
    with club.world.open() as ctx:
        event, code = event_by_slug(ctx, club.slug), number(ctx)
        with pytest.raises(Exception, match="promo_of_plugin"):
            change_code(ctx, event, code, draft_of(code))
        plugin_settings.save(ctx, "member_prices", {"price": "10", "uses": "5"})
    page = apply(choose(market.browser(), club, Paid=1).follow(), "M-1001").follow()
    page.mustcontain("CHF 10.00")
    with club.world.open() as ctx:
        assert (number(ctx).max_uses, number(ctx).used) == (5, 2)
        switch_code(ctx, event_by_slug(ctx, club.slug), number(ctx), CodeState.DISABLED)
    apply(choose(market.browser(), club, Paid=1).follow(), "M-1001").mustcontain("There is no such code")


def test_a_number_is_worth_nothing_once_the_plugin_is_off(market: Market, club: Stall) -> None:
    apply(choose(market.browser(), club, Paid=1).follow(), "M-1001").follow()
    with market.runtime.engines.begin(SETUP) as db:
        switch_plugin(db, market.runtime.sources, club.world.tenant.id, "member_prices", False)
    market.runtime.engines.tenants.invalidate(club.world.tenant.id)
    apply(choose(market.browser(), club, Paid=1).follow(), "M-1001").mustcontain("There is no such code")


# A business abroad ------------------------------------------------------------------------------------------------------
@pytest.fixture
def abroad(market: Market) -> Stall:
    """A German organizer: attending online is taxed where the customer is, admission at the door where the door is."""
    stall = open_stall(
        market,
        {"Online": ONLINE, "Door": AT_THE_DOOR},
        "eu_vat",
        fee_name="Fee",
        fee_order_minor=120,
        tax_bp=2000,
    )
    with stall.world.open() as ctx:
        invoicing.save(ctx, GERMAN_SELLER)
    market.runtime.engines.tenants.invalidate(stall.world.tenant.id)
    return stall


def say_who(page: Any, vat_number: str, company: str = "Kinetik Labs GmbH", tickets: int = 1) -> Any:
    form = page.forms["names"]
    form["buyer_vat_number"], form["buyer_company"] = vat_number, company
    return name_everyone(page, tickets)


def test_a_business_abroad_pays_without_vat_and_everything_says_so(market: Market, abroad: Stall) -> None:
    page = choose(market.browser(), abroad, Online=1).follow()
    page.mustcontain("CHF 121.20", "VAT number")
    paying = say_who(page, "atu 13585627").follow()
    paying.mustcontain("Reverse charge", "CHF 100.00", "CHF 1.00", "CHF 101.00")
    where = path_of(form_to(paying, "/pay/").submit(status=303))
    market.browser().get(where).mustcontain("Reverse charge", "CHF 101.00")
    with abroad.world.open() as ctx:
        order = the_order(ctx, where)
        assert (order.total_minor, order.tax_minor, order.buyer_vat_number) == (10_100, 0, VIENNA)
        assert books(ctx, order) == {"buyers": 10_100, "revenue": -10_000, "service_fees": -100}
        rules = [s["rule"] for s in order.lines[0].price_trace]
        assert rules == ["list_price", "tax_taken_off", "reverse_charge"]
        assert ctx.db.scalars(select(VatCheck.number)).all() == [VIENNA], "VIES will be asked"
    browser = market.browser()
    address = {
        "company": "Kinetik Labs GmbH", "street": "Hauptstrasse 5", "postal_code": "1010", "city": "Wien",
        "country": "at", "vat_number": "",
    }  # fmt: skip
    other = post(browser, where + "billing/", {**address, "vat_number": "ATU12345675"})
    assert other.status_int == 422
    assert post(browser, where + "billing/", address).status_int == 422
    assert post(browser, where + "billing/", {**address, "vat_number": VIENNA}).status_int == 303
    assert post(browser, where + "invoices/").status_int == 303
    with abroad.world.open(write=False) as ctx:
        said = document_of(ctx, ctx.db.scalars(select(Invoice)).one())
    assert said.reverse_charge
    assert {line.category for line in said.lines} == {"AE"}
    assert (said.tax.minor, said.total.minor) == (0, 10_100)
    assert faults(market.runtime, journal=False) == []


def test_admission_is_taxed_at_the_door_whoever_comes(market: Market, abroad: Stall) -> None:
    page = choose(market.browser(), abroad, Door=1).follow()
    assert "VAT number" not in page
    both = say_who(choose(market.browser(), abroad, Online=1, Door=1).follow(), VIENNA, tickets=2)
    where = path_of(form_to(both.follow(), "/pay/").submit(status=303))
    with abroad.world.open(write=False) as ctx:
        by_name = {line.name: line for line in the_order(ctx, where).lines}
        assert (by_name["Online"].total_minor, by_name["Online"].reverse_charge) == (10_000, True)
        assert (by_name["Door"].total_minor, by_name["Door"].tax_minor) == (6000, 1000)
        assert not by_name["Fee"].reverse_charge, "a fee on what is taxed here is taxed here"


def test_an_invoice_of_both_kinds_tells_them_apart(market: Market, abroad: Stall) -> None:
    browser = market.browser()
    both = say_who(choose(browser, abroad, Online=1, Door=1).follow(), VIENNA, tickets=2)
    where = path_of(form_to(both.follow(), "/pay/").submit(status=303))
    assert post(browser, where + "invoices/").status_int == 303
    with abroad.world.open(write=False) as ctx:
        said = document_of(ctx, ctx.db.scalars(select(Invoice)).one())
    assert {line.text: line.category for line in said.lines} == {"Online": "AE", "Door": "S", "Fee": "S"}
    assert said.reverse_charge
    assert faults(market.runtime, journal=False) == []


@pytest.mark.parametrize(
    ("typed", "status", "total"),
    [
        ("ATU13585628", 422, 12_120),  # the check digit
        ("nothing like it", 422, 12_120),
        ("DE136695976", 303, 12_120),  # at home
        ("CHE-116.281.710 MWST", 303, 12_120),  # not of the Union
        ("", 303, 12_120),
        (VIENNA, 303, 10_100),
    ],
)
def test_who_pays_without_vat(market: Market, abroad: Stall, typed: str, status: int, total: int) -> None:
    answer = say_who(choose(market.browser(), abroad, Online=1).follow(), typed)
    assert answer.status_int == status
    if status == 422:
        answer.mustcontain("This VAT number cannot be right.", "CHF 121.20")
        answer = say_who(answer, "")
    page = answer.follow()
    page.mustcontain(f'name="seen" value="{total}"')


def test_a_number_needs_its_business_and_what_vies_refuted_counts(market: Market, abroad: Stall) -> None:
    page = say_who(choose(market.browser(), abroad, Online=1).follow(), VIENNA, company="")
    assert page.status_int == 422
    page.mustcontain("Write the business that has this VAT number.")
    with abroad.world.open() as ctx:
        vat_checks.ask(ctx, VIENNA, "AT")
        vat_checks.settle(ctx, ctx.db.scalars(select(VatCheck.id)).one(), VatState.INVALID)
    page = say_who(choose(market.browser(), abroad, Online=1).follow(), VIENNA).follow()
    page.mustcontain("CHF 121.20")


def test_a_number_is_taken_back_and_another_tab_pays_no_price_it_has_not_seen(
    market: Market, abroad: Stall
) -> None:
    browser = market.browser()
    names = choose(browser, abroad, Online=1).follow()
    paying = say_who(names, VIENNA).follow()
    stale = form_to(paying, "/pay/")
    say_who(browser.get(names.request.path), "").follow().mustcontain("CHF 121.20")
    answer = stale.submit(status="*")
    assert answer.status_int == 409
    answer.mustcontain("has just changed", "CHF 121.20")


def test_a_code_and_reverse_charge_go_together_in_either_order(market: Market, abroad: Stall) -> None:
    with abroad.world.open() as ctx:
        create_code(ctx, event_by_slug(ctx, abroad.slug), CodeDraft("TEN", value=1000))
    for first in ("code", "number"):
        browser = market.browser()
        page = choose(browser, abroad, Online=1).follow()
        if first == "code":
            page = apply(page, "TEN").follow()
        paying = say_who(page, VIENNA).follow()
        if first == "number":
            fields = {"csrf_token": TOKEN, "code": "TEN", "code_at": "pay"}
            paying = browser.post(paying.request.path.replace("/pay/", "/code/"), fields).follow()
        paying.mustcontain("CHF 100.00", "CHF −10.00", "CHF 91.00")
        assert re.search(r"Early price", paying.text) is None


def test_a_program_names_the_business_it_orders_for(market: Market, abroad: Stall) -> None:
    with abroad.world.open() as ctx:
        _, key = make_key(ctx, KeyDraft("Till", [ORDER_EDIT, ORDER_VIEW, MONEY_VIEW]), ALL)
    headers = {"Authorization": f"Bearer {key}"}
    path = f"/api/v1/tenants/{abroad.world.tenant.slug}/events/{abroad.slug}/orders"

    def order(number: str, company: str = "Kinetik Labs GmbH") -> Any:
        lines = [{"ticket_type_id": abroad.types["Online"], "quantity": 1}]
        buyer = {"name": "Ann", "email": "ann@example.org", "company": company, "vat_number": number}
        body = {"lines": lines, "buyer": buyer, "provider": "bank_transfer"}
        return market.browser().post_json(path, body, headers=headers, status="*")

    made = order("atu13585627").json
    assert (made["total"]["amount"], made["buyer_vat_number"]) == (10_100, VIENNA)
    assert [line["reverse_charge"] for line in made["lines"]] == [True, True]
    assert order("").json["total"]["amount"] == 12_120
    assert [e["field"] for e in order("ATU13585628").json["errors"]] == ["buyer.vat_number"]
    assert [e["field"] for e in order(VIENNA, "").json["errors"]] == ["buyer.company"]


# What it costs ----------------------------------------------------------------------------------------------------------
def test_with_all_of_them_on_a_purchase_takes_few_statements_more(market: Market) -> None:
    """Two for the settings of the fee, while units are taken; a typed code costs the same again. Off, they cost none."""
    stall = open_stall(
        market, {"Paid": {"price": 4900, "capacity": 99}}, "service_fees", "member_prices", "eu_vat"
    )
    with stall.world.open() as ctx:
        plugin_settings.save(ctx, "service_fees", {"name": "Fee", "ticket": "1"})
    browser = market.browser()
    buy(browser, stall, Paid=1)
    with at_most(market.runtime.engines, 32):
        buy(browser, stall, Paid=1)
