"""The ASGI root: bodies under a limit and a deadline, odd spellings refused, the worker beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sratix_core import asgi

Start = Callable[[str, list[tuple[str, str]]], Any]


def echo(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {len(body)}".encode()]


def call(
    chunks: list[bytes],
    headers: dict[str, str] | None = None,
    raw_path: bytes = b"/",
    pause: float = 0.0,
    query: bytes = b"",
) -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []
    left = list(chunks)

    async def receive() -> dict[str, Any]:
        if pause:
            await asyncio.sleep(pause)
        if not left:
            return {"type": "http.disconnect"}
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {
        "type": "http",
        "method": "POST",
        "path": raw_path.decode(),
        "raw_path": raw_path,
        "query_string": query,
        "http_version": "1.1",
        "headers": [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()],
    }
    asyncio.run(asgi.root(echo, 2)(scope, receive, send))
    status = next((m["status"] for m in sent if m["type"] == "http.response.start"), 0)
    return status, b"".join(m.get("body", b"") for m in sent)


def test_a_body_in_pieces_arrives_whole() -> None:
    assert call([b"a" * 1000, b"b" * 500, b""]) == (200, b"POST 1500")


def test_a_declared_flood_is_refused_before_it_is_read() -> None:
    status, text = call([b"x"], {"Content-Length": str(11 * 1024 * 1024)})
    assert status == 413
    assert b"larger than 10 MB" in text


def test_an_undeclared_flood_is_refused_when_it_is_too_much() -> None:
    assert call([b"x" * 1024 * 1024] * 11)[0] == 413


@pytest.mark.parametrize("length", ["-1", "1e9", "", "9" * 40])
def test_an_odd_length_is_refused(length: str) -> None:
    assert call([b"x"], {"Content-Length": length})[0] == 400


@pytest.mark.parametrize("path", [b"/a%2fb", b"/a%2Fb", b"/a%5cb", b"/a%00"])
def test_a_path_with_two_spellings_is_refused(path: bytes) -> None:
    assert call([b""], raw_path=path)[0] == 400


def test_a_slow_body_does_not_hold_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "BODY_SECONDS", 0.05)
    assert call([b"a", b"b", b"c"], pause=0.04)[0] == 408


def test_a_client_that_leaves_is_not_answered() -> None:
    assert call([]) == (0, b"")


def test_the_worker_starts_and_stops_with_the_server() -> None:
    seen: list[str] = []

    class Worker:
        def start(self) -> None:
            seen.append("start")

        def stop(self) -> None:
            seen.append("stop")

    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(message: Any) -> None:
        seen.append(message["type"])

    asyncio.run(asgi.root(echo, 1, Worker())({"type": "lifespan"}, receive, send))
    assert seen == ["start", "lifespan.startup.complete", "stop", "lifespan.shutdown.complete"]


def test_a_query_that_is_not_ascii_is_refused() -> None:
    assert call([b""], query=b"q=\xc3\xa9")[0] == 400
