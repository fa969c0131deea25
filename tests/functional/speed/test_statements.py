"""The paths people wait on stay within their number of statements; the one that names the tenant doesn't count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sratix_core.accounts.permissions import ORDER_EDIT, ORDER_VIEW
from sratix_core.checkout.service import start_cart
from sratix_core.credentials.keys import KeyDraft, make_key
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.guard import OURS
from tests.builders import again, make_event, make_pool, make_type, make_world, publish
from tests.functional.api.test_scanner import send
from tests.functional.dashboard.full import ALL, make_full
from tests.functional.shop.market import Market, buy, make_stall
from tests.support import TestApp


@contextmanager
def at_most(engines: Engines, most: int) -> Iterator[None]:
    """Fails with the statements themselves when there were more."""
    with engines.counted() as seen:
        yield
    asked = [" ".join(sql.split())[:100] for sql in seen if sql not in OURS]
    assert 0 < len(asked) <= most, "\n".join(asked)


def test_a_scan_takes_five(market: Market) -> None:
    full = make_full(market)
    send(market.browser(), full.key, {"code": "unreadable", "device_seq": 1})
    with at_most(market.runtime.engines, 5):
        answer = send(market.browser(), full.key, {"code": full.qr, "device_seq": 2})
    assert answer.json["result"] == "admit"


def test_a_scan_that_comes_again_takes_four(market: Market) -> None:
    full = make_full(market)
    send(market.browser(), full.key, {"code": full.qr, "device_seq": 1})
    with at_most(market.runtime.engines, 4):
        answer = send(market.browser(), full.key, {"code": full.qr, "device_seq": 1})
    assert answer.json["repeated"]


def test_an_order_takes_eighteen(market: Market) -> None:
    """Event, cart and order in one unit of work, as the demo orders; from two pools, as most events have."""
    world = make_world(market.runtime)
    with world.open() as ctx:
        event = make_event(ctx)
        ticket_type = make_type(ctx, event, 0, 10, [make_pool(ctx, event, 50)])
        publish(ctx, event)
    with at_most(market.runtime.engines, 18), world.open() as ctx:
        event = event_by_slug(ctx, event.slug)
        cart, _ = start_cart(ctx, event, {ticket_type.id: 2}, "en")
        order, _ = place_order(
            ctx, event, cart, Buyer("Ada", "ada@example.org"), [Holder("Ada"), Holder()], "bank_transfer"
        )
    with world.open() as ctx:
        assert len(again(ctx, order).tickets) == 2


def test_an_order_by_the_api_takes_sixteen(market: Market) -> None:
    """Two free tickets from two pools in one post, the key looked up and the order told. PostgreSQL adds a lock: 17."""
    full = make_full(market)
    with full.stall.world.open() as ctx:
        event = event_by_slug(ctx, full.stall.slug)
        kind = make_type(ctx, event, 0, 20, [make_pool(ctx, event, 50)], name="From two pools")
        _, key = make_key(ctx, KeyDraft("Till", [ORDER_EDIT, ORDER_VIEW]), ALL)
    browser = market.browser()
    path = full.address("/api/v1/tenants/{tenant}/events/{event}/orders")
    body = {
        "lines": [{"ticket_type_id": str(kind.id), "quantity": 2}],
        "buyer": {"name": "Ada Miller", "email": "ada@example.org"},
    }
    post(browser, key, path, body)
    with at_most(market.runtime.engines, 16):
        answer = post(browser, key, path, body)
    assert len(answer["tickets"]) == 2
    read = browser.get(f"{path}/{answer['code']}", headers={"Authorization": f"Bearer {key}"}).json
    assert answer == read, "what was told is what was written"


def test_a_guests_order_takes_sixteen_and_its_price_seven(market: Market) -> None:
    """Two free tickets from two pools, told with their codes; the event is known by its version. PostgreSQL adds a lock."""
    world = market.tenant()
    stall = make_stall(world)
    with world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        kind = make_type(ctx, event, 0, 20, [make_pool(ctx, event, 50)], name="From two pools")
    path = f"/api/v1/public/{world.tenant.slug}/events/{stall.slug}/"
    lines = [{"ticket_type_id": str(kind.id), "quantity": 2}]
    body = {"lines": lines, "buyer": {"name": "Ada Miller", "email": "ada@example.org"}}
    browser = market.browser()
    browser.post_json(path + "orders", body, status=201)
    with at_most(market.runtime.engines, 16):
        answer = browser.post_json(path + "orders", body, status=201)
    assert len(answer.json["tickets"]) == 2
    with at_most(market.runtime.engines, 7):
        browser.post_json(path + "quotes", {"lines": lines}, status=200)


def test_a_guests_claim_comes_last(market: Market) -> None:
    """Everybody who wants the same pool waits from a claim to its commit, so all else is done before."""
    world = market.tenant()
    stall = make_stall(world, types={"Pooled": {"price": 0, "capacity": 9}})
    body = {
        "lines": [{"ticket_type_id": stall.types["Pooled"], "quantity": 2}],
        "buyer": {"name": "Ada Miller", "email": "ada@example.org"},
    }
    with market.runtime.engines.counted() as seen:
        path = f"/api/v1/public/{world.tenant.slug}/events/{stall.slug}/orders"
        market.browser().post_json(path, body, status=201)
    asked = [sql for sql in seen if sql not in OURS]
    assert [n for n, sql in enumerate(asked) if "UPDATE capacity_pools" in sql] == [len(asked) - 1]


def post(browser: TestApp, key: str, path: str, body: Any) -> Any:
    return browser.post_json(path, body, headers={"Authorization": f"Bearer {key}"}, status=201).json


def test_an_event_page_takes_one_and_so_does_asking_again(market: Market) -> None:
    stall = make_stall(market.tenant())
    browser = market.browser()
    known = browser.get(stall.path).headers["ETag"]
    with at_most(market.runtime.engines, 1):
        browser.get(stall.path)
    with at_most(market.runtime.engines, 1):
        browser.get(stall.path, headers={"If-None-Match": known}, status=304)


def test_a_purchase_takes_thirty(market: Market) -> None:
    """From the event page to the placed order, six requests. PostgreSQL has a lock that SQLite needs not."""
    stall, browser = make_stall(market.tenant()), market.browser()
    buy(browser, stall, Paid=1)
    with at_most(market.runtime.engines, 30):
        buy(browser, stall, Paid=1)


def test_a_list_of_orders_takes_ten_and_a_search_one_more(market: Market) -> None:
    stall = make_stall(market.tenant())
    browser = market.member(stall.world)
    for page, most in (("orders/", 10), ("orders/?q=ann", 11), ("attendees/", 10), ("attendees/?q=ann", 11)):
        browser.get(stall.office + page)
        with at_most(market.runtime.engines, most):
            browser.get(stall.office + page)
