"""What the connection's page asks and does at Stripe: whose account a key opens, and the endpoint for its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sratix_core.plugin import Refused
from sratix_stripe.account import Account
from sratix_stripe.api import api
from sratix_stripe.webhooks import EVENTS

DESCRIPTION = "SRAtix"


@dataclass(frozen=True)
class Opened:
    """The account behind a key. `ready` says whether it may charge yet."""

    id: str
    name: str
    country: str
    ready: bool
    pays_out: bool


def check(account: Account) -> Opened:
    """Whose account this is."""
    with api(account, reading=True) as v1:
        found = v1.accounts.retrieve_current()
    profile, dashboard = found.business_profile, found.settings.dashboard if found.settings else None
    name = (profile.name if profile else None) or (dashboard.display_name if dashboard else None) or found.id
    return Opened(
        found.id, name, found.country or "", bool(found.charges_enabled), bool(found.payouts_enabled)
    )


def make_endpoint(account: Account, address: str) -> str:
    """Register `address` for what we listen to, in place of an older one of ours there; its signing secret, which Stripe tells once."""
    from sratix_stripe.transport import API_VERSION

    wanted: Any = {
        "url": address,
        "enabled_events": sorted(EVENTS),
        "api_version": API_VERSION,
        "description": DESCRIPTION,
    }
    with api(account) as v1:
        for old in v1.webhook_endpoints.list(params={"limit": 100}).auto_paging_iter():
            if old.url == address:
                v1.webhook_endpoints.delete(old.id)
        made = v1.webhook_endpoints.create(params=wanted)
    if not made.secret:
        raise Refused("stripe_refused")
    return made.secret
