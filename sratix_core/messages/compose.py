"""Putting a mail about an order together: read from the live rows at the moment of sending, never stored."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from sratix_core.context import TenantContext
from sratix_core.errors import NotFound
from sratix_core.events.models import Event
from sratix_core.events.queries import localized
from sratix_core.messages import given_back
from sratix_core.messages.letters import Letter, Line
from sratix_core.messages.models import Message
from sratix_core.messages.texts import Texts, language_of
from sratix_core.orders.links import order_url
from sratix_core.orders.models import Order, OrderLine
from sratix_core.plugins.interfaces import Instructions, IOffline
from sratix_core.pricing.lines import LineKind
from sratix_core.pricing.summary import TaxRow
from sratix_core.refunds.models import PriceDifference
from sratix_core.tickets.models import HOLDING, LIVE, Ticket
from sratix_core.values.locale import format_date, format_date_range, format_percent, format_time
from sratix_core.values.money import Money, format_money

KINDS = given_back.KINDS | {
    "order_confirmation", "order_placed_unpaid", "payment_reminder", "order_cancelled", "ticket_voided", "tickets_resent",
    "difference_asked",
}  # fmt: skip
WITH_TICKETS = frozenset({"order_confirmation", "tickets_resent"})
"""Kinds that carry the tickets: their count in the text, and files made of them."""

UNPAID = frozenset({"order_placed_unpaid", "payment_reminder"})
"""Kinds that ask for the price."""

ASKS = UNPAID | {"difference_asked"}
"""Kinds that say how to pay."""

WITH_LINES = WITH_TICKETS | UNPAID


def order_of(ctx: TenantContext, message: Message) -> Order:
    """The message's order with all that a mail shows of it. Raises `NotFound`."""
    order = ctx.db.scalar(
        select(Order)
        .where(Order.id == message.order_id)
        .options(
            joinedload(Order.event),
            selectinload(Order.lines),
            selectinload(Order.tickets).joinedload(Ticket.attendee),
            selectinload(Order.tickets).joinedload(Ticket.ticket_type),
        )
    )
    if order is None:
        raise NotFound("order")
    return order


def live_tickets(order: Order) -> list[Ticket]:
    return [ticket for ticket in order.tickets if ticket.state in LIVE]


def _units(order: Order) -> list[Ticket]:
    """What it sold of value and was not given back."""
    return [unit for unit in order.value_units if unit.state in HOLDING]


def compose(ctx: TenantContext, message: Message, order: Order, *, attached: bool) -> Letter:
    """The letter of a message. `attached` says that files with the tickets come along."""
    texts, language = Texts(message.kind, language_of(message.locale)), language_of(message.locale)
    event, tickets = order.event, live_tickets(order)
    words = _words(ctx, message, order, language)
    count, units = len(tickets), _units(order)
    if message.kind in given_back.KINDS:
        only_value = given_back.is_only_value(ctx, message, order)
    else:
        only_value = bool(units and not tickets) or not order.admissions
    alone = "_value" if only_value else ""
    lead = _said(texts, "lead", alone, words)
    if message.kind == "order_cancelled" and order.value_units and not alone:
        lead = f"{lead} {texts.say('also_value')}"
    if message.kind in WITH_LINES:
        stem = (
            "lead"
            if message.kind != "order_confirmation"
            else "lead_paid"
            if order.total_minor
            else "lead_free"
        )
        lead = texts.say("lead_value", **words) if alone else texts.count(stem, count, **words)
        lead = f"{lead} {texts.say('also_value')}" if units and tickets else lead
    if message.kind in given_back.KINDS:
        lead = given_back.lead_of(ctx, message, order, texts, language, words)
    if attached:
        lead = f"{lead} {texts.count('attached', count)}"
    total = texts.say("free") if order.total_minor == 0 else words["amount"]
    return Letter(
        locale=language,
        brand=ctx.tenant.name,
        accent=ctx.tenant.accent,
        reference=texts.say("reference", **words),
        subject=" ".join(_said(texts, "subject", alone, words).split()),
        preheader=_said(texts, "preheader", alone, words),
        heading=_said(texts, "heading", alone, words),
        lead=lead,
        button=_said(texts, "button", alone, words) or texts.count("button", count),
        url=words["url"],
        facts=_facts(event, language, texts, words),
        caption=texts.say("caption"),
        headings=(_said(texts, "column_ticket", alone, words), texts.say("column_price")),
        lines=_rows(message, order, [*tickets, *units], language, texts)
        if message.kind in WITH_LINES
        else (),
        total=(texts.say("total"), total) if message.kind in WITH_LINES else ("", ""),
        instructions=_instructions(ctx, order, language) if message.kind in ASKS else None,
        closing=_said(texts, "closing", alone, words),
        legal=ctx.tenant.legal_line,
        reason=texts.say("reason", **words),
    )


def _said(texts: Texts, name: str, alone: str, words: dict[str, str]) -> str:
    """A sentence, in words of its own where the mail is about value `alone`."""
    return texts.say(f"{name}{alone}", **words) or texts.say(name, **words)


def _words(ctx: TenantContext, message: Message, order: Order, language: str) -> dict[str, str]:
    event = order.event
    return {
        "event": localized(event, "name", language),
        "brand": ctx.tenant.name,
        "code": order.code,
        "first": (order.buyer_name.split() or [""])[0],
        "dates": format_date_range(event.starts_at, event.ends_at, event.timezone, language),
        "time": format_time(event.starts_at, event.timezone, language),
        "due": format_date(due, event.timezone, language) if (due := _due(ctx, message, order)) else "",
        "rest": format_money(order.outstanding, language),
        "amount": format_money(_asked(order) if message.kind in UNPAID else order.total, language),
        "url": order_url(ctx, order),
        "ticket": _named(order, message.data.get("ticket_id"), language),
    }


def _asked(order: Order) -> Money:
    """What an unpaid order waits for: its price, less what cards paid."""
    return order.outstanding if order.outstanding.minor else order.total


def _due(ctx: TenantContext, message: Message, order: Order) -> datetime | None:
    difference_id = message.data.get("difference_id")
    asked = ctx.db.get(PriceDifference, uuid.UUID(difference_id)) if difference_id else None
    return asked.due_at if asked else order.expires_at


def _named(order: Order, ticket_id: str | None, language: str) -> str:
    """`Regular (Lukas Brunner)`: the ticket a message is about."""
    for ticket in order.tickets:
        if ticket_id is not None and ticket.id == uuid.UUID(ticket_id):
            holder = f" ({ticket.attendee.name})" if ticket.attendee.name else ""
            return f"{localized(ticket.ticket_type, 'name', language)}{holder}"
    return ""


def _facts(event: Event, language: str, texts: Texts, words: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    when = (words["dates"], texts.say("doors", **words))
    if (venue := event.venue) is None:
        return (when,)
    town = " ".join(part for part in (venue.postal_code, venue.city) if part)
    street = ", ".join(part for part in (venue.street, town) if part)
    return when, tuple(part for part in (venue.name, street, venue.directions) if part)


def _rows(
    message: Message, order: Order, tickets: list[Ticket], language: str, texts: Texts
) -> tuple[Line, ...]:
    """The lines of the order; where it waits for its price, also what of it is paid by card."""
    paid = [p.amount for p in order.payments if p.stored] if message.kind in UNPAID else []
    by_card = (Line(texts.say("stored"), "", format_money(-amount, language)) for amount in paid)
    return (*_lines(order, tickets, language, texts), *by_card)


def _lines(order: Order, tickets: list[Ticket], language: str, texts: Texts) -> tuple[Line, ...]:
    """One row per ticket, at the price it was bought for; then what came off, what was added, and the tax."""
    prices = {line.id: line for line in order.lines}
    rows = []
    for ticket in tickets:
        bought = prices[ticket.order_line_id]
        amount = format_money(Money(bought.unit_price_minor, bought.currency), language)
        free = bought.unit_price_minor == 0
        rows.append(
            Line(
                _sold_as(bought, ticket, language),
                ticket.attendee.name or texts.say("open_name"),
                texts.say("free") if free else amount,
            )
        )
    return (*rows, *_price_lines(order, language, texts))


def _sold_as(bought: OrderLine, ticket: Ticket, language: str) -> str:
    """The type in the reader's language; one that was renamed since is called what it was sold as."""
    same = bought.name == ticket.ticket_type.name
    return localized(ticket.ticket_type, "name", language) if same else bought.name


def _price_lines(order: Order, language: str, texts: Texts) -> list[Line]:
    told = order.summary
    fees = [(row.name, row.subtotal) for row in told.rows if row.kind == LineKind.FEE]
    found = [
        (texts.say("saved"), -told.saved),
        (texts.say("code", code=told.code), -told.code_discount),
        *fees,
        *((_tax(order, tax, language, texts), tax.tax) for tax in told.taxes),
        (texts.say("rounding"), told.rounding),
    ]
    return [Line(name, "", format_money(amount, language)) for name, amount in found if amount.minor]


def _tax(order: Order, tax: TaxRow, language: str, texts: Texts) -> str:
    return texts.say("tax_within" if order.tax_included else "tax", rate=format_percent(tax.bp, language))


def _instructions(ctx: TenantContext, order: Order, language: str) -> Instructions | None:
    """How to pay, in the words of the provider the buyer chose."""
    for answer in ctx.hooks.payment_providers(ctx=ctx):
        for provider in answer:
            if provider.name == order.provider and IOffline.providedBy(provider):
                found: Instructions = provider.instructions(ctx, order, language)
                return found
    return None
