"""What providers keep for one person, over all organizers: which organizers is asked across tenants, all else in each one's own session."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.errors import NotFound, Unavailable
from sratix_core.payments.calls import Question
from sratix_core.payments.providers import known_provider
from sratix_core.plugins.saving import SavedMethod
from sratix_core.saved_methods.asking import forgetting, listing, saving_providers
from sratix_core.saved_methods.models import PaymentCustomer
from sratix_core.saved_methods.service import customer_of, customers_of
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Tenant, TenantStatus
from sratix_core.tickets.mine import MOST_TENANTS, contexts_of, tenants_with

if TYPE_CHECKING:
    from sratix_core.context import Actor, TenantContext
    from sratix_core.plugins.paying import Mode
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.engines import Engines

WHERE = SystemScope(
    "a person's saved payment methods lie with several tenants; only which ones is asked here"
)


@dataclass(frozen=True)
class Place:
    """One provider of one organizer. `adds`: more can be kept there; `question`: what is kept, None where nothing can be."""

    tenant: str
    organizer: str
    provider: str
    kept_by: str
    mode: str
    adds: bool
    adds_at: tuple[str, ...]
    question: Question | None

    def cards(self) -> list[SavedMethod] | None:
        """What is kept, asked now; None where the provider does not answer."""
        if self.question is None:
            return []
        answer = self.question.answer()
        return None if answer.trouble else list(answer.said)


def tenants_keeping(engines: Engines, user_id: uuid.UUID) -> list[int]:
    """Ids of the active tenants with a provider that knows this person. Nothing else is read."""
    theirs = select(PaymentCustomer.tenant_id).where(PaymentCustomer.user_id == user_id)
    active = select(Tenant.id).where(Tenant.id.in_(theirs), Tenant.status == TenantStatus.ACTIVE)
    with engines.begin(WHERE, write=False) as db:
        return list(db.scalars(active.order_by(Tenant.id).limit(MOST_TENANTS)))


def places_of(runtime: Runtime, user_id: uuid.UUID, email: str, actor: Actor) -> list[Place]:
    """Where something is kept for this person, and where it could be: with organizers they bought from."""
    known = {*tenants_keeping(runtime.engines, user_id), *tenants_with(runtime.engines, email)}
    return [place for ctx in contexts_of(runtime, sorted(known), actor) for place in _places(ctx, user_id)]


def _places(ctx: TenantContext, user_id: uuid.UUID) -> list[Place]:
    adds = {(p.name, p.mode(ctx, None)) for p in saving_providers(ctx)}
    rows = {(row.provider, row.mode): row for row in customers_of(ctx, user_id)}
    found = []
    for name, mode in sorted({*adds, *rows}):
        provider: Any = known_provider(ctx, name)
        row = rows.get((name, mode))
        question = listing(ctx, row) if row is not None else None
        if question is not None or (name, mode) in adds:
            here = (ctx.tenant.slug, ctx.tenant.name, name, provider.kept_by, mode)
            found.append(Place(*here, (name, mode) in adds, provider.adds_at, question))
    return found


def removal(ctx: TenantContext, user_id: uuid.UUID, provider: str, mode: Mode, method: str) -> Question:
    """What takes one away. Raises `NotFound` where nothing is kept for this person, `Unavailable` where nobody can be asked."""
    customer = customer_of(ctx, user_id, provider, mode)
    if customer is None:
        raise NotFound("tenant_unknown")
    asked = forgetting(ctx, customer, method)
    if asked is None:
        raise Unavailable("not_configured")
    return asked


def removed(ctx: TenantContext, asked: Question, trouble: str) -> None:
    """Note that it is gone. Raises `Unavailable("provider_silent")` where that isn't known."""
    if trouble:
        raise Unavailable("provider_silent")
    record(ctx, "payment_method.removed", "payment_customer", asked.subject_id)
