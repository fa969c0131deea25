"""Another ticket type for one ticket of a paid order: units exchanged, the old one credited, the new one charged, in one act."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import CursorResult, func, select, update

from sratix_core.analytics import metrics
from sratix_core.audit import events as log
from sratix_core.audit.service import record
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import exchange
from sratix_core.catalog.models import TicketType
from sratix_core.catalog.service import ticket_type_by_id
from sratix_core.checkin.queries import inside_of
from sratix_core.checkout.asking import taxed
from sratix_core.checkout.taxes import business
from sratix_core.db.rows import insert_rows
from sratix_core.errors import Conflict, Invalid, Refused
from sratix_core.invoices.shares import standing
from sratix_core.ledger.acts import added
from sratix_core.ledger.posting import post
from sratix_core.messages.service import queue
from sratix_core.orders.credits import everything, shares_of, take_off
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.moves import locked
from sratix_core.orders.states import OrderState
from sratix_core.payments.receiving import Receipt, received
from sratix_core.pricing.lines import PricedLine
from sratix_core.pricing.quoting import Quote, Wanted
from sratix_core.pricing.quoting import quote as quoted
from sratix_core.pricing.rules import rules_of, terms_of
from sratix_core.pricing.settling import settle
from sratix_core.refunds.differences import ask_for
from sratix_core.refunds.returning import send_soon
from sratix_core.search import service as search
from sratix_core.tickets.issuing import Holder, draw_up
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

REASON = "exchanged"


class Difference(StrEnum):
    """What becomes of a difference: `received` records the money that came in for it, `waived` leaves the price as it was,
    `refunded` gives back what the new type costs less, `asked` has the buyer pay what it costs more."""

    RECEIVED = "received"
    WAIVED = "waived"
    REFUNDED = "refunded"
    ASKED = "asked"


@dataclass(frozen=True)
class Exchange:
    """What another type would cost. `difference` is above 0 where it costs more than what was paid for the ticket."""

    ticket: Ticket
    ticket_type: TicketType
    line: PricedLine
    worth: Money

    @property
    def price(self) -> Money:
        return Money(self.line.total_minor, self.worth.currency)

    @property
    def difference(self) -> Money:
        return self.price - self.worth


def offer(ctx: TenantContext, order: Order, ticket: Ticket, type_id: uuid.UUID) -> Exchange:
    """The exchange at the prices of this moment.

    Raises `NotFound` for a type of another event, `Invalid` for its own, `Refused`: "order_state", "ticket_state",
    "ticket_in_use", "order_invoiced": an invoice cannot grow, "difference_open" while another change is not paid.
    """
    if order.state != OrderState.PAID:
        raise Refused("order_state", state=order.state, target=REASON)
    if order.outstanding.minor:
        raise Refused("difference_open")
    if ticket.state != TicketState.VALID:
        raise Refused("ticket_state", state=ticket.state)
    if inside_of(ctx, [ticket]):
        raise Refused("ticket_in_use")
    if standing(ctx, order.id).invoice is not None:
        raise Refused("order_invoiced", order=order.code)
    kind = ticket_type_by_id(ctx, order.event, type_id)
    if kind.id == ticket.ticket_type_id or not takes_exchanges(kind):
        raise Invalid({"ticket_type_id": "unknown_choice"})
    worth = sum(share.minor for share in shares_of(ctx, order, [ticket]))
    line = settle(_listed(ctx, order, kind, kind.price_minor, tax_included=order.tax_included)).lines[0]
    return Exchange(ticket, kind, line, Money(worth, order.currency))


def takes_exchanges(kind: TicketType) -> bool:
    """Whether a ticket can become one of this type: it admits somebody, at a price that nobody has to choose."""
    rules = rules_of(kind)
    return not rules.sells and rules.open_price is None


def paid_for(ctx: TenantContext, order: Order, kind: TicketType, minor: int) -> PricedLine:
    """One unit at what was paid for it: with its tax inside, however prices are shown, unless the buyer owes the tax themselves."""
    listed = _listed(ctx, order, kind, minor, tax_included=True)
    tax = listed.lines[0].tax
    if tax is not None and tax.reverse_charge:
        listed = _listed(ctx, order, kind, minor, tax_included=False)
    return settle(listed).lines[0]


def _listed(ctx: TenantContext, order: Order, kind: TicketType, minor: int, *, tax_included: bool) -> Quote:
    """One unit at this price: steps and discounts for many are of whole orders."""
    terms = msgspec.structs.replace(terms_of(order.event), tax_included=tax_included)
    rules = msgspec.structs.replace(rules_of(kind), steps=[], bulk=[], open_price=None)
    listed = quoted(order.currency, terms, [Wanted(kind.id, kind.name, 1, minor, rules)], ctx.clock.now())
    return taxed(ctx, order.event, listed, business(ctx, order.buyer_vat_number))


def change_type(
    ctx: TenantContext,
    order: Order,
    ticket: Ticket,
    type_id: uuid.UUID,
    difference: Difference,
    reference: str = "",
) -> Ticket:
    """Give the holder a ticket of another type; the new ticket. The old code admits nobody from this commit on.

    Raises as `offer`, `SoldOut`, and `Refused`: "difference_not_received" without a `reference` of the money where some is due,
    "payment_known".
    """
    order, ticket = held(ctx, order, ticket)
    asked = offer(ctx, order, ticket, type_id)
    more = asked.difference.minor
    if difference == Difference.RECEIVED and more > 0 and not reference:
        raise Refused("difference_not_received", amount=asked.difference)
    if difference == Difference.RECEIVED and more < 0:
        raise Invalid({"difference": "unknown_choice"})  # nothing can have come in for what costs less
    if difference == Difference.REFUNDED and more > 0:
        raise Refused("difference_not_received", amount=asked.difference)
    if difference == Difference.ASKED and more <= 0:
        raise Invalid({"difference": "unknown_choice"})  # there is nothing to ask for
    if difference == Difference.RECEIVED and more > 0:
        received(ctx, order, Receipt(order.provider, reference, asked.difference))
    credited = asked.price.minor if more < 0 and difference == Difference.WAIVED else asked.worth.minor
    waived = more if more > 0 and difference == Difference.WAIVED else 0
    fresh = swap(ctx, order, asked, credited, waived, waits=difference == Difference.ASKED)
    told(ctx, order, asked, fresh, difference.value)
    if difference == Difference.ASKED:
        ask_for(ctx, order, fresh, asked.ticket.id, asked.worth, asked.difference)
    else:
        queue(ctx, "tickets_resent", order.buyer_email, order.locale, order=order, again=True)
    ctx.db.flush()
    ctx.db.expire(order)
    if more < 0 and difference == Difference.REFUNDED:
        send_soon(ctx, order)
    return ctx.db.get_one(Ticket, fresh)


def held(ctx: TenantContext, order: Order, ticket: Ticket) -> tuple[Order, Ticket]:
    """Both as they are now, the order's row held: two exchanges, or one and a refund, take turns."""
    order = locked(ctx, order)
    ctx.db.expire(order, ["payments"])
    mine = select(Ticket).where(Ticket.id == ticket.id, Ticket.order_id == order.id)
    # Held as a scan holds it: who is let in at this moment keeps the ticket.
    return order, ctx.db.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()


def swap(
    ctx: TenantContext, order: Order, asked: Exchange, credited: int, waived: int = 0, *, waits: bool
) -> uuid.UUID:
    """Units, tickets and price in one act; the new ticket's id. `credited` comes off for the old ticket, `waived` off the new one.

    The new ticket is valid, or `waits` for the rest of the price. Raises `SoldOut`, `Conflict` for a ticket that changed.
    """
    ticket = asked.ticket
    exchange(ctx, units_for(ctx, {ticket.ticket_type_id: 1}), units_for(ctx, {asked.ticket_type.id: 1}))
    _void(ctx, ticket)
    line_id = _add_line(ctx, order, asked.line)
    # The waiting ticket of a change that is undone is void by now, so that what comes off makes nobody valid in between.
    take_off(ctx, order, shares_of(ctx, order, [ticket]), credited, REASON, ctx.ids.new())
    if waived:
        grown = [s for s in everything(ctx, order) if s.left is not None and s.left.line.id == line_id]
        take_off(ctx, order, grown, waived, "difference_waived", ctx.ids.new())
    return _issue(ctx, order, asked, line_id, TicketState.RESERVED if waits else TicketState.VALID)


def told(ctx: TenantContext, order: Order, asked: Exchange, fresh: uuid.UUID, settled: str) -> None:
    """Put on record who became what."""
    record(
        ctx,
        "ticket.exchanged",
        "order",
        order.id,
        event_id=order.event_id,
        ticket=str(asked.ticket.id),
        fresh=str(fresh),
        difference=asked.difference.minor,
        settled=settled,
    )


def _void(ctx: TenantContext, ticket: Ticket) -> None:
    now, before = ctx.clock.now(), TicketState(ticket.state)
    ended = ctx.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket.id, Ticket.state == before)
        .values(state=TicketState.VOID, voided_at=now, updated_at=now),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(ended, CursorResult)
    if ended.rowcount != 1:
        raise Conflict("ticket_changed")
    figures = metrics.tickets_moved(before, TicketState.VOID, {ticket.ticket_type_id: 1})
    log.emit(ctx, "ticket.voided", "ticket", ticket.id, event_id=ticket.event_id, figures=figures)


def _add_line(ctx: TenantContext, order: Order, line: PricedLine) -> uuid.UUID:
    """The order grows by one line; its price in the books with it."""
    line_id, last = ctx.ids.new(), max((each.position for each in order.lines), default=-1)
    row = {
        "id": line_id,
        "order_id": order.id,
        **line.columns(),
        "currency": order.currency,
        "position": last + 1,
    }
    insert_rows(ctx.db, OrderLine, [row])
    ctx.db.execute(
        update(Order)
        .where(Order.id == order.id)
        .values(
            total_minor=Order.total_minor + line.total_minor,
            tax_minor=Order.tax_minor + line.tax_minor,
            updated_at=ctx.clock.now(),
        ),
        execution_options={"synchronize_session": False},
    )
    post(ctx, added(order, line_id, line.total_minor, line.tax_minor))
    figures = {f"minor.{order.state}": line.total_minor}
    log.emit(ctx, "order.changed", "order", order.id, event_id=order.event_id, figures=figures)
    ctx.db.flush()
    ctx.db.refresh(order)
    ctx.db.expire(order, ["lines"])
    return line_id


def _issue(
    ctx: TenantContext, order: Order, asked: Exchange, line_id: uuid.UUID, state: TicketState
) -> uuid.UUID:
    """The new ticket, after the others, for the same person."""
    before = asked.ticket
    person = Holder(before.attendee.name, before.attendee.email)
    line = {"id": line_id, "quantity": 1, "ticket_type_id": asked.ticket_type.id}
    drawn = draw_up(ctx, order, [line], [person], state)
    last = ctx.db.scalar(select(func.max(Ticket.position)).where(Ticket.order_id == order.id))
    drawn.tickets[0]["position"] = (last or 0) + 1
    drawn.people[0]["company"] = before.attendee.company
    drawn.write(ctx)
    log.write(ctx, drawn.events)
    search.add(ctx, *drawn.entries(order.code))
    fresh: uuid.UUID = drawn.tickets[0]["id"]
    figures = metrics.tickets_issued(state, {asked.ticket_type.id: 1})
    log.emit(ctx, "ticket.exchanged", "ticket", fresh, event_id=order.event_id, figures=figures)
    return fresh
