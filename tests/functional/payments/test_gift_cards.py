"""A gift card and a card payment for one order: Stripe is asked for the rest, and each part goes back the way it came."""

from __future__ import annotations

import pytest

from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import give_back
from sratix_core.tenants.service import switch_plugin
from sratix_gift_cards.models import GiftCard
from tests.builders import World
from tests.functional.payments.cards import Counter
from tests.functional.shop.market import SETUP, form_to, path_of, to_payment
from tests.gift_cards import code_of, make_card
from tests.support import TestApp


@pytest.fixture
def gifts(shop: Counter) -> Counter:
    """The same shop with gift cards."""
    engines, tenant_id = shop.market.runtime.engines, shop.world.tenant.id
    with engines.begin(SETUP) as db:
        switch_plugin(db, shop.market.runtime.sources, tenant_id, "gift_cards", True)
    engines.tenants.invalidate(tenant_id)
    tenant = engines.tenants.by_id(tenant_id)
    assert tenant is not None
    shop.world = World(shop.market.runtime, tenant)
    return shop


def left(shop: Counter) -> int:
    with shop.world.open(write=False) as ctx:
        return int(ctx.db.query(GiftCard).one().balance_minor)


def to_stripe(shop: Counter, browser: TestApp, minor: int) -> str:
    """Two tickets at CHF 49 with a card of `minor`, up to the address of Stripe's page."""
    with shop.world.open() as ctx:
        code = code_of(ctx, make_card(ctx, minor))
    page = to_payment(browser, shop.stall, Paid=2)
    fields = {**dict(page.forms["pay"].submit_fields()), "gift": code, "gift_at": "pay"}
    page = browser.post(page.request.path.replace("/pay/", "/value/"), fields).follow()
    form = form_to(page, "/pay/")
    form["provider"] = shop.provider
    return str(form.submit(status=303).headers["Location"])


def test_stripe_takes_the_rest_and_each_part_goes_back_the_way_it_came(gifts: Counter) -> None:
    browser = gifts.market.browser()
    where = path_of(browser.get(gifts.pay(to_stripe(gifts, browser, 3000)), status=303))
    assert gifts.charged() == (6800, 0)
    assert gifts.state(where) == ("paid", 9800, 0)
    with gifts.world.open() as ctx:
        order = gifts.order(ctx, where)
        give_back(ctx, order, [order.tickets[0].id], ReturnTerms.FULL, "goodwill")
    gifts.work()
    assert (left(gifts), gifts.charged()) == (3000, (6800, 1900)), "the card's part first, the rest to Stripe"
    with gifts.world.open() as ctx:
        give_back(ctx, gifts.order(ctx, where), None, ReturnTerms.FULL, "goodwill")
    gifts.work()
    assert (left(gifts), gifts.charged()) == (3000, (6800, 6800))
    assert gifts.state(where) == ("cancelled", 9800, 9800)


def test_who_leaves_stripes_page_has_the_value_back_when_the_order_lapses(gifts: Counter) -> None:
    browser = gifts.market.browser()
    page = to_stripe(gifts, browser, 3000)
    assert left(gifts) == 0
    gifts.later(minutes=50)
    gifts.sweep()
    gifts.work()
    assert (gifts.state()[0], left(gifts)) == ("expired", 3000)
    gifts.pay(page)
    gifts.deliver()
    gifts.work()
    charged, back = gifts.charged()
    assert charged == back, "who pays the rest of what is over has it back"
    assert left(gifts) == 3000
