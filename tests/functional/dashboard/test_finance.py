"""The books in the dashboard: what is owed, what went back by form, and the archive for the auditor."""

from __future__ import annotations

import io
import zipfile

from sratix_core.orders.desk import Wanted
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from tests.builders import World, make_event, make_type, place, publish, seal
from tests.functional.shop.market import Market, form_to, post


def sold(world: World, *, cancelled: bool) -> Order:
    with world.open() as ctx:
        event = make_event(ctx)
        ticket_type = make_type(ctx, event, 4900)
        publish(ctx, event)
        wanted = Wanted(
            [(ticket_type.id, 2)], Buyer("Ada Lovelace", "ada@example.org"), provider="bank_transfer"
        )
        order = mark_paid(ctx, place(ctx, event, wanted), "statement-7")
        return cancel_order(ctx, order, "asked") if cancelled else order


def test_a_refund_is_recorded_by_form_and_settles_the_books(market: Market) -> None:
    world = market.tenant()
    order, owner = sold(world, cancelled=True), market.member(world)
    here = f"/dashboard/{world.tenant.slug}/"
    page = f"{here}events/robotics/orders/{order.code}/"
    assert "CHF 98.00 is owed back." in owner.get(page)
    assert "is owed back then" not in owner.get(page)
    question = form_to(owner.get(page + "refunds/"), "/refunds/")
    question["amount"], question["reference"] = "60", "back-1"
    assert question.submit(status=303).headers["Location"].endswith("?done=refunded")
    assert "CHF 38.00 is owed back." in owner.get(page)
    too_much = post(owner, page + "refunds/", {"amount": "38.01", "reference": "back-2"})
    assert too_much.status_int == 409
    assert "CHF 38.00. Write a smaller amount." in too_much
    assert form_to(too_much, "/refunds/")["amount"].value == "38.01"
    known = post(owner, page + "refunds/", {"amount": "10", "reference": "back-1"})
    assert form_to(known, "/refunds/")["reference"].value == "back-1"
    nonsense = post(owner, page + "refunds/", {"amount": "a lot", "reference": "back-2"})
    assert nonsense.status_int == 422
    assert "a lot" in nonsense
    assert post(owner, page + "refunds/", {"reference": "back-2"}).status_int == 303
    assert "owed back" not in owner.get(page)
    books = owner.get(here + f"finance/ledger/?q={order.code}")
    assert [books.text.count(word) for word in (">Refund ", ">Payment ")] == [4, 2]


def test_an_order_that_stands_offers_no_refund(market: Market) -> None:
    world = market.tenant()
    order, owner = sold(world, cancelled=False), market.member(world)
    page = f"/dashboard/{world.tenant.slug}/events/robotics/orders/{order.code}/"
    assert "/refunds/" not in owner.get(page)
    question = owner.get(page).click(description="Cancel order")  # before the order is cancelled
    assert "All of it: CHF 98.00" in question.html.main.text
    refused = post(owner, page + "refunds/", {"reference": "back"})
    assert refused.status_int == 409
    assert "Cancel it first" in refused


def test_the_books_are_taken_out_and_that_is_on_record(market: Market) -> None:
    world = market.tenant()
    sold(world, cancelled=True)
    seal(world.process.engines, world.process.sources, 10)
    owner, here = market.member(world), f"/dashboard/{world.tenant.slug}/"
    assert "6 entries sealed" in owner.get(here + "finance/")
    archive = post(owner, here + "finance/books/")
    assert (archive.status_int, archive.content_type) == (200, "application/zip")
    names = zipfile.ZipFile(io.BytesIO(archive.body)).namelist()
    assert names == ["entries.jsonl", "seals.jsonl", "head.json", "verify_books.py", "README.txt"]
    assert "Public key" in owner.get(here + "finance/")
    assert "List exported" in owner.get(here + "audit/")


def test_a_new_organizer_reads_what_will_stand_there(market: Market) -> None:
    world = market.tenant()
    page = market.member(world).get(f"/dashboard/{world.tenant.slug}/finance/")
    assert "The books are empty" in page
