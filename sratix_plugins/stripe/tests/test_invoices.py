"""Invoices of the double: drafted, filled, finalized, sent, paid on their page or elsewhere, voided; by the SDK's own calls."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from sratix_stripe.double.testing import NOON, Bench

BY_CARD = {"use": "4242424242424242", "name": "Ada"}
PAYMENTS = ["payments"]


def draft(api: Any, email: str = "ada@example.org", **more: Any) -> Any:
    customer = api.customers.create(params={"email": email, "name": "Analytical Engines"}).id
    wanted = {
        "customer": customer,
        "collection_method": "send_invoice",
        "days_until_due": 14,
        "auto_advance": False,
        "currency": "chf",
    }
    return api.invoices.create(params={**wanted, **more})


def filled(api: Any, *amounts: int, **more: Any) -> Any:
    lines: Any = [
        {"amount": amount, "description": f"Line {n}"} for n, amount in enumerate(amounts or (9800,), 1)
    ]
    return api.invoices.add_lines(draft(api, **more).id, params={"lines": lines})


def sent(api: Any, *amounts: int, **more: Any) -> Any:
    made = filled(api, *amounts, **more)
    api.invoices.finalize_invoice(made.id)
    return api.invoices.send_invoice(made.id)


def test_an_invoice_is_drafted_filled_finalized_and_sent(bench: Bench, stripe_api: Any) -> None:
    made = draft(stripe_api, description="Robotics Days K7QX2", metadata={"order": "K7QX2"})
    assert (made.status, made.total, made.hosted_invoice_url, made.number) == ("draft", 0, None, None)
    made = stripe_api.invoices.add_lines(
        made.id,
        params={
            "lines": [
                {"amount": 10000, "description": "2 × Day"},
                {"amount": -200, "description": "Discount"},
            ]
        },
    )
    assert (made.total, made.amount_due, [line.amount for line in made.lines.data]) == (
        9800,
        9800,
        [10000, -200],
    )
    made = stripe_api.invoices.finalize_invoice(made.id)
    assert (made.status, made.due_date, made.amount_remaining) == ("open", NOON + 14 * 86400, 9800)
    assert made.number
    assert stripe_api.invoices.send_invoice(made.id).id == made.id
    told = [event for event in bench.events("invoice") if event != "invoice.updated"]
    assert told == ["invoice.created", "invoice.finalized", "invoice.sent"]
    (payment,) = stripe_api.invoice_payments.list(params={"invoice": made.id}).data
    assert (payment.status, payment.amount_requested, payment.payment.type) == (
        "open",
        9800,
        "payment_intent",
    )
    behind = stripe_api.invoices.retrieve(
        made.id, params={"expand": ["payments.data.payment.payment_intent"]}
    )
    assert behind.payments.data[0].payment.payment_intent.status == "requires_payment_method"


def test_it_is_paid_on_its_page(bench: Bench, stripe_api: Any) -> None:
    made = sent(stripe_api, 10000, -200, description="<b>Robotics</b>")
    status, page, _ = bench.get(made.hosted_invoice_url)
    assert status == 200
    assert "&lt;b&gt;Robotics" in page
    assert "CHF 98.00" in page
    assert bench.get(made.hosted_invoice_url, {**BY_CARD, "use": "4000000000000002"})[0] == 402
    assert bench.get(made.hosted_invoice_url, BY_CARD)[0] == 200
    paid = stripe_api.invoices.retrieve(made.id, params={"expand": PAYMENTS})
    assert (paid.status, paid.amount_paid, paid.amount_remaining) == ("paid", 9800, 0)
    (payment,) = paid.payments.data
    assert (payment.status, payment.amount_paid) == ("paid", 9800)
    refund = stripe_api.refunds.create(
        params={"payment_intent": payment.payment.payment_intent, "amount": 5000}
    )
    assert refund.status == "succeeded"
    told = bench.events("invoice")
    assert ("invoice.payment_failed" in told, told.count("invoice.paid"), "invoice_payment.paid" in told) == (
        True,
        1,
        True,
    )
    assert 'id="paid"' in bench.get(made.hosted_invoice_url, BY_CARD)[1]
    assert len([c for c in bench.kept("charge") if c["paid"]]) == 1


def test_a_card_that_asks_leads_to_the_bank_and_back(bench: Bench, stripe_api: Any) -> None:
    made = sent(stripe_api)
    status, _, bank = bench.get(made.hosted_invoice_url, {**BY_CARD, "use": "4000002760003184"})
    assert status == 303
    _, _, back = bench.get(bank, {"answer": "approve"})
    assert back.startswith(made.hosted_invoice_url)
    assert stripe_api.invoices.retrieve(made.id).status == "paid"


def test_a_voided_one_cannot_be_paid_and_a_paid_one_not_voided(bench: Bench, stripe_api: Any) -> None:
    made = sent(stripe_api)
    gone = stripe_api.invoices.void_invoice(made.id)
    assert gone.status == "void"
    assert 'id="void"' in bench.get(made.hosted_invoice_url, BY_CARD)[1]
    assert bench.kept("charge") == []
    for act in (
        stripe_api.invoices.void_invoice,
        stripe_api.invoices.send_invoice,
        stripe_api.invoices.mark_uncollectible,
    ):
        with pytest.raises(stripe.InvalidRequestError):
            act(made.id)
    other = sent(stripe_api)
    bench.get(other.hosted_invoice_url, BY_CARD)
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.invoices.void_invoice(other.id)


def test_paid_elsewhere_says_so_and_no_money_moves(bench: Bench, stripe_api: Any) -> None:
    made = sent(stripe_api)
    paid = stripe_api.invoices.pay(made.id, params={"paid_out_of_band": True, "expand": PAYMENTS})
    assert (paid.status, paid.amount_paid, paid.amount_paid_off_stripe) == ("paid", 9800, 9800)
    assert [payment.status for payment in paid.payments.data] == ["canceled"]
    assert bench.kept("charge") == []


def test_a_method_of_the_customer_pays_by_a_call(stripe_api: Any) -> None:
    made = sent(stripe_api)
    assert stripe_api.invoices.pay(made.id, params={"payment_method": "pm_card_visa"}).status == "paid"
    with pytest.raises(stripe.InvalidRequestError) as again:
        stripe_api.invoices.pay(made.id, params={"payment_method": "pm_card_visa"})
    assert again.value.code == "invoice_already_paid"


def test_it_is_overdue_when_its_day_is_over_and_may_still_be_paid(bench: Bench, stripe_api: Any) -> None:
    made = sent(stripe_api)
    bench.later(14 * 86400 - 1)
    assert "invoice.overdue" not in bench.events()
    bench.later(1)
    assert "invoice.overdue" in bench.events()
    assert stripe_api.invoices.mark_uncollectible(made.id).status == "uncollectible"
    bench.get(made.hosted_invoice_url, BY_CARD)
    assert stripe_api.invoices.retrieve(made.id).status == "paid"


def test_a_debit_takes_its_time_and_the_invoice_is_not_voided_meanwhile(
    bench: Bench, stripe_api: Any
) -> None:
    made = sent(stripe_api, currency="eur")
    bench.get(
        made.hosted_invoice_url, {"method": "sepa_debit", "iban": "DE89370400440532013000", "name": "Ada"}
    )
    assert 'id="processing"' in bench.get(made.hosted_invoice_url)[1]
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.invoices.void_invoice(made.id)
    bench.later(600)
    assert stripe_api.invoices.retrieve(made.id).status == "paid"


def test_only_drafts_change_or_go_away(bench: Bench, stripe_api: Any) -> None:
    made = filled(stripe_api)
    item = bench.kept("invoiceitem")[0]["id"]
    stripe_api.invoice_items.delete(item)
    assert stripe_api.invoices.retrieve(made.id).total == 0
    customer = bench.kept("customer")[0]["id"]
    stripe_api.invoice_items.create(
        params={"customer": customer, "invoice": made.id, "amount": 4900, "currency": "chf"}
    )
    assert stripe_api.invoices.retrieve(made.id).total == 4900
    stripe_api.invoices.finalize_invoice(made.id)
    for act in (
        lambda: stripe_api.invoices.delete(made.id),
        lambda: stripe_api.invoices.finalize_invoice(made.id),
        lambda: stripe_api.invoices.update(made.id, params={"description": "other"}),
        lambda: stripe_api.invoices.add_lines(made.id, params={"lines": [{"amount": 1}]}),
    ):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            act()
        assert refused.value.code == "invoice_not_editable"
    assert stripe_api.invoices.update(made.id, params={"metadata": {"a": "b"}}).metadata["a"] == "b"
    other = draft(stripe_api)
    assert stripe_api.invoices.delete(other.id).deleted


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"collection_method": "charge_automatically", "days_until_due": None}, "collection_method"),
        ({"days_until_due": None}, "days_until_due"),
        ({"due_date": NOON + 99}, "days_until_due"),
        ({"automatic_tax": {"enabled": True}}, "automatic_tax"),
        ({"customer": "cus_of_nobody"}, "customer"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_stripe_would_not_take_is_refused(
    bench: Bench, stripe_api: Any, more: dict[str, Any], param: str
) -> None:
    customer = stripe_api.customers.create(params={"email": "ada@example.org"}).id
    wanted = {"customer": customer, "collection_method": "send_invoice", "days_until_due": 14, **more}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.invoices.create(
            params={name: value for name, value in wanted.items() if value is not None}
        )
    assert refused.value.param == param
    assert bench.kept("invoice") == []


def test_a_customer_without_an_address_is_sent_nothing_and_small_sums_are_not_finalized(
    stripe_api: Any,
) -> None:
    nobody = stripe_api.customers.create(params={"name": "Nobody"}).id
    with pytest.raises(stripe.InvalidRequestError, match="Missing email"):
        stripe_api.invoices.create(
            params={"customer": nobody, "collection_method": "send_invoice", "days_until_due": 1}
        )
    with pytest.raises(stripe.InvalidRequestError) as small:
        stripe_api.invoices.finalize_invoice(filled(stripe_api, 49).id)
    assert small.value.code == "amount_too_small"


def test_lines_are_listed_by_pages(stripe_api: Any) -> None:
    made = filled(stripe_api, *range(100, 112))
    assert (len(made.lines.data), made.lines.has_more) == (10, True)
    every = list(stripe_api.invoices.line_items.list(made.id, params={"limit": 5}).auto_paging_iter())
    assert [line.amount for line in every] == list(range(100, 112))


def test_the_platforms_invoice_is_passed_on(bench: Bench, stripe_api: Any) -> None:
    account = stripe_api.accounts.create(params={"type": "express", "email": "org@example.org"}).id
    bench.control("accounts", {"id": account})
    made = sent(stripe_api, transfer_data={"destination": account}, application_fee_amount=275)
    bench.get(made.hosted_invoice_url, BY_CARD)
    (charge,) = [c for c in bench.kept("charge") if c["id"].startswith("ch_")]
    assert charge["transfer"]
    assert charge["application_fee"]
