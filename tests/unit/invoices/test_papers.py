"""A file of an invoice is drawn by a job with nothing open; a renderer that fails burns no number and is asked again (N4)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.context import TenantContext
from sratix_core.errors import Refused, Unavailable
from sratix_core.invoices import papers, settings
from sratix_core.invoices.invariants import CHECKS
from sratix_core.invoices.models import Invoice, InvoicePaper
from sratix_core.invoices.queries import invoice_by_id
from sratix_core.invoices.service import issue
from sratix_core.jobs.kinds import registry_for
from sratix_core.jobs.runner import Runner
from sratix_core.plugins import PluginInfo, hookimpl
from sratix_core.plugins.invoicing import InvoiceAttachment, InvoiceDocument
from sratix_core.tenancy.open_units import open_unit
from sratix_core.tenants.service import TenantDraft, create_tenant, switch_plugin
from sratix_core.values.clock import FixedClock
from tests.builders import TESTS, TRANSFER, World, make_order, make_sale, transfer_plugin
from tests.schema import build_schema
from tests.unit.invoices.test_invoices import SENDER
from tests.worksite import Site, build_site, postgresql_urls, sqlite_urls


@dataclass
class Pen:
    """An output that draws as told and remembers what it was given."""

    name, title, content_type, extension = "pen", "PDF", "application/pdf", "pdf"
    answers: list[Exception] = field(default_factory=list)
    drawn: list[InvoiceDocument] = field(default_factory=list)
    inside: list[Any] = field(default_factory=list)
    carried: list[int] = field(default_factory=list)

    def render(self, document: InvoiceDocument, attachments: Any) -> bytes:
        self.drawn.append(document)
        self.inside.append(open_unit())
        self.carried.append(len(attachments))
        if self.answers:
            raise self.answers.pop(0)
        return b"%PDF-1.7 " + document.label.encode()

    def attach(self, document: InvoiceDocument) -> InvoiceAttachment | None:
        return InvoiceAttachment("a.xml", "application/xml", "data", b"<?xml?>")


def plugin(pen: Pen) -> ModuleType:
    module = ModuleType("pen_for_tests")

    @hookimpl
    def invoice_outputs(ctx: TenantContext) -> list[Pen]:
        return [pen]

    @hookimpl
    def invoice_attachments(ctx: TenantContext) -> list[Pen]:
        return [pen]

    info = PluginInfo("pen", "Pen", "1", "finance", level="system")
    module.__dict__.update(
        info=info, invoice_outputs=invoice_outputs, invoice_attachments=invoice_attachments
    )
    return module


@dataclass
class Office:
    site: Site
    world: World
    pen: Pen

    def work(self) -> None:
        Runner(self.site.runtime, registry_for(self.site.runtime.plugins)).drain()

    def work_for_hours(self) -> None:
        clock = self.site.runtime.sources.clock
        assert isinstance(clock, FixedClock)
        for _ in range(20):
            self.work()
            if self.paper().state != "waiting":
                return
            clock.move(timedelta(hours=2))

    def issue(self) -> uuid.UUID:
        with self.world.open() as ctx:
            settings.save(ctx, SENDER)
            event, kind = make_sale(ctx, 4900)
            return issue(ctx, make_order(ctx, event, {kind: 1})).id

    def paper(self) -> InvoicePaper:
        with self.world.open(write=False) as ctx:
            return ctx.db.scalars(select(InvoicePaper)).one()

    def file(self, invoice_id: uuid.UUID) -> bytes:
        with self.world.open(write=False) as ctx:
            return papers.file_of(ctx, invoice_by_id(ctx, invoice_id), "pen")[1]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    sqlite = request.param == "sqlite"
    urls = sqlite_urls(tmp_path) if sqlite else postgresql_urls("srx_papers", recreate=True)
    pen = Pen()
    site = build_site(urls, tmp_path, transfer_plugin(), plugin(pen))
    build_schema(site.engines)
    with site.engines.begin(TESTS) as db:
        tenant = create_tenant(db, site.sources, TenantDraft("acme", "Acme"))
        switch_plugin(db, site.sources, tenant.id, TRANSFER, True)
    info = site.engines.tenants.by_id(tenant.id)
    assert info is not None
    yield Office(site, World(site.runtime, info), pen)
    with site.engines.begin(TESTS, write=False) as db:
        assert [f for check in CHECKS for f in check.run(db).faults] == []
    site.engines.dispose()


def test_an_invoice_is_drawn_with_nothing_open_and_stored(office: Office) -> None:
    invoice_id = office.issue()
    assert office.paper().state == "waiting"
    office.work()
    assert office.paper().state == "ready"
    assert office.file(invoice_id) == b"%PDF-1.7 INV-2027-00001"
    assert not any(office.pen.inside)
    assert office.pen.carried == [1]


def test_a_renderer_that_fails_is_asked_again_and_draws_the_same_document(office: Office) -> None:
    invoice_id = office.issue()
    office.pen.answers = [Unavailable("pdf_too_long"), MemoryError(), RuntimeError("killed")]
    office.work_for_hours()
    assert office.file(invoice_id).startswith(b"%PDF")
    assert [d.digest for d in office.pen.drawn] == [office.pen.drawn[0].digest] * 4
    with office.world.open(write=False) as ctx:
        assert ctx.db.scalars(select(Invoice.number)).all() == [1]


def test_a_renderer_that_never_works_burns_no_number_and_may_begin_anew(office: Office) -> None:
    office.pen.answers = [Unavailable("pdf_engine_missing")] * 8
    invoice_id = office.issue()
    office.work_for_hours()
    failed = office.paper()
    assert (failed.state, failed.error) == ("failed", "pdf_engine_missing")
    with office.world.open() as ctx, pytest.raises(Unavailable):
        papers.file_of(ctx, invoice_by_id(ctx, invoice_id), "pen")
    with office.world.open() as ctx:
        papers.ask(ctx, invoice_by_id(ctx, invoice_id), "pen")
    office.work()
    assert office.paper().state == "ready"


def test_an_output_that_has_no_file_for_it_is_asked_once(office: Office) -> None:
    office.pen.answers = [Refused("no_e_invoice")]
    office.issue()
    office.work_for_hours()
    assert office.paper().state == "none"
    assert len(office.pen.drawn) == 1
