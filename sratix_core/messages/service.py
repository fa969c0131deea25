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
from sratix_core.jobs.service import enqueue, queued
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
    row = _letter(ctx, kind, to, locale, order, data, _sent_before(ctx, kind, to, order) if again else 0)
    message_id: uuid.UUID = row["id"]
    ctx.db.flush()  # the order may be new itself, and this row points at it
    if not insert_ignore(ctx.db, Message, ("dedupe",), row):
        same = (Message.tenant_id == ctx.tenant.id, Message.dedupe == row["dedupe"])
        message_id = ctx.db.scalars(select(Message.id).where(*same)).one()
    return message_id


def first_letter(
    ctx: TenantContext, kind: str, to: str, locale: str, order: Order
) -> tuple[dict[str, Any], dict[str, Any]]:
    """As `queue`, but the rows of the message and of its job, for an order that is written together with them."""
    letter = _letter(ctx, kind, to, locale, order, None, 0)
    return letter, queued(ctx, SEND, *_job(letter["id"]))


def _letter(
    ctx: TenantContext,
    kind: str,
    to: str,
    locale: str,
    order: Order | None,
    data: Mapping[str, Any] | None,
    ordinal: int,
) -> dict[str, Any]:
    told, message_id = canonical(data or {}), ctx.ids.new()
    host = urlsplit(ctx.settings.base_url).hostname or "localhost"
    return {
        "tenant_id": ctx.tenant.id,  # said aloud: a platform page queues from a session of all tenants
        "id": message_id,
        "kind": kind,
        "event_id": order.event_id if order else None,
        "order_id": order.id if order else None,
        "recipient": to,
        "locale": locale,
        "data": told,
        "dedupe": f"{kind}:{order.id if order else '-'}:{_fingerprint(ctx, to, told)}:{ordinal}",
        "state": MessageState.QUEUED,
        "message_id": f"<{message_id}@{host}>",
        "created_at": ctx.clock.now(),
    }


def hand_over(ctx: TenantContext, message_id: uuid.UUID) -> None:
    """Let a mail that was written down go, once however often it is asked."""
    payload, run_at, dedupe = _job(message_id)
    enqueue(ctx, SEND, payload, run_at, dedupe)


def _job(message_id: uuid.UUID) -> tuple[dict[str, Any], None, str]:
    """Payload, time and key of the job that sends it."""
    return {"message_id": message_id}, None, f"{SEND}:{message_id}"


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
