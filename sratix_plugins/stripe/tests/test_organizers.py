"""Connect, through the whole application: onboarding, payments that are passed on, refunds, disputes, statements, payouts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.service import cancel_order
from sratix_core.payments.models import ConnectedAccount, Dispute, InboxEvent
from sratix_core.payments.sending import send_owed
from sratix_core.reconciliation.models import PaymentMovement
from sratix_core.tenants import plugin_settings
from sratix_stripe.double.webhooks import sign
from tests.functional.payments.cards import SIGNING, Counter
from tests.functional.payments.connected import (
    FEE,
    account,
    another,
    begin,
    connect,
    connected,
    connecting,
    deliver,
    page_of,
    row,
    tell,
)
from tests.functional.payments.test_reconciliation import cases, held, reconcile
from tests.functional.shop.market import form_to, to_payment


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Counter]:
    with connecting(tmp_path) as made:
        yield made
        assert made.faults() == []


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    with connected(tmp_path) as made:
        yield made
        assert made.faults() == []


def theirs(shop: Counter, kind: str) -> list[dict[str, Any]]:
    """What the organizer's account has."""
    there = {"stripe_account": account(shop)}
    found = getattr(shop.bench.client().v1, kind).list(options=there)
    return [one.to_dict() for one in found.data]


def event(shop: Counter, kind: str, subject: dict[str, Any], **more: Any) -> tuple[str, bytes]:
    body = {"id": f"evt_{kind}", "type": kind, "livemode": False, "data": {"object": subject}, **more}
    raw = json.dumps(body).encode()
    return sign(raw.decode(), SIGNING, int(shop.world.clock.now().timestamp())), raw


def test_onboarding_is_walked_left_and_finished(fresh: Counter) -> None:
    office = fresh.market.member(fresh.world)
    page = office.get(page_of(fresh))
    assert "Connect with Stripe" in page
    assert "2.5\u00a0% + CHF 0.30" in page
    assert "the platform answers and bears it" in page
    assert not [m["name"] for m in ways(fresh)]
    left = fresh.bench.get(begin(fresh, office), {"answer": "later"})[2]
    page = office.get(left.removeprefix("http://localhost"), status=303).follow()
    assert "Stripe still needs something from you" in page
    assert "Name the bank account that is paid out to." in page
    assert "Accept Stripe’s terms." in page
    assert (row(fresh).ready, row(fresh).details_submitted) == (False, False)
    assert not ways(fresh)
    done = fresh.bench.get(begin(fresh, office), {"answer": "finish"})[2]
    page = office.get(done.removeprefix("http://localhost"), status=303).follow()
    assert "You are connected." in page
    assert (row(fresh).ready, row(fresh).pays_out, row(fresh).due) == (True, True, [])
    assert [a["metadata"]["sratix_tenant"] for a in opened(fresh)] == [fresh.world.tenant.slug]
    assert [w["name"] for w in ways(fresh)] == ["stripe_connect"]
    pages = form_to(page, "account/pages/").submit(status=303).headers["Location"]
    assert account(fresh) in pages


def opened(shop: Counter) -> list[dict[str, Any]]:
    return [a for a in shop.bench.kept("account") if a["type"] == "express"]


def ways(shop: Counter) -> list[dict[str, str]]:
    """The ways to pay by card that a buyer is offered."""
    page = to_payment(shop.market.browser(), shop.stall, Paid=2)
    return [
        {"name": one["value"]} for one in page.html.select("input[name=provider]") if "stripe" in one["value"]
    ]


def test_a_link_that_is_over_leads_back_to_the_button(fresh: Counter) -> None:
    office = fresh.market.member(fresh.world)
    link = begin(fresh, office)
    fresh.bench.get(link, {"answer": "later"})
    again = fresh.bench.get(link)[2]
    assert "too old" in office.get(again.removeprefix("http://localhost").partition("#")[0])


def test_stripe_tells_when_the_account_changes(fresh: Counter) -> None:
    office = fresh.market.member(fresh.world)
    link = begin(fresh, office)
    fresh.bench.get(link, {"answer": "finish"})  # they close the window instead of coming back
    assert not row(fresh).ready
    assert set(deliver(fresh, times=2)) == {200}
    fresh.work()
    assert row(fresh).ready
    with fresh.world.open(write=False) as ctx:
        told = ctx.db.scalars(select(InboxEvent).where(InboxEvent.subject == "account")).all()
        assert {(one.type, one.state) for one in told} == {("account.updated", "done")}


@pytest.mark.parametrize("gone", ["deleted", "no_access"])
def test_an_account_that_is_gone_sells_no_more(shop: Counter, gone: str) -> None:
    """Deleted at Stripe, or of another platform account since the operator changed the key."""
    if gone == "deleted":
        shop.bench.client().v1.accounts.delete(account(shop))
    else:
        shop.bench.control("accounts", {"keys": ["sk_test_other"]})
        object.__setattr__(shop.market.runtime.settings, "stripe_test_secret_key", "sk_test_other")
    office = shop.market.member(shop.world)
    page = office.get(f"{page_of(shop)}test/account/", status=303).follow()
    assert "Ask the platform’s operator" in page
    assert (row(shop).ready, row(shop).disabled_reason) == (False, gone)
    assert not ways(shop)


def test_who_comes_back_without_an_account_finds_the_button(fresh: Counter) -> None:
    office = fresh.market.member(fresh.world)
    for mode in ("test", "live"):
        office.get(f"{page_of(fresh)}{mode}/account/", status=303).follow()
    assert fresh.bench.control("ledger?path=/v1/accounts") == []
    office.get(f"{page_of(fresh)}both/account/", status=404)


@pytest.mark.parametrize("look", ["hosted", "embedded"])
def test_a_payment_goes_on_to_the_organizer_and_the_fee_stays(shop: Counter, look: str) -> None:
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"look": look})
    browser = shop.market.browser()
    where = shop.to_stripe(browser)
    if look == "hosted":
        browser.get(shop.pay(where), status=303)
    else:
        (intent,) = shop.bench.kept("payment_intent")
        with_card: Any = {"payment_method": "pm_card_visa", "return_url": "https://shop.example/back"}
        shop.bench.client().v1.payment_intents.confirm(intent["id"], params=with_card)
        assert "pk_test_double" in browser.get("/" + where.split("/", 3)[3])
        deliver(shop)
        shop.work()
    assert shop.state() == ("paid", 9800, 0)
    (transfer,) = shop.bench.kept("transfer")
    (fee,) = shop.bench.kept("application_fee")
    assert (transfer["destination"], transfer["amount"]) == (account(shop), 9800)
    assert (fee["account"], fee["amount"]) == (account(shop), FEE)


def test_events_at_the_platforms_address_pay_the_order(shop: Counter) -> None:
    shop.pay(shop.to_stripe(shop.market.browser()))  # and never comes back
    assert set(deliver(shop, times=2)) == {200}
    shop.work()
    assert shop.state() == ("paid", 9800, 0)


def test_the_fee_is_in_the_books_and_a_refund_brings_it_back(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    shop.later(minutes=5)
    reconcile(shop)
    assert held(shop) == {"cash": 9800 - FEE, "revenue": -9800, "provider_fees": FEE, "buyers": 0}
    with shop.world.open() as ctx:
        order = shop.order(ctx)
        booked = ctx.db.scalars(select(LedgerEntry).where(LedgerEntry.account == "provider_fees")).all()
        assert {(e.provider, e.event_id, e.amount_minor) for e in booked} == {
            ("stripe_connect:test", order.event_id, FEE)
        }
        cancel_order(ctx, order, "asked")
        send_owed(ctx, order)
    shop.work()
    assert shop.state() == ("cancelled", 9800, 9800)
    (fee,) = shop.bench.kept("application_fee")
    assert fee["amount_refunded"] == FEE
    shop.later(minutes=5)
    reconcile(shop)
    assert held(shop) == {"cash": 0, "revenue": 0, "provider_fees": 0, "buyers": 0}
    assert sum(line["net"] for line in theirs(shop, "balance_transactions")) == 0
    assert cases(shop) == []


def test_a_refund_of_a_part_long_after_is_found_in_the_statement(shop: Counter) -> None:
    from sratix_core.orders.credits import credit
    from sratix_core.values.money import Money

    shop.bought(shop.market.browser())
    shop.later(minutes=5)
    reconcile(shop)
    shop.later(days=10)
    with shop.world.open() as ctx:
        credit(ctx, shop.order(ctx), Money(4900, "CHF"), "asked")
        send_owed(ctx, shop.order(ctx))
    shop.work()
    shop.later(minutes=5)
    reconcile(shop)
    assert held(shop)["cash"] == 4900 - (FEE - FEE // 2)
    assert held(shop)["cash"] == sum(line["net"] for line in theirs(shop, "balance_transactions"))
    assert cases(shop) == []


def test_payouts_of_the_organizers_account_are_money_at_the_bank(shop: Counter) -> None:
    shop.bought(shop.market.browser())
    shop.later(days=3)
    there: Any = {"stripe_account": account(shop)}
    shop.bench.client().v1.payouts.create(params={"amount": 5000, "currency": "chf"}, options=there)
    shop.later(minutes=1)
    reconcile(shop)
    assert (held(shop)["bank"], held(shop)["cash"]) == (5000, 9800 - FEE - 5000)
    office = shop.market.member(shop.world)
    overview = office.get(f"/dashboard/{shop.world.tenant.slug}/finance/")
    listed = overview.html.select("section[aria-labelledby=po] li")
    assert ["CHF\u00a050.00" in one.text or "CHF 50.00" in one.text for one in listed] == [True]
    assert "Came back" not in overview
    (payout,) = shop.bench.kept("payout")
    shop.bench.control("settle", {"id": payout["id"], "outcome": "failed"})
    shop.later(minutes=5)
    reconcile(shop)
    assert held(shop)["bank"] == 0
    assert "Came back from the bank" in office.get(f"/dashboard/{shop.world.tenant.slug}/finance/")
    with shop.world.open(write=False) as ctx:
        kinds = sorted(ctx.db.scalars(select(PaymentMovement.kind)))
    assert kinds == ["charge", "payout", "payout"]


def test_a_dispute_is_the_platforms_to_bear(shop: Counter) -> None:
    where = shop.bought(shop.market.browser())
    (charge,) = [c for c in shop.bench.kept("charge") if c["id"].startswith("ch_")]
    shop.bench.control("disputes", {"charge": charge["id"]})
    deliver(shop)
    shop.work()
    shop.later(minutes=5)
    reconcile(shop)
    with shop.world.open(write=False) as ctx:
        (dispute,) = ctx.db.scalars(select(Dispute)).all()
        assert (dispute.platform_bears, dispute.state) == (True, "needs_response")
        order = shop.order(ctx, where)
    assert held(shop)["cash"] == 9800 - FEE
    assert [(kind, cause) for kind, cause, *_ in cases(shop)] == [("dispute_open", "platform_bears")]
    office = shop.market.member(shop.world)
    page = office.get(f"{shop.stall.office}orders/{order.code}/")
    assert "the platform answers and bears it" in page
    shop.bench.control("settle", {"id": dispute.reference, "outcome": "lost"})
    deliver(shop)
    shop.work()
    shop.later(minutes=5)
    reconcile(shop)
    assert held(shop)["cash"] == 9800 - FEE
    assert [state for *_, state in cases(shop)] == ["resolved"]


def test_a_fee_that_was_agreed_goes_before_the_usual_one(shop: Counter) -> None:
    admin = shop.market.member(None, "admin", is_platform_admin=True)
    where = f"/platform/tenants/{shop.world.tenant.slug}/"
    page = admin.get(where)
    assert account(shop) in page
    form = form_to(page, "/fee/")
    form["basis_points"], form["fixed_minor"] = "10001", "x"
    wrong = form.submit(status=422)
    assert "10001" in wrong
    form["basis_points"], form["fixed_minor"] = "100", ""
    form.submit(status=303)
    shop.bought(shop.market.browser())
    assert [fee["amount"] for fee in shop.bench.kept("application_fee")] == [98]
    form = form_to(admin.get(where), "/fee/")
    assert form["basis_points"].value == "100"
    form["basis_points"], form["fixed_minor"] = "", ""
    form.submit(status=303)
    shop.bought(shop.market.browser())
    assert [fee["amount"] for fee in shop.bench.kept("application_fee")] == [98, FEE]


def test_a_payment_without_a_fee_is_passed_on_whole_and_refunded(tmp_path: Path) -> None:
    with connected(tmp_path, application_fee_basis_points="0", application_fee_minor="0") as shop:
        shop.bought(shop.market.browser())
        assert shop.bench.kept("application_fee") == []
        with shop.world.open() as ctx:
            cancel_order(ctx, shop.order(ctx), "asked")
            send_owed(ctx, shop.order(ctx))
        shop.work()
        assert shop.state() == ("cancelled", 9800, 9800)
        assert shop.faults() == []


def test_own_keys_go_before_the_platform(shop: Counter) -> None:
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"test_secret_key": "sk_test_double"})
    assert [w["name"] for w in ways(shop)] == ["stripe"]
    assert "they go first" in shop.market.member(shop.world).get(page_of(shop))


def test_what_was_paid_through_the_platform_goes_back_through_it(shop: Counter) -> None:
    """Though the organizer works with keys of their own by now."""
    shop.bought(shop.market.browser())
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"test_secret_key": "sk_test_double"})
        cancel_order(ctx, shop.order(ctx), "asked")
        send_owed(ctx, shop.order(ctx))
    shop.work()
    assert shop.state() == ("cancelled", 9800, 9800)
    assert shop.bench.kept("transfer")[0]["reversed"]


def test_organizers_are_kept_apart(shop: Counter) -> None:
    other = another(shop)
    connect(other)
    assert account(shop) != account(other)
    shop.bought(shop.market.browser())
    other.bought(other.market.browser())
    assert sorted(t["destination"] for t in shop.bench.kept("transfer")) == sorted(
        [account(shop), account(other)]
    )
    deliver(shop, times=2)
    shop.work()
    for each in (shop, other):
        each.later(minutes=5)
        reconcile(each)
        assert held(each)["cash"] == 9800 - FEE
        with each.world.open(write=False) as ctx:
            own = set(ctx.db.scalars(select(InboxEvent.account)))
        assert own <= {"/test", f"{account(each)}/test"}
        assert cases(each) == []


def test_an_event_of_another_organizers_account_changes_nothing(shop: Counter) -> None:
    other = another(shop)
    there = connect(other)
    before = (row(shop).ready, row(shop).asked_at)
    signature, body = event(shop, "account.updated", {"id": there, "object": "account"}, account=there)
    assert shop.tell(signature, body).status_int == 409  # the tenant's own address is for its own keys
    assert tell(shop, signature, body).status_int == 200
    shop.work()
    with shop.world.open(write=False) as ctx:
        assert ctx.db.scalars(select(InboxEvent)).all() == []
    assert (row(shop).ready, row(shop).asked_at) == before


@pytest.mark.parametrize(
    ("account_of", "tenant"),
    [("acct_nobody", ""), ("", "nobody"), ("", ""), ("acct_nobody", "shop"), ("", "platform")],
)
def test_an_event_that_is_nobodys_is_taken_and_dropped(shop: Counter, account_of: str, tenant: str) -> None:
    slug = shop.world.tenant.slug if tenant == "shop" else tenant
    subject = {"id": "pi_x", "object": "payment_intent", "metadata": {"sratix_tenant": slug}}
    more = {"account": account_of} if account_of else {}
    assert tell(shop, *event(shop, "payment_intent.succeeded", subject, **more)).json == {
        "received": True,
        "repeated": False,
    }
    with shop.world.open(write=False) as ctx:
        assert ctx.db.scalars(select(InboxEvent)).all() == []


def test_only_what_the_platforms_endpoints_signed_is_heard(shop: Counter) -> None:
    signature, body = event(shop, "account.updated", {"id": account(shop)}, account=account(shop))
    assert tell(shop, signature, body).status_int == 200
    assert tell(shop, signature, body + b" ").status_int == 409
    assert tell(shop, "", body).status_int == 409
    assert tell(shop, signature, body, mode="live").status_int == 409
    assert tell(shop, signature, body, mode="both").status_int == 404
    wrong = sign(body.decode(), "whsec_wrong", int(shop.world.clock.now().timestamp()))
    assert tell(shop, wrong, body).status_int == 409


def test_a_payment_to_another_account_is_neither_read_nor_refunded(shop: Counter) -> None:
    """Whatever names it: an attempt whose reference was changed finds nothing."""
    other = another(shop)
    connect(other)
    other.bought(other.market.browser())
    (theirs_intent,) = shop.bench.kept("payment_intent")
    from sratix_core.plugin import Declined, Money, RefundWanted, Unavailable
    from sratix_stripe import readings, refunds
    from sratix_stripe.account import connected as account_of

    with shop.world.open(write=False) as ctx:
        mine = account_of(ctx, "test")
    with pytest.raises(Unavailable):
        readings.read(mine, theirs_intent["id"])
    (session,) = shop.bench.kept("checkout.session")
    with pytest.raises(Unavailable):
        readings.read(mine, session["id"])
    with pytest.raises(Declined):
        refunds.refund(mine, RefundWanted("key", theirs_intent["id"], Money(100, "CHF")))
    assert shop.bench.kept("refund") == []


def test_nothing_is_offered_where_the_operator_has_no_key(tmp_path: Path) -> None:
    with connecting(tmp_path, stripe_test_secret_key="") as shop:
        office = shop.market.member(shop.world)
        assert "Connect with Stripe" not in office.get(page_of(shop))
        assert ways(shop) == []


def test_the_platforms_key_is_shown_to_nobody(shop: Counter) -> None:
    office = shop.market.member(shop.world)
    admin = shop.market.member(None, "admin", is_platform_admin=True)
    for page in (office.get(page_of(shop)), admin.get("/platform/settings/")):
        assert "sk_test_double" not in page
        assert SIGNING not in page
    assert "sk_test_double" not in repr(shop.market.runtime.settings)
    with shop.world.open(write=False) as ctx:
        rows = ctx.db.scalars(select(ConnectedAccount)).all()
        assert len(rows) == 1


@pytest.mark.parametrize("look", ["hosted", "embedded"])
def test_a_fee_that_changes_before_a_lost_answer_is_repeated_stops_nobody(shop: Counter, look: str) -> None:
    with shop.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"look": look})
    call = "POST /v1/checkout/sessions" if look == "hosted" else "POST /v1/payment_intents"
    shop.bench.fault(call, "lost_answer", times=1)
    buyer = shop.market.browser()
    form = form_to(to_payment(buyer, shop.stall, Paid=2), "/pay/")
    form["provider"] = "stripe_connect"
    lost = form.submit(status=303)
    assert "payment_unreachable" in lost.headers["Location"]
    admin = shop.market.member(None, "admin", is_platform_admin=True)
    fee = form_to(admin.get(f"/platform/tenants/{shop.world.tenant.slug}/"), "/fee/")
    fee["basis_points"] = "100"
    fee.submit(status=303)
    again = form_to(lost.follow(), "/payment/").submit(status=303)
    assert "payment_unreachable" not in again.headers["Location"]
    kinds = "checkout.session" if look == "hosted" else "payment_intent"
    assert len(shop.bench.kept(kinds)) == 1
