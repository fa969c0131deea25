"""Gift cards and other stored value in the checkout: put on the cart by their code, shown with what they cover, taken off again.

The cart keeps keys, never codes, and nothing is taken before the order is placed. Guesses count with those at promo codes (P4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sratix_core.checkout import hot
from sratix_core.errors import Refused
from sratix_core.payments import stored
from sratix_core.payments.providers import title_of
from sratix_core.shop.promo import MOST_LETTERS, may_guess
from sratix_core.values.money import Money
from sratix_core.web.forms import refused_fields

if TYPE_CHECKING:
    import uuid

    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order
    from sratix_core.payments.stored import Part
    from sratix_core.shop.checkout import Checkout


def put_on(step: Checkout) -> dict[str, str] | None:
    """Keep what the typed code opens with the cart: {} when it is on, None when nothing was typed, or why not, for the field."""
    request, typed = step.request, str(step.request.POST.get("gift", "")).strip()[:MOST_LETTERS]
    if not typed:
        return None
    try:
        may_guess(request, lambda ctx: stored.opened(ctx, typed) is not None)
        found = stored.usable(step.ctx, typed, step.event.currency)
        if not stored.payable(step.total(), step.value()).minor:
            raise Refused("value_for_value")
        kept = stored.kept_with(step.held.entries)
        if found not in kept:
            if len(kept) >= stored.MOST:
                raise Refused("value_many", most=stored.MOST)
            _keep(step, [*kept, found])
    except Refused as error:
        return refused_fields(request, error, rest="gift")
    return {}


def _keep(step: Checkout, kept: list[tuple[str, uuid.UUID]]) -> None:
    entries = {**step.held.entries, stored.KEPT: [[name, str(key)] for name, key in kept]}
    hot.close(step.ctx, step.held.id, {"entries": entries})


def take_off(step: Checkout, key: str) -> None:
    """Leave the card with this key out."""
    _keep(step, [each for each in stored.kept_with(step.held.entries) if str(each[1]) != key])


def told(step: Checkout, chosen: list[Part], rest: Money) -> dict[str, Any] | None:
    """What the page says of it; None where nobody issues such cards."""
    if not stored.holders(step.ctx):
        return None
    return {
        "parts": [
            {
                "key": str(part.value.key),
                "title": part.provider.title(step.request.locale_name),
                "mark": part.value.mark,
                "amount": part.amount,
                "left": part.value.balance - part.amount,
            }
            for part in chosen
        ],
        "rest": rest,
        "not_for_value": bool(step.value()),
        "action": step.path("shop.value"),
    }


def paid_by_card(ctx: TenantContext, order: Order, locale: str) -> list[dict[str, Any]]:
    """What cards paid of an order, as far as it stayed."""
    return [
        {
            "title": title_of(ctx, paid.provider, locale),
            "amount": Money(paid.amount_minor - paid.refunded_minor, paid.currency),
        }
        for paid in order.payments
        if paid.stored and paid.refunded_minor < paid.amount_minor
    ]
