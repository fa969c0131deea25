"""Sending one message: put together from live rows, handed to the tenant's transport with nothing open, outcome written once.

Every attempt carries the same Message-ID, so a mail that was taken before the answer was lost is seen once (J3).
"""

from __future__ import annotations

import mimetypes
import uuid
from urllib.parse import urlsplit

import structlog

from sratix_core.context import TenantContext
from sratix_core.errors import DomainError, NotFound
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.run import GiveUp, JobRun, LeaseLost, Retry
from sratix_core.messages import invoice_letter
from sratix_core.messages.compose import KINDS, WITH_TICKETS, compose, live_tickets, order_of
from sratix_core.messages.invitation import compose_invitation
from sratix_core.messages.layout import lay_out
from sratix_core.messages.letters import Letter
from sratix_core.messages.models import Message, MessageState
from sratix_core.messages.notices import NOTICES, notice
from sratix_core.messages.service import SEND
from sratix_core.messages.texts import language_of
from sratix_core.orders.models import Order
from sratix_core.plugins.interfaces import Attachment, Mail, SendResult

log = structlog.get_logger("sratix.messages")

OTHERS = {
    **dict.fromkeys(("member_invited", "organization_invited"), compose_invitation),
    **dict.fromkeys(NOTICES, notice),
    **dict.fromkeys(invoice_letter.KINDS, invoice_letter.compose_invoice),
}
"""Kinds that are no letter about an order, each with what puts its letter together."""

IN_FLIGHT = "in_flight"
ENDS = {
    "sent": MessageState.SENT,
    "refused": MessageState.FAILED,
    "later": MessageState.QUEUED,
    "unknown": MessageState.UNKNOWN,
}


def send(run: JobRun) -> None:
    """The handler of `messages.send`; the payload names the message."""
    message_id = uuid.UUID(run.payload["message_id"])
    with run.begin() as ctx:
        message = ctx.db.get(Message, message_id)
        if message is None or not ("." in message.kind or message.kind in KINDS | OTHERS.keys()):
            raise GiveUp("unknown_message" if message is None else f"unknown_kind: {message.kind}")
        if message.state == MessageState.SENT:
            run.finish(ctx)
            return
        run.keep(ctx)
        # Said before the call: a process that dies during it leaves a row that tells the truth.
        message.state, message.error, message.attempts = MessageState.UNKNOWN, IN_FLIGHT, message.attempts + 1
    with run.outside() as ctx:
        transport, result = _attempt(ctx, message_id)
    with run.begin() as ctx:
        message = ctx.db.get_one(Message, message_id)
        message.state, message.transport, message.error = ENDS[result.outcome], transport, result.detail[:300]
        if result.outcome == "later" and run.last_attempt:
            message.state = MessageState.FAILED
        if result.outcome == "sent":
            message.sent_at, message.error = ctx.clock.now(), ""
        if result.outcome in ("sent", "refused"):
            run.finish(ctx)
        else:
            run.keep(ctx)
    if not run.finished:
        raise Retry(result.detail or result.outcome)


def _attempt(ctx: TenantContext, message_id: uuid.UUID) -> tuple[str, SendResult]:
    """One try through the tenant's first transport. What goes wrong on our side is a reason to come back later."""
    transports = [each for answer in ctx.hooks.message_transports(ctx=ctx) for each in answer]
    if not transports:
        return "", SendResult("later", "no_transport")
    name = str(transports[0].name)
    try:
        mail = _mail(ctx, message_id)
    except NotFound:
        return name, SendResult("refused", "subject_gone")
    except Exception as error:
        log.error("mail_not_made", message=str(message_id), exc_info=error)
        return name, SendResult("later", f"not_made: {type(error).__name__}")
    finally:
        ctx.db.rollback()  # what was read is read; nothing stays open while the other side takes its time
    try:
        result: SendResult = transports[0].send(ctx, mail)
    except LeaseLost:
        raise
    except Exception as error:
        log.error("transport_failed", message=str(message_id), transport=name, exc_info=error)
        return name, SendResult("unknown", f"transport_failed: {type(error).__name__}")
    return name, result


def _mail(ctx: TenantContext, message_id: uuid.UUID) -> Mail:
    message = ctx.db.get_one(Message, message_id)
    to_name, files = "", tuple[Attachment, ...]()
    if "." in message.kind:
        letter = _of_plugin(ctx, message)
    elif message.kind in OTHERS:
        letter = OTHERS[message.kind](ctx, message)
        files = (invoice_letter.file_of(ctx, message),) if message.kind in invoice_letter.KINDS else ()
    else:
        order = order_of(ctx, message)
        files = _attachments(ctx, order) if message.kind in WITH_TICKETS else ()
        letter = compose(ctx, message, order, attached=bool(files))
        files += _code(letter)
        to_name = order.buyer_name if message.recipient == order.buyer_email else ""
    text, html = lay_out(letter)
    host = urlsplit(ctx.settings.base_url).hostname or "localhost"
    return Mail(
        message_id=message.message_id,
        sender=f"tickets@{host}",
        sender_name=ctx.tenant.name,
        to=message.recipient,
        to_name=to_name,
        subject=letter.subject,
        text=text,
        html=html,
        # Nobody's holiday reply should come back to a ticket mail (RFC 3834).
        headers={"Auto-Submitted": "auto-generated"},
        attachments=files,
    )


def _of_plugin(ctx: TenantContext, message: Message) -> Letter:
    """What the plugin that the kind names says in it. Raises `NotFound` where it has nothing to say any more, or is off."""
    about = {"kind": message.kind, "data": dict(message.data), "locale": language_of(message.locale)}
    for answer in ctx.hooks.letter(ctx=ctx, **about):
        if isinstance(answer, Letter):
            return answer
    raise NotFound("letter")


def _code(letter: Letter) -> tuple[Attachment, ...]:
    """The payment code that the letter shows between its lines."""
    picture = letter.instructions.picture if letter.instructions else None
    return (Attachment("payment-code.png", "image/png", picture.png, cid="payment-code"),) if picture else ()


def _attachments(ctx: TenantContext, order: Order) -> tuple[Attachment, ...]:
    """A file from every output that can make one now; the mail goes out without the others, its link opens the tickets."""
    tickets, files = live_tickets(order), []
    for output in (
        [each for answer in ctx.hooks.ticket_outputs(ctx=ctx) for each in answer] if tickets else []
    ):
        try:
            data = output.render(ctx, tickets)
        except DomainError as error:
            log.warning("output_left_out", output=output.name, code=error.code)
            continue
        suffix = mimetypes.guess_extension(output.content_type) or f".{output.name}"
        files.append(Attachment(f"{order.code}{suffix}", output.content_type, data))
    return tuple(files)


JOBS = (JobKind(SEND, send, max_attempts=24),)
