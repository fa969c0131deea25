"""Which ways of paying a cart may use: the enabled plugins' providers, and the core's own for what costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sratix_core.errors import Invalid, Refused
from sratix_core.plugins.interfaces import Instructions, IOffline
from sratix_core.plugins.paying import IRedirects
from sratix_core.plugins.requesting import IRequestsPayment
from sratix_core.plugins.saving import ISavesMethods
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event
    from sratix_core.orders.models import Order


class Provider(Protocol):
    """What the core asks of any provider; `sratix_core.plugin.IPaymentProvider` is the same for plugin authors."""

    name: str
    icon: str

    def title(self, locale: str) -> str: ...
    def help(self, locale: str) -> str: ...
    def available(self, ctx: TenantContext, total: Money) -> bool: ...
    def term_days(self, ctx: TenantContext) -> int: ...


class Free:
    """Nothing to pay."""

    name = "free"
    icon = "ticket"

    def title(self, locale: str) -> str:
        return ""

    def help(self, locale: str) -> str:
        return ""

    def available(self, ctx: TenantContext, total: Money) -> bool:
        return total.minor == 0

    def term_days(self, ctx: TenantContext) -> int:
        return 0


FREE: Provider = Free()


def providers_for(ctx: TenantContext, total: Money) -> list[Provider]:
    """The providers that can take this amount, in the order of their plugins."""
    if total.minor == 0:
        return [FREE]
    found: list[Provider] = []
    for answer in ctx.hooks.payment_providers(ctx=ctx):
        found += [p for p in answer if p.available(ctx, total)]
    return found


def provider_named(ctx: TenantContext, name: str | None, event: Event, total_minor: int) -> Provider:
    """The chosen provider. Raises `Refused("no_provider")` when nothing can take money here, `Invalid` for a wrong choice."""
    available = providers_for(ctx, Money(total_minor, event.currency))
    if not available:
        raise Refused("no_provider")
    if total_minor == 0:
        return available[0]
    for provider in available:
        if provider.name == name:
            return provider
    raise Invalid({"provider": "required" if not name else "unknown_choice"})


def known_provider(ctx: TenantContext, name: str) -> Provider | None:
    answers = ctx.hooks.payment_providers(ctx=ctx)
    return next((p for answer in answers for p in answer if p.name == name), None)


def requests_payment(ctx: TenantContext, name: str) -> bool:
    """Whether this provider sends the buyer a request that is open for days, and the order waits for it."""
    return bool(IRequestsPayment.providedBy(known_provider(ctx, name)))


def heard_by(ctx: TenantContext, name: str) -> list[str]:
    """The providers whose payments come on the account of this one, itself first: its events are theirs, too."""
    every = [p for answer in ctx.hooks.payment_providers(ctx=ctx) for p in answer]
    beside = [p for p in every if IRequestsPayment.providedBy(p) and getattr(p, "settles_with", "") == name]
    return [name, *(p.name for p in beside)]


def title_of(ctx: TenantContext, name: str, locale: str) -> str:
    """What a provider is called; empty for a free order or a plugin that is gone."""
    provider = known_provider(ctx, name)
    return provider.title(locale) if provider else ""


def instructions_for(ctx: TenantContext, order: Order, locale: str) -> Instructions | None:
    """What the buyer has to do outside to pay this order, None when its provider needs nothing of the kind."""
    provider = known_provider(ctx, order.provider)
    if provider is None or not IOffline.providedBy(provider):
        return None
    found: Instructions = provider.instructions(ctx, order, locale)  # type: ignore[attr-defined]
    return found


def leads_to(ctx: TenantContext, *names: str) -> tuple[str, ...]:
    """Origins at which a buyer who chose one of these providers pays."""
    chosen = [known_provider(ctx, name) for name in names]
    away = [host for one in chosen if IRedirects.providedBy(one) for host in getattr(one, "hosts", ())]
    asked = [host for one in chosen if ISavesMethods.providedBy(one) for host in getattr(one, "adds_at", ())]
    return tuple(dict.fromkeys((*away, *asked)))
