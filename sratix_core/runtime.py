"""One process: its settings, database engines, sources of time and chance, keys and plugins, built once at boot.

Web, worker and commands start from the same value, so that all of them see the same product.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sratix_core.context import SYSTEM, Actor, KeyRing, Sources, TenantContext
from sratix_core.plugins import PluginHost
from sratix_core.settings import Settings
from sratix_core.tenancy.engines import Engines
from sratix_core.values.clock import Clock, OffsetClock, SystemClock
from sratix_core.values.ids import IdSource, RandomSource, SystemRandom

if TYPE_CHECKING:
    from sratix_core.tenancy.resolve import TenantInfo
    from sratix_core.tenancy.session import ScopedSession


@dataclass(frozen=True)
class Runtime:
    """What does not change while a process lives."""

    settings: Settings
    engines: Engines
    sources: Sources
    plugins: PluginHost
    keys: KeyRing = field(repr=False)

    def context(self, tenant: TenantInfo, db: ScopedSession, actor: Actor = SYSTEM) -> TenantContext:
        """What the domain rooms are given to work for `tenant` on behalf of `actor`."""
        hooks = self.plugins.hooks_for(tenant)
        return TenantContext(tenant, db, hooks, self.sources, actor, self.settings, self.keys)


def sources_for(settings: Settings) -> Sources:
    """The real clock and the system's randomness; the clock can be moved where the settings allow it."""
    clock: Clock = SystemClock()
    if settings.test_clock:
        clock = OffsetClock(clock, settings.test_clock)
    random: RandomSource = SystemRandom()
    return Sources(clock, IdSource(clock, random), random)


def build(settings: Settings, *, engines: Engines | None = None, sources: Sources | None = None) -> Runtime:
    """Put a process together; tests bring their own engines and sources."""
    sources = sources or sources_for(settings)
    return Runtime(
        settings=settings,
        engines=engines or Engines(settings, sources.clock),
        sources=sources,
        plugins=PluginHost.discover(),
        keys=KeyRing(settings.secret_key, settings.secret_key_previous),
    )
