"""Promo codes in the shop. A try is counted before it is looked up, and a right one is taken off again (P4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sratix_core.checkout.codes import put_code
from sratix_core.checkout.service import CartGone
from sratix_core.context import Actor
from sratix_core.errors import Refused
from sratix_core.payments import stored
from sratix_core.promotions import guesses
from sratix_core.promotions.models import PromoCode
from sratix_core.promotions.rules import is_known, usable
from sratix_core.tenancy.scope import TenantScope
from sratix_core.web.forms import refused_fields
from sratix_core.web.limits import LOOKUP, network
from sratix_core.web.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event
    from sratix_core.shop.checkout import Checkout

MOST_LETTERS = 60


def typed_code(request: Request) -> str:
    """What stands in the field of the form."""
    return str(request.POST.get("code", "")).strip()[:MOST_LETTERS]


def may_try(request: Request, event: Event, typed: str) -> None:
    """As `may_guess`, at a promo code."""
    may_guess(request, lambda ctx: is_known(ctx, event, typed))


def may_guess(request: Request, is_right: Callable[[TenantContext], bool]) -> None:
    """Count this try at a code in a unit of its own, before the request's own begins. Raises `Refused("promo_paused")`.

    The limit by address stands before it: whoever only knocks must not keep the database busy.
    """
    request.limit(LOOKUP)
    address = network(request.client_addr or "")
    with request.runtime.engines.begin(TenantScope(request.tenant.id)) as db:
        ctx = request.runtime.context(request.tenant, db, Actor("buyer"))
        allowed = guesses.count(ctx, address)
        if allowed and is_right(ctx):
            guesses.was_right(ctx, address)
    if not allowed:
        raise Refused("promo_paused", minutes=int(guesses.WINDOW.total_seconds() // 60))


def may_guess_values(request: Request, codes: Sequence[str]) -> None:
    """Count a try of each code of value, in units of their own. Raises `Refused("promo_paused")`."""
    for typed in dict.fromkeys(codes):
        may_guess(request, partial(_opens, typed))


def _opens(typed: str, ctx: TenantContext) -> bool:
    return stored.opened(ctx, typed) is not None


def code_errors(step: Checkout) -> dict[str, str] | None:
    """Put the typed code on the cart: {} when its prices changed, None when there was nothing to do, or why not, for the field.

    Raises `CartGone`.
    """
    request, typed = step.request, typed_code(step.request)
    if not typed:
        return None
    try:
        may_try(request, step.event, typed)
        put_code(step.ctx, step.event, step.cart(), typed)
    except CartGone:
        raise
    except Refused as error:
        return refused_fields(request, error, rest="code")
    return {}


def linked_code(request: Request, event: Event) -> tuple[PromoCode | None, dict[str, str]]:
    """The code that the address brings (`?code=`), or why it can't be used."""
    typed = request.GET.get("code", "").strip()[:MOST_LETTERS]
    if not typed:
        return None, {}
    try:
        may_try(request, event, typed)
        return usable(request.ctx, event, typed), {}
    except Refused as error:
        reason = refused_fields(request, error)
        request.response.status_int = 200  # the event is there, whatever the link promised
        return None, reason
