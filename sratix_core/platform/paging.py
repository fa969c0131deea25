"""Pages of a list by key: the newest first, `before` and `after` name the last key seen. Costs the same on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import tuple_

from sratix_core.tenancy.session import ScopedSession
from sratix_core.web.request import Request

SIZE = 50


@dataclass(frozen=True)
class Window:
    """Rows to show, and the addresses of the pages beside them (None: there is none)."""

    rows: Sequence[Any]
    newer: str | None
    older: str | None


def window(
    request: Request,
    db: ScopedSession,
    statement: Any,
    columns: tuple[Any, ...],
    key: Callable[[Any], tuple[Any, ...]],
    read: Callable[[str], tuple[Any, ...]],
) -> Window:
    """One page of `statement`, by `columns` downwards. `key` tells a row's place; `read` parses one, raising `ValueError`.

    A place in the address that cannot be read is as if it were not there.
    """
    before, after = (_place(request, name, read) for name in ("before", "after"))
    place = tuple_(*columns)
    if after is not None:
        statement = statement.where(place > tuple_(*after)).order_by(*(c.asc() for c in columns))
    else:
        if before is not None:
            statement = statement.where(place < tuple_(*before))
        statement = statement.order_by(*(c.desc() for c in columns))
    found = list(db.execute(statement.limit(SIZE + 1)).all())
    more, rows = len(found) > SIZE, found[:SIZE]
    if after is not None:
        rows.reverse()
    newer = more if after is not None else before is not None
    older = True if after is not None else more
    return Window(
        rows,
        _link(request, "after", key(rows[0])) if rows and newer else None,
        _link(request, "before", key(rows[-1])) if rows and older else None,
    )


def _place(request: Request, name: str, read: Callable[[str], tuple[Any, ...]]) -> tuple[Any, ...] | None:
    try:
        return read(request.GET[name]) if name in request.GET else None
    except ValueError:
        return None


def _link(request: Request, name: str, place: tuple[Any, ...]) -> str:
    kept = {k: v for k, v in request.GET.items() if k not in ("before", "after", "done")}
    text = "~".join(getattr(part, "isoformat", part.__str__)() for part in place)
    return str(request.current_route_path(_query={**kept, name: text}))
