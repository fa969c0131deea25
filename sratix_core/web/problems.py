"""Facts into HTTP: which status an error has, which code it carries, and what it tells a client to do about time.

One `Problem` is rendered as a page for people or as RFC 9457 problem details for programs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken
from pyramid.httpexceptions import HTTPException
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sratix_core.errors import Conflict, DomainError, Invalid, NotFound, Refused, Unavailable
from sratix_core.values.text import BadText

STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (Invalid, 422),
    (NotFound, 404),
    (Conflict, 409),
    (Unavailable, 503),
    (Refused, 409),
)

ADDRESSES = frozenset({"invitation_gone", "tenant_unknown", "host_unknown"})
"""What may be said to be missing: it stands in the address for everybody to try."""

BY_CODE = {
    "too_many_requests": 429,
    "login_paused": 429,
    "login_wrong": 401,
    "key_unknown": 401,
    "credential_unknown": 401,
    "signed_out": 401,
    "idempotency_key_bad": 400,
    "idempotency_mismatch": 422,
}

HTTP_CODES = {
    400: "bad_request",
    401: "signed_out",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    410: "gone",
    413: "too_large",
    415: "media_type",
    422: "invalid",
    429: "too_many_requests",
    503: "unavailable",
}

BUSY_RETRY_SECONDS = 2


class TooManyRequests(Refused):
    """A limit was reached; `seconds` until one more request fits."""

    code = "too_many_requests"


@dataclass(frozen=True)
class Problem:
    """Everything a client is told; `fields` maps field names to error codes."""

    status: int
    code: str
    data: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    retry_after: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


def problem_of(error: BaseException) -> Problem:
    """The problem this error is; whatever nobody expected is a 500 that says nothing about its inside."""
    if isinstance(error, DomainError):
        return _domain(error)
    if isinstance(error, BadCSRFToken | BadCSRFOrigin):
        return Problem(403, "csrf")
    if isinstance(error, HTTPException):
        return _http(error)
    if isinstance(error, BadText):
        return Problem(400, "bad_text")
    if isinstance(error, UnicodeDecodeError):
        return Problem(400, "bad_request")
    if isinstance(error, PoolTimeout) or is_busy(error):
        return Problem(503, "busy", retry_after=BUSY_RETRY_SECONDS)
    return Problem(500, "internal")


def _domain(error: DomainError) -> Problem:
    status = BY_CODE.get(error.code) or next((s for kind, s in STATUS if isinstance(error, kind)), 409)
    seconds = error.data.get("seconds")
    if status == 503 and seconds is None:
        seconds = 60
    data = {k: v for k, v in error.data.items() if k != "fields"}
    code = error.code
    if isinstance(error, NotFound) and code not in ADDRESSES:
        code, data = "not_found", {}  # what kind of thing is missing is nobody's business
    fields = error.fields if isinstance(error, Invalid) else {}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return Problem(status, code, data, fields, int(seconds) if seconds is not None else None, headers)


def _http(error: HTTPException) -> Problem:
    status = error.status_code
    code = getattr(error, "problem_code", None) or HTTP_CODES.get(
        status, "refused" if status < 500 else "internal"
    )
    kept = {k: v for k, v in error.headers.items() if k in ("Allow", "Retry-After", "WWW-Authenticate")}
    return Problem(status, code, headers=kept)


def is_busy(error: BaseException) -> bool:
    """A lock that could not be had in time: nobody's mistake, and worth trying again."""
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:  # 55P03 lock, 57014 statement timeout, 40P01 deadlock, 40001 serialization
        return state in {"55P03", "57014", "40P01", "40001"}
    words = str(error.orig)
    return isinstance(error, OperationalError) and ("locked" in words or "busy" in words)
