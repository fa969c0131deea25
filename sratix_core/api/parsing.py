"""Reading a request: the query and the JSON body into their structs, and what is wrong with them as paths and codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
from pyramid.httpexceptions import HTTPUnsupportedMediaType

from sratix_core.errors import Invalid
from sratix_core.web.request import Request

YEARS = range(1900, 3000)
"""Moments outside would leave the calendar in some time zone."""

NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_AT = re.compile(r" - at `(?:key in )?\$?\.?(.*?)`$", re.DOTALL)
_NAMED = re.compile(r"field `(.*?)`", re.DOTALL)
CODES = (
    ("Object missing required field", "required"),
    ("Object contains unknown field", "unknown_field"),
    ("Expected `int` >=", "range"),
    ("Expected `int` <=", "range"),
    ("Expected `int` >", "range"),
    ("Expected `int` <", "range"),
    ("Expected `str` of length <=", "too_long"),
    ("Expected `array` of length", "wrong_size"),
    ("Expected `datetime`", "instant"),
    ("Invalid RFC3339", "instant"),
    ("Invalid UUID", "unknown_choice"),
    ("Invalid enum value", "unknown_choice"),
    ("Expected `", "field_type"),
)


def read_body(request: Request, shape: Any, *, odd: bool = False) -> Any:
    """The JSON body as `shape`; None where the endpoint takes none. Raises `Invalid`, or 415 for another content.

    With `odd` its texts may hold NUL: what a camera read is judged, not stored.
    """
    if shape is None:
        return None
    if request.content_type != "application/json":
        raise HTTPUnsupportedMediaType
    raw: bytes = request.body
    if not odd and NUL.search(raw):
        raise Invalid({"$": "bad_text"})
    try:
        body = msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError) as error:
        raise Invalid({"$": "json_shape"}) from error
    return in_utc(body)


def read_query(request: Request, shape: Any) -> Any:
    """The query as `shape`. Raises `Invalid` for a parameter that is unknown, repeated or not what it should be."""
    given = request.GET
    if shape is None:
        if given:
            raise Invalid(dict.fromkeys(list(given)[:20], "unknown_field"))
        return None
    repeated = [name for name in dict.fromkeys(given) if len(given.getall(name)) > 1]
    if repeated:
        raise Invalid(dict.fromkeys(repeated[:20], "repeated"))
    try:
        query = msgspec.convert(dict(given), type=shape, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    return in_utc(query)


def in_utc(read: Any) -> Any:
    """Its moments in UTC. Raises `Invalid` for years nobody means."""
    for field in read.__struct_fields__:
        value = getattr(read, field)
        if isinstance(value, datetime):
            if value.year not in YEARS:
                raise Invalid({field: "instant"})
            setattr(read, field, value.astimezone(UTC))
    return read


def _invalid(error: msgspec.ValidationError) -> Invalid:
    """The library's sentence taken apart: where, and which of our codes."""
    words = str(error)
    found = _AT.search(words)
    path = found[1].replace("[...]", "[]") if found else ""
    code = next((code for start, code in CODES if words.startswith(start)), "field_type")
    named = _NAMED.search(words) if code in ("required", "unknown_field") else None
    if named is not None:
        path = f"{path}.{named[1][:80]}" if path else named[1][:80]
    return Invalid({path or "$": code})
