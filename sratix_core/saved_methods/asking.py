"""What is asked of a provider about a person's saved methods: prepared in a unit of work, asked with none open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sratix_core.errors import Unavailable
from sratix_core.payments.calls import Question
from sratix_core.payments.providers import known_provider
from sratix_core.plugins.saving import Adding, ISavesMethods
from sratix_core.saved_methods.models import PaymentCustomer
from sratix_core.saved_methods.service import keeper

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def saving_providers(ctx: TenantContext) -> list[Any]:
    """Providers with which this organizer lets people keep methods."""
    found = [p for answer in ctx.hooks.payment_providers(ctx=ctx) for p in answer]
    return [p for p in found if ISavesMethods.providedBy(p) and p.saves(ctx)]


def listing(ctx: TenantContext, customer: PaymentCustomer) -> Question | None:
    """What is kept for them; None where the provider is not there, has no keys, or never knew them."""
    asked = _asked(ctx, customer)
    if asked is None or not customer.references:
        return None
    provider, account = asked
    whose = keeper(customer)
    return Question(customer.id, lambda: provider.saved(account, whose))


def forgetting(ctx: TenantContext, customer: PaymentCustomer, method: str) -> Question | None:
    """Have it kept no longer; None as in `listing`."""
    asked = _asked(ctx, customer)
    if asked is None or not customer.references:
        return None
    provider, account = asked
    whose = keeper(customer)
    return Question(customer.id, lambda: provider.forget(account, whose, method))


def adding(
    ctx: TenantContext, customer: PaymentCustomer, email: str, locale: str, return_url: str, cancel_url: str
) -> Question:
    """Open the page where one is added. Raises `Unavailable("not_configured")`."""
    asked = _asked(ctx, customer)
    if asked is None:
        raise Unavailable("not_configured")
    provider, account = asked
    wanted = Adding(
        key=f"sratix-adding-{ctx.ids.new()}",
        keeper=keeper(customer),
        email=email,
        locale=locale,
        return_url=return_url,
        cancel_url=cancel_url,
        metadata={"sratix_tenant": ctx.tenant.slug},
    )
    return Question(customer.id, lambda: provider.add(account, wanted))


def _asked(ctx: TenantContext, customer: PaymentCustomer) -> tuple[Any, Any] | None:
    provider: Any = known_provider(ctx, customer.provider)
    if not ISavesMethods.providedBy(provider):
        return None
    try:
        return provider, provider.account(ctx, customer.mode)
    except Unavailable:
        return None
