"""What no rule of the product needs to see: undecodable bytes, NUL, lone surrogates, paths with two spellings, floods.

Each is answered 400 in a clear sentence before a route, a session or a form reader meets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPMethodNotAllowed
from pyramid.registry import Registry
from pyramid.response import Response
from pyramid.tweens import EXCVIEW
from pyramid.viewderivers import INGRESS

from sratix_core.web.request import Request, Upload

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
MAX_PATH = 2_000
MAX_QUERY = 8_000
MAX_HEADERS = 32_000
MAX_HEADER = 8_000
MAX_FIELDS = 2_000

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


View = Callable[[Any, Request], Response]

BROKEN = re.compile("[\0\ufffd\ud800-\udfff]")


class Unreadable(HTTPBadRequest):
    """Bad bytes or too many of them."""

    problem_code = "bad_request"


def _check_bytes(raw: bytes) -> None:
    """UTF-8 without NUL; the strict decoder refuses overlong forms and surrogates."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable from error
    if "\0" in text:
        raise Unreadable


def check_path(environ: dict[str, Any]) -> None:
    """One spelling per address: no empty, dotted, or encoded-slash segments."""
    raw = environ.get("PATH_INFO", "/").encode("latin-1")
    if len(raw) > MAX_PATH:
        raise Unreadable
    _check_bytes(raw)
    segments = raw.split(b"/")
    if segments[0] != b"" or b"" in segments[1:-1] or b"." in segments or b".." in segments:
        raise Unreadable
    if b"\\" in raw or any(byte < 0x20 or byte == 0x7F for byte in raw):
        raise Unreadable


def check_query(environ: dict[str, Any]) -> None:
    raw = environ.get("QUERY_STRING", "")
    if len(raw) > MAX_QUERY or raw.count("&") > MAX_FIELDS:
        raise Unreadable
    _check_bytes(unquote_to_bytes(raw.replace("+", " ")))


def check_headers(environ: dict[str, Any]) -> None:
    total = 0
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            total += len(name) + len(value)
            if len(value) > MAX_HEADER or "\0" in value:
                raise Unreadable
    if total > MAX_HEADERS:
        raise Unreadable
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise Unreadable


def check_form(request: Request) -> None:
    """Read the form once, here; a broken charset or boundary fails as bad input, not as a fault of ours.

    WebOb puts U+FFFD where bytes are no UTF-8; nobody types that character, so it is refused as well.
    """
    if request.method in ("GET", "HEAD") or request.content_type not in FORMS:
        return
    if request.charset.lower() not in ("utf-8", "utf8"):
        raise Unreadable
    if request.content_type == FORMS[0]:
        _check_bytes(unquote_to_bytes(request.body.replace(b"+", b" ")))
    try:
        items = list(request.POST.items())
    except (ValueError, LookupError, OSError, AttributeError) as error:
        raise Unreadable from error
    if len(items) > MAX_FIELDS:
        raise Unreadable
    request.uploads = {}
    for name, value in items:
        # A file in the place of words would reach code that reads text: it is set aside, for a view that asks for files.
        if hasattr(value, "file") and name not in request.uploads:
            request.uploads[name] = Upload(value.filename or "", value.file.read())
            del request.POST[name]
            continue
        if value == b"":  # a field for a file that was left empty
            request.POST[name] = ""
            continue
        if not isinstance(value, str) or BROKEN.search(name) or BROKEN.search(value):
            raise Unreadable


def files_view(view: View, info: Any) -> View:
    """A form with a file is readable to a view that says `files=True`, and to no other."""
    if info.options.get("files") or info.exception_only:
        return view

    def checked(context: Any, request: Request) -> Response:
        if request.uploads:
            raise Unreadable
        return view(context, request)

    return checked


files_view.options = ("files",)  # type: ignore[attr-defined]


def sanity_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    def sanity_tween(request: Request) -> Response:
        if request.method not in METHODS:
            raise HTTPMethodNotAllowed(headers={"Allow": ", ".join(METHODS)})
        check_path(request.environ)
        check_query(request.environ)
        check_headers(request.environ)
        check_form(request)
        return handler(request)

    return sanity_tween


def includeme(config: Configurator) -> None:
    config.add_view_deriver(files_view, "files", under=INGRESS, over="secured_view")
    config.add_tween("sratix_core.web.scope.host_tween_factory", under=EXCVIEW)
    config.add_tween(
        "sratix_core.web.sanity.sanity_tween_factory",
        under=EXCVIEW,
        over="sratix_core.web.scope.host_tween_factory",
    )
