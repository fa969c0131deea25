"""A tenant with gift cards, and what tests of them need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import sratix_gift_cards
from sratix_core.context import TenantContext
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.payments.stored import parts, usable
from sratix_core.runtime import Runtime
from sratix_core.tenants.service import switch_plugin
from sratix_core.values.money import Money
from sratix_gift_cards import codes
from sratix_gift_cards.issuing import Draft, issue
from sratix_gift_cards.models import GiftCard, How
from tests.builders import TESTS, World, make_cart, make_world

PLUGINS: list[ModuleType] = [sratix_gift_cards]


def with_cards(process: Runtime) -> World:
    """A fresh tenant that has the plugin on."""
    made = make_world(process)
    switch(made, True)
    tenant = process.engines.tenants.by_id(made.tenant.id)
    assert tenant is not None
    return World(process, tenant)


def switch(world: World, on: bool) -> None:
    with world.process.engines.begin(TESTS) as db:
        switch_plugin(db, world.process.sources, world.tenant.id, "gift_cards", on)


def switched_off(world: World) -> World:
    """The same tenant as processes see it once the plugin is off."""
    return replace(
        world, tenant=replace(world.tenant, enabled_plugins=world.tenant.enabled_plugins - {"gift_cards"})
    )


def make_card(ctx: TenantContext, minor: int = 5000, **more: Any) -> GiftCard:
    draft = {"batch_id": ctx.ids.new(), "amount": Money(minor, "CHF"), "how": How.BANK, **more}
    return issue(ctx, Draft(**draft))[0]


def code_of(ctx: TenantContext, card: GiftCard) -> str:
    return codes.opened(ctx, card.code_sealed)


def buy(
    ctx: TenantContext,
    event: Event,
    units: dict[Any, int],
    cards: Sequence[GiftCard] = (),
    provider: str | None = "transfer",
) -> Order:
    """An order of what is on sale, paid with these cards as far as they go."""
    cart, _ = make_cart(ctx, event, units)
    kept = [usable(ctx, code_of(ctx, card), event.currency) for card in cards]
    total = Money(sum(line.total_minor for line in cart.lines), event.currency)
    chosen = parts(ctx, kept, total)
    people = [Holder() for _ in range(sum(units.values()))]
    return place_order(ctx, event, cart, Buyer("Ada", "ada@example.org"), people, provider, chosen)[0]
