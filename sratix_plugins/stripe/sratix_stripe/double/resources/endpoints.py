"""Webhook endpoints an account registers."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources.generic import metadata
from sratix_stripe.double.scope import Call
from sratix_stripe.double.store import Record


def create_endpoint(call: Call) -> Record:
    """The signing secret is told here, once."""
    if not call.params["url"].startswith(("https://", "http://")):
        raise StripeError(
            "Invalid URL: An explicit scheme (such as https) must be provided.",
            code="url_invalid",
            param="url",
        )
    secret = f"whsec_{call.double.store.chance(32)}"
    made = call.new(
        "webhook_endpoint", url=call.params["url"], enabled_events=call.params["enabled_events"],
        description=call.params.get("description"),
        api_version=call.params.get("api_version"), metadata=metadata(call.params.get("metadata")),
        _secret=secret, _connect=bool(call.params.get("connect")),
    )  # fmt: skip
    return {**made, "secret": secret}


def change_endpoint(call: Call) -> Record:
    endpoint = call.find("webhook_endpoint", call.ids[0])
    plain: dict[str, Any] = {
        name: call.params[name] for name in ("url", "enabled_events", "description") if name in call.params
    }
    if "disabled" in call.params:
        plain["status"] = "disabled" if call.params["disabled"] else "enabled"
    return call.save(endpoint, **plain, metadata=metadata(call.params.get("metadata"), endpoint["metadata"]))
