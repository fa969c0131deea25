"""Finance in the dashboard and the API, over a shop that takes cards: what a month came to, differences, statements, webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.payments.models import InboxEvent
from sratix_core.reconciliation.jobs import KEPT, erase_bodies
from sratix_core.reconciliation.models import FinanceCase
from tests.functional.payments.cards import Counter, counter
from tests.functional.payments.test_reconciliation import dispute, foreign, reconcile
from tests.functional.shop.market import form_to, post
from tests.support import TestApp


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A payment with its webhooks, a dispute, and somebody else's charge; the books compared."""
    folder: Path = tmp_path_factory.mktemp("finance")
    with counter(folder) as made:
        made.bought(made.market.browser())
        dispute(made)
        made.deliver()
        made.work()
        foreign(made, 2500)
        made.later(minutes=5)
        reconcile(made)
        yield made
        assert made.faults() == []


@pytest.fixture(scope="module")
def owner(shop: Counter) -> TestApp:
    return shop.market.member(shop.world)


def here(shop: Counter, rest: str = "") -> str:
    return f"/dashboard/{shop.world.tenant.slug}/finance/{rest}"


def test_a_month_shows_sales_fees_and_what_differs(shop: Counter, owner: TestApp) -> None:
    page = owner.get(here(shop, "?period=month"))
    for words in ("98.00", "Fees of providers", "Differences to look at", "How well paying works", "100 %"):
        assert words in page
    assert "No money was received" in owner.get(here(shop, "?from=2026-01-01&to=2026-01-31"))


def test_statements_and_webhooks_are_listed_without_what_they_say_of_people(
    shop: Counter, owner: TestApp
) -> None:
    lines = owner.get(here(shop, "statements/"))
    assert lines.text.count("txn_") >= 3
    told = owner.get(here(shop, "webhooks/"))
    assert "checkout.session.completed" in told
    assert "ann@example.org" not in told
    assert "example.org" in "".join(bodies(shop))


def bodies(shop: Counter) -> list[str]:
    with shop.world.open(write=False) as ctx:
        return list(ctx.db.scalars(select(InboxEvent.body)))


def case_of(shop: Counter, kind: str) -> str:
    with shop.world.open(write=False) as ctx:
        return str(ctx.db.scalars(select(FinanceCase.id).where(FinanceCase.kind == kind)).one())


def test_a_case_says_why_and_what_to_do_and_is_set_aside_with_a_reason(shop: Counter, owner: TestApp) -> None:
    address = here(shop, f"cases/{case_of(shop, 'charge_unknown')}/")
    assert "Sold in the same account without this platform" in owner.get(address)
    form = form_to(owner.get(address), address.rsplit("/cases", 1)[1])
    form["state"] = "ignored"
    assert "Why" in form.submit(status=422)
    form["reason"] = "Sold at the stand."
    assert form.submit(status=303).headers["Location"].endswith("?done=case_ignored")
    assert "Sold at the stand." in owner.get(address)
    assert post(owner, address, {"state": "resolved", "reason": "Again."}).status_int == 409
    assert "Sold at the stand." in owner.get(address)


def test_a_dispute_is_asked_about_again_and_stands_on_top_of_its_event(shop: Counter, owner: TestApp) -> None:
    address = here(shop, f"cases/{case_of(shop, 'dispute_open')}/")
    assert "Without an answer the money is lost." in owner.get(address)
    assert post(owner, address + "look/").status_int == 303
    shop.work()
    assert "The bank took" in owner.get(shop.stall.office)


def test_the_order_tells_the_story_of_its_money(shop: Counter, owner: TestApp) -> None:
    with shop.world.open(write=False) as ctx:
        code = shop.order(ctx).code
    page = owner.get(f"{shop.stall.office}orders/{code}/")
    for words in ("Disputed: answer it", "Answer before", "pi_", "play money"):
        assert words in page


@pytest.mark.parametrize("rest", ["", "ledger/", "cases/", "statements/", "webhooks/"])
def test_staff_and_other_organizers_see_none_of_it(shop: Counter, rest: str) -> None:
    assert shop.market.member(shop.world, "staff").get(here(shop, rest), status="*").status_int == 403
    stranger = shop.market.member(shop.market.tenant())
    assert stranger.get(here(shop, rest), status="*").status_int in (403, 404)


def test_a_case_of_another_organizer_is_not_there(shop: Counter) -> None:
    other = shop.market.tenant()
    stranger = shop.market.member(other)
    address = f"/dashboard/{other.tenant.slug}/finance/cases/{case_of(shop, 'dispute_open')}/"
    assert stranger.get(address, status="*").status_int == 404
    assert post(stranger, address, {"state": "ignored", "reason": "Mine."}).status_int == 404
    assert post(stranger, address + "look/").status_int == 404


def test_bodies_are_erased_when_they_are_old(shop: Counter) -> None:
    with shop.world.open() as ctx:
        assert erase_bodies(ctx) == 0
    shop.later(seconds=KEPT.total_seconds() + 60)
    with shop.world.open() as ctx:
        assert erase_bodies(ctx) > 0
    assert set(bodies(shop)) == {""}
