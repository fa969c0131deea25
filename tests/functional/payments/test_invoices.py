"""Paying by an invoice that Stripe sends: ordered, mailed, paid, late, voided; nothing is claimed that is not there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.catalog.models import TicketType
from sratix_core.context import TenantContext
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.desk import Wanted
from sratix_core.orders.placing import Buyer
from sratix_core.orders.service import cancel_order
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.sending import send_back, send_owed
from sratix_core.tenants import plugin_settings
from sratix_core.values.money import Money
from tests.builders import place
from tests.functional.payments.cards import DECLINED, Counter
from tests.functional.payments.invoiced import DAYS, GRACE, hosted, invoice, invoicing, ordered
from tests.functional.payments.test_public_orders import below, guest_of, wanted
from tests.functional.shop.market import form_to, path_of, to_payment


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    with invoicing(tmp_path) as made:
        yield made
        assert made.faults() == []


def test_it_is_offered_only_where_the_organizer_has_switched_it_on(shop: Counter) -> None:
    assert 'value="stripe_invoice"' in to_payment(shop.market.browser(), shop.stall, Paid=1)
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"invoices": False})
    assert 'value="stripe_invoice"' not in to_payment(shop.market.browser(), shop.stall, Paid=1)


def test_an_order_by_invoice_is_sent_and_waits_for_days(shop: Counter) -> None:
    browser = shop.market.browser()
    where = ordered(shop, browser)
    made = invoice(shop)
    with shop.world.open(write=False) as ctx:
        order = shop.order(ctx)
        assert order.expires_at is not None
        assert (order.expires_at - order.created_at).days == DAYS + GRACE
        assert order.code in made["description"]
        assert made["metadata"]["sratix_code"] == order.code
        assert made["customer_email"] == order.buyer_email
    assert (made["status"], made["amount_due"], made["currency"]) == ("open", 9800, "chf")
    assert made["due_date"] == int(shop.world.clock.now().timestamp()) + DAYS * 86400
    assert shop.bench.events("invoice.sent") == ["invoice.sent"]
    page = browser.get(where)
    assert "Stripe’s invoice is a request for payment" in page
    assert made["hosted_invoice_url"] in page
    assert shop.state(where) == ("awaiting_payment", 0, 0)
    assert shop.attempts() == [("pay", "waiting")]


def test_what_is_paid_on_the_hosted_page_brings_the_tickets(shop: Counter) -> None:
    browser = shop.market.browser()
    where = ordered(shop, browser)
    assert hosted(shop) == 200
    assert set(shop.deliver(times=3)) == {200}
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)
    assert browser.get(where).text.count("qr.png") == 2
    with shop.world.open(write=False) as ctx:
        (payment,) = ctx.db.scalars(select(Payment))
        assert payment.provider == "stripe"
        assert payment.reference.startswith("pi_")
        cash = select(LedgerEntry.provider).where(LedgerEntry.account == Account.CASH)
        assert set(ctx.db.scalars(cash)) == {"stripe:test"}


def test_a_lost_webhook_is_healed_by_the_reconciler(shop: Counter) -> None:
    where = ordered(shop)
    shop.later(days=5)
    shop.work()
    hosted(shop)
    shop.later(minutes=11)
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)


def test_an_open_invoice_is_asked_about_once_an_hour(shop: Counter) -> None:
    """Quickly at first, while somebody may sit before the page; a month of every ten minutes would be four thousand questions."""
    ordered(shop)
    asked = set()
    for _ in range(36):
        shop.later(minutes=20)
        shop.work()
        with shop.world.open(write=False) as ctx:
            asked.add(ctx.db.scalar(select(PaymentAttempt.check_at)))
    assert 12 <= len(asked) <= 14


def test_a_declined_card_leaves_it_open(shop: Counter) -> None:
    where = ordered(shop)
    assert hosted(shop, DECLINED) == 402
    shop.deliver()
    shop.work()
    assert shop.attempts() == [("pay", "waiting")]
    hosted(shop)
    shop.deliver()
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)


def test_an_overdue_one_may_still_be_paid_and_is_voided_with_its_order(shop: Counter) -> None:
    where = ordered(shop)
    shop.later(days=DAYS, minutes=5)
    shop.deliver(times=2)
    shop.work()
    assert reason(shop) == "overdue"
    assert shop.state(where)[0] == "awaiting_payment"
    shop.later(days=GRACE)
    shop.sweep()
    shop.work()
    assert invoice(shop)["status"] == "void"
    assert shop.state(where) == ("expired", 0, 0)
    assert shop.attempts() == [("pay", "cancelled")]
    hosted(shop)
    assert shop.charged() == (0, 0)


def test_cancelling_the_order_voids_the_invoice(shop: Counter) -> None:
    browser = shop.market.browser()
    where = ordered(shop, browser)
    browser.get(where + "cancellation/")
    form_to(browser.get(where), "/cancellation/").submit(status=303)
    shop.later(seconds=1)
    shop.work()
    assert invoice(shop)["status"] == "void"
    shop.deliver(times=2)
    shop.work()
    assert shop.state(where) == ("cancelled", 0, 0)


def test_money_that_crosses_the_void_brings_the_seats_again(shop: Counter) -> None:
    where = ordered(shop)
    hosted(shop)
    shop.later(days=DAYS + GRACE, minutes=1)
    shop.sweep()
    assert shop.state(where)[0] == "expired"
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)


def test_money_that_crosses_the_void_goes_back_where_the_seats_are_gone(shop: Counter) -> None:
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"invoice_days": 2, "invoice_grace_days": 0})
    where = ordered(shop, Paid=10)
    hosted(shop)
    shop.later(days=2, minutes=1)
    shop.sweep()
    ordered(shop, Paid=10)
    shop.work()
    shop.work()
    assert shop.state(where) == ("cancelled", 49000, 49000)
    assert shop.charged() == (49000, 49000)


def test_what_is_marked_as_paid_at_stripe_is_not_claimed(shop: Counter) -> None:
    where = ordered(shop)
    shop.bench.client().v1.invoices.pay(invoice(shop)["id"], params={"paid_out_of_band": True})
    shop.deliver(times=2)
    shop.work()
    assert shop.state(where) == ("awaiting_payment", 0, 0)
    assert reason(shop) == "paid_outside"
    office = shop.market.member(shop.world)
    page = office.get(f"{shop.stall.office}orders/{where.split('/orders/')[1].split('/')[0]}/")
    form_to(page, "/payment/").submit(status=303)
    shop.later(minutes=11)
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)
    assert shop.attempts() == [("pay", "cancelled")]
    with shop.world.open(write=False) as ctx:
        assert ctx.db.scalars(select(Payment.provider)).one() == "own_bank"


def test_parts_and_all_of_it_go_back_to_the_card_behind_the_invoice(shop: Counter) -> None:
    where = ordered(shop)
    hosted(shop)
    shop.deliver()
    shop.work()
    with shop.world.open() as ctx:
        order = shop.order(ctx)
        cancel_order(ctx, order, "asked")
        send_back(ctx, order, Money(5000, "CHF"))
    shop.work()
    assert shop.state(where) == ("cancelled", 9800, 5000)
    with shop.world.open() as ctx:
        send_owed(ctx, shop.order(ctx))
    shop.work()
    assert shop.charged() == (9800, 9800)
    assert shop.state(where) == ("cancelled", 9800, 9800)


def reason(shop: Counter) -> str:
    with shop.world.open(write=False) as ctx:
        return str(ctx.db.scalars(select(PaymentAttempt.reason)).one())


def order_page(shop: Counter, where: str) -> str:
    return f"{shop.stall.office}orders/{where.split('/orders/')[1].split('/')[0]}/"


def test_staff_see_it_send_it_again_and_void_it(shop: Counter) -> None:
    browser = shop.market.browser()
    where = ordered(shop, browser)
    office = shop.market.member(shop.world)
    page = office.get(order_page(shop, where))
    url = invoice(shop)["hosted_invoice_url"]
    assert url in page
    assert "Invoice sent, not paid yet" in page
    assert url in browser.get(where)
    again = form_to(page, "/payment-request/mails/").submit(status=303)
    assert "on its way to the buyer again" in office.get(path_of(again))
    assert shop.bench.events("invoice.sent") == ["invoice.sent"] * 2
    assert "Invoice of the provider sent again" in office.get(order_page(shop, where))
    question = office.get(f"{order_page(shop, where)}payment-request/end/")
    gone = form_to(question, "/payment-request/end/").submit(status=303)
    page = office.get(path_of(gone))
    assert "The invoice is void" in page
    assert "Invoice voided" in page
    assert invoice(shop)["status"] == "void"
    assert shop.state(where) == ("awaiting_payment", 0, 0)
    other = form_to(browser.get(where), "/payment/").submit(status=303).headers["Location"]
    assert other == invoice(shop)["hosted_invoice_url"] != url
    hosted(shop)
    shop.deliver()
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)
    assert shop.charged() == (9800, 0)


def test_staff_send_another_after_the_first_is_void_and_twice_is_once(shop: Counter) -> None:
    where = ordered(shop)
    office = shop.market.member(shop.world)
    page = order_page(shop, where)
    assert "Send an invoice" not in office.get(page)
    form_to(office.get(f"{page}payment-request/end/"), "/payment-request/end/").submit(status=303)
    first = invoice(shop)["id"]
    ask = form_to(office.get(page), "/payment-request/")
    assert "on its way to the buyer" in ask.submit(status=303).follow()
    assert "on its way to the buyer" in ask.submit(status=303).follow()
    assert len(shop.bench.kept("invoice")) == 2
    assert invoice(shop)["id"] != first
    hosted(shop)
    shop.deliver()
    shop.work()
    assert shop.state(where) == ("paid", 9800, 0)


@pytest.mark.parametrize("fault", ["lost_answer", "error_after"])
def test_a_lost_answer_to_another_is_told_and_settled(shop: Counter, fault: str) -> None:
    where = ordered(shop)
    office, page = shop.market.member(shop.world), order_page(shop, where)
    form_to(office.get(f"{page}payment-request/end/"), "/payment-request/end/").submit(status=303)
    ask = form_to(office.get(page), "/payment-request/")
    shop.bench.fault("POST /v1/invoices", fault, times=3 if fault == "error_after" else 1)
    assert "did not do it just now" in ask.submit(status=303).follow()
    shop.later(minutes=11)
    shop.work()
    assert len([i for i in shop.bench.kept("invoice") if i["status"] == "open"]) == 1


def test_voiding_what_was_just_paid_records_the_money(shop: Counter) -> None:
    where = ordered(shop)
    office = shop.market.member(shop.world)
    page = office.get(order_page(shop, where))
    hosted(shop)
    form_to(page, "/payment-request/end/").submit(status=303)
    assert shop.state(where) == ("paid", 9800, 0)
    office.post(f"{order_page(shop, where)}payment-request/mails/", {}, status="*")
    assert shop.bench.events("invoice.sent") == ["invoice.sent"]


def test_what_staff_place_for_a_company_is_sent_without_a_browser(shop: Counter) -> None:
    with shop.world.open() as ctx:
        event = event_by_slug(ctx, shop.stall.slug)
        line = (next(iter(event_types(ctx, event))), 2)
        buyer = Buyer("Ada Lovelace", "accounts@engines.example", "Analytical Engines")
        place(ctx, event, Wanted([line], buyer, provider="stripe_invoice"))
    assert shop.bench.kept("invoice") == []
    shop.later(seconds=101)
    shop.work()
    assert (invoice(shop)["status"], invoice(shop)["customer_name"]) == ("open", "Analytical Engines")
    hosted(shop)
    shop.deliver()
    shop.work()
    assert shop.state()[0] == "paid"


def event_types(ctx: TenantContext, event: Event) -> list[uuid.UUID]:
    priced = (TicketType.event_id == event.id, TicketType.price_minor > 0)
    return list(ctx.db.scalars(select(TicketType.id).where(*priced)))


def test_a_guest_of_the_api_is_told_where_the_invoice_is(shop: Counter) -> None:
    guest = guest_of(shop)
    order = guest.post("/orders", {**wanted(shop), "provider": "stripe_invoice"})
    told = order["payment"]
    assert (order["state"], told["url"], told["trouble"]) == (
        "awaiting_payment",
        invoice(shop)["hosted_invoice_url"],
        "",
    )
    assert guest.post(below(order, "/payments"), status=200)["payment"]["url"] == told["url"]
    assert len(shop.bench.kept("invoice")) == 1
    hosted(shop)
    shop.deliver()
    shop.work()
    assert guest.get(below(order))["state"] == "paid"
