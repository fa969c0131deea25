"""How often who may ask: the numbers in one table, and `request.limit`.

Processes with a common `SRATIX_RUN_DIR` or a Redis count together, others each for itself; guesses at passwords are
counted in the database besides, by account and address.
"""

from __future__ import annotations

import math
from ipaddress import ip_address, ip_network

from pyramid.config import Configurator

from sratix_core.credentials.models import Tier
from sratix_core.runtime import Runtime
from sratix_core.web.buckets import Buckets, Limit, SharedBuckets
from sratix_core.web.mapped_buckets import MappedBuckets
from sratix_core.web.problems import TooManyRequests
from sratix_core.web.request import Request

__all__ = ["Buckets", "Limit", "limit"]

LOGIN = Limit("login", 30, 60)
REFRESH = Limit("refresh", 60, 60)
WRONG = Limit("wrong-credential", 60, 60)
CHECKOUT = Limit("checkout", 60, 60)
SIGN_UP = Limit("sign_up", 10, 600)
SIGN_UP_MAIL = Limit("sign_up_mail", 3, 3600)
INBOUND = Limit("inbound", 1_200, 60)
METHODS = Limit("payment-methods", 30, 60)
REQUESTS = Limit("payment-requests", 60, 60)
"""Calls to providers that an organizer's programs wait for."""
LOOKUP = Limit("lookup", 120, 60)
INVITES = Limit("invites", 60, 3600)
"""Mails that one organization sends to strangers in an hour."""

# The API: each key and each person by itself, all keys of a tenant together, everybody else by address.
KEY = {Tier.STANDARD: Limit("key", 600, 60), Tier.HIGH: Limit("key-high", 6_000, 60)}
TENANT = Limit("tenant", 12_000, 60)
PERSON = Limit("person", 600, 60)
DEVICE = Limit("device", 1_200, 60)
ADDRESS = Limit("address", 600, 60)


def network(address: str) -> str:
    """The address itself; of IPv6 the first 64 bits, of which one customer has all the rest."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((known, 64), strict=False)) if known.version == 6 else address


def limit(request: Request, limit: Limit, client: str | None = None) -> None:
    """Count this request against `limit`, by address unless `client` names something better. Raises `TooManyRequests`."""
    found = request.registry["buckets"].ask(limit, client or network(request.client_addr or ""))
    request.allowances.append(found)
    if found.wait:
        raise TooManyRequests(seconds=math.ceil(found.wait))


def make_buckets(runtime: Runtime) -> Buckets:
    """Shared by all processes of this machine where they have a folder for it, by all of them where Redis is set."""
    clock, url, folder = runtime.sources.clock, runtime.settings.redis_url, runtime.settings.run_dir
    here = MappedBuckets(folder / "limits", clock) if folder else Buckets(clock)
    return SharedBuckets(here, url, runtime.keys) if url else here


def includeme(config: Configurator) -> None:
    config.registry["buckets"] = make_buckets(config.registry["runtime"])
    config.add_request_method(lambda _: [], "allowances", reify=True)
    config.add_request_method(limit, "limit")
