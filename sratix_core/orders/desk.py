"""An order that a program places, for staff or for a guest: claimed and written in one unit of work, with no cart between."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.orm.attributes import set_committed_value

from sratix_core.catalog.hot import claim
from sratix_core.checkout.taking import take
from sratix_core.checkout.taxes import business
from sratix_core.checkout.unit_prices import Prices
from sratix_core.errors import Conflict, Invalid
from sratix_core.invoices import vat_checks
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.placing import Bought, Buyer, Deal, Holder, Named, Placed, place_lines
from sratix_core.orders.queries import order_by_code
from sratix_core.organizations.purchases import known_id
from sratix_core.payments.stored import chosen
from sratix_core.tickets.models import Attendee, Ticket
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.catalog.models import TicketType
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


@dataclass(frozen=True)
class Wanted:
    """What is ordered and by whom; `lines` are (ticket type, quantity), no `holders` leaves every name open.

    `prices` are what was chosen to be paid for a unit, of types that leave it open. `hidden` types are sold by staff.

    `value_codes` pay what they can of it. `vat_number` is that of the buyer's company. `seen` is the total that the buyer was shown:
    nobody pays a price they have not seen. With an `order_id` of the caller's a repeat collides, or finds what was done.
    """

    lines: Sequence[tuple[uuid.UUID, int]]
    buyer: Buyer
    holders: Sequence[Holder] = ()
    provider: str | None = None
    locale: str = ""
    organization_id: uuid.UUID | None = None
    promo_code: str = ""
    value_codes: Sequence[str] = ()
    prices: Prices = field(default_factory=dict)
    vat_number: str = ""
    seen: Money | None = None
    order_id: uuid.UUID | None = None
    hidden: bool = False


@contextmanager
def placing(ctx: TenantContext, event: Event, wanted: Wanted) -> Iterator[Order]:
    """Place an order, with all that belongs to it loaded; its units are claimed when the block ends.

    What the block does (telling the order, say) is done before anybody has to wait for our claim. Raises what `start_cart`,
    `place_order` and `payments.stored.usable` raise, `SoldOut` also at the end, and `Conflict("cart_changed")` for another total;
    then nothing is held.
    """
    locale = wanted.locale or ctx.tenant.default_locale
    if locale not in ctx.tenant.locales:
        raise Invalid({"locale": "unknown_choice"})
    organization_id = known_id(ctx, wanted.organization_id)
    quantities: Counter[uuid.UUID] = Counter()
    for type_id, quantity in wanted.lines:
        quantities[type_id] += quantity
    company = business(ctx, wanted.vat_number)
    if company is not None and not wanted.buyer.company.strip():
        raise Invalid({"buyer_company": "company_of_vat_number"})
    if company is not None:  # before any pool: two orders of one business wait for each other here
        vat_checks.ask(ctx, company.vat_number, company.country)
    named = Named.drawn(ctx, wanted.order_id)
    taken = take(ctx, event, quantities, wanted.promo_code, company, wanted.prices, wanted.hidden)
    types, settled, code = {t.id: t for t in taken.types}, taken.settled, taken.code
    deal = Deal(
        [Bought(x, types[x.ticket_type_id] if x.ticket_type_id else None) for x in settled.lines],
        settled.tax_included,
        settled.rounding_minor,
        code.id if code else None,
        code.code if code else "",
        settled.code_minor,
        company.vat_number if company else "",
    )
    if wanted.seen not in (None, Money(deal.total_minor, event.currency)):
        raise Conflict("cart_changed")
    stored = chosen(ctx, wanted.value_codes, Money(deal.total_minor, event.currency), deal.value_minor)
    if stored:
        claim(ctx, taken.owed)  # cards are held after pools, here as everywhere
    holders = wanted.holders or [Holder("", "")] * quantities.total()
    placed = place_lines(
        ctx,
        event,
        deal,
        wanted.buyer,
        holders,
        wanted.provider,
        locale,
        organization_id=organization_id,
        named=named,
        stored=stored,
    )
    if stored:  # the payments changed what was written a moment ago
        ctx.db.flush()
        ctx.db.expire_all()
        yield order_by_code(ctx, event, placed.order.code)
    else:
        yield _whole(ctx, placed, taken.types)
        claim(ctx, taken.owed)


def _whole(ctx: TenantContext, placed: Placed, types: Sequence[TicketType]) -> Order:
    """The order with its lines, tickets and payments as they were just written: whoever shows it reads nothing again."""
    by_id, own = {t.id: t for t in types}, ctx.tenant.id
    tickets = [Ticket(tenant_id=own, **row) for row in placed.drawn.tickets]
    for ticket, person in zip(tickets, placed.drawn.people, strict=True):
        set_committed_value(ticket, "attendee", Attendee(tenant_id=own, **person))
        set_committed_value(ticket, "ticket_type", by_id[ticket.ticket_type_id])
    set_committed_value(placed.order, "lines", [OrderLine(tenant_id=own, **row) for row in placed.lines])
    set_committed_value(placed.order, "tickets", tickets)
    set_committed_value(placed.order, "payments", [])
    set_committed_value(placed.order, "refunds", [])
    return placed.order
