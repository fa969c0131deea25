"""An invoice goes out by mail once per wish, with its PDF or not at all; a tenant may have it issued without anybody asking."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select, update

from sratix_core.audit.models import AuditEntry
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, Refused, Unavailable
from sratix_core.invoices import mailing, papers, settings
from sratix_core.invoices.invariants import CHECKS
from sratix_core.invoices.models import Invoice, InvoiceMailing
from sratix_core.invoices.queries import invoice_by_id
from sratix_core.invoices.service import consolidate, issue, proforma
from sratix_core.jobs.kinds import registry_for
from sratix_core.jobs.models import Job
from sratix_core.jobs.runner import Runner
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.payments.receiving import mark_paid
from sratix_core.plugins import PluginInfo, hookimpl
from sratix_core.plugins.interfaces import Mail
from sratix_core.tenants.service import TenantDraft, create_tenant, switch_plugin
from sratix_core.values.clock import FixedClock
from tests.builders import TESTS, TRANSFER, World, make_order, make_sale, transfer_plugin
from tests.schema import build_schema
from tests.unit.invoices.test_invoices import SENDER
from tests.unit.invoices.test_papers import Pen
from tests.unit.invoices.test_papers import plugin as pen_plugin
from tests.unit.messages.test_mail import Post
from tests.worksite import Site, build_site, postgresql_urls, sqlite_urls

PEN = "pen"


def post_plugin(post: Post) -> ModuleType:
    module = ModuleType("post_for_tests")

    @hookimpl
    def message_transports(ctx: TenantContext) -> list[Post]:
        return [post]

    info = PluginInfo("post", "Post", "1", "message", level="system")
    module.__dict__.update(info=info, message_transports=message_transports)
    return module


@dataclass
class Office:
    site: Site
    world: World
    pen: Pen
    post: Post

    def work(self) -> None:
        Runner(self.site.runtime, registry_for(self.site.runtime.plugins)).drain()

    def wait(self, hours: int = 2) -> None:
        clock = self.site.runtime.sources.clock
        assert isinstance(clock, FixedClock)
        clock.move(timedelta(hours=hours))

    def set_up(self, **more: Any) -> None:
        with self.world.open() as ctx:
            settings.save(ctx, {**SENDER, **more})
        self.site.engines.tenants.invalidate(self.world.tenant.id)
        info = self.site.engines.tenants.by_id(self.world.tenant.id)
        assert info is not None
        self.world = World(self.site.runtime, info)

    def order(self, locale: str = "en") -> uuid.UUID:
        with self.world.open() as ctx:
            event, kind = make_sale(ctx, 4900, slug=f"fair-{ctx.ids.new()}")
            order = make_order(ctx, event, {kind: 1})
            order.locale = locale
            return order.id

    def issue(self, locale: str = "en") -> uuid.UUID:
        order_id = self.order(locale)
        with self.world.open() as ctx:
            return issue(ctx, ctx.db.get_one(Order, order_id)).id

    def send(self, invoice_id: uuid.UUID, after: int = 0) -> mailing.Mailed:
        with self.world.open() as ctx:
            return mailing.send(ctx, invoice_by_id(ctx, invoice_id), after)

    def mailed(self, invoice_id: uuid.UUID) -> list[mailing.Mailed]:
        with self.world.open(write=False) as ctx:
            return mailing.mailings_of(ctx, invoice_by_id(ctx, invoice_id))

    def invoices(self) -> list[Invoice]:
        with self.world.open(write=False) as ctx:
            return list(ctx.db.scalars(select(Invoice).order_by(Invoice.issued_at, Invoice.id)))

    def letters(self) -> list[Mail]:
        """What left about invoices."""
        return [m for m in self.post.mails if any(a.content_type == papers.PDF for a in m.attachments)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    sqlite = request.param == "sqlite"
    urls = sqlite_urls(tmp_path) if sqlite else postgresql_urls("srx_mailing", recreate=True)
    pen, post = Pen(), Post()
    site = build_site(urls, tmp_path, transfer_plugin(), pen_plugin(pen), post_plugin(post))
    build_schema(site.engines)
    with site.engines.begin(TESTS) as db:
        tenant = create_tenant(db, site.sources, TenantDraft("acme", "Acme"))
        switch_plugin(db, site.sources, tenant.id, TRANSFER, True)
    info = site.engines.tenants.by_id(tenant.id)
    assert info is not None
    made = Office(site, World(site.runtime, info), pen, post)
    made.set_up()
    yield made
    with site.engines.begin(TESTS, write=False) as db:
        assert [f for check in CHECKS for f in check.run(db).faults] == []
    site.engines.dispose()


def test_the_mail_waits_for_the_pdf_and_carries_it(office: Office) -> None:
    office.pen.answers = [Unavailable("pdf_busy")]
    invoice_id = office.issue()
    assert office.send(invoice_id).state == "drawing"
    office.work()
    assert office.letters() == []
    assert office.mailed(invoice_id)[0].state == "drawing"
    office.wait()
    office.work()
    (mail,) = office.letters()
    assert mail.to == "ada@example.org"
    assert [(a.filename, a.data) for a in mail.attachments] == [
        ("INV-2027-00001.pdf", b"%PDF-1.7 INV-2027-00001")
    ]
    assert "/orders/" in mail.text
    assert "49.00 by 11 March 2027" in mail.text
    assert office.mailed(invoice_id)[0].state == "sent"


def test_the_same_wish_twice_is_one_mail(office: Office) -> None:
    invoice_id = office.issue()
    office.work()
    assert office.send(invoice_id) == office.send(invoice_id)
    office.work()
    assert office.send(invoice_id).turn == 1
    office.work()
    assert len(office.letters()) == 1


def test_two_who_ask_at_the_same_moment_send_one_mail(office: Office) -> None:
    invoice_id = office.issue()
    office.work()
    together, found = threading.Barrier(2), list[int]()

    def ask() -> None:
        together.wait()
        found.append(office.send(invoice_id).turn)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1]
    office.work()
    assert len(office.letters()) == 1


def test_sending_again_is_an_act_of_its_own_and_on_record(office: Office) -> None:
    invoice_id = office.issue()
    office.send(invoice_id)
    with pytest.raises(Refused, match="invoice_mail_underway"):
        office.send(invoice_id, after=1)
    office.work()
    assert office.send(invoice_id, after=1).turn == 2
    assert office.send(invoice_id, after=1).turn == 2
    with pytest.raises(Invalid):
        office.send(invoice_id, after=9)
    office.work()
    assert len(office.letters()) == 2
    with office.world.open(write=False) as ctx:
        told = select(AuditEntry.data).where(AuditEntry.action == "invoice.mailed").order_by(AuditEntry.id)
        assert [data["turn"] for data in ctx.db.scalars(told)] == [1, 2]


def test_a_pdf_that_cannot_be_drawn_is_seen_burns_no_number_and_leaves_when_it_can(office: Office) -> None:
    office.pen.answers = [Unavailable("pdf_engine_missing")] * 8
    invoice_id = office.issue()
    office.send(invoice_id)
    for _ in range(20):
        office.work()
        office.wait()
    assert office.mailed(invoice_id)[0].state == "not_drawn"
    assert office.letters() == []
    with office.world.open() as ctx:
        papers.ask(ctx, invoice_by_id(ctx, invoice_id), PEN)
    office.work()
    assert len(office.letters()) == 1
    assert [i.number for i in office.invoices()] == [1]
    assert [m.state for m in office.mailed(invoice_id)] == ["sent"]


def test_a_mail_whose_pdf_is_gone_does_not_leave_without_it(office: Office) -> None:
    invoice_id = office.issue()
    office.work()
    office.send(invoice_id)
    with office.world.open() as ctx:
        ctx.db.execute(update(papers.InvoicePaper).values(state="failed"))
    office.work()
    assert office.letters() == []
    assert office.mailed(invoice_id)[0].state in ("queued", "unknown")


def test_a_rolled_back_wish_mails_nobody(office: Office) -> None:
    invoice_id = office.issue()

    def lost() -> None:
        with office.world.open() as ctx:
            mailing.send(ctx, invoice_by_id(ctx, invoice_id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lost()
    office.work()
    assert office.letters() == []
    assert office.mailed(invoice_id) == []


def test_what_cannot_be_mailed_is_refused_before_anything_is_written(office: Office) -> None:
    order_id = office.order()
    with office.world.open() as ctx:
        with pytest.raises(Refused, match="invoice_not_mailed"):
            mailing.send(ctx, proforma(ctx, ctx.db.get_one(Order, order_id)))
        firm = save_organization(ctx, OrganizationDraft("Kinetik Labs AG", "exhibitor"))
        ctx.db.get_one(Order, order_id).organization_id = firm.id
        ctx.db.flush()
        now = ctx.clock.now()
        month = timedelta(days=30)
        of_firm = consolidate(ctx, firm.id, now - month, now + month)
        with pytest.raises(Refused, match="no_recipient"):
            mailing.send(ctx, of_firm)
        firm.billing_email = "bills@kinetik.example.org"
        ctx.db.flush()
        assert mailing.send(ctx, of_firm).recipient == "bills@kinetik.example.org"
    office.work()
    (mail,) = office.letters()
    assert "/orders/" not in mail.text
    assert "None" not in mail.text


def test_without_a_plugin_that_draws_there_is_no_mail(world: World) -> None:
    with world.open() as ctx:
        settings.save(ctx, SENDER)
        event, kind = make_sale(ctx, 4900)
        invoice = issue(ctx, make_order(ctx, event, {kind: 1}))
        with pytest.raises(Refused, match="no_invoice_pdf"):
            mailing.send(ctx, invoice)
        assert ctx.db.scalars(select(InvoiceMailing)).all() == []


@pytest.mark.parametrize(
    ("locale", "subject"), [("de", "Rechnung INV-2027-00001"), ("en", "Invoice INV-2027-00001")]
)
def test_it_speaks_the_buyers_language(office: Office, locale: str, subject: str) -> None:
    office.send(office.issue(locale))
    office.work()
    (mail,) = office.letters()
    assert mail.subject.startswith(subject)


def test_nothing_is_issued_by_itself_unless_the_tenant_wants_it(office: Office) -> None:
    order_id = office.order()
    with office.world.open() as ctx:
        mark_paid(ctx, ctx.db.get_one(Order, order_id), "bank 1")
    office.work()
    assert office.invoices() == []


def test_when_paid_it_is_issued_and_mailed_once(office: Office) -> None:
    office.set_up(issue_when="paid")
    order_id = office.order()
    office.work()
    assert office.invoices() == []
    with office.world.open() as ctx:
        mark_paid(ctx, ctx.db.get_one(Order, order_id), "bank 1")
    office.work()
    (invoice,) = office.invoices()
    (mail,) = office.letters()
    assert "Nothing is left to be paid." in mail.text
    assert office.mailed(invoice.id)[0].state == "sent"


def test_on_account_it_is_issued_when_ordered_and_not_again_when_paid(office: Office) -> None:
    office.set_up(issue_when="ordered")
    order_id = office.order()
    office.work()
    (mail,) = office.letters()
    assert "where to is written in it" in mail.text
    with office.world.open() as ctx:
        mark_paid(ctx, ctx.db.get_one(Order, order_id), "bank 1")
    office.work()
    assert len(office.invoices()) == len(office.letters()) == 1


def test_its_credit_note_follows_by_mail(office: Office) -> None:
    office.set_up(issue_when="ordered")
    order_id = office.order()
    office.work()
    with office.world.open() as ctx:
        cancel_order(ctx, ctx.db.get_one(Order, order_id), "organizer")
    office.work()
    assert [m.subject for m in office.letters()] == [
        "Invoice INV-2027-00001 from Acme",
        "Credit note CN-2027-00001 from Acme",
    ]
    assert "invoice INV-2027-00001" in office.letters()[1].text


def test_an_order_paid_after_it_expired_gets_a_new_invoice(office: Office) -> None:
    office.set_up(issue_when="ordered")
    order_id = office.order()
    office.work()
    office.wait(24 * 30)
    with office.world.open() as ctx:
        assert expire_orders(ctx) == 1
    with office.world.open() as ctx:
        mark_paid(ctx, ctx.db.get_one(Order, order_id), "bank 1")
    office.work()
    assert [i.label for i in office.invoices()] == ["INV-2027-00001", "CN-2027-00001", "INV-2027-00002"]


def test_an_incomplete_sender_or_an_order_that_ended_stops_nothing(office: Office) -> None:
    office.set_up(issue_when="ordered", street="")
    office.order()
    office.work()
    office.set_up(issue_when="ordered")
    order_id = office.order()
    with office.world.open() as ctx:
        cancel_order(ctx, ctx.db.get_one(Order, order_id), "organizer")
    office.work()
    assert office.invoices() == []
    with office.world.open(write=False) as ctx:
        states = ctx.db.scalars(select(Job.state).where(Job.kind == "invoices.issue")).all()
        assert states == ["done", "done"]


def test_a_job_that_died_after_issuing_issues_and_mails_once(office: Office) -> None:
    office.set_up(issue_when="ordered")
    office.order()
    office.work()
    with office.world.open() as ctx:
        ctx.db.execute(
            update(Job).where(Job.kind == "invoices.issue").values(state="waiting", finished_at=None)
        )
    office.work()
    assert len(office.invoices()) == len(office.letters()) == 1
    with office.world.open(write=False) as ctx:
        kinds = ctx.db.scalars(select(Message.kind).where(Message.kind == "invoice_sent")).all()
        assert kinds == ["invoice_sent"]
