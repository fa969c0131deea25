"""What providers tell us: kept first and answered, believed only after the provider was asked (INVARIANTS K5)."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.db.rows import change_row
from sratix_core.errors import NotFound
from sratix_core.jobs.run import Retry
from sratix_core.jobs.service import enqueue
from sratix_core.orders.models import Order
from sratix_core.payments.accounts import note_account
from sratix_core.payments.calls import Answer, Question, question
from sratix_core.payments.disputes import note_dispute
from sratix_core.payments.hot import has_succeeded
from sratix_core.payments.models import InboxEvent, InboxState, Payment, PaymentAttempt
from sratix_core.payments.providers import heard_by, known_provider
from sratix_core.payments.returns import note_refunds
from sratix_core.payments.settling import settle
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.plugins.connecting import IConnects
from sratix_core.plugins.paying import IDisputes, Inbound, IRefunds, ITakesWebhooks, Mode

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

PROCESS = "payments.inbox"
MODES: tuple[Mode, ...] = ("live", "test")
PURPOSE = "webhook-address"


def address_code(ctx: TenantContext, provider: str, mode: Mode, *, previous: bool = False) -> str:
    """The last part of the address a provider calls: names the tenant and cannot be guessed. Shown to the organizer again and again."""
    keys = ctx.keys.previous if previous and ctx.keys.previous else ctx.keys
    mac = keys.mac(PURPOSE, f"{ctx.tenant.id}/{provider}/{mode}".encode()).hex()[:32]
    return f"{mode}-{mac}"


def webhook_address(ctx: TenantContext, provider: str, mode: Mode) -> str:
    """The whole address at which `provider` tells this tenant what happened on that side."""
    code = address_code(ctx, provider, mode)
    return f"{ctx.settings.base_url}/webhooks/in/{ctx.tenant.slug}/{provider}/{code}"


def mode_of(ctx: TenantContext, provider: str, code: str) -> Mode:
    """Which side of the provider this address is for. Raises `NotFound`."""
    for mode in MODES:
        for previous in (False, True):
            if hmac.compare_digest(
                code.encode(), address_code(ctx, provider, mode, previous=previous).encode()
            ):
                return mode
    raise NotFound("webhook_address")


def receive(
    ctx: TenantContext, provider_name: str, code: str, headers: Mapping[str, str], body: bytes
) -> bool:
    """Keep an event that came to a tenant's own address. Raises `NotFound` for an address that is none, and as `keep`."""
    return keep(ctx, provider_name, mode_of(ctx, provider_name, code), headers, body)


def keep(ctx: TenantContext, provider_name: str, mode: Mode, headers: Mapping[str, str], body: bytes) -> bool:
    """Keep an inbound event once; whether it was new. Raises `NotFound` for a provider that is not there, `BadSignature`."""
    provider: Any = known_provider(ctx, provider_name)
    if provider is None or not ITakesWebhooks.providedBy(provider):
        raise NotFound("webhook_address")
    said: Inbound = provider.verify(ctx, headers, body, mode)
    event_id, attempt_id = ctx.ids.new(), _uuid(said.attempt)
    # The buyer was usually back first: what is known already, or says nothing to us, is kept as told, and needs no job.
    known = said.subject == "other" or _known(ctx, said.subject, attempt_id, provider_name)
    row = {
        "id": event_id,
        "provider": provider_name,
        "account": f"{said.account}/{said.mode}"[:80],
        "event_id": said.event_id,
        "type": said.type[:80],
        "mode": said.mode,
        "subject": said.subject,
        "references": list(said.references),
        "attempt_id": attempt_id,
        "body": body.decode("utf-8", "replace"),
        "state": InboxState.IGNORED if known else InboxState.RECEIVED,
        "error": "",
        "received_at": ctx.clock.now(),
        "processed_at": ctx.clock.now() if known else None,
    }
    if not insert_ignore(ctx.db, InboxEvent, ("provider", "account", "event_id"), row):
        return False
    if not known:
        enqueue(ctx, PROCESS, {"event": str(event_id)})
    return True


def _known(ctx: TenantContext, subject: str, attempt_id: uuid.UUID | None, provider: str) -> bool:
    """Whether an event is about a payment that is settled. By an id that is another's it is not."""
    return subject == "payment" and attempt_id is not None and has_succeeded(ctx, attempt_id, provider)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def replay(ctx: TenantContext, event: InboxEvent) -> None:
    """Let an event be looked at again."""
    event.state, event.error, event.processed_at = InboxState.RECEIVED, "", None
    ctx.db.flush()
    enqueue(ctx, PROCESS, {"event": str(event.id)})


def replay_by_id(ctx: TenantContext, event_id: uuid.UUID) -> InboxEvent:
    """As `replay`, at a person's wish, which is on record. Raises `NotFound`."""
    event = ctx.db.scalar(select(InboxEvent).where(InboxEvent.id == event_id).with_for_update())
    if event is None:
        raise NotFound("webhook")
    replay(ctx, event)
    record(ctx, "webhook.replayed", "webhook", event.id)
    return event


@dataclass(frozen=True)
class Work:
    """What an event asks for: a question to the provider, and what its answer does."""

    question: Question
    apply: Callable[[TenantContext, Answer], object]


def process(run: JobRun) -> None:
    """Ask the provider about the subject of an event, then apply what it says and end the event in one transaction.

    What goes wrong stays on the event, with the job's next try.
    """
    event_id = uuid.UUID(run.payload["event"])
    with run.begin() as ctx:
        event = ctx.db.get_one(InboxEvent, event_id)
        open_ = event.state in {InboxState.RECEIVED, InboxState.FAILED}
        work = (
            _work(ctx, event)
            if open_ and not _known(ctx, event.subject, event.attempt_id, event.provider)
            else None
        )
        if work is None:
            if event.state != InboxState.DONE:
                ended = {"state": InboxState.IGNORED, "error": "", "processed_at": ctx.clock.now()}
                change_row(ctx.db, event, ended)
            run.finish(ctx)
            return
    answer = work.question.answer()
    try:
        if answer.said is None and answer.trouble != "declined":
            raise Retry(f"the provider's answer: {answer.trouble}")
        with run.begin() as ctx:
            work.apply(ctx, answer)
            event = ctx.db.get_one(InboxEvent, event_id)
            event.state, event.error, event.processed_at = InboxState.DONE, "", ctx.clock.now()
            run.finish(ctx)
    except Exception as error:
        with run.begin() as ctx:
            event = ctx.db.get_one(InboxEvent, event_id)
            event.state, event.error = InboxState.FAILED, f"{type(error).__name__}: {error}"[:200]
        raise


def _work(ctx: TenantContext, event: InboxEvent) -> Work | None:
    provider: Any = known_provider(ctx, event.provider)
    if provider is None:
        return None
    if event.subject == "payment" and (attempt := _attempt(ctx, event)) is not None:
        if attempt.state == AttemptState.SUCCEEDED:
            return None
        asked = question(ctx, ctx.db.get_one(Order, attempt.order_id), attempt)
        attempt_id = attempt.id
        return None if asked is None else Work(asked, lambda ctx, answer: settle(ctx, attempt_id, answer))
    if event.subject == "account" and IConnects.providedBy(provider):
        name, mode, account = event.provider, cast(Mode, event.mode), provider.account(ctx, event.mode)
        asked = Question(event.id, lambda: provider.connected(account))
        return Work(asked, lambda ctx, answer: note_account(ctx, name, mode, answer.said))
    payment = _payment(ctx, event)
    if payment is None:
        if event.subject in {"refund", "dispute"} and _attempt(ctx, event) is not None:
            raise Retry("its payment is not settled yet")
        return None
    payment_id, reference = payment.id, payment.reference
    account = provider.account(ctx, event.mode)
    if event.subject == "refund" and IRefunds.providedBy(provider):
        asked = Question(payment_id, lambda: provider.refunds_of(account, reference))
        return Work(asked, lambda ctx, answer: note_refunds(ctx, payment_id, answer.said or ()))
    if event.subject == "dispute" and IDisputes.providedBy(provider):
        name = event.references[0]
        asked = Question(payment_id, lambda: provider.dispute(account, name))
        return Work(asked, lambda ctx, answer: note_dispute(ctx, payment_id, answer.said))
    return None


def _attempt(ctx: TenantContext, event: InboxEvent) -> PaymentAttempt | None:
    """The attempt an event is about: by our own id, or by a name the provider gave it."""
    names = heard_by(ctx, event.provider)
    mine = (PaymentAttempt.provider.in_(names), PaymentAttempt.kind == AttemptKind.PAY)
    if event.attempt_id is not None:
        found = ctx.db.scalar(select(PaymentAttempt).where(PaymentAttempt.id == event.attempt_id, *mine))
        if found is not None:
            return found
    named = select(PaymentAttempt).where(PaymentAttempt.reference.in_(event.references), *mine)
    return ctx.db.scalars(named.limit(1)).first()


def _payment(ctx: TenantContext, event: InboxEvent) -> Payment | None:
    named = (Payment.provider == event.provider, Payment.reference.in_(event.references))
    found: Payment | None = ctx.db.scalars(select(Payment).where(*named).limit(1)).first()
    return found
