"""Who asks: secret, restricted and publishable keys, and the account a platform asks for (`Stripe-Account`)."""

from __future__ import annotations

import base64
import binascii
import re
from fnmatch import fnmatchcase

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.scope import Owner
from sratix_stripe.double.store import Record, Store

FORM = re.compile(r"(sk|rk|pk)_(test|live)_[A-Za-z0-9_]{3,}\Z")
# All a browser may do, and only with the object's client secret.
FOR_BROWSERS = (
    "POST /v1/payment_methods",
    "GET /v1/payment_intents/*",
    "POST /v1/payment_intents/*/confirm",
    "GET /v1/setup_intents/*",
    "POST /v1/setup_intents/*/confirm",
)


def add(store: Store, key: str, account: str, may: list[str] | None = None) -> Record:
    """Let `key` speak for `account`; a restricted key (`rk_…`) only where a pattern of `may` fits: `GET /v1/refunds*`."""
    if not FORM.match(key):
        raise StripeError("A key looks like sk_test_…, rk_live_… or pk_test_….", param="key")
    return store.save("_keyring", {"id": key, "account": account, "live": "_live_" in key, "may": may or []})


def authenticate(store: Store, headers: dict[str, str], given: str | None, call: str) -> tuple[Owner, bool]:
    """Owner of the objects this call may see, and whether a browser calls; raises 401 and 403 as Stripe does."""
    key = given or _sent(headers.get("authorization", ""))
    if not key:
        raise _refused("You did not provide an API key. Send it as 'Authorization: Bearer sk_test_…'.")
    known = store.get("_keyring", key)
    if known is None:
        raise _refused(f"Invalid API Key provided: {masked(key)}")
    owner, public = Owner(known["account"], known["live"]), key.startswith("pk_")
    if public and not any(fnmatchcase(call, allowed) for allowed in FOR_BROWSERS):
        raise _refused(
            "This API call cannot be made with a publishable API key. Use a secret API key.",
            "secret_key_required",
        )
    if key.startswith("rk_") and not any(fnmatchcase(call, allowed) for allowed in known["may"]):
        text = f"The provided key '{masked(key)}' does not have the required permissions for this endpoint."
        raise StripeError(text, status=403, stored=False)
    wanted = headers.get("stripe-account")
    if not wanted or wanted == owner.account:
        return owner, public
    account = store.get("account", wanted)
    if account is None or account["_owner"] != str(owner) or account.get("deleted"):
        text = f"The provided key '{masked(key)}' does not have access to account '{wanted}' (or that account does not exist)."
        raise StripeError(text, code="account_invalid", status=403, stored=False)
    return Owner(wanted, owner.live), public


def masked(key: str) -> str:
    """As Stripe shows a key: what it is and its last four."""
    return f"{key[:8]}{'*' * 8}{key[-4:]}" if len(key) > 12 else "*" * len(key)


def _sent(header: str) -> str:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return value.strip() if scheme.lower() == "bearer" else ""


def _refused(message: str, code: str | None = None) -> StripeError:
    return StripeError(message, code=code, status=401, stored=False)
