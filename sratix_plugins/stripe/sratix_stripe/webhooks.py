"""Events that Stripe sends: signed with the endpoint's secret, young, of the right mode, from our own account.

The scheme is documented at https://docs.stripe.com/webhooks#verify-manually. The SDK's check asks the machine's clock, so we do it here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from sratix_core.plugin import BadSignature, Inbound, Mode, TenantContext, plugin_settings
from sratix_stripe.account import NAME

TOLERANCE = 300
"""Seconds that a signature is good for; Stripe signs anew for each attempt."""

Subject = Literal["payment", "refund", "dispute", "payout", "other"]

EVENTS: dict[str, Subject] = {
    "checkout.session.completed": "payment",
    "checkout.session.async_payment_succeeded": "payment",
    "checkout.session.async_payment_failed": "payment",
    "checkout.session.expired": "payment",
    "payment_intent.succeeded": "payment",
    "payment_intent.processing": "payment",
    "payment_intent.payment_failed": "payment",
    "payment_intent.canceled": "payment",
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

NAMES = {
    "payment": ("id", "payment_intent"),
    "refund": ("id", "payment_intent", "charge"),
    "dispute": ("id", "payment_intent", "charge"),
    "payout": ("id",),
    "other": (),
}


def verify(ctx: TenantContext, headers: Mapping[str, str], body: bytes, mode: Mode) -> Inbound:
    """The event in the core's words. Raises `BadSignature`; nobody is called."""
    secret = plugin_settings(ctx, NAME)[f"{mode}_webhook_secret"]
    if not secret:
        raise BadSignature("no signing secret is set")
    _signed(headers.get("stripe-signature", ""), body, secret, int(ctx.clock.now().timestamp()))
    return _read(body, mode)


def _signed(header: str, body: bytes, secret: str, now: int) -> None:
    parts = [tuple(part.strip().split("=", 1)) for part in header.split(",") if "=" in part]
    times = [value for name, value in parts if name == "t"]
    if len(times) != 1 or not times[0].isascii() or not times[0].isdigit() or len(times[0]) > 12:
        raise BadSignature("no time")
    wanted = hmac.new(secret.encode(), times[0].encode() + b"." + body, hashlib.sha256).hexdigest()
    given = [value for name, value in parts if name == "v1"]  # several while a secret is being replaced
    if not any(hmac.compare_digest(wanted.encode(), value.encode()) for value in given):
        raise BadSignature("the signature is of another secret or body")
    if abs(now - int(times[0])) > TOLERANCE:
        raise BadSignature("too old")


def _read(body: bytes, mode: Mode) -> Inbound:
    try:
        event = json.loads(body)
        event_id, kind, live = event["id"], event["type"], event["livemode"]
        subject_of: dict[str, Any] = event["data"]["object"]
        account = event.get("account") or ""
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadSignature("not an event of Stripe's") from None
    if not (isinstance(event_id, str) and isinstance(kind, str) and isinstance(subject_of, dict)):
        raise BadSignature("not an event of Stripe's")
    if live is not (mode == "live"):
        raise BadSignature("of the other mode")
    if account:
        raise BadSignature("of another account")
    subject = EVENTS.get(kind, "other")
    return Inbound(
        event_id, kind, mode, account, subject, tuple(_names(subject, subject_of)), _attempt(subject_of)
    )


def _names(subject: Subject, given: Mapping[str, Any]) -> Iterator[str]:
    """By what the core may know it: its own id, and the payment's. References may be expanded objects."""
    for field in NAMES[subject]:
        value = given.get(field)
        name = value.get("id") if isinstance(value, dict) else value
        if isinstance(name, str) and name:
            yield name


def _attempt(given: Mapping[str, Any]) -> str:
    """Our own id, which went with the payment."""
    metadata = given.get("metadata")
    told = metadata.get("sratix_attempt") if isinstance(metadata, dict) else None
    found = told or given.get("client_reference_id") or ""
    return found if isinstance(found, str) else ""
