"""What people see: the payment page, the bank's question, an organizer's onboarding. Plain HTML; only `stripe.js` is a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader

from sratix_stripe.double import cards, jobs, money
from sratix_stripe.double.answers import answer
from sratix_stripe.double.api import OPEN
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources import billing, checkout, confirming, invoice_paying, keeping
from sratix_stripe.double.scope import Owner, Scope
from sratix_stripe.double.store import Record
from sratix_stripe.double.wire import Request, Response

if TYPE_CHECKING:
    from sratix_stripe.double.app import Double

HOME = Path(__file__).parent
STATIC = {"pay.css": "text/css", "stripe.js": "text/javascript"}
SHOWN_CARDS = tuple(
    card for card in cards.CARDS if card.number[-4:] in {"4242", "0002", "9995", "3155", "3184", "0259"}
)
NAMES = {"sepa_debit": "SEPA Direct Debit", "twint": "TWINT"}
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
templates = Environment(
    loader=FileSystemLoader(HOME / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
templates.globals |= {"shown": money.shown, "cards": SHOWN_CARDS, "names": NAMES}


def handle(double: Double, request: Request) -> Response:
    for pattern, view in VIEWS:
        if (found := re.fullmatch(pattern, request.path)) and request.method in (
            "GET",
            "POST",
            "HEAD",
            "OPTIONS",
        ):
            form = (
                dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))
                if request.method == "POST"
                else None
            )
            with double.lock:
                response = view(double, form, *found.groups())
                jobs.do_due(double)
            return response
    return _said(
        "Nothing here", "This is a stand-in for Stripe. There is no page at this address.", status=404
    )


def _page(template: str, status: int = 200, **shown: Any) -> Response:
    html = templates.get_template(template).render(**shown)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return Response(status, html.encode(), headers)


def _said(title: str, text: str, status: int = 200, **link: str) -> Response:
    return _page("said.jinja2", status, title=title, text=text, **link)


def _go(url: str) -> Response:
    return Response(303, b"", {"Location": url, "Cache-Control": "no-store"})


def _asset(double: Double, form: Any, name: str) -> Response:
    kind = {"Content-Type": f"{STATIC[name]}; charset=utf-8", "Cache-Control": "no-cache"}
    return Response(200, (HOME / "static" / name).read_bytes(), {**OPEN, **kind})


def _pay(double: Double, form: dict[str, str] | None, id: str) -> Response:
    session = double.store.get("checkout.session", id)
    if session is None:
        return _said("No such payment page", "The link is wrong or belongs to a double that was reset.", 404)
    scope = Scope(double, Owner.read(session["_owner"]))
    refused: StripeError | None = None
    if form is not None:
        try:
            intent = checkout.pay(scope, session, _typed(form), form.get("email"), form.get("name"))
            if intent and intent["status"] == "requires_action":
                return _go(f"{double.base_url}/3ds/{intent['id']}")
        except StripeError as error:
            refused = error
    if session["status"] == "complete":
        return _go(checkout.where_to(session))
    if session["status"] == "expired":
        back = {"href": session["cancel_url"], "label": "Back to the shop"} if session["cancel_url"] else {}
        return _said(
            "This payment page has expired",
            "Nothing was charged. Go back and start the payment again.",
            410,
            **back,
        )
    refused = refused or _last_refusal(scope, session)
    items = [scope.find("item", item) for item in session["_items"]]
    kept = {name: value for name, value in (form or {}).items() if name in ("email", "name", "method")}
    return _page(
        "pay.jinja2",
        402 if form is not None else 200,
        session=session,
        items=items,
        refused=refused,
        kept=kept,
        email=session["customer_details"]["email"],
        on_file=keeping.on_file(scope, session),
        account=double.account(scope.owner),
    )


def _invoice(double: Double, form: dict[str, str] | None, id: str) -> Response:
    """The hosted invoice page: what is asked for, until when, and a way to pay it while it is open."""
    invoice = double.store.get("invoice", id)
    if invoice is None or not invoice["hosted_invoice_url"]:
        return _said("No such invoice", "The link is wrong or belongs to a double that was reset.", 404)
    scope = Scope(double, Owner.read(invoice["_owner"]))
    refused: StripeError | None = None
    if form is not None:
        try:
            intent = invoice_paying.pay_on_page(scope, invoice, _typed(form), form.get("name"))
            if intent and intent["status"] == "requires_action":
                return _go(f"{double.base_url}/3ds/{intent['id']}")
        except StripeError as error:
            refused = error
    invoice = scope.find("invoice", id)
    intent = scope.find("payment_intent", invoice["_intent"])
    if refused is None and (last := intent["last_payment_error"]):
        refused = StripeError(last["message"], code=last.get("code"))
    return _page(
        "invoice.jinja2",
        402 if form is not None and refused else 200,
        invoice=invoice,
        lines=[
            scope.find("line_item", scope.find("invoiceitem", item)["_line"]) for item in invoice["_items"]
        ],
        open=invoice["status"] in billing.OWED and intent["status"] != "processing",
        processing=intent["status"] == "processing",
        methods=intent["payment_method_types"],
        due=datetime.fromtimestamp(invoice["due_date"], UTC),
        late=invoice["due_date"] < double.clock.now(),
        refused=refused,
        kept={name: value for name, value in (form or {}).items() if name in ("name", "method")},
    )


def _last_refusal(scope: Scope, session: Record) -> StripeError | None:
    """What went wrong while the customer was away at the bank."""
    for kind, field in (("payment_intent", "last_payment_error"), ("setup_intent", "last_setup_error")):
        if session[kind] and (error := scope.find(kind, session[kind])[field]):
            return StripeError(error["message"], code=error.get("code"))
    return None


def _typed(form: dict[str, str]) -> dict[str, Any]:
    """The page's fields as a payment method's; a card's own button fills in the rest."""
    if form.get("saved") and not form.get("use"):
        return {"saved": form["saved"]}
    if form.get("method") in ("sepa_debit", "twint") and not form.get("use"):
        return {"type": form["method"], "sepa_debit": {"iban": form.get("iban", "")}}
    if form.get("use"):
        return {
            "type": "card",
            "card": {"number": form["use"], "exp_month": "12", "exp_year": "99", "cvc": "123"},
        }
    month, _, year = form.get("expiry", "").replace(" ", "").partition("/")
    numbers = {"exp_month": month if month.isdigit() else "0", "exp_year": year if year.isdigit() else "0"}
    return {"type": "card", "card": {"number": form.get("number", ""), "cvc": form.get("cvc", ""), **numbers}}


def _challenge(double: Double, form: dict[str, str] | None, id: str) -> Response:
    kind = "payment_intent" if id.startswith("pi_") else "setup_intent"
    intent = double.store.get(kind, id)
    if intent is None:
        return _said("No such payment", "The link is wrong or belongs to a double that was reset.", 404)
    scope = Scope(double, Owner.read(intent["_owner"]))
    if form is None and intent["status"] == "requires_action":
        method = scope.find("payment_method", intent["payment_method"])
        return _page("challenge.jinja2", intent=intent, app=method["type"] == "twint")
    refused: StripeError | None = None
    if form is not None:
        try:
            confirming.challenged(scope, intent, form.get("answer") == "approve")
            checkout.reached(scope, intent)
        except StripeError as error:
            refused = error
    if form and form.get("as") == "json":
        return (
            Response.json(402, {"error": refused.error}, OPEN)
            if refused
            else Response.json(200, answer(scope, intent), OPEN)
        )
    url = intent.get("_return_url") or ""
    if not url:
        return _said("Thank you", "You can close this page.")
    if intent.get("_session"):
        return _go(url)
    status = "succeeded" if intent["status"] in ("succeeded", "processing", "requires_capture") else "failed"
    back = urlencode({kind: id, f"{kind}_client_secret": intent["client_secret"], "redirect_status": status})
    return _go(f"{url}{'&' if '?' in url else '?'}{back}")


def _onboarding(double: Double, form: dict[str, str] | None, id: str, token: str) -> Response:
    link, account = double.store.get("_link", token), double.store.get("account", id)
    if link is None or account is None or link["account"] != id:
        return _said("No such link", "Ask the platform for a new one.", 404)
    if form is not None and not link["used"]:
        double.store.save("_link", {**link, "used": True})
        if form.get("answer") == "finish":
            jobs.onboard(double, id)
        return _go(link["return_url"])
    if link["used"] or link["expires_at"] <= double.clock.now():
        return _go(link["refresh_url"])
    return _page("onboarding.jinja2", account=account)


def _receipt(double: Double, form: Any, id: str) -> Response:
    charge = double.store.get("charge", id)
    if charge is None:
        return _said("No such receipt", "The link is wrong or belongs to a double that was reset.", 404)
    amount = money.shown(charge["amount_captured"], charge["currency"])
    return _said("Test receipt", f"{amount} were paid with a test card. No money moved. {id}")


def _express(double: Double, form: Any, id: str) -> Response:
    return _said("Express dashboard", f"Here Stripe would show the balance and the payouts of {id}.")


View = Callable[..., Response]
VIEWS: tuple[tuple[str, View], ...] = (
    (r"/c/pay/(cs_\w+)", _pay),
    (r"/i/(in_\w+)(?:/pdf)?", _invoice),
    (r"/3ds/((?:pi|seti)_\w+)", _challenge),
    (r"/setup/(acct_\w+)/(\w+)", _onboarding),
    (r"/receipts/(\w+)", _receipt),
    (r"/express/(acct_\w+)", _express),
    (r"/(?:assets|v3)/(pay\.css|stripe\.js)", _asset),
)
