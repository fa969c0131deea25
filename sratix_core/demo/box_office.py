"""Selling one event in the past: carts, orders, transfers on weekday mornings, cancellations, all through the real services."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from sratix_core.catalog.models import TicketType
from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import expire_carts, start_cart
from sratix_core.context import Actor
from sratix_core.demo.chance import Chance
from sratix_core.demo.plan import DELAYS, REASONS, Purchase
from sratix_core.demo.play import Play
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.orders.states import OrderState
from sratix_core.payments.receiving import mark_paid
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import payloads

BUYER = Actor("buyer")
PROVIDER = "bank_transfer"


class BoxOffice:
    """One event. `voided` are codes that were good once; `orders` come with the secret of their page."""

    def __init__(self, play: Play, event: Event, chance: Chance, staff: Actor) -> None:
        self.voided: list[str] = []
        self.orders: list[tuple[Order, str]] = []
        self._play, self.event, self._chance, self._staff = play, event, chance, staff
        self._zone = ZoneInfo(event.timezone)
        types = play.ctx.db.scalars(
            select(TicketType).where(TicketType.event_id == event.id).order_by(TicketType.position)
        )
        self._types = {kind.name: kind for kind in types}
        self._receipts = 0

    def sell(self, purchase: Purchase) -> None:
        """At its time: claim the seats, some minutes later order them."""
        self._play.at(purchase.at, lambda: self._claim(purchase))

    def priced(self, purchase: Purchase) -> bool:
        """Whether it costs anything."""
        return any(self._types[name].price_minor for name in purchase.wanted)

    def hold(self, at: datetime, type_name: str, units: int, locale: str) -> None:
        """A cart that nobody finishes."""
        ctx = self._play.acting(BUYER)
        self._play.at(
            at, lambda: (start_cart(ctx, self.event, {self._types[type_name].id: units}, locale), None)[1]
        )

    def _claim(self, purchase: Purchase) -> None:
        ctx = self._play.acting(BUYER)
        wanted = {self._types[name].id: units for name, units in purchase.wanted.items()}
        cart, _ = start_cart(ctx, self.event, wanted, purchase.buyer.locale)
        after = timedelta(minutes=1 + self._chance.below(9), seconds=self._chance.below(60))
        self._play.at(purchase.at + after, lambda: self._place(purchase, cart))

    def _place(self, purchase: Purchase, cart: Cart) -> None:
        people = [
            guest
            for name in self._types
            for guest in [*purchase.guests, *[None] * 20][: purchase.wanted.get(name, 0)]
        ]
        holders = [Holder(p.name, p.email if n else "") if p else Holder() for n, p in enumerate(people)]
        who = purchase.buyer
        order, secret = place_order(
            self._play.acting(BUYER),
            self.event,
            cart,
            Buyer(who.name, who.email, who.house),
            holders,
            PROVIDER,
        )
        self.orders.append((order, secret))
        now, waits = order.created_at, order.state == OrderState.AWAITING_PAYMENT
        pays = waits and (
            purchase.fate == "kept" or (purchase.fate == "cancelled" and self._chance.percent(40))
        )
        if pays:
            self._play.at(self._morning(now, self._chance.weighted(DELAYS)), lambda: self._pay(order))
        if purchase.fate == "cancelled":
            day = 8 if pays else 1 + self._chance.below(4)
            self._play.at(self._morning(now, day), lambda: self._cancel(order))

    def _morning(self, after: datetime, days: int) -> datetime:
        """When somebody sits down with the bank's list: a weekday, twenty to nine or later."""
        day = (after + timedelta(days=days)).astimezone(self._zone)
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        moment = day.replace(hour=8, minute=40, second=self._chance.below(60), microsecond=0)
        return (moment + timedelta(minutes=self._chance.below(70))).astimezone(after.tzinfo)

    def _pay(self, order: Order) -> None:
        if order.state != OrderState.AWAITING_PAYMENT:
            return
        self._receipts += 1
        reference = f"{self._play.ctx.clock.now():%Y-%m-%d}/{self.event.slug[:20]}/{self._receipts:04d}"
        mark_paid(self._play.acting(self._staff), order, reference)

    def _cancel(self, order: Order) -> None:
        if order.state not in {OrderState.AWAITING_PAYMENT, OrderState.PAID}:
            return
        ctx = self._play.acting(self._staff)
        tickets = list(ctx.db.scalars(select(Ticket).where(Ticket.order_id == order.id)))
        self.voided += payloads(ctx, self.event, tickets).values()
        cancel_order(ctx, order, self._chance.pick(REASONS))


def sweep(play: Play, begin: datetime) -> None:
    """Every night what is over goes back: unpaid orders past their term, carts past their time. Once more at the end."""
    night = begin
    while night < play.until:
        play.at(night, lambda: _expire(play))
        night += timedelta(days=1)
    play.at(play.until, lambda: _expire(play))


def _expire(play: Play) -> None:
    expire_orders(play.ctx)
    expire_carts(play.ctx)
