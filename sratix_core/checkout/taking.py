"""Units, their prices and the use of a code, claimed in one transaction: what a cart opens with and an order of staff is made of."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from sqlalchemy import and_, select

from sratix_core.catalog.hot import NONE, Units, exchange
from sratix_core.catalog.models import CapacityPool, PoolKind, TicketType, TicketTypePool
from sratix_core.checkout.asking import contributions, taxed
from sratix_core.checkout.choosing import Chosen, checked_types
from sratix_core.checkout.sweep import Ended, end_due
from sratix_core.checkout.unit_prices import NONE as NOT_CHOSEN
from sratix_core.checkout.unit_prices import Prices, unit_prices
from sratix_core.plugins.pricing import TaxBuyer
from sratix_core.pricing.contributions import Fee, Rule, Tax
from sratix_core.pricing.quoting import Quote, Wanted, quote
from sratix_core.pricing.rules import rules_of, terms_of
from sratix_core.pricing.settling import Settled, settle
from sratix_core.promotions import uses
from sratix_core.promotions.answered import adopt, refresh
from sratix_core.promotions.models import PromoCode
from sratix_core.promotions.rules import settled_with, usable

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


@dataclass(frozen=True)
class Taken:
    """What was claimed: the types in their order, the frozen quote, the prices, and the code whose use is in them.

    `owed` are units that are not claimed yet: `claim` takes them, as the last statement before the commit.
    """

    types: list[TicketType]
    quote: Quote
    settled: Settled
    code: PromoCode | None
    owed: Units


def take(
    ctx: TenantContext,
    event: Event,
    quantities: Mapping[uuid.UUID, int],
    code: str = "",
    buyer: TaxBuyer | None = None,
    prices: Prices = NOT_CHOSEN,
    hidden: bool = False,
) -> Taken:
    """Claim the units and, with a `code`, one use of it, at the taxes of a `buyer` that named its business.

    `prices` are what was chosen to be paid for a unit, of types that leave it open; `hidden` types are for staff, or who has a code.

    The caller's transaction must leave a cart or an order that holds them, and claim what is still `owed`: everybody who wants
    the same pool waits from a claim to its commit, so units that no price depends on are claimed last.
    Raises `SoldOut`, `Invalid`, `NotOnSale`, `Refused`.
    """
    promo = usable(ctx, event, code) if code else None
    chosen = checked_types(ctx, event, quantities, _unlocked(quantities, promo, hidden))
    types, units = chosen.types, chosen.units
    listed = unit_prices(types, prices)
    # Before the pools: nobody waits for a plugin behind our lock.
    asked = _asked(ctx, event, types, quantities, listed, buyer)
    if promo is not None:
        adopt(ctx, promo)
    ended = end_due(ctx, event.id)
    waits = promo is None and _may_wait(chosen, ended)
    if not waits:
        exchange(ctx, ended.units, units)
    quoted = _quoted(ctx, event, types, quantities, listed, asked, quantities)
    settled = settled_with(quoted, promo) if promo else settle(quoted)
    refresh(ctx, promo)
    uses.exchange(ctx, ended.uses, {promo.id: 1} if promo else uses.NONE)
    quoted = replace(quoted, discount=promo.discount if promo else None)
    return Taken(types, quoted, settled, promo, units if waits else NONE)


def _may_wait(chosen: Chosen, ended: Ended) -> bool:
    """Whether the claim can come last: some are left, no price counts what is gone, and nothing is locked after pools elsewhere."""
    enough = all(chosen.left[pool] >= wanted for pool, wanted in chosen.units.items())
    limited = any(t.max_per_buyer for t in chosen.types)
    return enough and not ended.carts and not limited and not _counted(chosen.types)


def _counted(types: Sequence[TicketType]) -> list[uuid.UUID]:
    """The types whose price depends on how many are gone."""
    return [t.id for t in types if any(step.first is not None for step in rules_of(t).steps)]


def priced(
    ctx: TenantContext,
    event: Event,
    quantities: Mapping[uuid.UUID, int],
    code: str = "",
    buyer: TaxBuyer | None = None,
    prices: Prices = NOT_CHOSEN,
    hidden: bool = False,
) -> Settled:
    """What the units cost at this moment. Claims nothing, so it does not say that they are left. Raises as `take`, but `SoldOut`."""
    promo = usable(ctx, event, code) if code else None
    types = checked_types(ctx, event, quantities, _unlocked(quantities, promo, hidden)).types
    listed = unit_prices(types, prices)
    asked = _asked(ctx, event, types, quantities, listed, buyer)
    quoted = _quoted(ctx, event, types, quantities, listed, asked, {})
    return settled_with(quoted, promo) if promo else settle(quoted)


def _unlocked(
    quantities: Collection[uuid.UUID], promo: PromoCode | None, hidden: bool
) -> frozenset[uuid.UUID]:
    if hidden:
        return frozenset(quantities)
    return promo.unlocks if promo else frozenset()


class _Asked(NamedTuple):
    """What plugins say; `taxes` line by line."""

    rules: list[Rule]
    fees: list[Fee]
    taxes: list[Tax | None]


def _asked(
    ctx: TenantContext,
    event: Event,
    types: Sequence[TicketType],
    quantities: Mapping[uuid.UUID, int],
    listed: Prices,
    buyer: TaxBuyer | None,
) -> _Asked:
    rules, fees = contributions(ctx, event, types, quantities, listed)
    wanted = [Wanted(t.id, t.name, quantities[t.id], listed[t.id], rules_of(t)) for t in types]
    known = taxed(
        ctx, event, quote(event.currency, terms_of(event), wanted, ctx.clock.now(), (), fees), buyer
    )
    return _Asked(rules, known.fees, [line.tax for line in known.lines])


def _quoted(
    ctx: TenantContext,
    event: Event,
    types: Sequence[TicketType],
    quantities: Mapping[uuid.UUID, int],
    listed: Prices,
    asked: _Asked,
    ours: Mapping[uuid.UUID, int],
) -> Quote:
    """The prices of this moment. Units that are `ours` were claimed before, so nobody else's come between the first and them."""
    rules = {t.id: rules_of(t) for t in types}
    counted = _counted(types)
    gone = _gone(ctx, counted) if counted else {}
    wanted = [
        Wanted(
            t.id, t.name, quantities[t.id], listed[t.id], rules[t.id],
            max(0, gone.get(t.id, 0) - ours.get(t.id, 0)),
        )
        for t in types
    ]  # fmt: skip
    found = quote(event.currency, terms_of(event), wanted, ctx.clock.now(), asked.rules)
    lines = [replace(line, tax=tax) for line, tax in zip(found.lines, asked.taxes, strict=True)]
    return replace(found, lines=lines, fees=asked.fees)


def _gone(ctx: TenantContext, type_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Units that are taken of each type's own pool, ours among them."""
    pool = and_(CapacityPool.tenant_id == TicketTypePool.tenant_id, CapacityPool.id == TicketTypePool.pool_id)
    found = ctx.db.execute(
        select(TicketTypePool.ticket_type_id, CapacityPool.taken)
        .join(CapacityPool, pool)
        .where(TicketTypePool.ticket_type_id.in_(type_ids), CapacityPool.kind == PoolKind.TICKET_TYPE)
    )
    return dict(list(found))
