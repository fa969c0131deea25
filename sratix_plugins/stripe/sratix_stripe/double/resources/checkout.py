"""Checkout Sessions: a page of Stripe's own that is paid on once, or expires. https://docs.stripe.com/api/checkout/sessions"""

from __future__ import annotations

from typing import Any

import stripe

from sratix_stripe.double import money
from sratix_stripe.double.answers import page
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.kinds import attributes
from sratix_stripe.double.resources import charges, confirming, coupons, intents, keeping
from sratix_stripe.double.resources.generic import merge, metadata, method_types
from sratix_stripe.double.resources.methods import make_method
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

SHORTEST, LONGEST = 30 * 60, 24 * 3600
# Stripe knows these, the double would have to pretend.
BEYOND = (
    "subscription_data",
    "automatic_tax",
    "shipping_options",
    "optional_items",
    "invoice_creation",
    "managed_payments",
    "custom_fields",
)
COPIED = ("cancel_url", "client_reference_id", "customer", "customer_email", "customer_creation", "locale", "success_url", "submit_type",
          "billing_address_collection", "allow_promotion_codes", "consent_collection")  # fmt: skip


def create(call: Call) -> Record:
    params = call.params
    _check(call)
    fields: dict[str, Any] = {name: params.get(name) for name in COPIED}
    expires = params.get("expires_at", call.now + LONGEST)
    # Half a minute of grace: the caller's clock isn't ours.
    if not SHORTEST - 30 <= expires - call.now <= LONGEST + 30:
        text = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
        raise StripeError(text, param="expires_at", stored=False)
    if params["mode"] == "payment":
        fields |= _sums(call)
        data = params.get("payment_intent_data") or {}
        charges.check_parties(call, data, fields["amount_total"])
        fields |= {"payment_status": "unpaid" if fields["amount_total"] else "no_payment_required"}
    else:
        fields |= {"_items": [], "currency": params.get("currency"), "payment_status": "no_payment_required"}
    session = call.new(
        "checkout.session", **fields, mode=params["mode"], expires_at=expires, payment_method_types=method_types(params),
        metadata=metadata(params.get("metadata")), customer_details=_details(keeping.email_of(call, params)),
        saved_payment_method_options=keeping.redisplay(params),
        _data=params.get("payment_intent_data") or params.get("setup_intent_data") or {},
    )  # fmt: skip
    call.save(session, url=f"{call.double.base_url}/c/pay/{session['id']}")
    call.later(expires - call.now, "expire_session", session["id"])
    return session


def _details(email: str | None = None, name: str | None = None) -> dict[str, Any]:
    nothing = dict.fromkeys(attributes(stripe.checkout.Session.CustomerDetails))
    return {**nothing, "email": email, "name": name, "tax_exempt": "none", "tax_ids": []}


def _check(call: Call) -> None:
    params = call.params
    for param in BEYOND:
        given = params.get(param)
        if given and given != {"enabled": False}:
            raise StripeError(f"This stand-in doesn't know {param}.", param=param, stored=False)
    if params.get("mode") == "subscription" or params.get("ui_mode", "hosted_page") != "hosted_page":
        raise StripeError(
            "This stand-in knows hosted pages for payments and setups only.", param="mode", stored=False
        )
    needed = ["mode", "success_url", *(["line_items"] if params.get("mode") == "payment" else [])]
    for param in needed:
        if not params.get(param):
            raise StripeError(
                f"Missing required param: {param}.", code="parameter_missing", param=param, stored=False
            )
    for param in ("success_url", "cancel_url"):
        if params.get(param) and not params[param].startswith(("https://", "http://")):
            raise StripeError("Not a valid URL", code="url_invalid", param=param, stored=False)
    for one, other in (
        ("customer", "customer_email"),
        ("discounts", "allow_promotion_codes"),
        ("customer", "customer_creation"),
    ):
        if params.get(one) and params.get(other):
            raise StripeError(
                f"You may only specify one of these parameters: {one}, {other}.",
                code="parameters_exclusive",
                param=one,
                stored=False,
            )
    if params.get("customer"):
        call.find("customer", params["customer"], "customer")
    elif params.get("saved_payment_method_options"):
        text = "You can only use `saved_payment_method_options` with a `customer`."
        raise StripeError(text, param="saved_payment_method_options", stored=False)


def _sums(call: Call) -> dict[str, Any]:
    """Line items made and added up, the discount taken off."""
    given = call.params["line_items"]
    for place, line in enumerate(given):
        data = line.get("price_data") or {}
        for param, there in {
            "price_data": data,
            "quantity": line.get("quantity"),
            "price_data][product_data": data.get("product_data"),
            "price_data][unit_amount": "unit_amount" in data,
        }.items():
            if not there:
                where = f"line_items[{place}][{param}]"
                raise StripeError(
                    f"Missing required param: {where}.", code="parameter_missing", param=where, stored=False
                )
        if data["unit_amount"] < 0 or line["quantity"] < 1:
            raise StripeError(
                "Invalid non-negative integer",
                code="parameter_invalid_integer",
                param=f"line_items[{place}]",
                stored=False,
            )
    found = {money.currency(line["price_data"]["currency"]) for line in given}
    if len(found) > 1:
        raise StripeError("All line items must have the same currency.", param="line_items", stored=False)
    (currency,) = found
    before = [line["quantity"] * line["price_data"]["unit_amount"] for line in given]
    wanted = [one["coupon"] for one in call.params.get("discounts") or [] if one.get("coupon")]
    if len(wanted) > 1:
        raise StripeError("You can use one discount only.", param="discounts", stored=False)
    less = coupons.off(coupons.usable(call, wanted[0], currency), before) if wanted else [0] * len(given)
    total = sum(before) - sum(less)
    if total:
        money.chargeable(total, currency, "line_items")
    items = [
        _item(call, line, currency, amount, minus)
        for line, amount, minus in zip(given, before, less, strict=True)
    ]
    return {
        "_items": items,
        "amount_subtotal": sum(before),
        "amount_total": total,
        "currency": currency,
        "discounts": [{"coupon": id, "promotion_code": None} for id in wanted],
        "total_details": {"amount_discount": sum(less), "amount_shipping": 0, "amount_tax": 0},
    }


def _item(call: Call, line: dict[str, Any], currency: str, amount: int, less: int) -> str:
    data = line["price_data"]
    about = {name: data["product_data"].get(name) for name in ("name", "description", "images")}
    product = call.new(
        "product", **about, metadata=metadata(data["product_data"].get("metadata")), updated=call.now
    )
    price = call.new(
        "price",
        active=False,
        currency=currency,
        product=product["id"],
        unit_amount=data["unit_amount"],
        unit_amount_decimal=str(data["unit_amount"]),
    )
    id: str = call.new(
        "item", amount_discount=less, amount_subtotal=amount, amount_total=amount - less, currency=currency,
        description=about["name"], price=price, quantity=line["quantity"],
    )["id"]  # fmt: skip
    return id


def line_items(call: Call) -> dict[str, Any]:
    session = call.find("checkout.session", call.ids[0])
    items = [call.find("item", id) for id in reversed(session["_items"])]
    return page(call, "item", f"/v1/checkout/sessions/{session['id']}/line_items", items)


def change(call: Call) -> Record:
    session = call.find("checkout.session", call.ids[0])
    merge(session, {name: value for name, value in call.params.items() if name == "metadata"})
    return call.save(session)


def expire(call: Call) -> Record:
    session = call.find("checkout.session", call.ids[0])
    if session["status"] != "open":
        text = f"Only Checkout Sessions that are open can be expired. This Checkout Session has a status of `{session['status']}`."
        raise StripeError(text, param="session")
    return expired(call, session)


def expired(scope: Scope, session: Record) -> Record:
    if session["status"] == "open":
        if session["payment_intent"]:
            intents.cancelled(scope, scope.find("payment_intent", session["payment_intent"]), "automatic")
        scope.save(session, status="expired", url=None)
        scope.emit("checkout.session.expired", session)
    return session


def pay(
    scope: Scope, session: Record, data: dict[str, Any], email: str | None, name: str | None
) -> Record | None:
    """What the page's button does. The intent, when there is one; raises the card's refusal, the session stays open."""
    if session["status"] != "open":
        return None
    email = keeping.email_of(scope, session) or email
    if session["mode"] == "payment" and not session["amount_total"]:
        complete(scope, session, None, email, name)
        return None
    saved = keeping.chosen(scope, session, data["saved"]) if data.get("saved") else None
    method = saved or make_method(scope, {**data, "billing_details": {"email": email, "name": name}})
    intent = _intent(scope, session, email)
    intent.update(_email=email, _name=name)
    landing = f"{scope.double.base_url}/c/pay/{session['id']}"
    confirming.confirm_with(scope, intent, {"payment_method": method["id"], "return_url": landing})
    reached(scope, intent)
    return intent


def _intent(scope: Scope, session: Record, email: str | None) -> Record:
    """The session's intent, made at the first try."""
    kind = "payment_intent" if session["mode"] == "payment" else "setup_intent"
    if session[kind]:
        return scope.find(kind, session[kind])
    customer = session["customer"]
    if customer is None and session["customer_creation"] == "always":
        customer = scope.new("customer", email=email, invoice_prefix="SRA")["id"]
        scope.save(session, customer=customer)
    if kind == "payment_intent":
        data = {
            **session["_data"],
            "amount": session["amount_total"],
            "currency": session["currency"],
            "allowed_payment_method_types": session["payment_method_types"],
        }
        intent = intents.make_payment(scope, {**data, "customer": customer} if customer else data)
    else:
        intent = scope.new(
            "setup_intent",
            metadata=session["_data"].get("metadata"),
            customer=customer,
            payment_method_types=session["payment_method_types"],
        )
    scope.save(intent, _session=session["id"])
    scope.save(session, **{kind: intent["id"]})
    return intent


def reached(scope: Scope, intent: Record) -> None:
    """After a try: is the intent far enough for its session to be complete?"""
    session = scope.double.store.get("checkout.session", intent.get("_session", ""))
    if (
        session
        and session["status"] == "open"
        and intent["status"] in ("succeeded", "processing", "requires_capture")
    ):
        complete(scope, session, intent, intent.get("_email"), intent.get("_name"))


def complete(
    scope: Scope, session: Record, intent: Record | None, email: str | None, name: str | None
) -> None:
    paid = intent is not None and intent["object"] == "payment_intent" and intent["status"] == "succeeded"
    status = "paid" if paid else session["payment_status"]
    scope.save(
        session, status="complete", url=None, payment_status=status, customer_details=_details(email, name)
    )
    coupons.redeem(scope, session)
    scope.emit("checkout.session.completed", session)


def where_to(session: Record) -> str:
    """The success address with the session's id in it."""
    url: str = session["success_url"]
    return url.replace("{CHECKOUT_SESSION_ID}", session["id"])
