"""A guest's order that is paid by card: the intent is there before the provider is called, and no lost answer loses the order."""

from __future__ import annotations

from typing import Any

import pytest

from sratix_core.shop import paying
from tests.functional.api.client import Api
from tests.functional.payments.cards import DECLINED, Counter
from tests.functional.shop.market import form_to, path_of

BUYER = {"name": "Ann Miller", "email": "ann@example.org"}


def guest_of(shop: Counter) -> Api:
    return Api(shop.market.browser(), f"/api/v1/public/{shop.world.tenant.slug}/events/{shop.stall.slug}")


def wanted(shop: Counter) -> dict[str, Any]:
    lines = [{"ticket_type_id": shop.stall.types["Paid"], "quantity": 2}]
    return {"lines": lines, "buyer": BUYER, "provider": "stripe"}


def below(order: dict[str, Any], path: str = "") -> str:
    return f"/orders/{order['code']}/{order['secret']}{path}"


def test_one_call_leads_to_the_providers_page_and_its_tickets(shop: Counter) -> None:
    guest = guest_of(shop)
    order = guest.post("/orders", wanted(shop))
    assert (order["state"], order["payment"]["due"]["amount"]) == ("awaiting_payment", 9800)
    assert guest.get(below(order)) == order, "the page of the payment stays known"
    assert guest.post(below(order, "/payments"), status=200) == order, "it is not opened twice"
    assert "declined" in shop.pay(order["payment"]["url"], DECLINED).lower()
    where = path_of(guest.browser.get(shop.pay(order["payment"]["url"]), status=303))
    assert order["url"].endswith(where)
    paid = guest.get(below(order))
    assert (paid["state"], paid["payment"], len([t for t in paid["tickets"] if t["qr"]])) == ("paid", None, 2)
    assert guest.post(below(order, "/payments"), status=409)["code"] == "order_state"
    assert (shop.charged(), len(shop.bench.kept("checkout.session"))) == ((9800, 0), 1)


@pytest.mark.parametrize("fault", ["lost_answer", "reset_before", "error_after", "malformed"])
def test_a_lost_answer_leaves_an_order_whose_payment_is_opened_again(shop: Counter, fault: str) -> None:
    shop.bench.fault("POST /v1/checkout/sessions", fault)
    guest = guest_of(shop)
    order = guest.post("/orders", wanted(shop))
    told = order["payment"]
    assert (order["state"], told["url"], told["trouble"]) == ("awaiting_payment", "", "payment_unreachable")
    page = guest.browser.get(order["url"].removeprefix("http://localhost"))
    assert form_to(page, "/payment/"), "the page offers it as well"
    again = guest.post(below(order, "/payments"), status=200)
    guest.browser.get(shop.pay(again["payment"]["url"]), status=303)
    assert shop.state(f"/orders/{order['code']}/") == ("paid", 9800, 0)
    assert len(shop.bench.kept("checkout.session")) == 1


def test_who_dies_after_the_order_and_before_the_answer_finds_it_under_the_same_key(
    shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise SystemExit

    guest, body = guest_of(shop), wanted(shop)
    with monkeypatch.context() as patch:
        patch.setattr(paying, "opened", dies)
        with pytest.raises(SystemExit):
            guest.send("POST", "/orders", body, Idempotency_Key="widget-1")
    assert (shop.stall.count(), shop.attempts()) == (1, [("pay", "intent")])
    told = guest.send("POST", "/orders", body, status=409, Idempotency_Key="widget-1")
    assert (told.json["code"], told.headers["Retry-After"]) == ("idempotency_in_flight", "60")
    shop.later(seconds=61)
    order = guest.send("POST", "/orders", body, status=201, Idempotency_Key="widget-1").json
    replayed = guest.send("POST", "/orders", body, status=201, Idempotency_Key="widget-1")
    assert (replayed.json, replayed.headers["Idempotent-Replayed"]) == (order, "true")
    assert (shop.stall.count(), len(shop.bench.kept("checkout.session"))) == (1, 1)
    guest.browser.get(shop.pay(order["payment"]["url"]), status=303)
    assert shop.state(f"/orders/{order['code']}/") == ("paid", 9800, 0)


def test_a_free_part_of_the_same_shop_asks_nobody(shop: Counter) -> None:
    shop.bench.fault("POST /v1/checkout/sessions", "error_before")
    free = {**wanted(shop), "lines": [{"ticket_type_id": shop.stall.types["Free"], "quantity": 1}]}
    assert guest_of(shop).post("/orders", free)["state"] == "paid"
    assert shop.attempts() == []
