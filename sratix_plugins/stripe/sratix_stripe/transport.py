"""Stripe's SDK on our own way out: every request of it goes through `Egress`, and every refusal becomes one the core knows.

The SDK repeats nothing by itself: whether a call may be made again is the core's to decide, which keeps the intent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import stripe

from sratix_core.plugin import Declined, Egress, NotSent, OutcomeUnknown, Unavailable
from sratix_stripe.account import STRIPE, Account

API_VERSION = "2026-10-28.endive"
"""The version that this plugin was written for; an account's own default plays no part."""

SENT = {"authorization", "content-type", "idempotency-key", "stripe-version", "stripe-account"}
"""The SDK would also tell Stripe about this machine."""

# Otherwise the SDK keeps an id of this installation in the home folder and measures each call.
stripe.enable_telemetry = False


class Remembered(OutcomeUnknown):
    """Stripe answered with an outage that it keeps under this key and will answer again. Looking tells whether anything was done."""


class KeyRefused(NotSent):
    """Stripe does not know the key: nothing was done, and nothing will be until the settings are put right."""

    code = "stripe_key_refused"


class KeyMayNot(NotSent):
    """A restricted key lacks a right: nothing was done."""

    code = "stripe_key_may_not"


class EgressTransport(stripe.HTTPClient):
    """What the SDK calls instead of an HTTP library. `NotSent` and `OutcomeUnknown` pass through it as they are."""

    name = "sratix"

    def __init__(self, egress: Egress) -> None:
        super().__init__()
        self._egress = egress

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_: Any
    ) -> tuple[str, int, Mapping[str, str]]:
        wanted = {name: value for name, value in (headers or {}).items() if name.lower() in SENT}
        body = (post_data or "").encode()
        answer = self._egress.call(STRIPE, method.upper(), url, wanted, body)
        if answer.status >= 500 and answer.headers.get("idempotent-replayed") == "true":
            raise Remembered
        answer.settled()
        try:
            return answer.body.decode(), answer.status, answer.headers
        except UnicodeDecodeError:
            raise OutcomeUnknown from None

    def close(self) -> None:
        """Every call has a connection of its own."""


def client(account: Account) -> stripe.StripeClient:
    """Stripe's client for one account; with a destination still the platform's."""
    return stripe.StripeClient(
        account.secret_key,
        stripe_version=API_VERSION,
        base_addresses={"api": account.egress.base(STRIPE)},
        http_client=EgressTransport(account.egress),
        max_network_retries=0,
    )


@contextmanager
def translated(reading: bool) -> Iterator[None]:
    """The SDK's errors as the core's.

    A definite no to something that was to be done is `Declined`; to a question it says nothing about money, and is
    `Unavailable`. What Stripe refused to take on is `NotSent`. A key that another call holds at this moment may be ours, under way:
    that is `OutcomeUnknown`, as is all that isn't understood.
    """
    try:
        yield
    except stripe.RateLimitError:
        raise NotSent from None
    except stripe.AuthenticationError:
        raise KeyRefused from None
    except stripe.PermissionError:
        raise KeyMayNot from None
    except stripe.IdempotencyError:
        raise OutcomeUnknown from None
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        if reading:
            raise Unavailable("stripe_refused") from None
        raise Declined(reason(error)) from None
    except stripe.StripeError as error:
        raise (NotSent if _code(error) == "lock_timeout" else OutcomeUnknown) from None


def reason(error: stripe.StripeError) -> str:
    """Stripe's short word for a refusal: `insufficient_funds`, `amount_too_small`."""
    told = getattr(error.error, "decline_code", None) if error.error is not None else None
    return str(told or error.code or getattr(error, "param", None) or "refused")[:60]


def _code(error: stripe.StripeError) -> str | None:
    """The SDK leaves `code` empty for a 409."""
    return error.code or (error.error.code if error.error is not None else None)
