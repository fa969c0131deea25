"""Many threads that start at the same moment; what each of them got, or what it ran into."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sratix_core.errors import DomainError, Unavailable

CROWD = 64
LONG = os.environ.get("SRATIX_LONG") == "1"
"""A thousand rounds instead of a few; takes hours."""

R = TypeVar("R")


def rounds(few: int) -> range:
    """`few` in CI, a thousand where somebody asked for it."""
    return range(1000 if LONG else few)


def all_at_once(acts: Sequence[Callable[[], R]]) -> list[R | DomainError]:
    """Run every act in a thread of its own, from one starting shot.

    A refusal is a result. Anything else, a deadlock, a lock that came too late, a busy database, is raised here.
    """
    shot = threading.Barrier(len(acts))

    def run(act: Callable[[], R]) -> R | DomainError:
        shot.wait()
        try:
            return act()
        except Unavailable:
            raise
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def codes(results: Sequence[object]) -> list[str]:
    """The codes of the refusals among results, sorted."""
    return sorted(r.code for r in results if isinstance(r, DomainError))
