"""The bridge between the loop and WSGI: what an application is told, and how its answer goes out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import pytest

from sratix_core.bridge import Bridge, environ_of

SCOPE = {
    "method": "POST",
    "path": "/zürich/",
    "query_string": b"a=1",
    "http_version": "1.1",
    "scheme": "https",
    "server": ("example.org", 443),
    "client": ("192.0.2.7", 5000),
    "headers": [(b"content-type", b"text/plain"), (b"content-length", b"3"), (b"x-one", b"caf\xe9")],
}
WHO: ContextVar[str] = ContextVar("who", default="nobody")


def answered(
    wsgi: Callable[..., Iterable[bytes]], slow: float = 0.0, sent: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """The messages of an answer to a request with the body `abc`."""
    sent = [] if sent is None else sent

    async def send(message: Any) -> None:
        await asyncio.sleep(slow)
        sent.append(dict(message))

    with ThreadPoolExecutor(1) as outside:
        outside.submit(asyncio.run, Bridge(wsgi, 1)(dict(SCOPE), b"abc", send)).result()
    return sent


def test_an_application_is_told_what_the_standard_says() -> None:
    environ = environ_of(dict(SCOPE), b"abc")
    assert environ["wsgi.input"].read() == b"abc"
    told = ("PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_X_ONE", "REMOTE_ADDR")
    assert [environ[name] for name in told] == [
        "/z\xc3\xbcrich/",
        "a=1",
        "text/plain",
        "3",
        "caf\xe9",
        "192.0.2.7",
    ]
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("example.org", "443")
    assert environ["wsgi.url_scheme"] == "https"


def test_an_answer_in_one_list_is_two_messages() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        start("201 Created", [("X-A", " b ")])
        return [b"one", b"two"]

    assert answered(app) == [
        {"type": "http.response.start", "status": 201, "headers": [(b"x-a", b"b")]},
        {"type": "http.response.body", "body": b"onetwo", "more_body": False},
    ]


def test_a_long_answer_is_made_no_faster_than_it_is_taken() -> None:
    sent: list[dict[str, Any]] = []
    taken: list[int] = []
    closed = threading.Event()

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            for number in range(5):
                taken.append(len(sent))
                yield str(number).encode()

        def close(self) -> None:
            closed.set()

    def app(environ: Any, start: Any) -> Pieces:
        start("200 OK", [])
        return Pieces()

    answered(app, slow=0.001, sent=sent)
    assert [m.get("body") for m in sent] == [None, b"0", b"1", b"2", b"3", b"4", b""]
    assert [m.get("more_body") for m in sent[1:]] == [True] * 5 + [False]
    assert taken == [0, 2, 3, 4, 5]
    assert closed.is_set()


def test_a_fault_ends_the_answer_and_closes_what_was_open() -> None:
    closed = threading.Event()

    class Broken:
        def __iter__(self) -> Iterator[bytes]:
            yield b"begun"
            raise ValueError("broken")

        def close(self) -> None:
            closed.set()

    def app(environ: Any, start: Any) -> Broken:
        start("200 OK", [])
        return Broken()

    with pytest.raises(ValueError, match="broken"):
        answered(app)
    assert closed.is_set()


def test_what_is_known_of_a_request_goes_along_into_its_thread() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [])
        return [WHO.get().encode()]

    sent: list[bytes] = []

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    async def ask() -> None:
        WHO.set("ann")
        await Bridge(app, 1)(dict(SCOPE), b"", send)

    with ThreadPoolExecutor(1) as outside:
        outside.submit(asyncio.run, ask()).result()
    assert sent[-1] == b"ann"
