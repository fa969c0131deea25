"""What is kept from one page to the next is never somebody else's, never old, and never trusted."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.accounts.models import User
from sratix_core.catalog.models import TicketType
from sratix_core.events.models import Event, EventStatus
from sratix_core.orders.models import Order
from sratix_core.tenants.service import add_member
from tests.builders import make_type
from tests.functional.shop.market import SETUP, Market, Stall, buy, make_stall, post


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(
        market.tenant(), types={"Free": {"capacity": 50}, "Paid": {"price": 4900, "capacity": 50}}
    )


def test_a_page_kept_for_the_owner_is_not_shown_to_who_may_see_less(market: Market, stall: Stall) -> None:
    owner = market.member(stall.world)
    helper = market.member(stall.world, "event_admin", stall.slug)
    orders = f"{stall.office}orders/"
    for _ in range(2):
        assert "Plugins" in owner.get(orders).html.select_one("nav.nav").text
        words = helper.get(orders).html.select_one("nav.nav").text
        assert "Orders" in words
        assert "Plugins" not in words
        assert "Settings" not in words


def test_what_changes_shows_on_the_next_page(market: Market, stall: Stall) -> None:
    owner, orders = market.member(stall.world), f"{stall.office}orders/"
    assert "No orders yet" in owner.get(orders)
    buy(market.browser(), stall, Free=1)
    assert "1 orders" in owner.get(orders)
    assert "Late bird" not in owner.get(orders)
    with stall.world.open() as ctx:
        make_type(ctx, ctx.db.scalars(select(Event)).one(), name="Late bird")
    assert "Late bird" in owner.get(orders)
    post(
        owner,
        f"{stall.office}views/",
        {"list": "dashboard.orders", "name": "Mine <b>", "query": "state=paid"},
        status=303,
    )
    page = owner.get(orders)
    assert "Mine &lt;b&gt;" in page
    assert "Mine &lt;b&gt;" not in market.member(stall.world).get(orders)
    assert 'lang="de"' in owner.get(f"{orders}?lang=de")
    assert "Bestellungen" in owner.get(f"{orders}?lang=de").html.h1.text
    assert owner.get(f"{orders}?lang=en").html.h1.text == "Orders"


def test_a_buyer_cannot_write_markup_into_the_list(market: Market, stall: Stall) -> None:
    buy(market.browser(), stall, Free=1)
    with stall.world.open() as ctx:
        ctx.db.scalars(select(Order)).one().buyer_name = '<img src=x onerror="1">'
    page = market.member(stall.world).get(f"{stall.office}orders/")
    assert "<img src=x" not in page
    assert page.html.select_one("table.data .clip").text.startswith('<img src=x onerror="1">')


def test_the_frame_names_who_looks_and_carries_their_form_token(market: Market, stall: Stall) -> None:
    orders = f"{stall.office}orders/"
    for name, theme in (
        ("Ann <i>Miller</i>", "dark"),
        ("Bea Keller", "light"),
        ("Ann <i>Miller</i>", "light"),
    ):
        token = f"{name[0]}{theme}".ljust(43, "x")
        browser = market.member(stall.world)
        with market.runtime.engines.begin(SETUP) as db:
            db.scalars(select(User).order_by(User.id.desc()).limit(1)).one().full_name = name
        browser.set_cookie("csrf", token)
        browser.set_cookie("theme", theme)
        for _ in range(2):
            page = browser.get(orders).html
            assert page.select_one(".account b").text == name
            assert page.html["data-theme"] == theme
            assert {field["value"] for field in page.select("input[name=csrf_token]")} == {token}


def test_what_an_event_is_called_changes_at_once(market: Market, stall: Stall) -> None:
    owner, orders = market.member(stall.world), f"{stall.office}orders/"
    buy(market.browser(), stall, Free=1)
    for name, zone, shown in (("Summer", "Europe/Zurich", ":00"), ("Winter", "Asia/Kolkata", ":30")):
        with stall.world.open() as ctx:
            event = ctx.db.scalars(select(Event)).one()
            event.name, event.timezone = name, zone
            ctx.db.scalars(select(TicketType).where(TicketType.name != "Paid")).one().name = f"Of {name}"
        page = owner.get(orders).html
        assert page.select_one(".crumbs a").text == name
        assert name in page.select_one(".switcher").text
        assert f"Of {name}" in page.select_one(".filterbar").text
        assert page.select_one("table.data td.soft time").text.endswith(shown)
    with stall.world.open() as ctx:
        ctx.db.scalars(select(Event)).one().status = EventStatus.ARCHIVED
    assert owner.get(orders).html.select_one(".switcher + .pop-body .pop-item[aria-current]").text != "Winter"
    with stall.world.open() as ctx:
        ctx.db.scalars(select(Event)).one().slug = "moved"
    owner.get(orders, status=404)


def test_two_organizers_with_the_same_event_see_their_own(market: Market) -> None:
    for tenant_name in ("One", "Two"):
        world = market.tenant()
        its = make_stall(world, "summit", types={tenant_name: 0, f"Also {tenant_name}": 0})
        with world.open() as ctx:
            ctx.db.scalars(select(Event)).one().name = f"Summit {tenant_name}"
        page = market.member(world).get(f"{its.office}orders/")
        other = {"One": "Two", "Two": "One"}[tenant_name]
        assert f"Summit {tenant_name}" in page
        assert f"Also {tenant_name}" in page
        assert f"Summit {other}" not in page
        assert f"Also {other}" not in page


def test_who_joins_another_organizer_finds_it_on_the_next_page(market: Market, stall: Stall) -> None:
    owner, other = market.member(stall.world), market.tenant()
    assert other.tenant.name not in owner.get(f"{stall.office}orders/")
    with market.runtime.engines.begin(SETUP) as db:
        who = db.scalars(select(User).order_by(User.id.desc()).limit(1)).one()
        add_member(db, market.runtime.sources, other.tenant.id, who.id, "staff", who.full_name, who.email)
    assert other.tenant.name in owner.get(f"{stall.office}orders/")


def test_what_a_refused_write_saw_is_not_kept(market: Market, stall: Stall) -> None:
    """A form that comes back reads its own change before it is rolled back."""
    owner = market.member(stall.world)
    before = owner.get(f"{stall.office}orders/").html.select_one(".crumbs a").text
    form = owner.get(f"{stall.office}edit/").forms
    fields = {"name": "Half saved", "starts_at": "nonsense"}
    owner.post(f"{stall.office}edit/", {**fields, "csrf_token": "t" * 43}, expect_errors=True)
    assert form
    assert owner.get(f"{stall.office}orders/").html.select_one(".crumbs a").text == before
