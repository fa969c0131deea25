"""What a plugin does while it is tried, seen from outside of it: which of its functions run, and whom it calls."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from sratix_core.plugindev.folder import Folder

_watched: list[tuple[str, list[str]]] = []


def ran(folder: Folder, act: Callable[[], object]) -> list[str]:
    """The plugin's functions that `act` called, by name, sorted; importing a module of it does not count."""
    place, seen = _package(folder), set()

    def look(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(place) and code.co_name != "<module>":
            seen.add(f"{Path(code.co_filename).stem}.{code.co_qualname}")

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        act()
    finally:
        sys.setprofile(before)
    return sorted(seen)


@contextmanager
def calls(folder: Folder) -> Iterator[list[str]]:
    """The addresses that the plugin itself, by whatever library, connected to or looked up meanwhile."""
    if not hasattr(calls, "hooked"):
        sys.addaudithook(_heard)  # Python takes none away again
        calls.hooked = True  # type: ignore[attr-defined]
    found: list[str] = []
    _watched.append((_package(folder), found))
    try:
        yield found
    finally:
        _watched.pop()


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched or event not in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        return
    place, found = _watched[-1]
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename.startswith(place):
            found.append(str(arguments[0] if event == "socket.getaddrinfo" else arguments[1]))
            return
        frame = frame.f_back


def _package(folder: Folder) -> str:
    return f"{folder.place / folder.package}/"
