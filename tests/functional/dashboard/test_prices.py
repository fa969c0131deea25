"""Codes, taxes, fees and early prices, as an organizer sets them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.catalog.service import types_of
from sratix_core.events.queries import event_by_slug
from sratix_core.pricing.rules import Bulk, rules_of, terms_of
from sratix_core.promotions.models import PromoCode
from tests.functional.shop.market import Market, Stall, buy, form_to, make_stall
from tests.support import TestApp


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(market.tenant(), types={"Paid": {"price": 4900, "capacity": 50}})


@pytest.fixture
def office(market: Market, stall: Stall) -> TestApp:
    return market.member(stall.world)


def codes(stall: Stall) -> dict[str, PromoCode]:
    with stall.world.open(write=False) as ctx:
        event = event_by_slug(ctx, stall.slug)
        return {c.code: c for c in ctx.db.scalars(select(PromoCode).where(PromoCode.event_id == event.id))}


def test_a_code_from_its_form_to_its_figures(market: Market, stall: Stall, office: TestApp) -> None:
    page = office.get(stall.office + "promo-codes/")
    page.mustcontain("No promo code yet")
    form = form_to(office.get(stall.office + "promo-codes/new/"), "/new/")
    form["code"], form["value"], form["max_uses"], form["expires_at"] = (
        "early",
        "12.5",
        "3",
        "2027-03-05T18:00",
    )
    listed = form.submit(status=303).follow()
    listed.mustcontain("EARLY", "12.5\u00a0% off", "/ 3", "Active")
    made = codes(stall)["EARLY"]
    assert (made.value, made.expires_at.isoformat()) == (1250, "2027-03-05T17:00:00+00:00")
    browser = market.browser()
    cart = form_to(browser.get(stall.path + "?code=early"), "/cart/")
    cart[f"q-{stall.types['Paid']}"] = "2"
    assert cart.submit(status=303)
    office.get(stall.office + "promo-codes/").mustcontain("1 in carts")
    page = office.get(f"{stall.office}promo-codes/{made.id}/")
    page.mustcontain("?code=EARLY")
    assert form_to(page, f"{made.id}/")["value"].value == "12.5"
    form_to(page, "/state/").submit(status=303).follow().mustcontain("Off", "Let it be used again")
    market.browser().get(stall.path + "?code=early").mustcontain("There is no such code")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": ""}, "Fill this in"),
        ({"value": "101"}, "Write a percentage from 0 to 100"),
        ({"value": "-5"}, "Write a percentage from 0 to 100"),
        ({"value": "NaN"}, "Write a percentage from 0 to 100"),
        ({"value": "0"}, "Write a percentage from 0 to 100"),
        ({"kind": "amount", "value": "-1"}, "Write an amount above 0."),
        ({"kind": "amount", "value": "1e400"}, "amount"),
        ({"kind": "access", "value": ""}, "Choose at least one hidden ticket type"),
        ({"starts_at": "2027-03-05T18:00", "expires_at": "2027-03-05T18:00"}, "end"),
        ({"max_uses": "0"}, "number"),
        ({"min_order": "-5"}, "Write an amount from 0 upwards."),
        ({"code": "<script>"}, "Use 2 to 40 letters and digits"),
    ],
)
def test_a_code_that_cannot_be_says_why_and_keeps_what_was_typed(
    stall: Stall, office: TestApp, typed: dict[str, str], said: str
) -> None:
    form = form_to(office.get(stall.office + "promo-codes/new/"), "/new/")
    form["code"], form["value"], form["description"] = "X1", "10", "Kept"
    for name, value in typed.items():
        form[name] = value
    answer = form.submit(expect_errors=True)
    assert answer.status_int == 422
    answer.mustcontain(said, "Kept")
    assert codes(stall) == {}


def test_many_codes_come_as_a_file_and_go_in_from_one(stall: Stall, office: TestApp) -> None:
    form = form_to(office.get(stall.office + "promo-codes/batches/"), "/batches/")
    form["value"], form["count"], form["prefix"] = "100", "40", "vip"
    drawn = form.submit(status=200)
    assert drawn.content_type == "text/csv"
    assert set(drawn.text.splitlines()[1:]) == set(codes(stall))
    assert len(codes(stall)) == 40
    form = form_to(office.get(stall.office + "promo-codes/batches/"), "/batches/")
    form["how"], form["value"], form["codes"] = "list", "10", "code\nREADER-1;x\nreader-1;y\n\n=1+1\nREADER-2"
    form.submit(status=303).follow().mustcontain("New codes: 2.")
    assert codes(stall)["READER-1"].value == 1000
    csv = form_to(office.get(stall.office + "promo-codes/"), "/exports/").submit(status=200)
    assert len(csv.text.splitlines()) == 43


def test_taxes_fees_and_early_prices_reach_the_buyer(market: Market, stall: Stall, office: TestApp) -> None:
    form = form_to(office.get(stall.office + "prices/"), "/prices/")
    form["tax"], form["tax_included"], form["fee_percent"], form["round_to"] = "8,1", "no", "2", "5"
    form.submit(status=303).follow().mustcontain("8.1\u00a0%")
    form = form_to(
        office.get(f"{stall.office}ticket-types/{stall.types['Paid']}/"), f"{stall.types['Paid']}/"
    )
    form["step_price-1"], form["step_until-1"] = "40", "2027-03-05T18:00"
    form["bulk_from-1"], form["bulk_percent-1"], form["tax"] = "3", "10", "2.6"
    form.submit(status=303)
    with stall.world.open(write=False) as ctx:
        event = event_by_slug(ctx, stall.slug)
        assert (terms_of(event).tax_bp, terms_of(event).tax_included, terms_of(event).fee_bp) == (
            810,
            False,
            200,
        )
        rules = rules_of(types_of(ctx, event)[0])
        assert (rules.bulk, rules.tax_bp, rules.steps[0].price_minor) == ([Bulk(3, 1000)], 260, 4000)
    browser = market.browser()
    browser.get(stall.path).mustcontain("CHF 49.00", "CHF 40.00", "this price until", "VAT is added")
    page = browser.get(buy(browser, stall, Paid=3))
    # 120 less 12, and 2 % of it; 2.6 % of 108.00 and 8.1 % of 2.16 on top; to 5 Rappen
    page.mustcontain("CHF −12.00", "CHF 2.16", "CHF 2.81", "CHF 0.17", "CHF 0.01", "CHF 113.15")
    form = form_to(office.get(stall.office + "prices/"), "/prices/")
    form["fee_name"], form["tax"] = "", "8.123"
    answer = form.submit(expect_errors=True)
    answer.mustcontain("Write a percentage from 0 to 100")


def test_a_step_without_an_end_is_refused(stall: Stall, office: TestApp) -> None:
    form = form_to(
        office.get(f"{stall.office}ticket-types/{stall.types['Paid']}/"), f"{stall.types['Paid']}/"
    )
    form["step_price-1"] = "40"
    form.submit(expect_errors=True).mustcontain("Say until when this price holds, or for how many.")
    form["step_first-1"], form["capacity"] = "5", ""
    form.submit(expect_errors=True).mustcontain("needs a number above")
