"""The ASGI root: one port for everything. Bodies are read here, under a limit and a deadline, before a thread is taken.

Pyramid runs in a thread pool (`bridge`); the embedded worker starts and stops with the server.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from sratix_core.bridge import Bridge, Message, Scope, Send

Receive = Callable[[], Awaitable[Message]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 10 * 1024 * 1024
BODY_SECONDS = 20.0
"""A form of 10 MB over a slow phone line takes 13 s at 6 Mbit/s; nobody honest needs longer."""

TWO_SPELLINGS = (b"%2f", b"%5c", b"%00")
"""Encoded separators and NUL: decoded they would change which route answers."""

MAX_HEADERS = 100
ONCE = frozenset(
    b"host content-length content-type authorization cookie origin referer range idempotency-key x-csrf-token "
    b"sec-fetch-site if-modified-since x-forwarded-proto x-forwarded-host".split()
)
"""What is no list (RFC 9110 §5.3): of two, a proxy in front could heed one and we the other. Lists are joined."""


class Worker(Protocol):
    """What runs beside the web server."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Refusal(Exception):
    """An answer given before Pyramid is asked."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence
        super().__init__(sentence)


TOO_LARGE = "That is larger than 10 MB. Send something smaller.\n"
TOO_SLOW = "The request took too long to arrive. Send it again.\n"
TOO_MANY = "The request has more than 100 headers. Send fewer.\n"
TWICE = "A header that counts once was sent twice. Send it once.\n"
UNREADABLE = "Part of the address is not readable text. Check the link.\n"


def check_headers(scope: Scope) -> None:
    """Raises `Refusal` for a flood, and for a header that stands alone and came twice."""
    names = [name for name, _ in scope["headers"]]
    if len(names) > MAX_HEADERS:
        raise Refusal(431, TOO_MANY)
    if len(set(names)) < len(names) and any(name in ONCE and names.count(name) > 1 for name in names):
        raise Refusal(400, TWICE)


async def read_body(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, None when the client went away. Raises `Refusal` for one that is too large or too slow."""
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or len(value) > 15):
            raise Refusal(400, UNREADABLE)
        if name == b"content-length" and int(value) > MAX_BODY:
            raise Refusal(413, TOO_LARGE)
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > MAX_BODY:
                    raise Refusal(413, TOO_LARGE)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError as error:
        raise Refusal(408, TOO_SLOW) from error


async def refuse(send: Send, refusal: Refusal) -> None:
    """A short text; the connection closes, because the rest of the body is not read."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.sentence.encode()})


LENGTHS = (b"content-length", b"transfer-encoding")


def with_length(scope: Scope, body: bytes) -> Scope:
    """A chunked body gets its length, which WSGI readers go by; lines of one list become one.

    `x_a` would read like `x-a`, which alone a proxy watches.
    """
    kept: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name not in LENGTHS and b"_" not in name:
            kept[name] = kept[name] + b", " + value if name in kept else value
    return {**scope, "headers": [*kept.items(), (b"content-length", str(len(body)).encode())]}


def root(wsgi: Any, threads: int, worker: Worker | None = None) -> App:
    """The application uvicorn serves."""
    pyramid = Bridge(wsgi, threads)

    async def lifespan(receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup" and worker is not None:
                await asyncio.to_thread(worker.start)
            if message["type"] == "lifespan.shutdown" and worker is not None:
                await asyncio.to_thread(worker.stop)
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def http(scope: Scope, receive: Receive, send: Send) -> None:
        raw = bytes(scope.get("raw_path") or b"").lower()
        try:
            if any(spelling in raw for spelling in TWO_SPELLINGS) or not scope["query_string"].isascii():
                raise Refusal(400, UNREADABLE)
            check_headers(scope)
            body = await read_body(scope, receive)
        except Refusal as refusal:
            await refuse(send, refusal)
            return
        if body is not None:
            with contextlib.suppress(ConnectionError):
                await pyramid(with_length(scope, body), body, send)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
        elif scope["type"] == "http":
            await http(scope, receive, send)

    return app
