"""Refunds, disputes and payouts: money that leaves again."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from sratix_stripe.double.testing import Bench


def pay(api: Any, amount: int = 4900, method: str = "pm_card_visa", **more: Any) -> Any:
    return api.payment_intents.create(
        params={
            "amount": amount,
            "currency": "chf",
            "payment_method": method,
            "confirm": True,
            "return_url": "https://shop.example",
            **more,
        }
    )


def test_a_refund_in_parts_ends_at_the_charge(bench: Bench, stripe_api: Any) -> None:
    intent = pay(stripe_api)
    first = stripe_api.refunds.create(
        params={
            "payment_intent": intent.id,
            "amount": 4000,
            "reason": "requested_by_customer",
            "metadata": {"n": "1"},
        }
    )
    assert (first.status, first.amount) == ("succeeded", 4000)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        stripe_api.refunds.create(params={"payment_intent": intent.id, "amount": 901})
    stripe_api.refunds.create(params={"charge": intent.latest_charge})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.refunds.create(params={"payment_intent": intent.id})
    assert refused.value.code == "charge_already_refunded"
    charge = stripe_api.charges.retrieve(intent.latest_charge, params={"expand": ["refunds"]})
    assert (charge.refunded, charge.amount_refunded, [one.amount for one in charge.refunds.data]) == (
        True,
        4900,
        [900, 4000],
    )
    assert bench.events("refund") == ["refund.created", "charge.refunded"] * 2
    assert sum(one["net"] for one in bench.kept("balance_transaction")) == -172


def test_nothing_paid_is_nothing_to_refund(stripe_api: Any) -> None:
    intent = stripe_api.payment_intents.create(params={"amount": 4900, "currency": "chf"})
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.refunds.create(params={"payment_intent": intent.id})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.refunds.create(params={})
    assert refused.value.code == "parameter_missing"


def test_a_refund_may_be_pending_or_fail_later(bench: Bench, stripe_api: Any) -> None:
    slow = stripe_api.refunds.create(
        params={"payment_intent": pay(stripe_api, method="pm_card_pendingRefund").id}
    )
    doomed = stripe_api.refunds.create(
        params={"payment_intent": pay(stripe_api, method="pm_card_refundFail").id}
    )
    assert (slow.status, doomed.status) == ("pending", "succeeded")
    bench.later(60)
    assert stripe_api.refunds.retrieve(slow.id).status == "succeeded"
    failed = stripe_api.refunds.retrieve(doomed.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert "refund.failed" in bench.events()
    assert stripe_api.charges.retrieve(doomed.charge).amount_refunded == 0


def test_a_disputed_charge_is_withdrawn_answered_and_won(bench: Bench, stripe_api: Any) -> None:
    intent = pay(stripe_api, method="pm_card_createDispute")
    (dispute,) = stripe_api.disputes.list(params={"payment_intent": intent.id}).data
    assert (dispute.status, dispute.reason, dispute.amount) == ("needs_response", "fraudulent", 4900)
    assert dispute.evidence_details.due_by > dispute.created
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.refunds.create(params={"payment_intent": intent.id})
    assert refused.value.code == "charge_disputed"
    kept = stripe_api.disputes.update(
        dispute.id, params={"evidence": {"customer_name": "Ada"}, "submit": False}
    )
    assert (kept.status, kept.evidence.customer_name) == ("needs_response", "Ada")
    won = stripe_api.disputes.update(
        dispute.id, params={"evidence": {"uncategorized_text": "winning_evidence"}}
    )
    assert won.status == "won"
    assert bench.events("dispute") == [
        "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.updated", "charge.dispute.updated",
        "charge.dispute.funds_reinstated", "charge.dispute.closed",
    ]  # fmt: skip
    assert sum(one["net"] for one in bench.kept("balance_transaction")) == 4728 - 1500


def test_a_dispute_nobody_answers_is_lost_on_its_day(bench: Bench, stripe_api: Any) -> None:
    charge = pay(stripe_api).latest_charge
    dispute = bench.control("disputes", {"charge": charge, "reason": "product_not_received"})
    bench.later(9 * 86400 - 1)
    assert stripe_api.disputes.retrieve(dispute["id"]).status == "needs_response"
    bench.later(1)
    assert stripe_api.disputes.retrieve(dispute["id"]).status == "lost"
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.disputes.close(dispute["id"])


def test_a_dispute_may_be_accepted_or_decided_by_the_test(bench: Bench, stripe_api: Any) -> None:
    first, second = (
        bench.control("disputes", {"charge": pay(stripe_api).latest_charge})["id"] for _ in range(2)
    )
    assert stripe_api.disputes.close(first).status == "lost"
    assert bench.control("settle", {"id": second, "outcome": "won"})["status"] == "won"


def test_a_payout_takes_what_is_available_and_may_come_back(bench: Bench, stripe_api: Any) -> None:
    pay(stripe_api, 10000)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.payouts.create(params={"amount": 5000, "currency": "chf"})
    assert refused.value.code == "balance_insufficient"
    assert stripe_api.balance.retrieve().pending[0].amount == 9680
    bench.later(2 * 86400)
    assert stripe_api.balance.retrieve().available[0].amount == 9680
    paid, failed = (stripe_api.payouts.create(params={"amount": 4000, "currency": "chf"}) for _ in range(2))
    bench.control("settle", {"id": failed.id, "outcome": "failed"})
    bench.later(2 * 86400)
    assert stripe_api.payouts.retrieve(paid.id).status == "paid"
    assert stripe_api.payouts.retrieve(failed.id).failure_code == "account_closed"
    assert stripe_api.balance.retrieve().available[0].amount == 5680
    assert bench.events("payout") == ["payout.created", "payout.created", "payout.failed", "payout.paid"]
