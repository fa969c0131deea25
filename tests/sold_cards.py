"""Gift cards that the shop sells, and what tests of them need."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from sratix_core.catalog.models import TicketType
from sratix_core.checkout.service import start_cart
from sratix_core.context import TenantContext
from sratix_core.events.models import Event
from sratix_core.events.pricing import set_terms
from sratix_core.ledger.queries import balances
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.selling import issue
from sratix_core.pricing.rules import Terms, TypeRules
from sratix_gift_cards.models import GiftCard, How
from tests.builders import make_event, make_type, publish

SELLS = TypeRules(sells="gift_cards")
BEA = Holder("Bea Keller", "bea@example.org")


def shop(ctx: TenantContext, capacity: int | None = None) -> tuple[Event, TicketType, TicketType]:
    """An event with a ticket at CHF 20 and gift cards at CHF 50; prices hold a tax, orders cost a fee."""
    event = make_event(ctx)
    set_terms(ctx, event, Terms(tax_bp=810, fee_name="Service", fee_ticket_minor=100))
    ticket = make_type(ctx, event, 2000)
    card = make_type(ctx, event, 5000, capacity, rules=SELLS, name="Gift card CHF 50")
    return publish(ctx, event), ticket, card


def order(ctx: TenantContext, event: Event, units: dict[TicketType, int], *holders: Holder) -> Order:
    cart, _ = start_cart(ctx, event, {t.id: n for t, n in units.items()}, "en")
    people = [*holders, *[Holder()] * (sum(units.values()) - len(holders))]
    return place_order(ctx, event, cart, Buyer("Ada", "ada@example.org"), people, "transfer")[0]


def sold(ctx: TenantContext) -> list[GiftCard]:
    mine = select(GiftCard).where(GiftCard.how == How.SHOP).order_by(GiftCard.batch_id, GiftCard.ordinal)
    return list(ctx.db.scalars(mine.execution_options(populate_existing=True)))


def paid(ctx: TenantContext, placed: Order) -> Order:
    done = mark_paid(ctx, placed, f"ref {placed.code}")
    issue(ctx, placed.id)
    return done


def booked(ctx: TenantContext, *accounts: str) -> list[int]:
    """What the accounts hold."""
    found = Counter[str]()
    for each in balances(ctx):
        found[each.account.value] += each.amount.minor
    return [found[name] for name in accounts]
