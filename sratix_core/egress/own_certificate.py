"""Asking for the installation's own certificate by the clock, a few times a day."""

from __future__ import annotations

from datetime import timedelta

from sratix_core.egress.certificate import good_until
from sratix_core.errors import DomainError
from sratix_core.health.certificate import Certificate, keep, last
from sratix_core.jobs.ticks import Tick
from sratix_core.runtime import Runtime

AGAIN, SOONER = timedelta(hours=6), timedelta(minutes=15)
"""After an answer, and after none."""


def look(runtime: Runtime) -> int:
    """Ask, where the last answer is old; how often that was. Nothing is open while the network is asked."""
    url, now = runtime.settings.base_url, runtime.sources.clock.now()
    if not runtime.settings.https:
        return 0
    known = last(runtime)
    if known is not None and now < known.at + (AGAIN if known.until else SOONER):
        return 0
    try:
        found = Certificate(url, now, good_until(url))
    except DomainError:
        found = Certificate(url, now, None)
    keep(runtime, found)
    return 1


TICK = Tick("look_at_certificate", 300, look)
