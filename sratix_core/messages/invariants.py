"""What `sratix verify` asks about messages."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from sratix_core.invariants import Check, Outcome
from sratix_core.messages.models import Message, MessageState
from sratix_core.tenancy.session import ScopedSession

SHOWN = 20


def _sent_once(session: ScopedSession) -> Outcome:
    """A sent message says when and through what, and always went out under a message id of its own."""
    rule = or_(
        Message.message_id == "",
        and_(Message.state == MessageState.SENT, or_(Message.sent_at.is_(None), Message.transport == "")),
        and_(Message.state != MessageState.SENT, Message.sent_at.is_not(None)),
    )
    wrong = session.scalars(select(Message.id).where(rule).limit(SHOWN))
    count = session.scalar(select(func.count()).select_from(Message)) or 0
    return Outcome(count, tuple(f"message {message_id} has no honest outcome" for message_id in wrong))


CHECKS = (Check("J3", "a message is sent once, under one message id", _sent_once),)
