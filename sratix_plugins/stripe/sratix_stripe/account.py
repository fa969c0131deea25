"""Whose Stripe is called, in which mode, with which keys: read from the tenant's settings, told apart by their form."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sratix_core.plugin import (
    ApplicationFee,
    Egress,
    Mode,
    NotFound,
    Provider,
    Settings,
    TenantContext,
    Unavailable,
    application_fee,
    connected_account,
    plugin_settings,
)

NAME = "stripe"
CONNECT = "stripe_connect"
"""The provider of payments that the platform takes and passes on: its payments, statement and books are kept apart by this name."""

INVOICE = "stripe_invoice"
CONNECT_INVOICE = "stripe_connect_invoice"
"""The same two, paid by an invoice that Stripe sends; what comes of it is in the books of the two above."""

STRIPE = Provider("stripe", "https://api.stripe.com", "stripe_api_base")
MODES: tuple[Mode, ...] = ("test", "live")
PAGES = "/dashboard/{tenant}/x/stripe/"
KINDS = {"sk": "secret key", "rk": "restricted key", "pk": "publishable key", "whsec": "signing secret"}

PLAYED = {"test_secret_key": "sk_test_double", "test_publishable_key": "pk_test_double"}
"""What the demo sells with where nothing is set, not even a key of the platform: keys that only the stand-in beside it knows."""

NO_FEE = ApplicationFee()


@dataclass(frozen=True)
class Account:
    """What a call needs. The keys are never shown by `repr`, so that no log has them.

    With a `destination` the keys are the platform's: a payment is taken on its account, goes on to the organizer's, and `fee`
    stays (https://docs.stripe.com/connect/destination-charges). `due_days` and `asked_at` are for invoices: how long one may take,
    and the moment of this question, by which one is late or not.
    """

    egress: Egress = field(repr=False)
    mode: Mode
    secret_key: str = field(repr=False)
    publishable_key: str = ""
    destination: str = ""
    fee: ApplicationFee = NO_FEE
    due_days: int = 0
    asked_at: datetime | None = None


def account(ctx: TenantContext, mode: Mode) -> Account:
    """The tenant's account in this mode. Raises `Unavailable("not_configured")` while it has no key."""
    values = keys(ctx)
    key = values[f"{mode}_secret_key"]
    if not key:
        raise Unavailable("not_configured")
    return Account(Egress(ctx.settings), mode, key, values[f"{mode}_publishable_key"] or "")


def connected(ctx: TenantContext, mode: Mode) -> Account:
    """The platform's keys, and where this organizer's money goes. Raises `Unavailable("not_configured")` without either."""
    row = connected_account(ctx, CONNECT, mode)
    if row is None or row.reference is None:
        raise Unavailable("not_configured")
    ours = platform(ctx.settings, mode)
    return replace(ours, destination=row.reference, fee=application_fee(ctx))


def platform(settings: Settings, mode: Mode) -> Account:
    """The platform's own account. Raises `Unavailable("not_configured")` where the operator has set no key."""
    live = mode == "live"
    key = settings.stripe_live_secret_key if live else settings.stripe_test_secret_key
    if not key:
        raise Unavailable("not_configured")
    shown = settings.stripe_live_publishable_key if live else settings.stripe_test_publishable_key
    return Account(Egress(settings), mode, key, shown or "")


def connects(settings: Settings, mode: Mode) -> bool:
    """Whether organizers may connect to the platform's account."""
    return bool(settings.stripe_live_secret_key if mode == "live" else settings.stripe_test_secret_key)


def has_keys(ctx: TenantContext, needs: Sequence[str]) -> bool:
    """Whether the organizer works with keys of their own."""
    values = keys(ctx)
    return any(all(values[f"{mode}_{key}"] for key in needs) for mode in MODES)


def ready(ctx: TenantContext) -> Callable[[Mode], bool]:
    """Whether payments may go on to the organizer's account, for either side."""

    def is_ready(mode: Mode) -> bool:
        row = connected_account(ctx, CONNECT, mode) if connects(ctx.settings, mode) else None
        return row is not None and row.ready

    return is_ready


def keys(ctx: TenantContext) -> dict[str, Any]:
    """The tenant's settings; in the demo with the stand-in's keys in the places that are empty."""
    values = plugin_settings(ctx, NAME)
    alone = ctx.settings.env == "demo" and ctx.settings.stripe_api_base and not connects(ctx.settings, "test")
    played = PLAYED if alone else {}
    return {**values, **{name: key for name, key in played.items() if not values[name]}}


def mode_of(request: Any) -> Mode:
    """The side that the address names. Raises `NotFound`."""
    for mode in MODES:
        if mode == request.matchdict["mode"]:
            return mode
    raise NotFound("page")


def outside(request: Any, mode: Mode) -> Account:
    """The account, to be called now: the request's unit of work ends here, so that nothing waits for Stripe with a lock."""
    asked = account(request.ctx, mode)
    request.checkpoint()
    return asked


def outside_connected(request: Any, mode: Mode) -> Account:
    """As `outside`, for the account the platform opened for this organizer."""
    asked = connected(request.ctx, mode)
    request.checkpoint()
    return asked


def outside_platform(request: Any, mode: Mode) -> Account:
    """As `outside`, for the platform's own account."""
    asked = platform(request.ctx.settings, mode)
    request.checkpoint()
    return asked


def key_for(mode: str, *prefixes: str) -> Callable[[Any], Any]:
    """A check for a setting: a key of one of these kinds, of this mode. Raises ValueError with a sentence to show."""
    wanted = " or ".join(f"{prefix}_{mode}_" for prefix in prefixes)

    def check(typed: str) -> str:
        found = re.fullmatch(r"([a-z]+)_(test|live)_[A-Za-z0-9_]+", typed)
        if found is None:
            raise ValueError(f"This is not a key of Stripe's: it begins with {wanted}. Copy it once more.")
        kind, its_mode = found.groups()
        if kind not in prefixes:
            known = KINDS.get(kind, "key of another kind")
            raise ValueError(f"This is a {known}. The one for this field begins with {wanted}.")
        if its_mode != mode:
            raise ValueError(
                f"This is a key of {its_mode} mode. Paste it into the field for {its_mode} mode, "
                f"or take the one that begins with {wanted}."
            )
        return typed

    return check


def signing_secret(typed: str) -> str:
    """Raises ValueError with a sentence to show."""
    if not re.fullmatch(r"whsec_[A-Za-z0-9_+/=]+", typed):
        raise ValueError(
            "This is not a signing secret: it begins with whsec_ and stands beside the endpoint at Stripe."
        )
    return typed
