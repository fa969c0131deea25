"""A signed-in buyer keeps a card and pays with it next time; nobody else sees it, uses it or takes it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.accounts.models import User
from sratix_core.payments.models import PaymentAttempt
from sratix_core.saved_methods.models import PaymentCustomer
from sratix_core.tenants import plugin_settings
from tests.functional.payments.cards import SECURE, VISA, Counter, counter
from tests.functional.payments.connected import another, connect, connected
from tests.functional.shop.market import SETUP, TOKEN, form_to, path_of, post, to_payment
from tests.support import TestApp

KEEP = "Keep this card for next time"


@pytest.fixture
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    with counter(tmp_path_factory.mktemp("saved")) as made:
        yield made


def kept_by(shop: Counter, me: TestApp, number: str = VISA) -> str:
    """Buy with a card and keep it; the order's page."""
    form = form_to(to_payment(me, shop.stall, Paid=1), "/pay/")
    form["provider"], form["keep"] = shop.provider, True
    back = shop.pay(form.submit(status=303).headers["Location"], number)
    return path_of(me.get(back, status=303))


def saved_choice(page: object) -> str:
    (value,) = [v for v, _, _ in form_to(page, "/pay/")["provider"].options if "/" in v]  # type: ignore[arg-type]
    return str(value)


def test_a_card_is_kept_when_asked_and_pays_the_next_order_in_one_step(shop: Counter) -> None:
    me = shop.market.member(None)
    page = to_payment(me, shop.stall, Paid=1)
    assert KEEP in page
    assert not form_to(page, "/pay/")["keep"].checked
    assert "/" not in form_to(page, "/pay/")["provider"].value
    assert shop.state(kept_by(shop, me)) == ("paid", 4900, 0)
    page = to_payment(me, shop.stall, Paid=1)
    assert "Visa •••• 4242" in page
    form = form_to(page, "/pay/")
    assert form["provider"].value == saved_choice(page), "the card that is kept is chosen already"
    back = form.submit(status=303)
    order = path_of(me.get(path_of(back), status=303))
    assert shop.state(order) == ("paid", 4900, 0)
    assert shop.charged() == (9800, 0)
    assert "4242" not in me.get(order)
    assert shop.faults() == []


def test_without_the_tick_nothing_is_kept_and_guests_see_nothing_of_it(shop: Counter) -> None:
    me = shop.market.member(None)
    shop.bought(me, Paid=1)
    assert shop.bench.kept("customer") == []
    assert "••••" not in to_payment(me, shop.stall, Paid=1)
    guest = shop.market.browser()
    page = to_payment(guest, shop.stall, Paid=1)
    assert KEEP not in page
    form = form_to(page, "/pay/")
    answer = post(guest, form.action, {"provider": "stripe", "keep": "1"})
    assert answer.status_int == 303
    with shop.world.open(write=False) as ctx:
        assert ctx.db.scalar(select(PaymentCustomer.id)) is None


def test_the_bank_may_ask_and_a_refusal_there_is_the_end_of_that_try(shop: Counter) -> None:
    me = shop.market.member(None)
    form = form_to(to_payment(me, shop.stall, Paid=1), "/pay/")
    form["provider"], form["keep"] = "stripe", True
    _, _, bank = shop.bench.get(
        form.submit(status=303).headers["Location"], {"use": SECURE, "email": "a@example.org", "name": "A"}
    )
    shop.bench.get(bank, {"answer": "approve"})
    for answer, told in (("fail", "payment_declined"), ("approve", "")):
        page = to_payment(me, shop.stall, Paid=1)
        asked = form_to(page, "/pay/").submit(status=303).headers["Location"]
        assert "/3ds/" in asked
        _, _, back = shop.bench.get(asked, {"answer": answer})
        order = me.get(back.split("8080", 1)[-1], status=303).headers["Location"]
        assert told in order
        assert shop.state(order)[0] == ("awaiting_payment" if told else "paid")
    shop.work()
    assert shop.faults() == []


def test_nobody_else_sees_or_uses_it(shop: Counter) -> None:
    me = shop.market.member(None)
    kept_by(shop, me)
    mine = saved_choice(to_payment(me, shop.stall, Paid=1))
    other = shop.market.member(None)
    guest = shop.market.browser()
    for who in (other, guest):
        page = to_payment(who, shop.stall, Paid=1)
        assert "4242" not in page
        refused = post(who, form_to(page, "/pay/").action, {"provider": mine})
        assert refused.status_int == 422
    kept_by(shop, other)
    page = to_payment(other, shop.stall, Paid=1)
    form = form_to(page, "/pay/")
    left = path_of(post(other, form.action, {"provider": mine}))
    assert "payment_declined" in left, "somebody else's card is refused at its provider's side as well"
    assert shop.charged() == (9800, 0)


def test_whoever_has_the_link_of_an_order_pays_it_without_the_owners_cards(shop: Counter) -> None:
    me = shop.market.member(None)
    kept_by(shop, me)
    form = form_to(to_payment(me, shop.stall, Paid=1), "/pay/")
    form["provider"], form["keep"] = "stripe", True
    theirs = form.submit(status=303).headers["Location"]
    assert "•••• 4242" in shop.bench.get(theirs)[1], (
        "the page of the payment service offers the owner what is kept"
    )
    link = shop.bench.kept("checkout.session")[-1]["cancel_url"].split("8080", 1)[-1].split("?")[0]
    friend = shop.market.browser()
    again = form_to(friend.get(link), "/payment/").submit(status=303).headers["Location"]
    assert again != theirs
    assert "••••" not in shop.bench.get(again)[1]
    assert "expired" in shop.bench.get(theirs)[1]
    assert link.endswith(path_of(friend.get(shop.pay(again), status=303)))
    assert shop.state(link) == ("paid", 4900, 0)
    assert shop.faults() == []


def test_a_payment_whose_answer_is_lost_is_made_once(shop: Counter) -> None:
    me = shop.market.member(None)
    kept_by(shop, me)
    for call in ("POST /v1/payment_intents", "POST /v1/payment_intents/*/confirm"):
        for fault in ("lost_answer", "error_after", "reset_before", "error_before"):
            form = form_to(to_payment(me, shop.stall, Paid=1), "/pay/")
            shop.bench.fault(call, fault)
            where = form.submit(status=303).headers["Location"]
            order = where.split("payment/return")[0].split("?")[0]
            for _ in range(3):
                if shop.state(order)[0] == "paid":
                    break
                page = me.get(order.split("8080", 1)[-1])
                again = form_to(page, "/payment/").submit(status=303)
                me.get(path_of(again), status="*")
            assert shop.state(order) == ("paid", 4900, 0), (call, fault)
    shop.work()
    assert shop.charged() == (4900 * 9, 0)
    assert shop.faults() == []


def test_nothing_breaks_when_the_account_is_changed_or_the_person_is_gone_there(shop: Counter) -> None:
    me = shop.market.member(None)
    kept_by(shop, me)
    (customer,) = shop.bench.kept("customer")
    shop.bench.client().v1.customers.delete(customer["id"])
    page = to_payment(me, shop.stall, Paid=1)
    assert "••••" not in page
    assert KEEP in page
    kept_by(shop, me)
    assert "4242" in to_payment(me, shop.stall, Paid=1)
    shop.bench.control("accounts", {"keys": ["sk_test_other"]})
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"test_secret_key": "sk_test_other"})
    assert "••••" not in to_payment(me, shop.stall, Paid=1)
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"test_secret_key": "sk_test_double"})
    assert "4242" in to_payment(me, shop.stall, Paid=1)


def test_a_payment_nobody_came_back_for_takes_nothing(shop: Counter) -> None:
    """The process died between writing down and paying: the card is charged only while its owner waits."""
    me = shop.market.member(None)
    kept_by(shop, me)
    form = form_to(to_payment(me, shop.stall, Paid=1), "/pay/")
    shop.bench.fault("POST /v1/payment_intents", "reset_before")
    form.submit(status=303)
    for _ in range(4):
        shop.later(minutes=20)
        shop.work()
        shop.sweep()
    with shop.world.open(write=False) as ctx:
        last = ctx.db.scalars(select(PaymentAttempt).order_by(PaymentAttempt.id.desc()).limit(1)).one()
        assert last.state in {"cancelled", "expired"}
        assert shop.order(ctx).state == "expired"
    assert shop.charged() == (4900, 0)
    assert shop.faults() == []


def test_a_persons_page_lists_adds_and_removes_cards(shop: Counter) -> None:
    me = shop.market.member(None)
    assert "No organizer here keeps cards" in me.get("/my/payment-methods/")
    kept_by(shop, me)
    page = me.get("/my/payment-methods/")
    assert "Visa •••• 4242" in page
    added = form_to(page, "/payment-methods/stripe/").submit(status=303).headers["Location"]
    back = shop.pay(added, "5555555555554444")
    page = me.get(back)
    assert "The card is kept" in page
    assert "Mastercard •••• 4444" in page
    removal = next(form.action for form in page.forms.values() if "/removal/" in form.action)
    assert "refunds still reach the card" in me.get(removal)
    page = form_to(me.get(removal), "/removal/").submit(status=303).follow()
    assert "The card is removed." in page
    assert "Mastercard" not in page
    assert "Visa •••• 4242" in page
    post(me, removal, {}).follow()
    assert shop.charged() == (4900, 0)


def test_a_service_that_does_not_answer_is_said_beside_its_organizer(shop: Counter) -> None:
    me = shop.market.member(None)
    kept_by(shop, me)
    shop.bench.fault("GET /v1/customers/*", "error_before", times=3)
    assert "does not answer at the moment" in me.get("/my/payment-methods/")
    assert "••••" not in to_payment(me, shop.stall, Paid=1)
    told = me.get("/api/v1/my/payment-methods").json
    assert (told["items"], told["silent"]) == ([], [shop.world.tenant.slug])
    (card,) = me.get("/api/v1/my/payment-methods").json["items"]
    assert (card["brand"], card["last4"]) == ("Visa", "4242")


def test_a_program_lists_and_removes_ones_own_and_nobody_elses(shop: Counter) -> None:
    me, other = shop.market.member(None), shop.market.member(None)
    kept_by(shop, me)
    (card,) = me.get("/api/v1/my/payment-methods").json["items"]
    assert other.get("/api/v1/my/payment-methods").json["items"] == []
    assert shop.market.browser().get("/api/v1/my/payment-methods", status=401)
    where = f"/api/v1/my/{shop.world.tenant.slug}/payment-methods/stripe/test/{card['id']}"
    token = {"X-CSRF-Token": TOKEN}
    assert other.delete(where, headers=token, status=404)
    kept_by(shop, other)
    assert other.delete(where, headers=token, status=204)
    assert [one["id"] for one in me.get("/api/v1/my/payment-methods").json["items"]] == [card["id"]]
    for _ in range(2):
        me.delete(where, headers=token, status=204)
    assert me.get("/api/v1/my/payment-methods").json["items"] == []
    neighbour = shop.market.tenant()
    assert me.delete(where.replace(shop.world.tenant.slug, neighbour.tenant.slug), headers=token, status=404)


def test_support_that_acts_as_somebody_sees_nothing_of_their_cards(shop: Counter) -> None:
    me = shop.market.member(shop.world)
    with shop.market.runtime.engines.begin(SETUP, write=False) as db:
        owner = db.scalars(select(User.id).order_by(User.id.desc()).limit(1)).one()
    kept_by(shop, me)
    support = shop.market.member(None, is_platform_admin=True)
    form = form_to(support.get(f"/platform/users/{owner}/"), "/impersonations/")
    form["reason"] = "They called us"
    form.submit(status=303)
    page = to_payment(support, shop.stall, Paid=1)
    assert KEEP not in page
    assert "••••" not in page
    support.get("/my/payment-methods/", status=403)
    support.get("/api/v1/my/payment-methods", status=403)


def test_on_the_shops_own_page_a_card_is_kept_as_well(shop: Counter) -> None:
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"look": "embedded"})
    me = shop.market.member(None)
    form = form_to(to_payment(me, shop.stall, Paid=1), "/pay/")
    form["provider"], form["keep"] = "stripe", True
    page = path_of(form.submit(status=303))
    assert "stripe-pay" in me.get(page)
    assert shop.market.browser().get(page, status=303), (
        "nobody else is shown the fields that keep a card for its owner"
    )
    (intent,) = shop.bench.kept("payment_intent")
    with_card = {"payment_method": "pm_card_visa", "return_url": "https://shop.example/back"}
    shop.bench.client().v1.payment_intents.confirm(intent["id"], params=with_card)
    order = path_of(me.get(page + "return/", status=303))
    assert shop.state(order) == ("paid", 4900, 0)
    form = form_to(to_payment(me, shop.stall, Paid=1), "/pay/")
    assert "/" in form["provider"].value
    order = path_of(me.get(path_of(form.submit(status=303)), status=303))
    assert shop.state(order) == ("paid", 4900, 0)
    assert shop.faults() == []


def test_through_the_platform_two_organizers_never_share_a_person(tmp_path: Path) -> None:
    with connected(tmp_path) as shop:
        neighbour = another(shop)
        connect(neighbour)
        me = shop.market.member(None)
        kept_by(shop, me)
        assert "••••" in to_payment(me, shop.stall, Paid=1)
        assert "••••" not in to_payment(me, neighbour.stall, Paid=1)
        kept_by(neighbour, me)
        assert len(shop.bench.kept("customer")) == 2
        page = to_payment(me, shop.stall, Paid=1)
        order = path_of(me.get(path_of(form_to(page, "/pay/").submit(status=303)), status=303))
        assert shop.state(order) == ("paid", 4900, 0)
        assert all(c["transfer"] for c in shop.bench.kept("charge") if c["id"].startswith("ch_"))
