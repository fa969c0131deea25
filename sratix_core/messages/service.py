"""Leaving a message to be sent: its row and its job in the transaction of the act, so a rolled-back act mails nobody."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from sratix_core.db.appendonly import canonical
from sratix_core.db.dialects import insert_ignore
from sratix_core.jobs.service import enqueue
from sratix_core.messages.models import Message, MessageState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order

SEND = "messages.send"


def queue(
    ctx: TenantContext,
    kind: str,
    to: str,
    locale: str,
    order: Order | None = None,
    data: Mapping[str, Any] | None = None,
    *,
    again: bool = False,
) -> uuid.UUID:
    """Queue one mail and return the message's id. What it says is read from live rows when it is sent.

    One per kind, order, recipient and `data` (ids only): asked twice, the second call finds the first message.
    `again` is a wish to send another one; two such wishes at the same moment are still one.
    """
    message_id = write_down(ctx, kind, to, locale, order, data, again=again)
    hand_over(ctx, message_id)
    return message_id


def write_down(
    ctx: TenantContext,
    kind: str,
    to: str,
    locale: str,
    order: Order | None = None,
    data: Mapping[str, Any] | None = None,
    *,
    again: bool = False,
) -> uuid.UUID:
    """As `queue`, but the mail waits until `hand_over`: for what has to be there before it may leave."""
    told = canonical(data or {})
    ordinal = _sent_before(ctx, kind, to, order) if again else 0
    dedupe = f"{kind}:{order.id if order else '-'}:{_fingerprint(ctx, to, told)}:{ordinal}"
    message_id = ctx.ids.new()
    host = urlsplit(ctx.settings.base_url).hostname or "localhost"
    own = ctx.tenant.id  # said aloud: a platform page queues from a session of all tenants
    row = {
        "tenant_id": own,
        "id": message_id,
        "kind": kind,
        "event_id": order.event_id if order else None,
        "order_id": order.id if order else None,
        "recipient": to,
        "locale": locale,
        "data": told,
        "dedupe": dedupe,
        "state": MessageState.QUEUED,
        "message_id": f"<{message_id}@{host}>",
        "created_at": ctx.clock.now(),
    }
    ctx.db.flush()  # the order may be new itself, and this row points at it
    if not insert_ignore(ctx.db, Message, ("dedupe",), row):
        message_id = ctx.db.scalars(
            select(Message.id).where(Message.tenant_id == own, Message.dedupe == dedupe)
        ).one()
    return message_id


def hand_over(ctx: TenantContext, message_id: uuid.UUID) -> None:
    """Let a mail that was written down go, once however often it is asked."""
    enqueue(ctx, SEND, {"message_id": message_id}, dedupe=f"{SEND}:{message_id}")


def _sent_before(ctx: TenantContext, kind: str, to: str, order: Order | None) -> int:
    same = (
        Message.tenant_id == ctx.tenant.id,
        Message.kind == kind,
        Message.recipient == to,
        Message.order_id == (order.id if order else None),
    )
    return ctx.db.scalar(select(func.count()).select_from(Message).where(*same)) or 0


def _fingerprint(ctx: TenantContext, to: str, told: Mapping[str, Any]) -> str:
    """The recipient and what it is about, keyed: the row outlives an erasure and must not give the address away."""
    named = json.dumps([ctx.tenant.id, to, told], sort_keys=True)
    return ctx.keys.mac("message-dedupe", named.encode()).hex()[:32]
