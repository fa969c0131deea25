"""One payment for an invoice over several orders settles all of them or none; what is not exact is put before a person."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from sratix_bank_transfer import applying
from sratix_bank_transfer.models import Reason, Statement, Transaction, TransactionState
from sratix_bank_transfer.references import invoice_number, qrr
from sratix_bank_transfer.table import Layout
from sratix_bank_transfer.uploading import confirm
from sratix_core.app import make_worker
from sratix_core.context import TenantContext
from sratix_core.errors import Conflict, Refused
from sratix_core.invoices import settings
from sratix_core.invoices.document import document_of
from sratix_core.invoices.models import Invoice
from sratix_core.invoices.service import consolidate, correct
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.payments.models import Payment
from sratix_core.values.clock import FixedClock
from sratix_plugins.bank_transfer.tests.statements import Paid, camt, table
from sratix_plugins.bank_transfer.tests.test_matching import (
    count,
    paid,
    place,
    placed,
    sent,
    state,
    tenant_of,
    world,
)
from tests.builders import World
from tests.unit.invoices.test_invoices import SENDER

__all__ = ["place", "world"]

S, R = TransactionState, Reason


def billed(world: World, *tickets: int) -> tuple[uuid.UUID, list[str]]:
    """One invoice over an organization's orders of so many tickets at 49 francs; their codes as they were placed."""
    with world.open() as ctx:
        settings.save(ctx, SENDER)
        firm = save_organization(ctx, OrganizationDraft("Kinetik Labs AG", "exhibitor"))
        orders = [placed(ctx, n) for n in tickets]
        for order in orders:
            order.organization_id = firm.id
        ctx.db.flush()
        now = ctx.clock.now()
        invoice = consolidate(ctx, firm.id, now - timedelta(days=9), now + timedelta(days=9))
        return invoice.id, [order.code for order in sorted(orders, key=lambda o: o.id)]


def reference(world: World, invoice_id: uuid.UUID) -> str:
    return qrr(invoice_number(world.tenant.id, invoice_id))


def states(world: World, codes: list[str]) -> list[str]:
    return [state(world, code) for code in codes]


def the_payment(ctx: TenantContext) -> Any:
    return ctx.db.scalars(select(Transaction)).one()


def test_the_slip_of_the_invoice_asks_for_what_its_reference_settles(world: World) -> None:
    invoice_id, codes = billed(world, 1, 2, 3)
    with world.open() as ctx:
        slip = document_of(ctx, ctx.db.get_one(Invoice, invoice_id)).slip
        assert slip is not None
        assert slip.reference == reference(world, invoice_id)
    assert paid(world, Paid("294.00", slip.reference)) == [(S.APPLIED, R.NONE)]
    assert states(world, codes) == ["paid"] * 3
    with world.open() as ctx:
        assert document_of(ctx, ctx.db.get_one(Invoice, invoice_id)).due.minor == 0
        found = the_payment(ctx)
        assert (found.invoice_id, found.order_id) == (invoice_id, None)
        money = ctx.db.execute(
            select(Payment.amount_minor, Payment.reference).order_by(Payment.order_id)
        ).all()
        assert [amount for amount, _ in money] == [4900, 9800, 14700]
        assert len({name for _, name in money}) == 3
        booked = select(LedgerEntry.op_id).where(LedgerEntry.act == "payment").distinct()
        assert set(ctx.db.scalars(booked)) == set(ctx.db.scalars(select(Payment.id)))


def test_a_table_names_the_invoice_in_its_words(world: World) -> None:
    invoice_id, codes = billed(world, 1, 1)
    rows = [["Datum", "Text", "Betrag"], ["04.03.2027", f"Ref {reference(world, invoice_id)}", "98.00"]]
    found = sent(world, table(rows))
    with world.open() as ctx:
        statement = ctx.db.get_one(Statement, found)
        confirm(ctx, statement, Layout(**statement.layout))
    make_worker(world.process, wakeups=False).drain()
    assert states(world, codes) == ["paid", "paid"]


def test_the_same_file_twice_and_the_same_invoice_twice_pay_once(world: World) -> None:
    invoice_id, _ = billed(world, 1, 1)
    mine = reference(world, invoice_id)
    once, twice = Paid("98.00", mine, bank_reference="A"), Paid("98.00", mine, bank_reference="B")
    assert paid(world, once, twice) == [(S.APPLIED, R.NONE), (S.OPEN, R.PAID)]
    sent(world, camt(once, twice))
    assert count(world, Payment) == 2
    with world.open() as ctx:
        again = ctx.db.scalars(select(Transaction).where(Transaction.state == S.OPEN)).one()
        with pytest.raises(Refused, match="invoice_settled"):
            applying.assign_invoice(ctx, again)


@pytest.mark.parametrize(
    ("amount", "reason", "after", "payments"),
    [
        ("97.99", R.PARTIAL, ["paid", "awaiting_payment"], [4900, 4899]),
        ("40.00", R.PARTIAL, ["awaiting_payment", "awaiting_payment"], [4000]),
        ("100.00", R.OVER, ["paid", "paid"], [4900, 5100]),
    ],
)
def test_too_little_or_too_much_waits_for_a_person_who_records_it(
    world: World, amount: str, reason: Reason, after: list[str], payments: list[int]
) -> None:
    invoice_id, codes = billed(world, 1, 1)
    assert paid(world, Paid(amount, reference(world, invoice_id))) == [(S.OPEN, reason)]
    assert states(world, codes) == ["awaiting_payment"] * 2
    assert count(world, Payment) == 0
    with world.open() as ctx:
        applying.assign_invoice(ctx, the_payment(ctx))
    assert states(world, codes) == after
    with world.open() as ctx:
        assert ctx.db.scalars(select(Payment.amount_minor).order_by(Payment.order_id)).all() == payments


def test_two_people_record_it_once(world: World) -> None:
    invoice_id, _ = billed(world, 1, 1)
    paid(world, Paid("90.00", reference(world, invoice_id)))
    with world.open() as ctx:
        applying.assign_invoice(ctx, the_payment(ctx))
    with world.open() as ctx, pytest.raises(Conflict):
        applying.assign_invoice(ctx, the_payment(ctx))
    assert count(world, Payment) == 2


def test_an_order_that_ended_is_not_asked_for_any_more(world: World) -> None:
    invoice_id, codes = billed(world, 1, 1)
    with world.open() as ctx:
        cancel_order(ctx, ctx.db.scalars(select(Order).where(Order.code == codes[0])).one(), "organizer")
    assert paid(world, Paid("49.00", reference(world, invoice_id))) == [(S.APPLIED, R.NONE)]
    assert states(world, codes) == ["cancelled", "paid"]


def test_after_the_term_a_person_decides(world: World) -> None:
    invoice_id, codes = billed(world, 1, 1)
    clock = world.process.sources.clock
    assert isinstance(clock, FixedClock)
    clock.move(timedelta(days=20))
    with world.open() as ctx:
        assert expire_orders(ctx) == 2
    assert paid(world, Paid("98.00", reference(world, invoice_id))) == [(S.OPEN, R.EXPIRED)]
    with world.open() as ctx:
        applying.assign_invoice(ctx, the_payment(ctx))
    assert states(world, codes) == ["paid", "paid"]
    with world.open() as ctx:
        alone = ctx.db.scalars(
            select(Invoice.total_minor).where(Invoice.order_id.is_not(None), Invoice.kind == "invoice")
        )
        assert alone.all() == [4900, 4900]


def test_an_invoice_that_was_corrected_is_put_before_a_person(world: World) -> None:
    invoice_id, codes = billed(world, 1, 1)
    with world.open() as ctx:
        again = correct(ctx, ctx.db.get_one(Invoice, invoice_id)).id
    old, new = Paid("98.00", reference(world, invoice_id)), Paid("98.00", reference(world, again))
    assert paid(world, old, new) == [(S.OPEN, R.PAID), (S.APPLIED, R.NONE)]
    assert states(world, codes) == ["paid", "paid"]


def test_another_currency_another_organizer_and_nobodys_number_pay_nothing(world: World) -> None:
    invoice_id, codes = billed(world, 1, 1)
    other = tenant_of(world.process)
    foreign, _ = billed(other, 1, 1)
    assert paid(
        world,
        Paid("98.00", reference(world, invoice_id), currency="EUR"),
        Paid("98.00", reference(other, foreign)),
        Paid("98.00", reference(world, foreign)),
    ) == [(S.OPEN, R.CURRENCY), (S.OPEN, R.FOREIGN), (S.OPEN, R.INVOICE)]
    assert states(world, codes) == ["awaiting_payment"] * 2
    assert count(world, Payment) == count(other, Payment) == 0


def test_a_worker_that_dies_between_two_orders_leaves_none_paid_and_pays_all_the_next_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice_id, codes = billed(world, 1, 1, 1)
    real, calls = applying.receive_money, []

    def dies(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise MemoryError
        return real(*given)

    monkeypatch.setattr(applying, "receive_money", dies)
    sent(world, camt(Paid("147.00", reference(world, invoice_id))))
    assert states(world, codes) == ["awaiting_payment"] * 3
    assert count(world, Payment) == 0
    clock = world.process.sources.clock
    assert isinstance(clock, FixedClock)
    clock.move(timedelta(hours=1))
    make_worker(world.process, wakeups=False).drain()
    assert states(world, codes) == ["paid"] * 3
    assert count(world, Payment) == 3
