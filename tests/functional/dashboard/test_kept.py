"""What is kept from one page to the next is never somebody else's, never old, and never trusted."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from tests.builders import make_type
from tests.functional.shop.market import Market, Stall, buy, make_stall, post


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
