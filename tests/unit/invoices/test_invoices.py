"""An order has one live invoice; its number has no gap; what was issued says the same for ever."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.invoices import retention, settings
from sratix_core.invoices.billing import buyer_of, save_address
from sratix_core.invoices.document import document_of
from sratix_core.invoices.invariants import CHECKS
from sratix_core.invoices.models import Invoice, InvoiceBuyer, InvoiceKind, InvoiceSeries
from sratix_core.invoices.queries import Filters, invoice_by_id, listed
from sratix_core.invoices.service import consolidate, correct, credit_note, issue, on_credit, proforma
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.payments.receiving import mark_paid
from sratix_core.runtime import Runtime
from sratix_core.values.money import Money
from tests.builders import (
    TESTS,
    TRANSFER,
    World,
    make_cart,
    make_event,
    make_order,
    make_type,
    make_world,
    publish,
)
from tests.builders import again as again_read

SENDER = {
    "legal_name": "Acme Events AG",
    "street": "Seestrasse 1",
    "postal_code": "8002",
    "city": "Zürich",
    "country": "CH",
    "vat_number": "CHE-116.281.710 MWST",
}
ADA = {
    "name": "Ada Lovelace",
    "company": "Analytical Engines GmbH",
    "street": "Hauptstrasse 5",
    "postal_code": "1010",
    "city": "Wien",
    "country": "at",
    "vat_number": "ATU 13585627",
}


def selling(ctx: TenantContext, slug: str = "robotics") -> Any:
    settings.save(ctx, SENDER)
    event = make_event(ctx, slug)
    kind = make_type(ctx, event, 4900)
    return publish(ctx, event), kind


def bought(ctx: TenantContext, n: int = 2) -> Order:
    event, kind = selling(ctx)
    return make_order(ctx, event, {kind: n})


def broken(world: World) -> list[str]:
    with world.process.engines.begin(TESTS, write=False) as db:
        return [f"{c.id}: {f}" for c in CHECKS for f in c.run(db).faults]


def test_an_invoice_says_what_the_order_cost_and_has_the_first_number(world: World) -> None:
    with world.open() as ctx:
        invoice = issue(ctx, bought(ctx))
        assert (invoice.label, invoice.number, invoice.fiscal_year) == ("INV-2027-00001", 1, 2027)
        said = document_of(ctx, invoice)
        assert said.total.minor == 9800
        assert [(line.quantity, line.unit.minor) for line in said.lines] == [(2, 4900)]
        assert said.due == said.total
        assert said.due_on is not None
        assert (said.seller.company, said.buyer.title) == ("Acme Events AG", "Ada Lovelace")


def test_issuing_twice_gives_the_same_invoice(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        assert issue(ctx, order).id == issue(ctx, order).id
        assert ctx.db.scalars(select(InvoiceSeries.next_number)).one() == 2


def test_a_rolled_back_issue_gives_its_number_back(world: World) -> None:
    with world.open() as ctx:
        event, kind = selling(ctx)
        first, second = (make_order(ctx, event, {kind: 1}).id for _ in range(2))

    def issued_and_lost() -> None:
        with world.open() as ctx:
            assert issue(ctx, ctx.db.get_one(Order, first)).number == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        issued_and_lost()
    with world.open() as ctx:
        assert issue(ctx, ctx.db.get_one(Order, second)).number == 1


def test_without_a_sender_nothing_is_issued(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        kind = make_type(ctx, event, 4900)
        order = make_order(ctx, publish(ctx, event), {kind: 1})
        with pytest.raises(Refused) as refused:
            issue(ctx, order)
        assert refused.value.code == "invoicing_not_set_up"
        assert refused.value.data["missing"][0] == "legal_name"


def test_a_free_or_ended_order_has_nothing_to_invoice(world: World) -> None:
    with world.open() as ctx:
        event, kind = selling(ctx)
        free = make_order(ctx, event, {make_type(ctx, event, 0, name="Free"): 1})
        with pytest.raises(Refused, match="nothing_to_invoice"):
            issue(ctx, free)
        over = cancel_order(ctx, make_order(ctx, event, {kind: 1}), "organizer")
        with pytest.raises(Refused, match="order_state"):
            issue(ctx, over)


def test_what_is_changed_later_leaves_the_invoice_as_it_was(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        save_address(ctx, order, ADA)
        invoice = issue(ctx, order)
        before = document_of(ctx, invoice)
        save_address(ctx, order, {**ADA, "company": "Somebody else"})
        settings.save(ctx, {"legal_name": "Renamed AG"})
        order.event.name = "Renamed"
        order.lines[0].name = "Renamed"
        ctx.db.flush()
        ctx.db.expire_all()
        after = document_of(ctx, invoice_by_id(ctx, invoice.id))
        assert after == before
        assert (after.buyer.company, after.buyer.country) == ("Analytical Engines GmbH", "AT")


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_itself_refuses_to_change_an_invoice(world: World, act: str) -> None:
    with world.open() as ctx:
        issue(ctx, bought(ctx))
    with pytest.raises(DatabaseError), world.open() as ctx:
        ctx.db.execute(update(Invoice).values(total_minor=1) if act == "update" else delete(Invoice))


def test_no_buyer_stands_in_the_row_that_never_changes(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        save_address(ctx, order, {**ADA, "name": "Canary Person", "reference": "canary-reference"})
        invoice = issue(ctx, order)
        row = repr({c.key: getattr(invoice, c.key) for c in Invoice.__table__.c}).lower()
        assert "canary" not in row
        assert "hauptstrasse" not in row


def test_when_the_hold_ends_the_buyer_goes_and_the_books_still_verify(world: World) -> None:
    with world.open() as ctx:
        invoice = issue(ctx, bought(ctx))
        held = ctx.db.get_one(InvoiceBuyer, invoice.id).hold_until
        assert held == datetime(2037, 12, 31, 23, tzinfo=UTC)
    world.clock.move(held - world.clock.now() - timedelta(seconds=1))
    with world.open() as ctx:
        assert retention.forget(ctx) == 0
    world.later(seconds=1)
    with world.open() as ctx:
        assert retention.forget(ctx) == 1
        assert ctx.db.get_one(InvoiceBuyer, invoice.id).buyer == {}
        assert document_of(ctx, invoice_by_id(ctx, invoice.id)).buyer.title == ""
    assert broken(world) == []


def test_a_cancelled_order_gets_one_credit_note_that_names_the_invoice(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        invoice = issue(ctx, mark_paid(ctx, order, "bank-1"))
        cancel_order(ctx, order, "organizer")
        note = ctx.db.scalars(select(Invoice).where(Invoice.kind == InvoiceKind.CREDIT_NOTE)).one()
        assert (note.label, note.total_minor) == ("CN-2027-00001", 9800)
        said = document_of(ctx, note)
        assert said.refers_to is not None
        assert said.refers_to[0] == invoice.label
        assert said.due.minor == 0
        assert on_credit(ctx, order, 1, uuid.uuid4()) is None


def test_an_order_without_an_invoice_needs_no_credit_note(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        assert on_credit(ctx, order, 100, order.id) is None


def test_a_corrected_invoice_is_credited_whole_and_issued_anew(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        first = issue(ctx, order)
        save_address(ctx, order, ADA)
        second = correct(ctx, first)
        assert second.label == "INV-2027-00002"
        assert document_of(ctx, second).buyer.city == "Wien"
        with pytest.raises(Refused, match="invoice_credited"):
            correct(ctx, first)
        assert [
            n.refers_to for n in ctx.db.scalars(select(Invoice).where(Invoice.kind == "credit_note"))
        ] == [first.id]


def test_nothing_more_is_credited_than_is_left(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        with pytest.raises(Refused, match="not_invoiced"):
            credit_note(ctx, order, 1, uuid.uuid4(), "credited")
        issue(ctx, order)
        with pytest.raises(Refused, match="credit_too_large"):
            credit_note(ctx, order, 9801, uuid.uuid4(), "credited")
        for amount in (1, 3333):
            credit(ctx, order, Money(amount, "CHF"), "asked")
        cancel_order(ctx, order, "buyer")
        notes = ctx.db.scalars(
            select(Invoice.total_minor).where(Invoice.kind == "credit_note").order_by(Invoice.number)
        )
        assert list(notes) == [1, 3333, 6466]
        with pytest.raises(Refused, match="not_invoiced"):
            credit_note(ctx, order, 1, uuid.uuid4(), "credited")


def test_the_same_cause_is_credited_once(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        issue(ctx, order)
        credit(ctx, order, Money(100, "CHF"), "asked")
        (note,) = ctx.db.scalars(select(Invoice).where(Invoice.kind == "credit_note"))
        again = on_credit(ctx, order, 100, note.cause_id)
        assert again is not None
        assert again.id == note.id


def test_what_was_credited_before_stands_beside_the_invoice(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        credit(ctx, order, Money(1000, "CHF"), "asked")
        invoice = issue(ctx, again_read(ctx, order))
        assert [note.total_minor for note in invoice.credits] == [1000]
        assert document_of(ctx, invoice).due.minor == 8800


def test_an_invoice_takes_every_address_that_an_order_took_and_a_bill_holds(world: World) -> None:
    longest = {
        "name": "n" * 70,
        "company": "c" * 70,
        "street": "s" * 70,
        "postal_code": "8" * 16,
        "city": "t" * 35,
    }
    with world.open() as ctx:
        order = bought(ctx)
        assert save_address(ctx, order, {**longest, "country": "CH"}).city == "t" * 35
        for name, value in longest.items():
            with pytest.raises(Invalid) as refused:
                save_address(ctx, order, {**longest, "country": "CH", name: value + "x"})
            assert refused.value.fields == {name: "too_long"}
        event, kind = ctx.db.get_one(Event, order.event_id), make_type(ctx, order.event, 4900, name="Other")
        cart, _ = make_cart(ctx, event, {kind: 1})
        buyer = Buyer(longest["name"], "ada@example.org", longest["company"])
        taken, _ = place_order(ctx, event, cart, buyer, [Holder()], TRANSFER)
        to = buyer_of(ctx, taken)
        where = {"street": "Seestrasse 1", "postal_code": "8002", "city": "Zug", "country": "CH"}
        assert save_address(ctx, taken, {"name": to.name, "company": to.company, **where}).name == "n" * 70


def test_an_unpaid_order_that_lapses_is_credited(world: World) -> None:
    with world.open() as ctx:
        invoice = issue(ctx, bought(ctx))
    world.later(days=30)
    with world.open() as ctx:
        assert expire_orders(ctx) == 1
        again = invoice_by_id(ctx, invoice.id)
        assert [note.total_minor for note in again.credits] == [9800]
        assert document_of(ctx, again).due.minor == 0


def test_an_invoiced_order_that_ended_and_is_paid_late_is_invoiced_anew(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        issue(ctx, order)
    world.later(days=30)
    with world.open() as ctx:
        assert expire_orders(ctx) == 1
        mark_paid(ctx, again_read(ctx, order), "bank 1")
        labels = ctx.db.scalars(select(Invoice.label).order_by(Invoice.issued_at, Invoice.id)).all()
        assert labels == ["INV-2027-00001", "CN-2027-00001", "INV-2027-00002"]
    assert broken(world) == []


def test_a_proforma_has_no_number_and_is_the_same_until_something_changes(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        first = proforma(ctx, order)
        assert (first.label, first.number) == (None, None)
        assert proforma(ctx, order).id == first.id
        save_address(ctx, order, ADA)
        assert proforma(ctx, order).id != first.id
        assert issue(ctx, order).number == 1


def test_several_orders_of_an_organization_stand_on_one_invoice(world: World) -> None:
    with world.open() as ctx:
        event, kind = selling(ctx)
        sponsor = save_organization(ctx, OrganizationDraft("Big Sponsor AG", city="Bern", country="CH"))
        orders = [make_order(ctx, event, {kind: n}) for n in (1, 2, 3)]
        for order in orders[:2]:
            order.organization_id = sponsor.id
        ctx.db.flush()
        now = world.clock.now()
        period = (now - timedelta(days=1), now + timedelta(days=1))
        invoice = consolidate(ctx, sponsor.id, *period)
        assert (invoice.total_minor, invoice.order_id) == (3 * 4900, None)
        assert document_of(ctx, invoice).buyer.title == "Big Sponsor AG"
        assert issue(ctx, orders[0]).id == invoice.id
        with pytest.raises(Refused, match="nothing_to_invoice"):
            consolidate(ctx, sponsor.id, *period)
        cancel_order(ctx, orders[1], "organizer")
        note = ctx.db.scalars(select(Invoice).where(Invoice.kind == InvoiceKind.CREDIT_NOTE)).one()
        assert (note.total_minor, note.refers_to) == (9800, invoice.id)


def test_the_year_changes_at_midnight_where_the_tenant_is(world: World) -> None:
    eve = datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in Zürich
    with world.open() as ctx:
        event, kind = selling(ctx)
        orders = [make_order(ctx, event, {kind: 1}).id for _ in range(3)]
    world.clock.move(eve - world.clock.now())
    labels = []
    for order_id in orders:
        with world.open() as ctx:
            labels.append(issue(ctx, ctx.db.get_one(Order, order_id)).label)
        world.later(seconds=1)
    assert labels == ["INV-2027-00001", "INV-2028-00001", "INV-2028-00002"]


def test_a_fiscal_year_may_begin_in_july(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        settings.save(ctx, {"fiscal_start": "7"})
        assert issue(ctx, order).label == "INV-2026-00001"
        assert ctx.db.scalars(select(InvoiceBuyer.hold_until)).one() == datetime(2037, 6, 30, 22, tzinfo=UTC)


def test_a_prefix_of_the_other_series_is_refused(world: World) -> None:
    with world.open() as ctx:
        issue(ctx, bought(ctx))
        with pytest.raises(Invalid) as wrong:
            settings.save(ctx, {"prefix": "R-", "credit_prefix": "INV-"})
        assert wrong.value.fields == {"credit_prefix": "prefix_used"}
        with pytest.raises(Invalid) as wrong:
            settings.save(ctx, {"vat_number": "CHE-116.281.711", "fiscal_start": "1"})
        assert wrong.value.fields == {"vat_number": "vat_number"}


def test_another_tenants_invoice_is_unknown(world: World, process: Runtime) -> None:
    with world.open() as ctx:
        invoice_id = issue(ctx, bought(ctx)).id
    other = make_world(process)
    with other.open() as ctx:
        with pytest.raises(NotFound):
            invoice_by_id(ctx, invoice_id)
        assert listed(ctx, Filters(search="INV-2027")).rows == []


def test_the_list_finds_by_the_beginning_of_a_number_and_by_the_code(world: World) -> None:
    with world.open() as ctx:
        order = bought(ctx)
        invoice = issue(ctx, order)
        for words in ("inv-2027-0", order.code, order.code.lower(), "INV-2027-00001"):
            assert [i.id for i in listed(ctx, Filters(search=words)).rows] == [invoice.id]
        assert listed(ctx, Filters(kind=InvoiceKind.CREDIT_NOTE)).rows == []
        assert listed(ctx, Filters(search="CN-")).rows == []


def test_verify_sees_a_gap_a_change_and_a_sum_that_is_off(world: World) -> None:
    """Damage that the walls would refuse, done from below."""
    with world.open() as ctx:
        issue(ctx, bought(ctx))
    assert broken(world) == []
    with world.open() as ctx:
        ctx.db.execute(update(InvoiceSeries).values(next_number=3))
    assert [f[:2] for f in broken(world)] == ["N1"]
    with world.open() as ctx:
        ctx.db.execute(update(InvoiceSeries).values(next_number=2))
        to = ctx.db.scalars(select(InvoiceBuyer)).one()
        to.buyer = {**to.buyer, "name": "Somebody else"}
    assert [f[:2] for f in broken(world)] == ["N2"]
    with world.open() as ctx:
        to = ctx.db.scalars(select(InvoiceBuyer)).one()
        to.buyer = {**to.buyer, "name": "Ada Lovelace"}
        ctx.db.execute(update(Order).values(total_minor=1, rounding_minor=1 - 9800))
    assert any(f.startswith("N3") for f in broken(world))
    with world.open() as ctx:
        ctx.db.execute(update(Order).values(total_minor=9800, rounding_minor=0))
