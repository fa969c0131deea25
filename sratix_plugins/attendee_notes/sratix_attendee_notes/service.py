"""Notes written, found and deleted. A service takes the context first and never a request."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from sratix_attendee_notes.models import Note
from sratix_core.plugin import BadText, Invalid, NotFound, TenantContext, Ticket, clean, record

MOST = 200
"""Notes that are shown of one ticket or order."""


def notes_of(ctx: TenantContext, tickets: Sequence[Ticket]) -> list[Note]:
    """The newest notes on these tickets, in one statement."""
    wanted = select(Note).where(Note.ticket_id.in_([ticket.id for ticket in tickets]))
    return list(ctx.db.scalars(wanted.order_by(Note.id.desc()).limit(MOST)))


def write(ctx: TenantContext, ticket: Ticket, words: str, longest: int) -> Note:
    """Leave a note. Raises `Invalid` with `words`."""
    try:
        text = clean(words, longest).strip()
    except BadText as error:
        raise Invalid({"words": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not text:
        raise Invalid({"words": "required"})
    note = Note(
        id=ctx.ids.new(), ticket_id=ticket.id, words=text, author_id=ctx.actor.id, created_at=ctx.clock.now()
    )
    ctx.db.add(note)
    record(ctx, "attendee_notes.written", "ticket", ticket.id)
    return note


def delete(ctx: TenantContext, ticket: Ticket, note_id: uuid.UUID) -> None:
    """Take a note away. Raises `NotFound`."""
    note = ctx.db.get(Note, note_id)
    if note is None or note.ticket_id != ticket.id:
        raise NotFound("note")
    ctx.db.delete(note)
    record(ctx, "attendee_notes.deleted", "ticket", ticket.id)
