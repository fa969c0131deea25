"""Writing an answer: flat JSON, and a validator on whatever is read, so that reading it again can cost nothing to send."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
from pyramid.response import Response

from sratix_core.web.request import Request

ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class File:
    """An answer that is no JSON; `name` is ours, of letters, digits, hyphens and dots."""

    name: str
    content_type: str
    data: bytes


def tag_of(body: bytes) -> str:
    """The validator of a body: the same bytes, the same tag."""
    return hashlib.sha256(body).hexdigest()[:32]


def answer(request: Request, result: Any, status: int, headers: dict[str, str]) -> Response:
    """`result` as JSON, a `File` as it is; None is 204 without a body."""
    if result is None:
        return Response(status=204, headers=headers, content_type=None)
    if isinstance(result, File):
        told = {
            "Content-Disposition": f'attachment; filename="{result.name}"',
            "Cache-Control": "private, no-store",
        }
        return raw_answer(request, result.data, status, headers | told, result.content_type)
    return raw_answer(request, ENCODER.encode(result), status, headers)


def raw_answer(
    request: Request,
    body: bytes,
    status: int,
    headers: dict[str, str],
    content_type: str = "application/json",
) -> Response:
    """A body with its `ETag`; for a read that the caller has already the answer is 304 without a body."""
    response = Response(body, status=status, content_type=content_type, charset=None)
    response.headers.update(headers)
    if request.method in ("GET", "HEAD", "PATCH"):
        response.etag = tag_of(body)
    if request.method in ("GET", "HEAD"):
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers["Vary"] = "Authorization, Cookie, Accept-Language"
        if "If-None-Match" in request.headers and response.etag in request.if_none_match:
            kept = {k: v for k, v in response.headers.items() if k in ("ETag", "Cache-Control", "Vary")}
            return Response(status=304, headers=kept, content_type=None)
    return response
