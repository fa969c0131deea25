"""A code is used as often as it may be, for what it is for, and comes back once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.checkout.codes import put_code, take_code_off
from sratix_core.checkout.service import cart_by_secret, expire_carts, release_cart, start_cart
from sratix_core.context import TenantContext
from sratix_core.errors import DomainError, Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.events.pricing import set_terms
from sratix_core.messages.compose import compose
from sratix_core.messages.models import Message
from sratix_core.orders.desk import Wanted
from sratix_core.orders.placing import Buyer
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.receiving import mark_paid, seat_late
from sratix_core.pricing.rules import Bulk, DiscountKind, Step, Terms, TypeRules
from sratix_core.promotions import guesses
from sratix_core.promotions.drafts import CodeDraft, draft_of
from sratix_core.promotions.models import CodeState, PromoCode
from sratix_core.promotions.service import (
    bring_in,
    change_code,
    code_by_id,
    create_code,
    delete_code,
    figures_of,
    generate,
    switch_code,
)
from sratix_core.promotions.spelling import spelled
from tests.builders import TRANSFER, World, again, make_event, make_sale, make_type, order_of, place, publish

TEN = {"kind": DiscountKind.PERCENT, "value": 1000}


def make_code(ctx: TenantContext, event: Event, code: str = "TEN", **more: Any) -> PromoCode:
    return create_code(ctx, event, CodeDraft(code, **{**TEN, **more}))


def used(ctx: TenantContext, code: PromoCode) -> int:
    return again(ctx, code).used


def refused(ctx: TenantContext, event: Event, wanted: dict[uuid.UUID, int], code: str) -> str:
    with pytest.raises(DomainError) as error:
        start_cart(ctx, event, wanted, "en", code=code)
    return str(error.value.code)


@pytest.mark.parametrize("typed", ["ten", " T E N ", "Ｔen", "tEn\u200b"[:3]])
def test_a_code_has_one_spelling(world: World, typed: str) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 10)
        make_code(ctx, event)
        cart, _ = start_cart(ctx, event, {kind.id: 2}, "en", code=typed)
        assert (cart.promo_code, cart.code_discount_minor) == ("TEN", 1000)


def test_what_is_no_code() -> None:
    assert [spelled(x) for x in ("", " ", "-", "A", "A B", "ß9", "A" * 41, "A\0B", "'; --", "😀😀", "İx")] == [
        "", "", "", "", "AB", "SS9", "", "", "", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["released", "expired", "order expired", "cancelled", "paid and cancelled"])
def test_a_use_is_held_goes_on_and_comes_back_once(world: World, end: str) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 10)
        code = make_code(ctx, event, max_uses=1)
        cart, secret = start_cart(ctx, event, {kind.id: 2}, "en", code="ten")
        assert used(ctx, code) == 1
        assert refused(ctx, event, {kind.id: 1}, "ten") == "promo_used_up"
    with world.open() as ctx:
        cart = cart_by_secret(ctx, event, secret)
        if end == "released":
            release_cart(ctx, cart)
            release_cart(ctx, cart)
        elif end == "expired":
            world.later(hours=2)
            assert (expire_carts(ctx), expire_carts(ctx)) == (1, 0)
        else:
            order = order_of(ctx, event, cart)
            assert (order.total_minor, order.promo_code, order.code_discount_minor) == (9000, "TEN", 1000)
            assert used(ctx, code) == 1
            if end == "order expired":
                world.later(days=10)
                assert (expire_orders(ctx), expire_orders(ctx)) == (1, 0)
            else:
                if end == "paid and cancelled":
                    mark_paid(ctx, order, "ref")
                cancel_order(ctx, order, "asked")
        assert used(ctx, code) == 0
    with world.open() as ctx:
        start_cart(ctx, event, {kind.id: 1}, "en", code="ten")


def test_late_money_finds_its_code_or_waits(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 10)
        code = make_code(ctx, event, max_uses=1)
        late = order_of(ctx, event, start_cart(ctx, event, {kind.id: 1}, "en", code="ten")[0])
        world.later(days=10)
        expire_orders(ctx)
        cart, _ = start_cart(ctx, event, {kind.id: 1}, "en", code="ten")
        assert mark_paid(ctx, late, "ref").state == "paid_after_expiry"
        release_cart(ctx, cart)
        seat_late(ctx, late)
        assert (late.state, used(ctx, code)) == ("paid", 1)


def test_a_buyer_uses_a_code_as_often_as_one_may(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 20)
        make_code(ctx, event, max_uses_per_buyer=2)

        def order(email: str) -> Any:
            return order_of(ctx, event, start_cart(ctx, event, {kind.id: 1}, "en", code="ten")[0], email)

        first = order("ada@example.org")
        order("ada@example.org")
        order("bob@example.org")
    with pytest.raises(Refused) as error, world.open() as ctx:
        order("ada@example.org")
    assert error.value.code == "promo_buyer_limit"
    with world.open() as ctx:
        cancel_order(ctx, again(ctx, first), "asked")
        order("ada@example.org")


def test_a_code_says_why_not(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        kind, other = make_type(ctx, event, 5000), make_type(ctx, event, 100, name="Other")
        free = make_type(ctx, event, 0, name="Free")
        publish(ctx, event)
        now = ctx.clock.now()
        make_code(ctx, event, "SOON", starts_at=now + timedelta(1))
        make_code(ctx, event, "OVER", expires_at=now)
        make_code(ctx, event, "OFF", state=CodeState.DISABLED)
        make_code(ctx, event, "OTHER", type_ids=(other.id,))
        make_code(ctx, event, "MANY", min_quantity=3)
        make_code(ctx, event, "BIG", min_order_minor=10_001)
        make_code(ctx, event, "ALL")
        two = {kind.id: 2}
        said = {
            code: refused(ctx, event, two, code)
            for code in ("SOON", "OVER", "OFF", "OTHER", "MANY", "BIG", "NO")
        }
        assert said == {
            "SOON": "promo_not_yet", "OVER": "promo_over", "OFF": "promo_unknown", "OTHER": "promo_not_these",
            "MANY": "promo_quantity", "BIG": "promo_minimum", "NO": "promo_unknown",
        }  # fmt: skip
        assert refused(ctx, event, {free.id: 1}, "ALL") == "promo_no_gain"


def test_another_events_code_is_unknown(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000)
        other = make_event(ctx, "elsewhere")
        code = make_code(ctx, other)
        assert refused(ctx, event, {kind.id: 1}, "ten") == "promo_unknown"
        with pytest.raises(NotFound):
            code_by_id(ctx, event, code.id)


def test_a_code_opens_a_hidden_type_and_stays_with_it(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        crew = make_type(ctx, event, 1000, visibility="hidden")
        publish(ctx, event)
        make_code(ctx, event, "CREW", kind=DiscountKind.ACCESS, value=0, unlocked_ids=(crew.id,))
        make_code(ctx, event, "TEN")
        assert refused(ctx, event, {crew.id: 1}, "") == "not_on_sale"
        assert refused(ctx, event, {crew.id: 1}, "TEN") == "not_on_sale"
        cart, _ = start_cart(ctx, event, {crew.id: 1}, "en", code="crew")
        for change in (lambda: take_code_off(ctx, cart), lambda: put_code(ctx, event, cart, "ten")):
            with pytest.raises(Refused, match="promo_unlocks") as error:
                change()
            assert error.value.code == "promo_unlocks"


def test_a_code_comes_late_is_changed_and_goes(world: World) -> None:
    """The prices of the lines stay those of the moment the seats were taken, whatever changed since."""
    with world.open() as ctx:
        event, kind = make_sale(ctx, 10_000, 10, rules=TypeRules(bulk=[Bulk(2, 500)]))
        set_terms(ctx, event, Terms(tax_bp=810, fee_name="Fee", fee_order_minor=300, round_to=5))
        ten, five = make_code(ctx, event), make_code(ctx, event, "FIVE", kind=DiscountKind.AMOUNT, value=501)
        cart, secret = start_cart(ctx, event, {kind.id: 2}, "en")
        assert sum(x.total_minor for x in cart.lines) + cart.rounding_minor == 19_300
    with world.open() as ctx:
        set_terms(ctx, again(ctx, event), Terms())
        again(ctx, kind).price_minor = 99_900
        cart = put_code(ctx, event, cart_by_secret(ctx, event, secret), "ten")
        assert [x.total_minor for x in cart.lines] == [17_100, 300]
        change_code(ctx, event, ten, CodeDraft("TEN", DiscountKind.PERCENT, 9000))
        put_code(ctx, event, cart, "TEN")
        assert [x.total_minor for x in cart.lines] == [17_100, 300], "frozen when it was put on"
        put_code(ctx, event, cart, "five")
        assert (used(ctx, ten), used(ctx, five), cart.rounding_minor) == (0, 1, 1)
        assert [x.total_minor for x in cart.lines] == [18_499, 300]
        take_code_off(ctx, cart)
        assert (used(ctx, five), [x.total_minor for x in cart.lines]) == (0, [19_000, 300])
        put_code(ctx, event, cart, "five")
    with world.open() as ctx:
        order = order_of(ctx, event, cart_by_secret(ctx, event, secret))
        assert (order.total_minor, order.rounding_minor, len(order.bought)) == (18_800, 1, 1)
        rules = [step["rule"] for step in order.lines[0].price_trace]
        assert rules == ["list_price", "bulk_discount", "promo_code", "tax_included"]


def test_the_first_ones_are_cheaper(world: World) -> None:
    with world.open() as ctx:
        rules = TypeRules([Step(7000, first=3)])
        event, kind = make_sale(ctx, 10_000, 10, rules=rules)

        def due(n: int) -> int:
            return sum(x.total_minor for x in start_cart(ctx, event, {kind.id: n}, "en")[0].lines)

        assert [due(2), due(2), due(1)] == [14_000, 17_000, 10_000]
        with pytest.raises(Invalid) as error:
            make_type(ctx, event, 10_000, rules=rules)
        assert error.value.fields == {"steps": "step_needs_capacity"}


def test_staff_order_with_a_code(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 10)
        code = make_code(ctx, event)
        wanted = Wanted([(kind.id, 2)], Buyer("Ada", "ada@example.org"), provider=TRANSFER, promo_code="ten")
        order = place(ctx, event, wanted)
        assert (order.total_minor, used(ctx, code)) == (9000, 1)
        mark_paid(ctx, order, "ref")
        figures = figures_of(ctx, [code.id])[code.id]
        assert (figures.orders, figures.revenue_minor, figures.discount_minor) == (1, 9000, 1000)


BAD = [
    ({"code": " "}, "code", "required"),
    ({"code": "!!"}, "code", "promo_spelling"),
    ({"value": 0}, "value", "percent_range"),
    ({"value": 10_001}, "value", "percent_range"),
    ({"value": -1}, "value", "percent_range"),
    ({"value": float("nan")}, "value", "integer"),
    ({"kind": "amount", "value": 0}, "value", "amount_positive"),
    ({"kind": "amount", "value": 10**13}, "value", "amount_positive"),
    ({"kind": "price", "value": -1}, "value", "price_out_of_range"),
    ({"kind": "gift"}, "kind", "unknown_choice"),
    ({"kind": "access", "value": 0}, "unlocked_ids", "promo_opens_nothing"),
    ({"max_uses": 0}, "max_uses", "range"),
    ({"min_quantity": 101}, "min_quantity", "range"),
    ({"type_ids": (uuid.UUID(int=7),)}, "type_ids", "unknown_choice"),
]


@pytest.mark.parametrize(("draft", "field", "why"), BAD)
def test_a_code_that_cannot_be(world: World, draft: dict[str, Any], field: str, why: str) -> None:
    with world.open() as ctx:
        event, _ = make_sale(ctx, 5000)
        with pytest.raises(Invalid) as error:
            create_code(ctx, event, CodeDraft(**{"code": "X1", **TEN, **draft}))
        assert error.value.fields[field] == why


def test_a_window_ends_after_it_begins_and_a_spelling_is_taken_once(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000)
        now = ctx.clock.now()
        with pytest.raises(Invalid) as error:
            make_code(ctx, event, starts_at=now, expires_at=now)
        assert error.value.fields == {"expires_at": "ends_before_start"}
        code, two = make_code(ctx, event), make_code(ctx, event, "TWO")
        for act in (
            lambda: make_code(ctx, event, "t e n"),
            lambda: change_code(ctx, event, two, CodeDraft("Ten", **TEN)),
        ):
            with pytest.raises(Invalid) as error:
                act()
            assert error.value.fields == {"code": "promo_taken"}
        for _ in range(2):
            start_cart(ctx, event, {kind.id: 1}, "en", code="ten")
        with pytest.raises(Refused) as less:
            change_code(ctx, event, code, CodeDraft("TEN", max_uses=1, **TEN))
        assert (less.value.code, less.value.data["taken"]) == ("promo_in_use", 2)
        with pytest.raises(Refused):
            delete_code(ctx, event, code)
        delete_code(ctx, event, two)
        assert switch_code(ctx, event, code, CodeState.DISABLED).state == "disabled"
        assert draft_of(again(ctx, code)).state == "disabled"


def test_many_codes_at_once(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 10)
        made = generate(ctx, event, CodeDraft("", max_uses=1, **TEN), 50, "vip")
        assert len(set(made)) == 50
        assert all(code.startswith("VIP-") and len(code) == 14 for code in made)
        start_cart(ctx, event, {kind.id: 1}, "en", code=made[7].lower())
        assert bring_in(ctx, event, CodeDraft("", **TEN), ["one", "ONE", "", made[0], "two"]) == (
            2, ["ONE", "", made[0]],
        )  # fmt: skip


def test_guesses_are_counted_and_forgotten(world: World) -> None:
    with world.open() as ctx:
        allowed = [guesses.count(ctx, "192.0.2.1") for _ in range(guesses.MOST + 2)]
        assert allowed == [True] * guesses.MOST + [False] * 2
        assert guesses.count(ctx, "192.0.2.2")
        guesses.was_right(ctx, "192.0.2.1")
        assert guesses.count(ctx, "192.0.2.1")
        world.later(minutes=10)
        assert all(guesses.count(ctx, "192.0.2.1") for _ in range(guesses.MOST))


def test_the_mail_tells_the_price_as_the_page_does(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 10_000, 10)
        set_terms(ctx, event, Terms(tax_bp=810, fee_name="Service fee", fee_order_minor=299, round_to=5))
        make_code(ctx, event)
        order = order_of(ctx, event, start_cart(ctx, event, {kind.id: 2}, "en", code="ten")[0])
        message = ctx.db.scalars(select(Message).where(Message.order_id == order.id)).one()
        letter = compose(ctx, message, again(ctx, order), attached=False)
        assert [(line.name, line.amount) for line in letter.lines[2:]] == [
            ("Code TEN", "CHF −20.00"), ("Service fee", "CHF 2.99"), ("of which 8.1\u00a0% VAT", "CHF 13.71"),
            ("Rounded to coins", "CHF 0.01"),
        ]  # fmt: skip


def test_a_code_that_takes_all_off_makes_a_paid_order(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 10_000, 10)
        set_terms(ctx, event, Terms(tax_bp=810, fee_name="Service fee", fee_order_minor=299))
        code = make_code(ctx, event, "GUEST", kind=DiscountKind.PERCENT, value=10_000, max_uses_per_buyer=1)
        order = order_of(ctx, event, start_cart(ctx, event, {kind.id: 2}, "en", code="guest")[0])
        assert (order.state, order.total_minor, order.provider, len(order.lines)) == ("paid", 0, "free", 1)
        cancel_order(ctx, order, "asked")
        assert used(ctx, code) == 0
