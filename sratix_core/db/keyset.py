"""Pages by cursor, forward and back: each is one range of an index, so the last costs what the first does.

A cursor names the row at the edge by the value it is sorted by and its id: `n` for what comes after it, `p` for what comes
before. `last` is the page at the other end.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import Integer, Select, Uuid, tuple_

from sratix_core.db.types import UTCDateTime
from sratix_core.errors import NotFound

R = TypeVar("R")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LAST_PAGE = "last"


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: a column and the id that tells equals apart, both of one index."""

    column: Any
    id: Any
    descending: bool = False


@dataclass(frozen=True)
class Page(Generic[R]):
    """`before` and `after` are the cursors of the neighbours, None where there is none."""

    rows: list[R]
    before: str | None
    after: str | None


def page(
    query: Select[Any],
    order: Order,
    cursor: str | None,
    limit: int,
    run: Callable[[Select[Any]], Sequence[R]],
    place: Callable[[R], tuple[Any, uuid.UUID]],
) -> Page[R]:
    """One page of `query`; `run` executes it and `place` is a row's value and id. Raises `NotFound("page")`."""
    at = edge(order, cursor)
    found = run(ranged(query, order, falls(order, cursor), limit, None if at is None else tuple_(*at)))
    return page_of(found, cursor, limit, place)


def ranged(query: Select[Any], order: Order, falls: bool, limit: int, edge: Any = None) -> Select[Any]:
    """`query` as one range from `edge` (a tuple of value and id) on, one row more than fit on the page."""
    key = tuple_(order.column, order.id)
    if edge is not None:
        query = query.where(key < edge if falls else key > edge)
    return query.order_by(*(c.desc() if falls else c.asc() for c in (order.column, order.id))).limit(
        limit + 1
    )


def edge(order: Order, cursor: str | None) -> tuple[Any, uuid.UUID] | None:
    """The value and the id of the row that a cursor names. Raises `NotFound("page")`."""
    return _read(cursor, order.column) if cursor and cursor != LAST_PAGE else None


def page_of(
    found: Sequence[R], cursor: str | None, limit: int, place: Callable[[R], tuple[Any, uuid.UUID]]
) -> Page[R]:
    """The page that is made of the rows of a range."""
    back = _backwards(cursor)
    rows, beyond = list(found[:limit]), len(found) > limit
    if back:
        rows.reverse()
    entered = bool(cursor) and cursor != LAST_PAGE
    before, after = (beyond, entered) if back else (entered, beyond)
    return Page(
        rows,
        _write("p", *place(rows[0])) if rows and before else None,
        _write("n", *place(rows[-1])) if rows and after else None,
    )


def falls(order: Order, cursor: str | None) -> bool:
    """Whether a page's rows are read from the highest down; what comes before a row is read backwards."""
    return order.descending != _backwards(cursor)


def _backwards(cursor: str | None) -> bool:
    return cursor == LAST_PAGE or (cursor or "").startswith("p")


def _write(towards: str, value: Any, id: uuid.UUID) -> str:
    if isinstance(value, datetime):
        value = (value - EPOCH) // MICROSECOND
    return f"{towards}{id.hex}{value}"


def _read(cursor: str, column: Any) -> tuple[Any, uuid.UUID]:
    try:
        kind, raw = column.type, cursor[33:]
        if len(raw) > 400 or "\0" in raw:
            raise ValueError("no value of ours")
        if isinstance(kind, UTCDateTime):
            value: Any = EPOCH + int(raw) * MICROSECOND
        elif isinstance(kind, Integer):
            value = int(raw)
            if abs(value) >= 2**63:
                raise ValueError("no number of ours")
        elif isinstance(kind, Uuid):
            value = uuid.UUID(raw)
        else:
            raw.encode()
            value = raw
        if cursor[0] not in "np":
            raise ValueError("neither next nor previous")
        return value, uuid.UUID(cursor[1:33])
    except (ValueError, OverflowError, IndexError) as error:
        raise NotFound("page") from error
