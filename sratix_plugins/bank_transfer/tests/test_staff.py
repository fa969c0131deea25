"""What staff does on the pages: uploads a statement, sees what became of it, decides what was not exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from webtest import TestApp

from sratix_bank_transfer.references import invoice_number, order_number, qrr
from sratix_core.app import make_worker
from sratix_core.catalog.models import TicketType
from sratix_core.events.models import Event
from sratix_core.invoices import settings
from sratix_core.invoices.service import consolidate
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import switch_plugin
from sratix_plugins.bank_transfer.tests.statements import Paid, camt, table
from sratix_plugins.bank_transfer.tests.test_matching import ACCOUNT
from tests.builders import make_cart, make_sale
from tests.functional.web.people import make_tenant, make_user, sign_in
from tests.support import make_test_app, runtime_of
from tests.unit.invoices.test_invoices import SENDER

ROOT = "/dashboard/acme/x/bank_transfer/"


class Office:
    """A tenant with the plugin on, an event at 49 francs, and its owner signed in."""

    def __init__(self, app: TestApp) -> None:
        self.app, self.runtime = app, runtime_of(app)
        self.tenant_id = make_tenant(self.runtime)
        make_user(self.runtime, tenant_id=self.tenant_id)
        with self.runtime.engines.begin(SystemScope("a test switches a plugin on")) as db:
            switch_plugin(db, self.runtime.sources, self.tenant_id, "bank_transfer", True)
        with self.unit() as ctx:
            plugin_settings.save(ctx, "bank_transfer", ACCOUNT)
            make_sale(ctx, 4900)
        sign_in(app)

    def unit(self) -> Any:
        from contextlib import contextmanager

        @contextmanager
        def opened() -> Iterator[Any]:
            tenant = self.runtime.engines.tenants.by_id(self.tenant_id)
            assert tenant is not None
            with self.runtime.engines.begin(TenantScope(self.tenant_id)) as db:
                yield self.runtime.context(tenant, db)

        return opened()

    def order(self, tickets: int = 1) -> str:
        with self.unit() as ctx:
            event, kind = ctx.db.scalars(select(Event)).one(), ctx.db.scalars(select(TicketType)).one()
            cart, _ = make_cart(ctx, event, {kind: tickets})
            holders = [Holder()] * tickets
            buyer = Buyer("Ada Lovelace", "ada@example.org")
            code: str = place_order(ctx, event, cart, buyer, holders, "bank_transfer")[0].code
            return code

    def paid(self, code: str, amount: str) -> Paid:
        return Paid(amount, qrr(order_number(self.tenant_id, code)))

    def send(self, data: bytes, name: str = "camt054.xml") -> Any:
        form = self.app.get(ROOT + "statements/").forms
        upload = next(f for f in form.values() if f.enctype == "multipart/form-data")
        upload["file"] = (name, data)
        return upload.submit(expect_errors=True)

    def work(self) -> None:
        make_worker(self.runtime, wakeups=False).drain()

    def state(self, code: str) -> str:
        with self.unit() as ctx:
            found: str = ctx.db.scalars(select(Order.state).where(Order.code == code)).one()
            return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    app, engines = make_test_app(tmp_path)
    yield Office(app)
    engines.dispose()


def form_to(page: Any, ending: str) -> Any:
    return next(f for f in page.forms.values() if f.action.endswith(ending))


def test_an_upload_pays_and_what_is_not_exact_is_decided(office: Office) -> None:
    exact, less = office.order(), office.order()
    page = office.send(camt(office.paid(exact, "49.00"), office.paid(less, "30.00"))).follow()
    assert page.headers["Refresh"] == "2"
    office.work()
    page = office.app.get(page.request.path)
    assert "Refresh" not in page.headers
    page.mustcontain("New payments", "Too little", exact, less)
    assert office.state(exact) == "paid"

    inbox = office.app.get(ROOT)
    inbox.mustcontain("Too little", less, no="Applied</span>")
    case = inbox.click(href="/payments/", index=0)
    case.mustcontain("Less than the order costs", "Ada Lovelace", "49.00", "30.00")
    wrong = form_to(case, "/assignment/")
    wrong["code"] = "ZZZZZ"
    wrong.submit(status=422).mustcontain("No order has this code")
    right = form_to(case, "/assignment/")
    right["code"] = less.lower()
    done = right.submit(status=303).follow()
    done.mustcontain("Applied to", less, "Still to come")
    assert office.state(less) == "awaiting_payment"
    form_to(case, "/dismissal/").submit(status=422)
    late = form_to(case, "/dismissal/")
    late["why"] = "A sponsor"
    late.submit(status=409).mustcontain("Somebody was faster")
    office.app.get(ROOT).mustcontain("Nothing to decide")
    office.app.get(ROOT + "?view=all").mustcontain(less, exact)


def test_too_little_for_an_invoice_over_several_orders_is_recorded_by_a_button(office: Office) -> None:
    codes = [office.order(), office.order()]
    with office.unit() as ctx:
        settings.save(ctx, SENDER)
        firm = save_organization(ctx, OrganizationDraft("Kinetik Labs AG", "exhibitor"))
        for order in ctx.db.scalars(select(Order)):
            order.organization_id = firm.id
        ctx.db.flush()
        now, days = ctx.clock.now(), timedelta(days=9)
        invoice = consolidate(ctx, firm.id, now - days, now + days)
        label, number = invoice.label, invoice_number(office.tenant_id, invoice.id)
    office.send(camt(Paid("50.00", qrr(number))))
    office.work()
    case = office.app.get(ROOT).click(href="/payments/", index=0)
    case.mustcontain("Less than is open on the invoice", label, *codes, "98.00")
    done = form_to(case, "/settlement/").submit(status=303).follow()
    done.mustcontain("Applied to", label, no="Record CHF")
    assert sorted(office.state(code) for code in codes) == ["awaiting_payment", "paid"]
    form_to(case, "/settlement/").submit(status=409).mustcontain("Somebody was faster")


def test_a_payment_for_nobody_is_sent_back(office: Office) -> None:
    office.send(camt(Paid("12.00", message="<script>alert(1)</script>")))
    office.work()
    case = office.app.get(ROOT).click(href="/payments/", index=0)
    case.mustcontain("&lt;script&gt;alert(1)")
    page = form_to(case, "/return/").submit(status=303).follow()
    page.mustcontain("Transfer it in your e-banking")
    office.app.get(ROOT + "?view=return").mustcontain("12.00")
    form_to(page, "/returned/").submit(status=303).follow().mustcontain("Sent back")


def test_the_same_file_again_leads_to_what_became_of_it(office: Office) -> None:
    data = camt(office.paid(office.order(), "49.00"))
    first = office.send(data)
    office.work()
    again = office.send(data)
    assert again.location == first.location + "?known=1"
    again.follow().mustcontain("This file was here before")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04", "packed folder"),
        (b"", "empty"),
        (b"%PDF-1.4 x", "PDF"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares a document type"),
        (b"<html></html>", "no statement of account"),
        (b"just words\nand more", "No columns were found"),
    ],
)
def test_another_file_is_refused_with_what_to_do(office: Office, data: bytes, sentence: str) -> None:
    page = office.send(data, "../../etc/passwd")
    assert page.status_int == 422
    page.mustcontain(sentence)


def test_an_upload_without_a_file_or_far_too_large_is_refused(office: Office) -> None:
    page = office.app.get(ROOT + "statements/")
    next(f for f in page.forms.values() if f.enctype == "multipart/form-data").submit(status=422).mustcontain(
        "Choose the file"
    )
    assert office.send(b"x" * (11 * 1024 * 1024)).status_int in (413, 422)


def test_a_table_is_confirmed_before_it_is_read(office: Office) -> None:
    code = office.order()
    data = table([["When", "How much", "Words"], ["04/03/2027", "49,00", f"Tickets {code}"]])
    page = office.send(data, "export.csv").follow()
    page.mustcontain("Which column is what?", "When", "Words")
    form = form_to(page, "/layout/")
    form["column_date"], form["column_amount"], form["column_message"] = "0", "1", "2"
    form["dates"] = "DD/MM/YYYY"
    form["header"] = True
    seen = form.submit("act", value="look", status=200)
    seen.mustcontain("The first payments", "49.00")
    form_to(seen, "/layout/").submit("act", value="read", status=303)
    office.work()
    assert office.state(code) == "paid"


def test_a_table_can_be_thrown_away(office: Office) -> None:
    page = office.send(table([["Datum", "Betrag"], ["04.03.2027", "1.00"]]), "a.csv").follow()
    form_to(page, "/deletion/").submit(status=303)
    office.app.get(page.request.path, status=404)


def test_who_may_see_the_books_sees_and_nobody_else(office: Office) -> None:
    office.send(camt(Paid("12.00")))
    office.work()
    case = office.app.get(ROOT).click(href="/payments/", index=0).request.path
    office.app.get("/dashboard/acme/events/").mustcontain(ROOT)
    make_user(office.runtime, email="helper@example.org", tenant_id=office.tenant_id, role="staff")
    helper = TestApp(office.app.app)
    sign_in(helper, email="helper@example.org")
    for address in (ROOT, ROOT + "statements/", case):
        helper.get(address, status=403)
    assert ROOT not in helper.get("/dashboard/acme/events/").text
    with office.runtime.engines.begin(SystemScope("a test switches a plugin off")) as db:
        switch_plugin(db, office.runtime.sources, office.tenant_id, "bank_transfer", False)
    office.app.get(ROOT, status=404)


def test_german_staff_read_german(office: Office) -> None:
    page = office.app.get(ROOT + "?lang=de")
    page.mustcontain("Bankzahlungen", "Auszug hochladen")
