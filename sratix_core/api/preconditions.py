"""`If-Match`: a change is made only to what the caller has read, so that nobody writes over what another wrote meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyramid.httpexceptions import HTTPPreconditionFailed
from sqlalchemy import select

from sratix_core.api.answers import ENCODER, tag_of
from sratix_core.db.dialects import hold_alone
from sratix_core.events.models import Event
from sratix_core.members.service import CHANGES

if TYPE_CHECKING:
    from sratix_core.api.framework import Call, Endpoint


class Stale(HTTPPreconditionFailed):
    """The thing is not what the caller has read."""

    problem_code = "changed_meanwhile"


def must_match(call: Call, reading: Endpoint) -> None:
    """Compare with what `reading`, the GET of the same address, would answer now. Raises `Stale`.

    Of one event's things, conditional changes queue: each sees what the one before it left. Sales go on meanwhile.
    Those of the organizer's own things queue with all changes of members and roles.
    """
    if "event" in reading.holes:
        mine = select(Event.id).where(Event.slug == call.word("event"))
        call.ctx.db.execute(mine.with_for_update(key_share=True)).all()
    else:
        hold_alone(call.ctx.db, CHANGES)
    if tag_of(ENCODER.encode(reading.handler(call))) not in call.request.if_match:
        raise Stale
