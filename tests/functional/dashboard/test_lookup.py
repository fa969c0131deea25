"""Staff look one order up by its code or the buyer's e-mail, and see six columns of it and nothing more."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_VIEW
from sratix_core.credentials.keys import KeyDraft, make_key
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.desk import Wanted
from sratix_core.orders.placing import Buyer
from tests.builders import place
from tests.functional.api.client import Api
from tests.functional.credentials.hands import ask
from tests.functional.dashboard.full import ALL, Full, make_full
from tests.functional.shop.market import Market


@pytest.fixture(scope="module")
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture(scope="module")
def staff(market: Market, full: Full) -> Any:
    return market.member(full.stall.world, "staff", full.stall.slug)


def hits(page: Any) -> list[str]:
    return [code.text for code in page.html.select("table.data code")]


def test_the_whole_code_or_the_whole_address_finds_it_and_a_part_does_not(full: Full, staff: Any) -> None:
    here, code = full.stall.office + "order-lookup/", full.ids["code"]
    for asked in (code, f" {code.lower()} ", "ann@example.org", "ANN@example.org"):
        page = staff.get(here, {"q": asked})
        assert hits(page) == [code]
        assert "ann@example.org" in page
        assert "Ann Miller" not in page.html.main.text
        assert page.html.select("table.data a") == []
    for asked in (
        code[:4],
        "ann",
        "@example.org",
        "ann@example",
        "%",
        "ann@example.or_",
        "Ann Miller",
        "x" * 300,
        "\u0000",
    ):
        assert hits(staff.get(here, {"q": asked}, status="*")) == []


def test_nothing_else_of_orders_is_for_staff(full: Full, staff: Any) -> None:
    for rest in ("orders/", f"orders/{full.ids['code']}/", f"orders/{full.ids['code']}/print/"):
        staff.get(full.stall.office + rest, status=403)
    page = staff.get(full.stall.office)
    nav = [a["href"] for a in page.html.select("nav a")]
    assert full.stall.office + "order-lookup/" in nav
    assert full.stall.office + "orders/" not in nav
    people = staff.get(full.stall.office + "attendees/")
    links = {a["href"] for a in people.html.select("table.data tbody a")}
    codes = (full.ids["code"], full.ids["billed"])
    assert links == {f"{full.stall.office}order-lookup/?q={code}" for code in codes}
    assert staff.post(full.stall.office + "orders/exports/", {"csrf_token": "t"}, status=403)


def test_whoever_sees_all_orders_is_led_to_the_order_and_has_no_second_entry(
    market: Market, full: Full
) -> None:
    owner = market.member(full.stall.world)
    page = owner.get(full.stall.office + "order-lookup/", {"q": full.ids["code"]})
    assert page.html.select_one("table.data a")["href"].endswith(f"/orders/{full.ids['code']}/")
    assert "order-lookup" not in str(owner.get(full.stall.office).html.nav)


def test_the_interface_gives_the_same_six_columns(market: Market, full: Full, staff: Any) -> None:
    api = Api(staff, f"/api/v1/tenants/{full.ids['tenant']}")
    here = f"/events/{full.stall.slug}"
    (found,) = api.get(f"{here}/order-lookup?q={full.ids['code']}")
    assert set(found) == {"id", "code", "event_id", "buyer_email", "state", "created_at"}
    assert found["event_id"] == full.ids["event_id"]
    assert api.get(f"{here}/order-lookup?q=ann@example.org") == [found]
    assert api.get(f"{here}/order-lookup") == []
    for path in ("orders", f"orders/{full.ids['code']}", "tickets", "analytics"):
        assert api.send("GET", f"{here}/{path}").status_int == 403


def test_another_organizers_order_is_not_found(market: Market, full: Full, staff: Any) -> None:
    other = make_full(market)
    for asked in (other.ids["code"], "ann@example.org"):
        page = staff.get(full.stall.office + "order-lookup/", {"q": asked})
        assert other.ids["code"] not in hits(page) or other.ids["code"] == full.ids["code"]


def test_amounts_are_null_for_a_key_that_may_see_orders_but_no_money(market: Market, full: Full) -> None:
    with full.stall.world.open() as ctx:
        kind = uuid.UUID(full.stall.types["Paid"])
        wanted = Wanted([(kind, 2)], Buyer("Zoe", "zoe@example.org"), [], "bank_transfer")
        code = place(ctx, event_by_slug(ctx, full.stall.slug), wanted).code
        keys = [
            make_key(ctx, KeyDraft("k", scopes), ALL)[1]
            for scopes in ([ORDER_VIEW], [ORDER_VIEW, MONEY_VIEW])
        ]
    path = f"/api/v1/tenants/{full.ids['tenant']}/events/{full.stall.slug}/orders/{code}"
    blind, seeing = (ask(market.browser(), path, key).json for key in keys)
    assert (blind["total"], blind["lines"][0]["unit_price"], blind["lines"][0]["subtotal"]) == (
        None,
        None,
        None,
    )
    assert seeing["total"] == {"amount": 9800, "currency": "CHF"}
    amounts = {"total", "tax", "rounding", "code_discount"}
    assert {blind[name] for name in amounts} == {None}
    assert {k: v for k, v in blind.items() if k not in {*amounts, "lines"}} == {
        k: v for k, v in seeing.items() if k not in {*amounts, "lines"}
    }
