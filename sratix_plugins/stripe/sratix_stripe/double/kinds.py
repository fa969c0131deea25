"""What each kind of object looks like when nothing special is said: its id's beginning, the SDK's class, its defaults.

Every attribute the SDK's class declares is there: `None` where it may be, the default where it may not.
"""

from __future__ import annotations

import copy
import inspect
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import stripe


@dataclass(frozen=True)
class Kind:
    """`shape` is a class of the SDK, `apart` the attributes that an answer shows only when asked or once."""

    prefix: str
    shape: type
    defaults: dict[str, Any] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    length: int = 24


@cache
def attributes(shape: type) -> frozenset[str]:
    """Names that a class of the SDK declares for its objects."""
    found = {
        name
        for base in shape.__mro__
        if base.__module__.startswith("stripe.") and base is not stripe.StripeObject
        for name, hint in inspect.get_annotations(base).items()
        if not name.startswith("_") and "ClassVar" not in str(hint)
    }
    return frozenset(found - {"deleted"})


def blank(name: str) -> dict[str, Any]:
    kind = KINDS[name]
    nothing = dict.fromkeys(sorted(attributes(kind.shape) - set(kind.apart)))
    known = {"object": name, "metadata": {}} if "metadata" in nothing else {"object": name}
    return {**nothing, **known, **copy.deepcopy(kind.defaults)}


def listed(url: str, items: list[Any] | None = None) -> dict[str, Any]:
    return {"object": "list", "data": items or [], "has_more": False, "url": url}


NOBODY = {"address": None, "email": None, "name": None, "phone": None, "tax_id": None}
WORDS = {"after_submit": None, "shipping_address": None, "submit": None, "terms_of_service_acceptance": None}
PAYING = {
    "capture_method": "automatic_async",
    "confirmation_method": "automatic",
    "payment_method_types": ["card"],
    "amount_capturable": 0,
    "amount_received": 0,
    "amount_details": {"tip": {}},
    "payment_method_options": {},
    "status": "requires_payment_method",
}
CHARGED = {
    "amount_captured": 0,
    "amount_refunded": 0,
    "billing_details": NOBODY,
    "captured": False,
    "disputed": False,
    "fraud_details": {},
    "paid": False,
    "refunded": False,
    "payment_method_options": {},
}

UNPAID = {
    "amount_due": 0,
    "amount_overpaid": 0,
    "amount_paid": 0,
    "amount_remaining": 0,
    "amount_shipping": 0,
    "attempt_count": 0,
    "attempted": False,
    "auto_advance": False,
    "automatic_tax": {
        "disabled_reason": None,
        "enabled": False,
        "liability": None,
        "provider": None,
        "status": None,
    },
    "billing_reason": "manual",
    "collection_method": "send_invoice",
    "default_tax_rates": [],
    "discounts": [],
    "issuer": {"account": None, "type": "self"},
    "payment_settings": {
        "default_mandate": None,
        "payment_method_options": None,
        "payment_method_types": None,
    },
    "post_payment_credit_notes_amount": 0,
    "pre_payment_credit_notes_amount": 0,
    "starting_balance": 0,
    "status": "draft",
    "status_transitions": {
        "finalized_at": None,
        "marked_uncollectible_at": None,
        "paid_at": None,
        "voided_at": None,
    },
}

KINDS: dict[str, Kind] = {
    "checkout.session": Kind(
        "cs_",
        stripe.checkout.Session,
        {
            "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
            "custom_fields": [],
            "custom_text": WORDS,
            "shipping_options": [],
            "discounts": [],
            "mode": "payment",
            "status": "open",
            "payment_status": "unpaid",
            "payment_method_types": ["card"],
            "payment_method_options": {},
            "phone_number_collection": {"enabled": False},
            "ui_mode": "hosted_page",
        },
        apart=("line_items",),
        length=58,
    ),
    "item": Kind("li_", stripe.LineItem, {"amount_tax": 0, "discounts": [], "taxes": []}),
    "price": Kind("price_", stripe.Price, {"active": True, "billing_scheme": "per_unit", 
                     "type": "one_time", "tax_behavior": "unspecified"}),
    "product": Kind("prod_", stripe.Product, {"active": True, "images": [], "marketing_features": [], "type": "service"}, length=14),
    "payment_intent": Kind("pi_", stripe.PaymentIntent, PAYING),
    "setup_intent": Kind(
        "seti_",
        stripe.SetupIntent,
        {"payment_method_types": ["card"], "payment_method_options": {}, "status": "requires_payment_method", "usage": "off_session"},
    ),
    "payment_method": Kind("pm_", stripe.PaymentMethod, {"billing_details": NOBODY, "allow_redisplay": "unspecified"}),
    "customer": Kind(
        "cus_",
        stripe.Customer,
        {
            "balance": 0,
            "delinquent": False,
            "invoice_settings": {"custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None},
            "preferred_locales": [],
            "tax_exempt": "none",
        },
        apart=("sources", "subscriptions", "tax_ids", "cash_balance"),
        length=14,
    ),
    "invoice": Kind("in_", stripe.Invoice, UNPAID, apart=("payments", "confirmation_secret")),
    "invoiceitem": Kind("ii_", stripe.InvoiceItem, {"discountable": True, "discounts": [], "proration": False, "tax_rates": []}),
    "line_item": Kind("il_", stripe.InvoiceLineItem, {"discount_amounts": [], "discountable": True, "discounts": [], "taxes": []}),
    "invoice_payment": Kind(
        "inpay_",
        stripe.InvoicePayment,
        {"is_default": False, "status": "open", "status_transitions": {"canceled_at": None, "paid_at": None}},
    ),
    "charge": Kind("ch_", stripe.Charge, CHARGED, apart=("refunds",)),
    "refund": Kind("re_", stripe.Refund, {"status": "succeeded"}),
    "coupon": Kind("", stripe.Coupon, {"duration": "once", "times_redeemed": 0, "valid": True}, length=8),
    "account": Kind(
        "acct_",
        stripe.Account,
        {
            "type": "standard",
            "country": "CH",
            "default_currency": "chf",
            "charges_enabled": False,
            "payouts_enabled": False,
            "details_submitted": False,
            "capabilities": {},
            "future_requirements": {"currently_due": [], "errors": [], "eventually_due": [], "past_due": [], "pending_verification": []},
        },
        length=16,
    ),
    "account_link": Kind("", stripe.AccountLink),
    "login_link": Kind("", stripe.LoginLink),
    "transfer": Kind("tr_", stripe.Transfer, {"amount_reversed": 0, "reversed": False, "source_type": "card"}),
    "transfer_reversal": Kind("trr_", stripe.TransferReversal),
    "application_fee": Kind("fee_", stripe.ApplicationFee, {"amount_refunded": 0, "refunded": False}),
    "fee_refund": Kind("fr_", stripe.ApplicationFeeRefund),
    "payout": Kind(
        "po_",
        stripe.Payout,
        {
            "automatic": False,
            "method": "standard",
            "reconciliation_status": "not_applicable",
            "source_type": "card",
            "status": "pending",
            "type": "bank_account",
            "trace_id": {"status": "pending", "value": None},
        },
    ),
    "balance_transaction": Kind("txn_", stripe.BalanceTransaction, {"balance_type": "payments", "fee_details": []}),
    "balance": Kind("", stripe.Balance),
    "dispute": Kind("dp_", stripe.Dispute, {"balance_transactions": [], "enhanced_eligibility_types": [], "is_charge_refundable": False}),
    "event": Kind("evt_", stripe.Event),
    "webhook_endpoint": Kind("we_", stripe.WebhookEndpoint, {"status": "enabled"}, apart=("secret",)),
}  # fmt: skip
