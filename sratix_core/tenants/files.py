"""A tenant as files: `tenant.toml`, `events/*.toml` and the pictures they name, read strictly. Nothing in them can run.

A key nobody knows, a wrong type, a name that leads nowhere: `BadTenantFile` with the file and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from sratix_core.errors import Invalid
from sratix_core.tenants.parts import Document, EventPart, TenantFiles

P = TypeVar("P")


class BadTenantFile(ValueError):
    """The sentence names the file and the key."""


def read(folder: Path) -> TenantFiles:
    """Raises `BadTenantFile`."""
    main = folder / "tenant.toml"
    document = _parse(main, Document)
    _picture(folder, document.tenant.logo, main, "tenant.logo")
    _once(main, "venues", (v.name for v in document.venues))
    events = []
    for path in sorted((folder / "events").glob("*.toml")):
        events.append(_parse(path, EventPart))
        _check_event(folder, path, events[-1], {v.name for v in document.venues})
    _once(main, "the events' slug", (e.slug for e in events))
    return TenantFiles(folder=folder, document=document, events=tuple(events))


def _parse(path: Path, kind: type[P]) -> P:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except (OSError, UnicodeDecodeError) as error:
        raise BadTenantFile(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadTenantFile(f"{path} is not TOML: {error}.") from error
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        key = where.rstrip("`").lstrip(".") or "the top"
        raise BadTenantFile(f"{path}, {key}: {what}.") from error


def _check_event(folder: Path, path: Path, event: EventPart, venues: set[str]) -> None:
    """What one table says of another must be there."""
    titles, people = [s.title for s in event.sessions], {s.name for s in event.speakers}
    seated = {s.title for s in event.sessions if s.seats is not None}
    for key, names in (
        ("gates", event.gates),
        ("speakers", [s.name for s in event.speakers]),
        ("sessions", titles),
        ("pools", [*(p.name for p in event.pools), *seated]),
        ("ticket_types", [t.name for t in event.ticket_types]),
    ):
        _once(path, key, names)
    if event.venue:
        _known(path, "venue", [event.venue], venues, "a venue of tenant.toml")
    for n, session in enumerate(event.sessions):
        _known(path, f"sessions[{n}].speakers", session.speakers, people, "a speaker of this file")
    for n, kind in enumerate(event.ticket_types):
        drawn = seated | {p.name for p in event.pools}
        _known(
            path, f"ticket_types[{n}].pools", kind.pools, drawn, "a pool or a session with seats of this file"
        )
    _picture(folder, event.hero, path, "hero")


def _once(path: Path, key: str, names: Iterable[str]) -> None:
    """Names say what is meant, so none may stand twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadTenantFile(f"{path}, {key}: {name!r} stands there twice.")
        seen.add(name)


def _known(path: Path, key: str, names: Iterable[str], known: set[str], what: str) -> None:
    for name in names:
        if name not in known:
            raise BadTenantFile(f"{path}, {key}: {name!r} is not {what}.")


def _picture(folder: Path, name: str, path: Path, key: str) -> None:
    """A picture lies inside the folder, links included."""
    if not name:
        return
    found = (folder / name).resolve()
    if not found.is_relative_to(folder.resolve()) or not found.is_file():
        raise BadTenantFile(f"{path}, {key}: there is no file {name!r} in this folder.")


@contextmanager
def naming(folder: Path, key: str) -> Iterator[None]:
    """What a room refuses while a folder is applied, with the place where it was written."""
    try:
        yield
    except Invalid as error:
        what = ", ".join(f"{field} ({code})" for field, code in error.fields.items())
        raise BadTenantFile(f"{folder}, {key}: {what} cannot be used.") from error
    except ValueError as error:
        raise BadTenantFile(f"{folder}, {key}: {error}.") from error
