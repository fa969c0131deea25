"""Staff place an order: its price first, then the order, once, by the rules of the shop and with what the shop hides."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import select
from webtest import Form, TestResponse

from sratix_core.catalog.models import TicketType
from sratix_core.dashboard import order_new
from sratix_core.orders.models import Order
from sratix_core.pricing.rules import OpenPrice, TypeRules
from sratix_core.promotions import guesses
from tests.builders import faults
from tests.functional.api.client import Api
from tests.functional.dashboard.full import make_full
from tests.functional.shop.market import Market, Stall, form_to, make_stall, post
from tests.functional.shop.test_gift_cards import card
from tests.functional.shop.test_price_plugins import open_stall
from tests.support import TestApp, fingerprint

TYPES: dict[str, Any] = {
    "Free": 0,
    "Paid": 4900,
    "Few": {"price": 2000, "capacity": 1},
    "Guest list": {"price": 0, "visibility": "hidden"},
}
ANN = {"buyer_name": "Ann Miller", "buyer_email": "ann@example.org", "locale": "en"}


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(market.tenant(), types=TYPES)


@pytest.fixture
def office(market: Market, stall: Stall) -> TestApp:
    return market.member(stall.world)


def form_of(page: TestResponse) -> Form:
    return form_to(page, "/orders/new/")


def fill(office: TestApp, stall: Stall, fields: dict[str, str] | None = None, **quantities: int) -> Any:
    """The form of a new order as somebody fills it in, sent: the page with its price, or what is wrong with it."""
    form = form_of(office.get(stall.office + "orders/new/"))
    for name, value in {**ANN, **(fields or {})}.items():
        form[name] = value
    for name, number in quantities.items():
        form[f"q-{stall.types[name.replace('_', ' ')]}"] = str(number)
    return form.submit(status="*")


def placed(stall: Stall) -> list[Order]:
    with stall.world.open(write=False) as ctx:
        return list(ctx.db.scalars(select(Order).order_by(Order.created_at, Order.id)))


def test_the_price_is_shown_first_and_then_the_order_is_placed(office: TestApp, stall: Stall) -> None:
    shown = fill(office, stall, Paid=2, Free=1)
    assert (shown.status_int, placed(stall)) == (200, [])
    assert "Place the order for CHF 98.00" in shown
    done = form_of(shown).submit(status=303).follow()
    assert "The order is placed." in done
    [order] = placed(stall)
    assert (order.buyer_name, order.total.minor, order.state) == ("Ann Miller", 9800, "awaiting_payment")
    assert stall.taken("Paid") == 2


def test_the_same_form_again_is_the_same_order(office: TestApp, stall: Stall) -> None:
    form = form_of(fill(office, stall, Free=1))
    first, again = form.submit(status=303), form.submit(status=303)
    assert first.location == again.location
    assert len(placed(stall)) == 1
    assert placed(stall)[0].state == "paid"


def test_a_twin_that_was_faster_is_found_again(
    office: TestApp, stall: Stall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before either had placed it: the second runs into the first one's id."""
    form = form_of(fill(office, stall, Free=1))
    first = form.submit(status=303)
    looked, usual = [], order_new._placed

    def too_early(*given: Any) -> str:
        looked.append(given)
        return usual(*given) if len(looked) > 1 else ""

    monkeypatch.setattr(order_new, "_placed", too_early)
    assert form.submit(status=303).location == first.location
    assert (len(looked), len(placed(stall)), stall.taken("Free")) == (2, 1, 1)


def test_staff_sell_what_the_shop_hides(office: TestApp, stall: Stall) -> None:
    assert "not in the shop" in office.get(stall.office + "orders/new/")
    form_of(fill(office, stall, Guest_list=1)).submit(status=303)
    assert stall.taken("Guest list") == 1
    body = {
        "lines": [{"ticket_type_id": stall.types["Guest list"], "quantity": 1}],
        "buyer": {"name": "Ann Miller", "email": "ann@example.org"},
    }
    Api(office, f"/api/v1/tenants/{stall.world.tenant.slug}/events/{stall.slug}").post("/orders", body)
    assert stall.taken("Guest list") == 2


def test_nobody_places_an_order_at_a_price_they_have_not_seen(office: TestApp, stall: Stall) -> None:
    form = form_of(fill(office, stall, Paid=1))
    with stall.world.open() as ctx:
        ctx.db.get_one(TicketType, uuid.UUID(stall.types["Paid"])).price_minor = 5900
    dearer = form.submit(status=200)
    assert "Place the order for CHF 59.00" in dearer
    assert placed(stall) == []
    form_of(dearer).submit(status=303)
    assert [order.total.minor for order in placed(stall)] == [5900]


@pytest.mark.parametrize(
    ("fields", "quantities", "status", "words"),
    [
        ({}, {}, 422, "Choose"),
        ({"buyer_name": ""}, {"Paid": 1}, 422, "x-buyer_name"),
        ({"buyer_email": "nobody"}, {"Paid": 1}, 422, "x-buyer_email"),
        ({}, {"Paid": 11}, 422, 'id="x-q-'),
        ({}, {"Paid": -1}, 422, 'id="x-q-'),
        ({"code": "NOSUCH"}, {"Paid": 1}, 409, 'id="x-code"'),
        ({"value_code": "NOSUCH"}, {"Paid": 1}, 409, 'id="x-value_code"'),
        ({"buyer_vat_number": "CHE"}, {"Paid": 1}, 422, "x-buyer_vat_number"),
    ],
)
def test_what_cannot_be_ordered_is_said_and_holds_nothing(
    office: TestApp, stall: Stall, fields: dict[str, str], quantities: dict[str, int], status: int, words: str
) -> None:
    answer = fill(office, stall, fields, **quantities)
    assert answer.status_int == status
    assert words in answer
    assert "error-summary" in answer
    assert placed(stall) == []
    assert {stall.taken(name) for name in TYPES} == {0}


def test_the_last_unit_gone_meanwhile_is_said_and_what_was_typed_stays(
    market: Market, office: TestApp, stall: Stall
) -> None:
    form = form_of(fill(office, stall, Few=1))
    form_of(fill(office, stall, Few=1)).submit(status=303)
    late = form.submit(status=409)
    assert "Ann Miller" in late
    assert len(placed(stall)) == 1


def test_ids_of_others_order_nothing(market: Market, office: TestApp, stall: Stall) -> None:
    """A type of another event or organizer is no field of the form, and an order's id of theirs no order of ours."""
    other = make_full(market).stall
    [theirs] = [o.id for o in placed(other)][:1]
    form = form_of(fill(office, stall, Paid=1))
    fields = {**dict(form.submit_fields()), f"q-{next(iter(other.types.values()))}": "1"}
    before = fingerprint(market.runtime.engines, tenant_id=other.world.tenant.id)
    post(office, stall.office + "orders/new/", {**fields, "key": str(theirs)}, status=303)
    assert (len(placed(stall)), stall.taken("Paid")) == (1, 1)
    assert fingerprint(market.runtime.engines, tenant_id=other.world.tenant.id) == before
    for key in ("", "x", "7"):
        again = post(office, stall.office + "orders/new/", {**fields, "key": key}, status=200)
        assert "Place the order for" in again
    assert len(placed(stall)) == 1


def test_gift_cards_pay_what_they_can(market: Market) -> None:
    stall = open_stall(market, {"Paid": {"price": 4900, "capacity": 50}}, "gift_cards", "bank_transfer")
    office = market.member(stall.world)
    part = fill(office, stall, {"value_code": card(stall, 3000)}, Paid=1)
    assert "CHF 19.00" in part
    form_of(part).submit(status=303)
    whole = fill(office, stall, {"value_code": card(stall, 5000)}, Paid=1)
    assert 'name="provider"' not in whole
    form_of(whole).submit(status=303)
    assert [(o.state, o.provider) for o in placed(stall)] == [
        ("awaiting_payment", "bank_transfer"),
        ("paid", "gift_cards"),
    ]
    assert faults(market.runtime) == []


def test_staff_learn_no_faster_which_codes_are_good(market: Market) -> None:
    stall = open_stall(market, {"Paid": {"price": 4900, "capacity": 50}}, "gift_cards", "bank_transfer")
    office = market.member(stall.world)
    for n in range(guesses.MOST):
        assert fill(office, stall, {"value_code": f"WRONG-{n}"}, Paid=1).status_int == 409
    assert 'id="x-value_code"' in fill(office, stall, {"value_code": card(stall, 5000)}, Paid=1)
    assert placed(stall) == []


def test_an_amount_that_the_buyer_chooses_is_asked_for_and_judged(market: Market) -> None:
    rules = TypeRules(open_price=OpenPrice(most_minor=5000))
    stall = make_stall(market.tenant(), types={"Gift": {"price": 1000, "rules": rules}})
    office, amount = market.member(stall.world), f"a-{stall.types['Gift']}"
    for typed in ("", "9.99", "50.01", "-10", "1e3", "10.001", "<b>"):
        answer = fill(office, stall, {amount: typed}, Gift=1)
        assert (answer.status_int, f'id="x-{amount}"' in answer) == (422, True), typed
    shown = fill(office, stall, {amount: "25"}, Gift=2)
    assert "Place the order for CHF 50.00" in shown
    form_of(shown).submit(status=303)
    assert [order.total.minor for order in placed(stall)] == [5000]
