"""One tenant's past weeks, in one transaction: what was sold, who came to an evening that is over, what is held right now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sratix_core.checkin.queries import gates
from sratix_core.context import Actor, TenantContext
from sratix_core.demo.accounts import Place
from sratix_core.demo.box_office import BoxOffice, sweep
from sratix_core.demo.chance import Chance
from sratix_core.demo.door import Door
from sratix_core.demo.mail import count_as_sent
from sratix_core.demo.plan import Planner
from sratix_core.demo.play import Play
from sratix_core.demo.sales import HISTORY, Sales
from sratix_core.devices.service import add_device
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.states import OrderState
from sratix_core.payments.providers import providers_for
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import payloads
from sratix_core.values.clock import FixedClock
from sratix_core.values.money import Money

BEFORE_AN_EVENING = timedelta(weeks=7)


def play_history(
    ctx: TenantContext,
    clock: FixedClock,
    sold: Sequence[Sales],
    slugs: Mapping[str, str],
    staff: Actor,
    now: datetime,
) -> list[Place]:
    """Live through it; what may be opened afterwards. `slugs` are the events' slugs after the move, by their own."""
    play = Play(ctx, clock, now)
    sweep(play, now - HISTORY)
    offices = {}
    for sales in sold:
        event = event_by_slug(ctx, slugs[sales.slug])
        offices[sales.slug] = office = BoxOffice(play, event, Chance(f"{sales.slug}/office"), staff)
        _sell(ctx, sales, event, office, now)
    main, *others = sold
    for sales in others:
        if sales.over:
            _evening(play, sales, offices[main.slug], offices[sales.slug])
    places: list[Place] = []
    play.at(now - timedelta(hours=20), lambda: places.extend(_scanners(ctx, offices[main.slug].event)))
    play.run()
    count_as_sent(ctx)
    return [*_order_page(ctx, offices[main.slug]), *places]


def _sell(ctx: TenantContext, sales: Sales, event: Event, office: BoxOffice, now: datetime) -> None:
    begin, end = now - HISTORY, now
    if sales.over:
        begin, end = event.starts_at - BEFORE_AN_EVENING, event.starts_at - timedelta(hours=3)
    chance = Chance(sales.slug)
    planner = Planner(chance, sales, ctx.tenant.locales, event.timezone, begin, end)
    chargeable = bool(providers_for(ctx, Money(100, event.currency)))
    for purchase in planner.purchases():
        if chargeable or not office.priced(purchase):  # without a way to pay only what is free finds buyers
            office.sell(purchase)
    first = sales.given_back or sales.sales[0].type_name
    for _ in range(sales.abandoned):
        office.hold(planner.moment(begin, end), first, 1 + chance.below(2), chance.pick(ctx.tenant.locales))
    for n in range(sales.held_now):
        office.hold(
            now - timedelta(minutes=2 + 2 * n), first, 1 + chance.below(3), chance.pick(ctx.tenant.locales)
        )


def _evening(play: Play, sales: Sales, elsewhere: BoxOffice, office: BoxOffice) -> None:
    """Its door, where tickets of another event and cancelled ones are shown, too."""

    def strangers() -> list[str]:
        paid = [order for order, _ in elsewhere.orders if order.state == OrderState.PAID][:1]
        tickets: list[Ticket] = [ticket for order in paid for ticket in order.tickets]
        return [*office.voided[:3], *list(payloads(play.ctx, elsewhere.event, tickets).values())[:1]]

    Door(play, office.event, Chance(f"{sales.slug}/door")).open(strangers)


def _scanners(ctx: TenantContext, event: Event) -> list[Place]:
    """A scanner for each gate; the keys can be shown now and never again."""
    made = []
    for gate in gates(ctx, event):
        device, key = add_device(ctx, event, f"{gate.name} 1", gate)
        made.append(Place(f"Key of scanner {device.name}", key))
    return made


def _order_page(ctx: TenantContext, office: BoxOffice) -> list[Place]:
    """The page of a buyer with a few tickets."""
    for order, secret in reversed(office.orders):
        if order.state == OrderState.PAID and 2 <= len(order.tickets) <= 3:
            path = f"/{ctx.tenant.slug}/{office.event.slug}/orders/{order.code}/{secret}/"
            return [Place(f"Buyer's page, {ctx.tenant.name}", path)]
    return []
