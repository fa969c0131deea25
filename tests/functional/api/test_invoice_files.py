"""An invoice as a PDF and by mail for programs: while it is drawn, once it is there, twice, and for nobody else."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import func, select, update

from sratix_core.audit.models import AuditEntry
from sratix_core.invoices import papers
from sratix_core.invoices.models import InvoicePaper
from sratix_core.messages.models import Message
from tests.functional.api.client import Api
from tests.functional.shop.market import Market, Stall, buy, code_in
from tests.functional.shop.test_invoices import make_office


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    return make_office(market)


@pytest.fixture
def api(market: Market, stall: Stall) -> Api:
    return Api(market.member(stall.world), f"/api/v1/tenants/{stall.world.tenant.slug}")


def issued(market: Market, stall: Stall, api: Api) -> str:
    code = code_in(buy(market.browser(), stall, Paid=1))
    made = api.post(f"/events/{stall.slug}/orders/{code}/invoices", {"kind": "invoice"}, status=200)
    return f"/invoices/{made['id']}"


def settle(stall: Stall, invoice: str, state: str) -> None:
    """As the job that draws would."""
    with stall.world.open() as ctx:
        file = papers.store.put(ctx, "INV-1.pdf", "application/pdf", b"%PDF-1.7 drawn", public=False)
        told = {"file_id": file.id} if state == "ready" else {"error": "pdf_failed"}
        papers._settle(ctx, uuid.UUID(invoice.rsplit("/", 1)[1]), "pdf", state=state, **told)


def mails(stall: Stall) -> int:
    with stall.world.open(write=False) as ctx:
        sent = select(func.count()).select_from(Message).where(Message.kind == "invoice_sent")
        return ctx.db.scalar(sent) or 0


def test_a_pdf_is_answered_once_it_is_drawn(market: Market, stall: Stall, api: Api) -> None:
    here = issued(market, stall, api)
    early = api.send("GET", f"{here}/pdf", status=409)
    assert (early.json["code"], early.headers["Retry-After"]) == ("invoice_not_drawn", "3")
    settle(stall, here, "failed")
    assert api.send("GET", f"{here}/pdf", status=409).json["code"] == "invoice_undrawn"
    assert api.post(f"{here}/pdf", status=202)["state"] == "waiting"
    settle(stall, here, "ready")
    drawn = api.send("GET", f"{here}/pdf", status=200)
    assert (drawn.content_type, drawn.body) == ("application/pdf", b"%PDF-1.7 drawn")
    assert drawn.headers["Content-Disposition"] == 'attachment; filename="INV-1.pdf"'
    assert drawn.headers["Cache-Control"] == "private, no-store"
    assert api.post(f"{here}/pdf", status=202)["state"] == "ready"


def test_a_mailing_is_made_once_however_often_it_is_asked_for(market: Market, stall: Stall, api: Api) -> None:
    here, before = issued(market, stall, api), mails(stall)
    first = api.post(f"{here}/mailings", {"after": 0}, status=202)
    assert (first["turn"], first["state"], first["recipient"]) == (1, "drawing", "ann@example.org")
    assert api.post(f"{here}/mailings", {}, status=202) == first
    assert api.get(f"{here}/mailings") == {"items": [first]}
    assert mails(stall) == before + 1
    assert (
        api.send("POST", f"{here}/mailings", {"after": 1}, status=409).json["code"] == "invoice_mail_underway"
    )
    assert (
        api.send("POST", f"{here}/mailings", {"after": 7}, status=422).json["errors"][0]["field"] == "after"
    )
    with stall.world.open() as ctx:
        ctx.db.execute(
            update(Message).where(Message.kind == "invoice_sent").values(state="failed", attempts=1)
        )
    assert api.post(f"{here}/mailings", {"after": 1}, status=202)["turn"] == 2
    with stall.world.open(write=False) as ctx:
        told = ctx.db.scalars(select(AuditEntry.action).where(AuditEntry.action == "invoice.mailed")).all()
    assert len(told) >= 2


def test_without_a_renderer_the_api_says_what_to_switch_on(market: Market) -> None:
    plain = make_office(market, pdf=False)
    api = Api(market.member(plain.world), f"/api/v1/tenants/{plain.world.tenant.slug}")
    here = issued(market, plain, api)
    assert api.send("GET", f"{here}/pdf", status=409).json["code"] == "invoice_undrawn"
    assert api.send("POST", f"{here}/pdf", status=409).json["code"] == "no_invoice_pdf"
    assert api.send("POST", f"{here}/mailings", {}, status=409).json["code"] == "no_invoice_pdf"


def test_another_organizers_invoice_is_unknown(market: Market, stall: Stall, api: Api) -> None:
    here, other = issued(market, stall, api), make_office(market)
    settle(stall, here, "ready")
    theirs = Api(market.member(other.world), f"/api/v1/tenants/{other.world.tenant.slug}")
    for method, path in (("GET", "/pdf"), ("POST", "/pdf"), ("GET", "/mailings"), ("POST", "/mailings")):
        body = {} if (method, path) == ("POST", "/mailings") else None
        assert theirs.send(method, here + path, body, status=404).json["code"] == "not_found"
    with other.world.open(write=False) as ctx:
        assert ctx.db.scalars(select(InvoicePaper.id)).all() == []


def test_when_invoices_are_issued_by_themselves_is_one_of_three_words(stall: Stall, api: Api) -> None:
    assert api.get("/invoice-settings")["issue_when"] == "never"
    assert api.patch("/invoice-settings", {"issue_when": "paid"})["issue_when"] == "paid"
    api.patch("/invoice-settings", {"issue_when": "yesterday"}, status=422)
    assert api.patch("/invoice-settings", {"issue_when": "never"})["issue_when"] == "never"
