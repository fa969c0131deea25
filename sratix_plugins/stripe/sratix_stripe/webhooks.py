"""Events that Stripe sends: signed with the endpoint's secret, young, of the right mode, from the account we work with.

The scheme is documented at https://docs.stripe.com/webhooks#verify-manually. The SDK's check asks the machine's clock, so we do it here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from zope.interface import implementer

from sratix_core.plugin import (
    BadSignature,
    Inbound,
    IRoutesEvents,
    Mode,
    Settings,
    TenantContext,
    Whose,
    connected_account,
    plugin_settings,
)
from sratix_stripe.account import CONNECT, NAME

TOLERANCE = 300
"""Seconds that a signature is good for; Stripe signs anew for each attempt."""

Subject = Literal["payment", "refund", "dispute", "payout", "account", "other"]

EVENTS: dict[str, Subject] = {
    "checkout.session.completed": "payment",
    "checkout.session.async_payment_succeeded": "payment",
    "checkout.session.async_payment_failed": "payment",
    "checkout.session.expired": "payment",
    "payment_intent.succeeded": "payment",
    "payment_intent.processing": "payment",
    "payment_intent.payment_failed": "payment",
    "payment_intent.canceled": "payment",
    "invoice.paid": "payment",
    "invoice.payment_failed": "payment",
    "invoice.voided": "payment",
    "invoice.marked_uncollectible": "payment",
    "invoice.overdue": "payment",
    "charge.refunded": "refund",
    "charge.refund.updated": "refund",
    "refund.created": "refund",
    "refund.updated": "refund",
    "refund.failed": "refund",
    "charge.dispute.created": "dispute",
    "charge.dispute.updated": "dispute",
    "charge.dispute.closed": "dispute",
    "charge.dispute.funds_withdrawn": "dispute",
    "charge.dispute.funds_reinstated": "dispute",
    "payout.created": "payout",
    "payout.paid": "payout",
    "payout.failed": "payout",
    "payout.canceled": "payout",
}
"""What an endpoint is registered for. Other events are taken, too, and say nothing to us."""

ABOUT_ACCOUNTS: dict[str, Subject] = {
    "account.updated": "account",
    "account.application.deauthorized": "account",
}
"""What a platform hears of connected accounts beside their payouts."""

NAMES = {
    "payment": ("id", "payment_intent"),
    "refund": ("id", "payment_intent", "charge"),
    "dispute": ("id", "payment_intent", "charge"),
    "payout": ("id",),
    "account": (),
    "other": (),
}


def verify(ctx: TenantContext, headers: Mapping[str, str], body: bytes, mode: Mode) -> Inbound:
    """The event in the core's words. Raises `BadSignature`; nobody is called."""
    secret = plugin_settings(ctx, NAME)[f"{mode}_webhook_secret"]
    told = signed(headers, body, mode, (secret,) if secret else (), ctx.clock.now())
    if told.account:
        raise BadSignature("of another account")
    return told.inbound


def verify_connected(ctx: TenantContext, headers: Mapping[str, str], body: bytes, mode: Mode) -> Inbound:
    """As `verify`, of an event that came to the platform's address: of this organizer's account, or of a payment of theirs."""
    told = signed(headers, body, mode, platform_secrets(ctx.settings, mode), ctx.clock.now())
    row = connected_account(ctx, CONNECT, mode)
    if told.account and (row is None or told.account != row.reference):
        raise BadSignature("of another account")
    if not told.account and told.tenant not in ("", ctx.tenant.slug):
        raise BadSignature("of another organizer")
    return told.inbound


@implementer(IRoutesEvents)
class Router:
    """Whose an event at the platform's address is."""

    name = CONNECT

    def whose(
        self, settings: Settings, headers: Mapping[str, str], body: bytes, mode: Mode, now: datetime
    ) -> Whose:
        told = signed(headers, body, mode, platform_secrets(settings, mode), now)
        return Whose(told.account, told.tenant, told.inbound.references)


def platform_secrets(settings: Settings, mode: Mode) -> tuple[str, ...]:
    """Of both endpoints: Stripe tells of the platform's own account and of the connected ones apart."""
    live = mode == "live"
    return settings.stripe_live_webhook_secrets if live else settings.stripe_test_webhook_secrets


@dataclass(frozen=True)
class Told:
    """An event that was signed, the account it happened in if it was not the endpoint's own, and the tenant that its payment carries."""

    inbound: Inbound
    account: str
    tenant: str


def signed(
    headers: Mapping[str, str], body: bytes, mode: Mode, secrets: Sequence[str], now: datetime
) -> Told:
    """Read an event that was signed with one of the secrets. Raises `BadSignature`."""
    if not secrets:
        raise BadSignature("no signing secret is set")
    _signed(headers.get("stripe-signature", ""), body, secrets, int(now.timestamp()))
    return _read(body, mode)


def _signed(header: str, body: bytes, secrets: Sequence[str], now: int) -> None:
    parts = [tuple(part.strip().split("=", 1)) for part in header.split(",") if "=" in part]
    times = [value for name, value in parts if name == "t"]
    if len(times) != 1 or not times[0].isascii() or not times[0].isdigit() or len(times[0]) > 12:
        raise BadSignature("no time")
    text = times[0].encode() + b"." + body
    wanted = [hmac.new(secret.encode(), text, hashlib.sha256).hexdigest().encode() for secret in secrets]
    given = [
        value.encode() for name, value in parts if name == "v1"
    ]  # several while a secret is being replaced
    if not any(hmac.compare_digest(right, value) for right in wanted for value in given):
        raise BadSignature("the signature is of another secret or body")
    if abs(now - int(times[0])) > TOLERANCE:
        raise BadSignature("too old")


def _read(body: bytes, mode: Mode) -> Told:
    try:
        event = json.loads(body)
        event_id, kind, live = event["id"], event["type"], event["livemode"]
        subject_of: dict[str, Any] = event["data"]["object"]
        account = event.get("account") or ""
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadSignature("not an event of Stripe's") from None
    if not all(isinstance(text, str) for text in (event_id, kind, account)) or not isinstance(
        subject_of, dict
    ):
        raise BadSignature("not an event of Stripe's")
    if live is not (mode == "live"):
        raise BadSignature("of the other mode")
    subject = EVENTS.get(kind) or (ABOUT_ACCOUNTS.get(kind, "other") if account else "other")
    names = tuple(_names(subject, subject_of))
    told = Inbound(event_id, kind, mode, account, subject, names, _attempt(subject_of))
    return Told(told, account, _sent_with(subject_of, "sratix_tenant"))


def _names(subject: Subject, given: Mapping[str, Any]) -> Iterator[str]:
    """By what the core may know it: its own id, and the payment's. References may be expanded objects."""
    for field in NAMES[subject]:
        value = given.get(field)
        name = value.get("id") if isinstance(value, dict) else value
        if isinstance(name, str) and name:
            yield name


def _attempt(given: Mapping[str, Any]) -> str:
    """Our own id, which went with the payment."""
    found = _sent_with(given, "sratix_attempt") or given.get("client_reference_id") or ""
    return found if isinstance(found, str) else ""


def _sent_with(given: Mapping[str, Any], name: str) -> str:
    metadata = given.get("metadata")
    found = metadata.get(name) if isinstance(metadata, dict) else None
    return found if isinstance(found, str) else ""
