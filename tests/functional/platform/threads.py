"""Several requests at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answers; none begins before all are ready."""
    barrier = threading.Barrier(len(acts))

    def ready(act: Callable[[], Any]) -> Any:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(ready, act) for act in acts]]
