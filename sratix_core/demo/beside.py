"""What plugins play for the demo: stand-ins for services outside, started beside it, so that all of it works and nothing is real.

An entry point in the group `sratix.demo` names a context manager. It is given the settings and yields the ones to put in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import entry_points

from sratix_core.settings import Settings

GROUP = "sratix.demo"


@contextmanager
def stand_ins(settings: Settings) -> Iterator[dict[str, str]]:
    """Settings by name that lead to the stand-ins, for as long as they run; nothing outside the demo. What the operator set stays."""
    with ExitStack() as running:
        found: dict[str, str] = {}
        if settings.env == "demo":
            for entry in sorted(entry_points(group=GROUP), key=lambda one: one.name):
                found |= running.enter_context(entry.load()(settings))
        yield found
