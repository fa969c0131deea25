"""An invoice's page: sending it by mail once per click, what became of it, and when invoices are issued by themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import EVENT_VIEW, FINANCE_VIEW, ROLES
from sratix_core.invoices import settings
from sratix_core.invoices.models import Invoice
from sratix_core.members.roles import save_role
from sratix_core.messages.models import Message
from tests.functional.shop.market import Market, Stall, buy, form_to, post
from tests.functional.shop.test_invoices import make_office
from tests.support import TestApp


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    return make_office(market)


@pytest.fixture(scope="module")
def owner(market: Market, stall: Stall) -> TestApp:
    return market.member(stall.world)


def issued(market: Market, stall: Stall) -> str:
    """The path of a fresh invoice's page."""
    browser = market.browser()
    post(browser, buy(browser, stall, Paid=1) + "invoices/")
    with stall.world.open(write=False) as ctx:
        newest = ctx.db.scalars(
            select(Invoice.id).order_by(Invoice.issued_at.desc(), Invoice.id.desc())
        ).first()
    return f"/dashboard/{stall.world.tenant.slug}/invoices/{newest}/"


def test_a_button_pressed_twice_sends_once_and_again_is_another_button(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    here = issued(market, stall)
    page = owner.get(here)
    assert "Not sent yet. It would go to ann@example.org." in page
    button = form_to(page, "/mailings/")
    assert button.submit(status=303).headers["Location"].endswith("?done=invoice_mailed")
    assert button.submit(status=303)
    page = owner.get(here)
    assert "Waits for the PDF" in page
    assert "/mailings/" not in page.text
    with stall.world.open() as ctx:
        mine = ctx.db.scalars(select(Message.id).where(Message.kind == "invoice_sent")).all()
        assert len(mine) == 1
        ctx.db.execute(
            update(Message).where(Message.id == mine[0]).values(state="failed", attempts=1, error="550")
        )
    page = owner.get(here)
    assert "Send again" in page
    assert "550" in page
    form_to(page, "/mailings/").submit(status=303)
    with stall.world.open(write=False) as ctx:
        assert len(ctx.db.scalars(select(Message.id).where(Message.kind == "invoice_sent")).all()) == 2


def test_whoever_may_not_issue_may_not_send(market: Market, stall: Stall) -> None:
    here, staff = issued(market, stall), market.member(stall.world, "staff")
    assert post(staff, here + "mailings/", status="*").status_int in (403, 404)
    with stall.world.open() as ctx:
        save_role(ctx, Grants("owner", ROLES["owner"]), "Bookkeeper", [EVENT_VIEW, FINANCE_VIEW])
    reader = market.member(stall.world, "bookkeeper")
    page = reader.get(here)
    assert "Not sent yet." in page
    assert "/mailings/" not in page.text
    assert post(reader, here + "mailings/", status="*").status_int == 403


def test_without_a_renderer_the_page_says_why_nothing_can_be_sent(market: Market) -> None:
    plain = make_office(market, pdf=False)
    page = market.member(plain.world).get(issued(market, plain))
    assert "no plugin that draws invoices is switched on" in page
    assert "/mailings/" not in page.text


def test_when_invoices_issue_themselves_is_chosen_from_a_list(stall: Stall, owner: TestApp) -> None:
    here = f"/dashboard/{stall.world.tenant.slug}/invoices/settings/"
    form = form_to(owner.get(here), "/settings/")
    form["issue_when"] = "ordered"
    form.submit(status=303)
    with stall.world.open(write=False) as ctx:
        assert settings.read(ctx).issue_when == "ordered"
    refused = post(owner, here, {**dict(form.submit_fields()), "issue_when": "yesterday"})
    assert "Choose one of the listed options." in refused
    form["issue_when"] = "never"
    form.submit(status=303)
