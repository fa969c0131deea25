"""Pyramid's WSGI application as an ASGI one: the body is whole when it gets here, so a request is one trip to a thread.

Costs less than half of a general bridge, which must stream both ways; an answer that comes in pieces is still streamed.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

Headers = list[tuple[bytes, bytes]]
Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PLAIN = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
END = object()


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The WSGI environment (PEP 3333) of an ASGI request: text is bytes read as latin-1."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1")
        if name == "content-length" or "_" in name:
            continue  # the body is here and known better; x_a would read like x-a, and proxies watch only the second
        key = PLAIN.get(name) or "HTTP_" + name.upper().replace("-", "_")
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]}{'; ' if name == 'cookie' else ','}{text}" if key in environ else text
    return environ


class Bridge:
    """Runs the application in `threads` threads of its own."""

    def __init__(self, wsgi: Any, threads: int) -> None:
        self._wsgi = wsgi
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, body: bytes, send: Send) -> None:
        """Answer one request. What the application raises before its first byte is raised here."""
        loop = asyncio.get_running_loop()
        status, headers, parts = await loop.run_in_executor(self._pool, self._run, environ_of(scope, body))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if isinstance(parts, bytes):
            await send({"type": "http.response.body", "body": parts})
            return
        try:
            while (part := await loop.run_in_executor(self._pool, next, parts, END)) is not END:
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await loop.run_in_executor(self._pool, _close, parts)

    def _run(self, environ: dict[str, Any]) -> tuple[int, Headers, bytes | Iterator[bytes]]:
        """Status, headers, and the body: whole where the application has it whole."""
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            started[:] = [int(status.split(" ", 1)[0]), headers]

        answer: Iterable[bytes] = self._wsgi(environ, start_response)
        status, headers = started
        encoded = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]
        if isinstance(answer, list | tuple):
            return status, encoded, b"".join(answer)
        return status, encoded, _Pieces(answer)


class _Pieces:
    """The rest of an answer, closed with the application's own iterator."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self._answer, self._parts = answer, iter(answer)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        if hasattr(self._answer, "close"):
            self._answer.close()


def _close(parts: Any) -> None:
    parts.close()
