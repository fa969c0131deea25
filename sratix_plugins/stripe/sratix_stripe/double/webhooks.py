"""Delivering events: signed, retried for three days, each with what its fault asks for."""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from sratix_stripe.double.answers import public
from sratix_stripe.double.store import Record

if TYPE_CHECKING:
    from sratix_stripe.double.app import Double

RETRIES = (10, 60, 300, 1800, 7200, 18000, 36000, 36000, 36000, 36000, 36000, 36000, 36000)
PATIENCE = 20


def sign(payload: str, secret: str, at: int) -> str:
    """`Stripe-Signature`: https://docs.stripe.com/webhooks#verify-manually"""
    mac = hmac.new(secret.encode(), f"{at}.{payload}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


class _Straight(urllib.request.HTTPRedirectHandler):
    """Stripe follows no redirect; nor do we."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_Straight, urllib.request.ProxyHandler({}))


def deliver_due(double: Double, at_once: bool = False, but: frozenset[str] = frozenset()) -> list[Record]:
    """Send what is due (`at_once`: everything queued, once), in order, outside the lock; the deliveries as they are now."""
    sent: list[Record] = []
    while True:
        with double.lock:
            record = _next(double, at_once, but | {one["id"] for one in sent})
            if record is None:
                return sent
            prepared = _prepare(double, record)
        status = _post(*prepared) if prepared else 0
        with double.lock:
            sent.append(_note(double, record, status))
            double.store.settle()


def _next(double: Double, at_once: bool, seen: frozenset[str]) -> Record | None:
    now = double.clock.now()
    ready = [
        one
        for one in double.store.all("_delivery")
        if one["state"] == "queued" and one["id"] not in seen and (at_once or one["due"] <= now)
    ]
    if not ready:
        return None
    first = min(ready, key=lambda one: one["order"])
    return double.store.save("_delivery", {**first, "state": "sending"})


def _prepare(double: Double, record: Record) -> tuple[str, bytes, str] | None:
    endpoint, event = (
        double.store.get("webhook_endpoint", record["endpoint"]),
        double.store.get("event", record["event"]),
    )
    if endpoint is None or event is None:
        return None
    body = public(event)
    if record["fault"] == "wrong_mode":
        body["livemode"] = not body["livemode"]
    if record["fault"] == "wrong_account":
        body["account"] = "acct_of_somebody_else"
    payload = json.dumps(body, indent=2)
    secret = endpoint["_secret"] + ("x" if record["fault"] == "wrong_signature" else "")
    return endpoint["url"], payload.encode(), sign(payload, secret, double.clock.now() - record["age"])


def _post(url: str, body: bytes, signature: str) -> int:
    """The answer's status, 0 for none."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (double)",
        "Stripe-Signature": signature,
    }
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310  the endpoint's own address
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except (OSError, ValueError):
        return 0


def _note(double: Double, record: Record, status: int) -> Record:
    store, now = double.store, double.clock.now()
    attempts = [*record["attempts"], {"at": now, "status": status}]
    done = 200 <= status < 300
    tries = len(attempts)
    state = "delivered" if done else "queued" if tries <= len(RETRIES) else "given_up"
    due = record["due"] if done or state == "given_up" else now + RETRIES[tries - 1]
    event = store.get("event", record["event"])
    if event and state != "queued":
        store.save("event", {**event, "pending_webhooks": max(0, event["pending_webhooks"] - 1)})
    noted = {**record, "attempts": attempts, "state": state, "due": due}
    if state == "queued":
        return store.save("_delivery", noted)
    # What is done is kept apart, so that looking for the next one stays quick.
    store.delete("_delivery", record["id"])
    return store.save("_delivered", noted)
