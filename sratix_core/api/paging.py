"""Pages of a list: a keyset on (sort key, id), and cursors that are signed and belong to one list, filter and tenant."""

from __future__ import annotations

import base64
import binascii
import hmac
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import Select, tuple_

from sratix_core.api.framework import Call
from sratix_core.errors import Invalid

Moment = Annotated[datetime, Meta(tz=True)]
MAC = 16


class ListQuery(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What every list takes."""

    limit: Annotated[int, Meta(ge=1, le=200, description="How many at most.")] = 50
    cursor: Annotated[str, Meta(max_length=400, description="`next` of the page before.")] | UnsetType = UNSET


class SyncQuery(ListQuery, kw_only=True):
    """What a list takes that can be kept in step."""

    updated_since: (
        Annotated[
            datetime,
            Meta(tz=True, description="Only what changed at or after this moment, the oldest change first."),
        ]
        | UnsetType
    ) = UNSET


class Gone(msgspec.Struct):
    """Something that was deleted."""

    id: uuid.UUID
    at: datetime


@cache
def page_of(shape: Any, *, gone: bool = False) -> Any:
    """The struct of a page of `shape`; with `gone` it also tells what was deleted since."""
    fields: list[Any] = [("items", list[shape]), ("next", str | None)]
    if gone:
        fields.append(("gone", list[Gone]))
    stem = shape.__name__.removesuffix("Out")
    return msgspec.defstruct(
        f"{stem}Page", fields, module=shape.__module__, namespace={"__doc__": "One page of a list."}
    )


@dataclass(frozen=True)
class Sort:
    """By `column`, then by `id`. `entity` picks the object that has both out of a row."""

    column: Any
    id: Any
    kind: Any = datetime
    descending: bool = False
    entity: Callable[[Any], Any] = lambda row: row


def page(
    call: Call, query: Select[Any], sort: Sort, convert: Callable[[Sequence[Any]], list[Any]], **more: Any
) -> Any:
    """One page of `query` as the endpoint's answer; `convert` is given the rows of the page at once."""
    asked = call.query
    key = tuple_(sort.column, sort.id)
    if asked.cursor is not UNSET:
        after = _read(call, sort, asked.cursor)
        query = query.where(key < after if sort.descending else key > after)
    order = (sort.column.desc(), sort.id.desc()) if sort.descending else (sort.column, sort.id)
    found = call.ctx.db.execute(query.order_by(*order).limit(asked.limit + 1)).all()
    rows = [row[0] if len(row) == 1 else row for row in found]
    shown = rows[: asked.limit]
    following = _write(call, sort, shown[-1]) if len(rows) > asked.limit else None
    return call.endpoint.answers(items=convert(shown), next=following, **more)


def since(call: Call) -> datetime | None:
    """The moment of a delta, None for a list as such."""
    asked: datetime | UnsetType = call.query.updated_since
    return None if asked is UNSET else asked


def _write(call: Call, sort: Sort, row: Any) -> str:
    thing = sort.entity(row)
    payload = msgspec.json.encode([getattr(thing, sort.column.key), thing.id])
    return base64.urlsafe_b64encode(_mac(call, payload) + payload).decode().rstrip("=")


def _read(call: Call, sort: Sort, cursor: str) -> tuple[Any, uuid.UUID]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (ValueError, binascii.Error) as error:
        raise Invalid({"cursor": "cursor"}) from error
    if not hmac.compare_digest(raw[:MAC], _mac(call, raw[MAC:])):
        raise Invalid({"cursor": "cursor"})
    value, thing = msgspec.json.decode(raw[MAC:])
    return msgspec.convert(value, sort.kind), uuid.UUID(thing)


def _mac(call: Call, payload: bytes) -> bytes:
    """Over where the list is and how it is filtered, so that a cursor fits nowhere else."""
    asked = {f: getattr(call.query, f) for f in call.query.__struct_fields__ if f not in ("limit", "cursor")}
    bound = [call.ctx.tenant.id, call.request.path, {k: v for k, v in asked.items() if v is not UNSET}]
    return call.ctx.keys.mac("api_cursor", msgspec.json.encode(bound) + payload)[:MAC]
