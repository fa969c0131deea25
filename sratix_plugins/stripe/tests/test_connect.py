"""Connected accounts: onboarding, charges with the platform's share, transfers."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from sratix_stripe.double.testing import Bench

PAY = {
    "amount": 10000,
    "currency": "chf",
    "payment_method": "pm_card_visa",
    "confirm": True,
    "return_url": "https://shop.example",
}
DIRECT = {**PAY, "application_fee_amount": 500}


def onboarded(bench: Bench, api: Any) -> str:
    account: str = api.accounts.create(
        params={"type": "express", "country": "CH", "email": "org@example.org"}
    ).id
    bench.control("accounts", {"id": account})
    return account


def test_an_organizer_is_onboarded_by_a_link_that_works_once(bench: Bench, stripe_api: Any) -> None:
    account = stripe_api.accounts.create(params={"type": "express", "metadata": {"tenant": "t1"}})
    assert not account.charges_enabled
    assert account.requirements.currently_due
    ask = {
        "account": account.id,
        "type": "account_onboarding",
        "refresh_url": "https://shop.example/again",
        "return_url": "https://shop.example/back",
    }
    link = stripe_api.account_links.create(params=ask)
    assert "Set up payouts" in bench.get(link.url)[1]
    assert bench.get(link.url, {"answer": "finish"})[2] == "https://shop.example/back"
    ready = stripe_api.accounts.retrieve(account.id)
    assert ready.charges_enabled
    assert ready.payouts_enabled
    assert ready.capabilities.transfers == "active"
    assert bench.get(link.url)[2] == "https://shop.example/again"
    late = stripe_api.account_links.create(params=ask)
    bench.later(300)
    assert bench.get(late.url)[2] == "https://shop.example/again"
    assert stripe_api.accounts.login_links.create(account.id).url
    assert [event["account"] for event in bench.kept("event") if event["type"] == "account.updated"] == [
        account.id
    ] * 2


def test_a_direct_charge_is_the_organizers_and_pays_the_platform(bench: Bench, stripe_api: Any) -> None:
    account = onboarded(bench, stripe_api)
    there = {"stripe_account": account}
    paid = stripe_api.payment_intents.create(params=DIRECT, options=there)
    with pytest.raises(stripe.InvalidRequestError) as unknown:
        stripe_api.payment_intents.retrieve(paid.id)
    assert unknown.value.code == "resource_missing"
    (booked,) = stripe_api.balance_transactions.list(options=there).data
    assert (booked.amount, booked.fee, booked.net) == (10000, 820, 9180)
    assert {one.type: one.amount for one in booked.fee_details} == {"stripe_fee": 320, "application_fee": 500}
    (fee,) = stripe_api.application_fees.list().data
    assert (fee.amount, fee.account) == (500, account)
    back = {"payment_intent": paid.id, "amount": 5000, "refund_application_fee": True}
    stripe_api.refunds.create(params=back, options=there)
    assert stripe_api.application_fees.retrieve(fee.id).amount_refunded == 250
    assert sum(one.net for one in stripe_api.balance_transactions.list().data) == 250
    paying = [event for event in bench.kept("event") if event["type"] == "payment_intent.succeeded"]
    assert [event["account"] for event in paying] == [account]


def test_a_destination_charge_goes_on_and_leaves_the_fee(bench: Bench, stripe_api: Any) -> None:
    account = onboarded(bench, stripe_api)
    paid = stripe_api.payment_intents.create(
        params={**DIRECT, "transfer_data": {"destination": account}, "expand": ["latest_charge.transfer"]}
    )
    assert paid.latest_charge.transfer.amount == 10000
    assert sum(one.net for one in stripe_api.balance_transactions.list().data) == 10000 - 320 - 10000 + 500
    assert (
        sum(one.net for one in stripe_api.balance_transactions.list(options={"stripe_account": account}).data)
        == 9500
    )
    refund = stripe_api.refunds.create(
        params={"payment_intent": paid.id, "reverse_transfer": True, "refund_application_fee": True}
    )
    assert refund.transfer_reversal
    assert stripe_api.transfers.retrieve(paid.latest_charge.transfer.id).reversed
    assert sum(one.net for one in stripe_api.balance_transactions.list().data) == -320
    assert (
        sum(one.net for one in stripe_api.balance_transactions.list(options={"stripe_account": account}).data)
        == 0
    )


def test_a_page_of_the_organizers_pays_the_platforms_share(bench: Bench, stripe_api: Any) -> None:
    account = onboarded(bench, stripe_api)
    lines = [
        {
            "quantity": 1,
            "price_data": {"currency": "chf", "unit_amount": 10000, "product_data": {"name": "Day"}},
        }
    ]
    session = stripe_api.checkout.sessions.create(
        params={
            "mode": "payment",
            "success_url": "https://shop.example",
            "line_items": lines,
            "payment_intent_data": {"application_fee_amount": 500},
        },
        options={"stripe_account": account},
    )
    bench.get(session.url, {"email": "ada@example.org", "use": "4242424242424242"})
    (fee,) = stripe_api.application_fees.list().data
    assert (fee.amount, fee.account) == (500, account)
    (told,) = [event for event in bench.kept("event") if event["type"] == "checkout.session.completed"]
    assert (told["account"], told["data"]["object"]["payment_status"]) == (account, "paid")


def test_money_is_transferred_up_to_what_came_in(bench: Bench, stripe_api: Any) -> None:
    account = onboarded(bench, stripe_api)
    charge = stripe_api.payment_intents.create(params=PAY).latest_charge
    send = {"amount": 6000, "currency": "chf", "destination": account, "source_transaction": charge}
    sent = stripe_api.transfers.create(params=send)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.transfers.create(params=send)
    assert refused.value.code == "balance_insufficient"
    part = stripe_api.transfers.reversals.create(sent.id, params={"amount": 1000})
    assert part.amount == 1000
    assert stripe_api.transfers.retrieve(sent.id).amount_reversed == 1000
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.transfers.reversals.create(sent.id, params={"amount": 5001})


def test_who_is_not_onboarded_gets_no_money(stripe_api: Any) -> None:
    account = stripe_api.accounts.create(params={"type": "express"}).id
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.payment_intents.create(params={**PAY, "transfer_data": {"destination": account}})
    assert refused.value.code == "insufficient_capabilities_for_transfer"
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.payment_intents.create(params=PAY, options={"stripe_account": account})


def test_accounts_are_strangers_to_each_other(bench: Bench, stripe_api: Any) -> None:
    bench.control("accounts", {"keys": ["sk_test_other"]})
    other = bench.client("sk_test_other").v1
    mine, theirs = onboarded(bench, stripe_api), onboarded(bench, other)
    paid = stripe_api.payment_intents.create(params=PAY)
    for call in (
        lambda: other.payment_intents.retrieve(paid.id),
        lambda: other.refunds.create(params={"payment_intent": paid.id}),
        lambda: other.charges.retrieve(paid.latest_charge),
        lambda: other.transfers.create(params={"amount": 100, "currency": "chf", "destination": mine}),
        lambda: bench.client("sk_live_double").v1.payment_intents.retrieve(paid.id),
    ):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            call()
        assert refused.value.code == "resource_missing"
    with pytest.raises(stripe.PermissionError) as stranger:
        stripe_api.balance.retrieve(options={"stripe_account": theirs})
    assert stranger.value.error.code == "account_invalid"
    with pytest.raises(stripe.PermissionError):
        stripe_api.accounts.retrieve(theirs)
    assert other.events.list().data == []
