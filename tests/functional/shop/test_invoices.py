"""The buyer's invoice: where it goes, having it issued, and that nobody fetches somebody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.invoices import papers, settings
from sratix_core.invoices.document import document_of
from sratix_core.invoices.models import Invoice
from sratix_core.invoices.queries import of_order
from sratix_core.orders.models import Order
from sratix_core.tenants.service import switch_plugin
from tests.functional.dashboard.full import SENDER
from tests.functional.shop.market import SETUP, Market, Stall, buy, code_in, form_to, make_stall, post
from tests.support import fingerprint

ADDRESS = {
    "company": "Kinetik Labs GmbH",
    "street": "Hauptstrasse 5",
    "postal_code": "1010",
    "city": "Wien",
    "country": "at",
    "vat_number": "ATU13585627",
}


def make_office(market: Market, *, pdf: bool = True) -> Stall:
    """An organizer that issues invoices as PDF."""
    stall = make_stall(
        market.tenant(), types={"Free": {"capacity": 9}, "Paid": {"price": 4900, "capacity": 99}}
    )
    with market.runtime.engines.begin(SETUP) as db:
        switch_plugin(db, market.runtime.sources, stall.world.tenant.id, "pdf_invoices", pdf)
    with stall.world.open() as ctx:
        settings.save(ctx, SENDER)
    market.runtime.engines.tenants.invalidate(stall.world.tenant.id)
    return stall


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    return make_office(market)


def invoices(stall: Stall, code: str) -> list[Invoice]:
    with stall.world.open(write=False) as ctx:
        return of_order(ctx, ctx.db.scalars(select(Order).where(Order.code == code)).one())


def test_a_buyer_says_where_it_goes_and_has_it_issued_once(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Paid=1)
    form = form_to(browser.get(where + "billing/"), "/billing/")
    for name, value in ADDRESS.items():
        form[name] = value
    assert "The billing address is saved." in form.submit(status=303).follow()
    assert post(browser, where + "invoices/").status_int == 303
    assert post(browser, where + "invoices/").status_int == 303
    (invoice,) = invoices(stall, code_in(where))
    with stall.world.open(write=False) as ctx:
        said = document_of(ctx, ctx.db.get_one(Invoice, invoice.id))
    assert (said.buyer.company, said.buyer.country) == ("Kinetik Labs GmbH", "AT")
    page = browser.get(where)
    assert f"Invoice {invoice.label}" in page
    assert "being drawn" in page
    refused = post(browser, where + "billing/", ADDRESS)
    assert refused.status_int == 409
    assert "The invoice is written already." in refused


def test_what_is_wrong_stands_beside_its_field(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Paid=1)
    for name, value, sentence in (
        ("vat_number", "ATU13585628", "The check digits of this VAT number are wrong."),
        ("company", "Z" + "\u0301" * 10_000, "This is too long."),
        ("country", "Austria", "This is too long."),
        ("street", "", "Fill this in."),
    ):
        answer = post(browser, where + "billing/", {**ADDRESS, name: value})
        assert answer.status_int == 422
        assert sentence in answer


def test_hostile_words_in_an_address_stay_words(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Paid=1)
    hostile = {**ADDRESS, "company": "<script>alert(1)</script>", "street": "{{ 7*7 }}\u202e"}
    post(browser, where + "billing/", hostile)
    page = browser.get(where + "billing/")
    assert "<script>alert(1)" not in page
    assert page.html.find("input", {"name": "company"})["value"] == "<script>alert(1)</script>"


def test_nobody_fetches_the_invoice_of_another_order_or_organizer(market: Market, stall: Stall) -> None:
    browser, other = market.browser(), make_office(market)
    mine, theirs = buy(browser, stall, Paid=1), buy(browser, stall, Paid=1)
    elsewhere = buy(browser, other, Paid=1)
    for where in (mine, theirs, elsewhere):
        assert post(browser, where + "invoices/").status_int == 303
    drawn = b"%PDF-1.7 for a test"
    ids = {}
    for at, where in ((stall, mine), (stall, theirs), (other, elsewhere)):
        (invoice,) = invoices(at, code_in(where))
        ids[where] = invoice.id
        with at.world.open() as ctx:
            found = ctx.db.get_one(Invoice, invoice.id)
            file = papers.store.put(ctx, "a.pdf", "application/pdf", drawn, public=False)
            papers._settle(ctx, found.id, "pdf", state="ready", file_id=file.id)
    assert browser.get(f"{mine}invoices/{ids[mine]}/pdf").body == drawn
    for at, where in ((mine, theirs), (theirs, mine), (mine, elsewhere), (elsewhere, mine)):
        assert browser.get(f"{at}invoices/{ids[where]}/pdf", status="*").status_int == 404
    wrong = mine.rstrip("/")[:-1] + ("A" if mine.rstrip("/")[-1] != "A" else "B")
    assert browser.get(f"{wrong}/invoices/{ids[mine]}/pdf", status="*").status_int == 404


def test_a_free_order_or_an_organizer_without_invoices_shows_none(market: Market, stall: Stall) -> None:
    browser = market.browser()
    free = buy(browser, stall, Free=1)
    before = fingerprint(market.runtime.engines)
    assert post(browser, free + "invoices/").status_int == 409
    assert fingerprint(market.runtime.engines) == before
    assert "Get the invoice" not in browser.get(free)
    plain = buy(browser, make_stall(market.tenant()), Paid=1)
    assert "Get the invoice" not in browser.get(plain)
    assert browser.get(plain + "billing/", status="*").status_int == 404


def test_the_organizer_may_keep_issuing_to_themselves(market: Market) -> None:
    stall, browser = make_office(market), market.browser()
    with stall.world.open() as ctx:
        settings.save(ctx, {"by_buyers": ""})
    where = buy(browser, stall, Paid=1)
    refused = post(browser, where + "invoices/")
    assert refused.status_int == 409
    assert "The organizer writes the invoices here." in refused


def test_staff_issue_list_correct_and_take_them_out(market: Market) -> None:
    stall, browser = make_office(market), market.browser()
    code = code_in(buy(browser, stall, Paid=2))
    office, here = market.member(stall.world), f"/dashboard/{stall.world.tenant.slug}/invoices/"
    assert post(office, f"{stall.office}orders/{code}/invoices/").status_int == 303
    (invoice,) = invoices(stall, code)
    assert code in office.get(here + f"?q={invoice.label}")
    assert "Nothing matches" in office.get(here + "?q=CN-")
    assert post(office, here + f"{invoice.id}/corrections/").status_int == 303
    assert post(office, here + f"{invoice.id}/corrections/").status_int == 409
    lines = post(office, here + "exports/").text.splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["INV-2027-00002", "CN-2027-00001", "INV-2027-00001"]
    assert lines[2].endswith("-98.00")
