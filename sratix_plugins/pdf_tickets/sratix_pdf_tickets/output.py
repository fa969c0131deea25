"""From tickets to a page description: plain values into our own autoescaped template, never markup of a tenant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from zope.interface import implementer

from sratix_core.plugin import (
    ITicketOutput,
    Refused,
    TenantContext,
    Ticket,
    TicketState,
    data_address,
    draw_pdf,
    font_face,
    format_date_range,
    format_time,
    qr_svg,
    short_code,
    ticket_payloads,
)
from sratix_pdf_tickets.sentences import words

MOST = 100


@implementer(ITicketOutput)
class PdfTickets:
    """Valid tickets only; the others admit nobody and are left out."""

    name = "pdf"
    title = "PDF"
    content_type = "application/pdf"

    def render(self, ctx: TenantContext, tickets: Sequence[Ticket]) -> bytes:
        """Raises `Refused("no_valid_tickets")`, `Refused("too_many_tickets")`, and what drawing raises."""
        valid = [ticket for ticket in tickets if ticket.state == TicketState.VALID]
        if not valid:
            raise Refused("no_valid_tickets")
        if len(valid) > MOST:
            raise Refused("too_many_tickets", most=MOST)
        order = valid[0].order
        return draw_pdf(page(ctx, order, valid), style(ctx.tenant.accent))


def page(ctx: TenantContext, order: Any, tickets: Sequence[Ticket]) -> str:
    """The HTML document: one section per ticket."""
    event, locale = order.event, order.locale
    codes = ticket_payloads(ctx, event, tickets)
    venue = event.venue
    return str(
        _template().render(
            locale=locale,
            words=words(locale),
            organizer=ctx.tenant.name,
            legal_line=ctx.tenant.legal_line,
            name=_name(event, locale),
            dates=format_date_range(event.starts_at, event.ends_at, event.timezone, locale),
            doors=format_time(event.starts_at, event.timezone, locale),
            venue=venue,
            order=order,
            tickets=[
                {
                    "holder": ticket.attendee.name,
                    "type": _name(ticket.ticket_type, locale),
                    "seat": ticket.seat_label,
                    "number": short_code(ticket.id),
                    "qr": data_address("image/svg+xml", qr_svg(codes[ticket.id]).encode()),
                }
                for ticket in tickets
            ],
        )
    )


def _name(thing: Any, locale: str) -> str:
    """Of an event or a ticket type, in the buyer's language where it has one."""
    return str((thing.texts.get(locale) or {}).get("name") or thing.name)


def style(accent: str) -> str:
    """The style sheet with the tenant's accent and Inter, which travels inside: the drawing process opens no file."""
    colour = accent if re.fullmatch(r"#[0-9a-fA-F]{6}", accent) else "#0b6fa4"
    return f"{font_face()}:root {{ --accent: {colour}; }}\n" + _sheet()


@cache
def _template() -> Any:
    loader = PackageLoader("sratix_pdf_tickets")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "tickets.jinja2"
    )


@cache
def _sheet() -> str:
    return (files("sratix_pdf_tickets") / "tickets.css").read_text(encoding="utf-8")
