"""The table of contents of the API: what answers under which path, and which SDK type its parameters are held against."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from sratix_stripe.double.resources import (
    balance,
    checkout,
    confirming,
    connect,
    coupons,
    disputes,
    endpoints,
    intents,
    invoice_paying,
    invoices,
    methods,
    payouts,
    returns,
)
from sratix_stripe.double.resources.generic import Handler, delete, listing, retrieve, update


class Route(NamedTuple):
    """`params` names a class in `stripe.params`; `{}` in a path stands for an id."""

    method: str
    path: str
    params: str
    handler: Handler
    kind: str = ""


@dataclass(frozen=True)
class Resource:
    """The usual five under one path; `name` begins the names of its parameter types, `actions` are POSTs below an object."""

    kind: str
    path: str
    name: str
    create: Handler | None = None
    change: Handler | None = None
    remove: Handler | None = None
    actions: dict[str, Handler] = field(default_factory=dict)
    plain: bool = True

    def routes(self) -> list[Route]:
        found = [
            Route("GET", self.path, f"{self.name}ListParams", listing(self.kind, self.path)),
            Route("GET", f"{self.path}/{{}}", f"{self.name}RetrieveParams", retrieve(self.kind)),
        ]
        for method, path, word, handler in (
            ("POST", self.path, "Create", self.create),
            (
                "POST",
                f"{self.path}/{{}}",
                "Update",
                self.change or (update(self.kind) if self.plain else None),
            ),
            ("DELETE", f"{self.path}/{{}}", "Delete", self.remove),
        ):
            if handler:
                found.append(Route(method, path, f"{self.name}{word}Params", handler, self.kind))
        for verb, handler in self.actions.items():
            found.append(
                Route(
                    "POST",
                    f"{self.path}/{{}}/{verb}",
                    f"{self.name}{verb.capitalize()}Params",
                    handler,
                    self.kind,
                )
            )
        return found


RESOURCES = (
    Resource("checkout.session", "/v1/checkout/sessions", "checkout.Session", checkout.create, checkout.change,
             actions={"expire": checkout.expire}),
    Resource("payment_intent", "/v1/payment_intents", "PaymentIntent", intents.create, intents.change,
             actions={"confirm": confirming.confirm("payment_intent"), "capture": intents.capture, "cancel": intents.cancel}),
    Resource("setup_intent", "/v1/setup_intents", "SetupIntent", intents.create_setup,
             actions={"confirm": confirming.confirm("setup_intent"), "cancel": intents.cancel}),
    Resource("payment_method", "/v1/payment_methods", "PaymentMethod", methods.create_method,
             actions={"attach": methods.attach, "detach": methods.detach}),
    Resource("customer", "/v1/customers", "Customer", methods.create_customer, remove=methods.delete_customer),
    Resource("invoiceitem", "/v1/invoiceitems", "InvoiceItem", invoices.create_item, remove=invoices.delete_item),
    Resource("invoice", "/v1/invoices", "Invoice", invoices.create, invoices.change, invoices.delete,
             actions={"pay": invoice_paying.pay}),
    Resource("invoice_payment", "/v1/invoice_payments", "InvoicePayment", plain=False),
    Resource("charge", "/v1/charges", "Charge"),
    Resource("refund", "/v1/refunds", "Refund", returns.create_refund, actions={"cancel": returns.cancel_refund}),
    Resource("coupon", "/v1/coupons", "Coupon", coupons.create_coupon, remove=delete("coupon")),
    Resource("transfer", "/v1/transfers", "Transfer", connect.create_transfer),
    Resource("application_fee", "/v1/application_fees", "ApplicationFee", plain=False),
    Resource("payout", "/v1/payouts", "Payout", payouts.create_payout, actions={"cancel": payouts.cancel_payout}),
    Resource("balance_transaction", "/v1/balance_transactions", "BalanceTransaction", plain=False),
    Resource("dispute", "/v1/disputes", "Dispute", change=disputes.answer_dispute, actions={"close": disputes.close}),
    Resource("event", "/v1/events", "Event", plain=False),
    Resource("webhook_endpoint", "/v1/webhook_endpoints", "WebhookEndpoint", endpoints.create_endpoint, endpoints.change_endpoint,
             delete("webhook_endpoint")),
)  # fmt: skip

ROUTES = (
    Route("GET", "/v1/account", "AccountRetrieveCurrentParams", connect.own_account),
    Route("GET", "/v1/balance", "BalanceRetrieveParams", balance.balance),
    Route("GET", "/v1/accounts", "AccountListParams", listing("account", "/v1/accounts")),
    Route("POST", "/v1/accounts", "AccountCreateParams", connect.create_account),
    Route("GET", "/v1/accounts/{}", "AccountRetrieveParams", connect.retrieve_account),
    Route("POST", "/v1/accounts/{}", "AccountUpdateParams", connect.change_account),
    Route("DELETE", "/v1/accounts/{}", "AccountDeleteParams", connect.delete_account),
    Route("POST", "/v1/accounts/{}/login_links", "AccountLoginLinkCreateParams", connect.create_login),
    Route("POST", "/v1/account_links", "AccountLinkCreateParams", connect.create_link),
    Route(
        "GET",
        "/v1/checkout/sessions/{}/line_items",
        "checkout.SessionLineItemListParams",
        checkout.line_items,
    ),
    Route("GET", "/v1/customers/{}", "CustomerRetrieveParams", methods.retrieve_customer),
    Route(
        "GET",
        "/v1/customers/{}/payment_methods",
        "CustomerPaymentMethodListParams",
        methods.methods_of_customer,
    ),
    Route("GET", "/v1/invoices/{}/lines", "InvoiceListLinesParams", invoices.lines),
    *(
        Route("POST", f"/v1/invoices/{{}}/{verb}", f"Invoice{name}Params", handler, "invoice")
        for verb, name, handler in (
            ("add_lines", "AddLines", invoices.add_lines),
            ("finalize", "FinalizeInvoice", invoices.finalize),
            ("send", "SendInvoice", invoices.send),
            ("void", "VoidInvoice", invoices.void),
            ("mark_uncollectible", "MarkUncollectible", invoices.mark_uncollectible),
        )
    ),
    Route("POST", "/v1/transfers/{}/reversals", "TransferReversalCreateParams", returns.create_reversal),
    Route("POST", "/v1/application_fees/{}/refunds", "ApplicationFeeRefundCreateParams", returns.refund_fee),
    *(route for resource in RESOURCES for route in resource.routes()),
)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(path.replace("{}", r"([A-Za-z0-9_.-]+)") + r"\Z")


def match(method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
    """The route and the ids in the path; the first that fits."""
    for route in ROUTES:
        if route.method == method and (found := _pattern(route.path).match(path)):
            return route, found.groups()
    return None
