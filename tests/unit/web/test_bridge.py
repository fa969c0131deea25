"""From ASGI to WSGI and back: what Pyramid is told of a request, and answers that come whole or in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sratix_core.web.bridge import Bridge

SCOPE = {
    "method": "POST",
    "path": "/z\u00fcrich/",
    "query_string": b"q=1",
    "http_version": "1.1",
    "scheme": "https",
    "server": ("10.0.0.1", 8080),
    "client": ("192.0.2.1", 4711),
    "headers": [
        (b"host", b"example.org"),
        (b"content-length", b"999"),
        (b"content-type", b"text/plain"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x_forwarded_for", b"203.0.113.9"),
    ],
}


def ask(wsgi: Any, body: bytes = b"") -> list[Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    # In a thread of its own: a browser test may have left a loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(Bridge(wsgi, 1)(dict(SCOPE), body, send))).result()
    return sent


def test_the_application_is_told_the_request_as_it_came() -> None:
    seen: dict[str, Any] = {}

    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(environ)
        start("201 Created", [("X-One", "1"), ("Set-Cookie", "a"), ("Set-Cookie", "b")])
        return [environ["wsgi.input"].read(), b"!"]

    start, body = ask(wsgi, b"hello")
    assert (start["status"], body) == (201, {"type": "http.response.body", "body": b"hello!"})
    assert start["headers"] == [(b"x-one", b"1"), (b"set-cookie", b"a"), (b"set-cookie", b"b")]
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/z\u00fcrich/"
    assert (seen["CONTENT_LENGTH"], seen["CONTENT_TYPE"], seen["HTTP_COOKIE"]) == (
        "5",
        "text/plain",
        "a=1; b=2",
    )
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"], seen["HTTP_HOST"]) == (
        "192.0.2.1",
        "https",
        "example.org",
    )
    assert "HTTP_X_FORWARDED_FOR" not in seen  # that spelling no proxy watches


def test_pieces_are_sent_as_they_come_and_closed() -> None:
    closed = []

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            yield from (b"one", b"two")

        def close(self) -> None:
            closed.append(True)

    def wsgi(environ: dict[str, Any], start: Any) -> Pieces:
        start("200 OK", [])
        return Pieces()

    parts = [(m["body"], m.get("more_body", False)) for m in ask(wsgi)[1:]]
    assert parts == [(b"one", True), (b"two", True), (b"", False)]
    assert closed == [True]


def test_a_fault_before_the_first_byte_is_the_servers_to_answer() -> None:
    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        raise LookupError("broken")

    with pytest.raises(LookupError):
        ask(wsgi)
