"""What is the same from one page to the next, made once: it depends on nothing but the contents it is kept under, so it cannot be old."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

KEPT = "sratix.kept"
"""Registry key of the one that the pages share."""

MOST = 512
"""Some ten kB each. When they are too many all go: those that are asked for come back with the next page."""


class Kept:
    """By contents. What is kept is shared by requests: nobody changes it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def get(self, contents: Hashable) -> Any:
        return self._kept.get(contents)

    def put(self, contents: Hashable, made: Any) -> Any:
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[contents] = made
        return made
