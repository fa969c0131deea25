"""The buyer's page of an order: its secret, tickets as pictures, names, cancellation, mails again."""

from __future__ import annotations

import io
import uuid

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import func, select

from sratix_core.events.models import Event
from sratix_core.messages.models import Message
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import payloads, void
from tests.functional.shop.market import Market, Stall, buy, code_in, form_to, make_stall, post
from tests.support import fingerprint


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    return make_stall(
        market.tenant(), types={"Free": {"capacity": 100}, "Paid": {"price": 4900, "capacity": 100}}
    )


def test_the_picture_holds_the_code_that_the_door_reads(market: Market, stall: Stall) -> None:
    browser = market.browser()
    page = browser.get(buy(browser, stall, Free=1))
    link = page.html.find("a", href=lambda h: h and h.endswith("qr.png"))["href"]
    picture = browser.get(link)
    assert picture.content_type == "image/png"
    assert picture.headers["Cache-Control"] == "private, no-store"
    (seen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.body)))
    ticket_id = uuid.UUID(link.split("/tickets/")[1].split("/")[0])
    with stall.world.open(write=False) as ctx:
        ticket = ctx.db.get_one(Ticket, ticket_id)
        assert seen.text == payloads(ctx, ctx.db.get_one(Event, ticket.event_id), [ticket])[ticket_id]


def test_a_void_ticket_has_no_picture(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Free=1)
    link = browser.get(where).html.find("a", href=lambda h: h and h.endswith("qr.png"))["href"]
    with stall.world.open() as ctx:
        void(ctx, ctx.db.get_one(Ticket, uuid.UUID(link.split("/tickets/")[1].split("/")[0])), "organizer")
    browser.get(link, status=404)
    assert "qr.png" not in browser.get(where)
    browser.get(where + "documents/pdf_tickets", status=404)


def test_a_wrong_secret_is_the_same_as_no_order(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Free=1)
    head, code, secret, _ = where.rsplit("/", 3)
    unknown = _plain(browser.get(f"{head}/ZZZZZ/{secret}/", status=404))
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    for pair in (
        f"{code}/{wrong}",
        f"{code.lower()}/{secret}",
        f"{code}/{secret}x",
        f"{code}/{code}",
        f"{code}/%C3%A9",
    ):
        answer = browser.get(f"{head}/{pair}/", status=404)
        assert _plain(answer) == unknown
    for ending in ("mails/", "cancellation/"):
        assert post(browser, f"{head}/{code}/{wrong}/{ending}").status_int == 404


def _plain(answer) -> str:  # type: ignore[no-untyped-def]
    found: str = answer.text.replace(answer.headers["X-Request-Id"], "")
    return found


def test_the_secret_of_one_order_opens_no_other(market: Market, stall: Stall) -> None:
    browser = market.browser()
    one, two = buy(browser, stall, Free=1), buy(browser, stall, Free=1)
    crossed = one.replace(code_in(one), code_in(two))
    browser.get(crossed, status=404)
    ticket = browser.get(two).html.find("a", href=lambda h: h and h.endswith("qr.png"))["href"]
    browser.get(one + ticket.removeprefix(two), status=404)


def test_a_ticket_gets_another_name(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Free=1)
    link = browser.get(where).html.find("a", href=lambda h: h and "/tickets/" in h and not h.endswith("png"))[
        "href"
    ]
    form = next(f for f in browser.get(link).forms.values() if "name" in f.fields)
    form["name"], form["email"] = "Zoë <i>Übermut</i>", "zoe@example.org"
    page = form.submit(status=303).follow()
    assert "The name is saved." in page
    assert "Zoë &lt;i&gt;Übermut&lt;/i&gt;" in page
    refused = post(browser, link, {"name": "x" * 500, "email": "nonsense"})
    assert refused.status_int == 422
    assert 'value="nonsense"' in refused
    assert "Zoë" in browser.get(where)


def test_the_buyer_cancels_a_free_order_and_its_seats_are_free(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    where = buy(browser, stall, Free=3)
    assert stall.taken("Free") == 3
    form = form_to(browser.get(where), "/cancellation/")
    browser.get(where + "cancellation/")
    assert "The order is cancelled." in form.submit(status=303).follow()
    assert stall.taken("Free") == 0
    before = fingerprint(market.runtime.engines)
    form.submit(status=303)
    assert stall.taken("Free") == 0
    assert fingerprint(market.runtime.engines) == before


def test_an_unpaid_order_can_be_cancelled_and_a_paid_one_goes_through_the_organizer(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    unpaid, paid = buy(browser, stall, Paid=1), buy(browser, stall, Paid=1)
    office = market.member(stall.world)
    assert post(office, f"{stall.office}orders/{code_in(paid)}/payment/").status_int == 303
    assert post(browser, unpaid + "cancellation/").status_int == 303
    refused = post(browser, paid + "cancellation/")
    assert refused.status_int == 409
    assert "This order can only be cancelled by the organizer." in refused
    assert stall.taken("Paid") == 1


def test_mails_are_sent_again_but_not_without_end(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Free=1)
    form = form_to(browser.get(where), "/mails/")
    before = _messages(stall)
    for _ in range(3):
        form.submit(status=303)
    refused = form.submit(status=429)
    assert int(refused.headers["Retry-After"]) > 0
    assert _messages(stall) - before == 3
    other = market.browser()
    assert post(other, where + "mails/").status_int == 429  # the limit is the order's, not the caller's


def _messages(stall: Stall) -> int:
    with stall.world.open(write=False) as ctx:
        return int(ctx.db.scalar(select(func.count()).select_from(Message)) or 0)


def test_forms_without_a_token_do_nothing(market: Market, stall: Stall) -> None:
    browser = market.browser()
    where = buy(browser, stall, Free=1)
    before = fingerprint(market.runtime.engines)
    for path in ("cancellation/", "mails/"):
        assert browser.post(where + path, {}, status=403)
        assert browser.post(where + path, {"csrf_token": "x" * 43}, status=403)
        assert post(browser, where + path, headers={"Sec-Fetch-Site": "cross-site"}, status=403)
    assert fingerprint(market.runtime.engines) == before
