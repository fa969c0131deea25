"""Rows 2, 7 and 25 of the catalogue on the wire: headers that come twice, too many, too long or never end, against the real server.

A client library would tidy these requests up, so they are written to the socket by hand.
"""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn

from sratix_core.cli import protocol
from sratix_core.cli.serve import server_config
from sratix_core.web.identity import cookie_name
from tests.functional.credentials.hands import new_key
from tests.functional.isolation.callers import Organizer
from tests.functional.isolation.routes import Route
from tests.functional.production.serving import until
from tests.functional.shop.market import Market
from tests.support import fingerprint

WRITTEN = {"security_log", "logins", "api_keys"}
Head = list[tuple[str, str]]
Ask = Callable[..., bytes]


@pytest.fixture(scope="module")
def port(market: Market) -> Iterator[int]:
    """The whole server over the market's application, in a thread."""
    server = uvicorn.Server(server_config(market.app.app, "127.0.0.1", 0))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield int(server.servers[0].sockets[0].getsockname()[1])
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def ask(port: int) -> Ask:
    def send(method: str, path: str, head: Head, body: bytes = b"", *, host: bool = True) -> bytes:
        """The whole answer, over a connection of its own."""
        lines = [f"{method} {path} HTTP/1.1", *(["Host: localhost", "Connection: close"] if host else [])]
        lines += [f"{name}: {value}" for name, value in head]
        return exchanged(port, "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    return send


def exchanged(port: int, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        answer = b""
        try:
            line.sendall(raw)
            while part := line.recv(65536):
                answer += part
        except ConnectionError:  # it hung up before it had read everything
            pass
        return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.fixture(scope="module")
def secrets(market: Market, alpha: Organizer, bravo: Organizer) -> dict[str, tuple[str, str]]:
    """Two of each kind of credential, of two principals."""
    name = cookie_name(market.runtime.settings)
    keys = tuple(f"Bearer {new_key(at.world, 'event.view')[0]}" for at in (alpha, bravo))
    cookies = tuple(f"{name}={market.member(at.world).cookies[name]}" for at in (alpha, bravo))
    return {"Authorization": (keys[0], keys[1]), "Cookie": (cookies[0], cookies[1])}


@pytest.mark.parametrize("header", ["Authorization", "Cookie"])
def test_two_credentials_are_nobodys(
    ask: Ask, alpha: Organizer, bravo: Organizer, secrets: dict[str, tuple[str, str]], header: str
) -> None:
    ours, theirs = secrets[header]
    for at, one in ((alpha, ours), (bravo, theirs)):
        path = f"/api/v1/tenants/{at.ids['tenant']}/events"
        assert status(ask("GET", path, [(header, one)])) == 200, "each alone opens its own"
        for pair in ((ours, theirs), (theirs, ours), (one, one)):
            answer = ask("GET", path, [(header, pair[0]), (header, pair[1])])
            assert status(answer) == 400
            assert b"sent twice" in answer
            assert b"event" not in answer


def test_one_credential_of_each_kind_counts_as_the_bearer(
    ask: Ask, alpha: Organizer, bravo: Organizer, secrets: dict[str, tuple[str, str]]
) -> None:
    both = [("Authorization", secrets["Authorization"][0]), ("Cookie", secrets["Cookie"][1])]
    assert status(ask("GET", f"/api/v1/tenants/{alpha.ids['tenant']}/events", both)) == 200
    assert status(ask("GET", f"/api/v1/tenants/{bravo.ids['tenant']}/events", both)) == 404


SINGLE = {
    "Host": ("localhost", "tickets.example"),
    "Content-Length": ("2", "2"),
    "Content-Type": ("application/json", "text/plain"),
    "Origin": ("http://localhost", "https://evil.example"),
    "Idempotency-Key": ("one", "two"),
    "Referer": ("http://localhost/", "https://evil.example/"),
    "X-CSRF-Token": ("a", "b"),
    "Sec-Fetch-Site": ("same-origin", "cross-site"),
    "X-Forwarded-Proto": ("http", "https"),
    "Range": ("bytes=0-1", "bytes=2-3"),
}


@pytest.mark.parametrize("header", SINGLE)
def test_a_header_that_stands_alone_is_refused_twice(
    ask: Ask, market: Market, known: dict[str, Route], alpha: Organizer, header: str,
    secrets: dict[str, tuple[str, str]],
) -> None:  # fmt: skip
    before = fingerprint(market.runtime.engines, without=WRITTEN)
    for name, method, body in (
        ("health", "GET", b""),
        ("account.login", "POST", b"{}"),
        ("shop.event", "GET", b""),
        ("v1:/tenants/{tenant}/events", "POST", b"{}"),
        ("static", "GET", b""),
    ):
        path, (first, second) = known[name].address(alpha.ids), SINGLE[header]
        usual = {"Host": "localhost", "Connection": "close", "Authorization": secrets["Authorization"][0]}
        usual |= {"Content-Length": str(len(body)), "Content-Type": "application/json"}
        usual.pop(header, None)
        for pair in ((first, second), (second, first)):
            head = [*usual.items(), (header, pair[0]), (header, pair[1])]
            assert status(ask(method, path, head, body, host=False)) == 400, (name, pair)
    assert fingerprint(market.runtime.engines, without=WRITTEN) == before


def test_what_is_a_list_may_come_in_two_lines(
    ask: Ask, known: dict[str, Route], alpha: Organizer, secrets: dict[str, tuple[str, str]]
) -> None:
    path = known["v1:/tenants/{tenant}/events/{event}"].address(alpha.ids)
    owner = ("Authorization", secrets["Authorization"][0])
    answer = ask("GET", path, [owner])
    tag = next(line[6:].decode() for line in answer.split(b"\r\n") if line.lower().startswith(b"etag: "))
    for pair in (('"x"', tag), (tag, '"x"')):
        assert status(ask("GET", path, [owner, *(("If-None-Match", one) for one in pair)])) == 304
    for name in ("Accept", "Accept-Language", "X-Forwarded-For", "Cache-Control", "Via"):
        assert status(ask("GET", path, [owner, (name, "en"), (name, "de")])) == 200, name


@pytest.mark.parametrize(
    "framing",
    [
        [("Content-Length", "2"), ("Transfer-Encoding", "chunked")],
        [("Transfer-Encoding", "chunked"), ("Content-Length", "2")],
        [("Transfer-Encoding", "identity, chunked"), ("Content-Length", "0")],
        [("Content-Length", "+2")],
        [("Content-Length", "2, 2")],
        [("Content-Length ", "2")],
        [("Transfer-Encoding", "xchunked")],
        [("Transfer-Encoding", "chunked, identity")],
        [("Transfer-Encoding ", "chunked")],
    ],
    ids=str,
)
def test_a_body_of_two_lengths_is_no_second_request(ask: Ask, framing: Head) -> None:
    """Smuggling: what a proxy took for the body must not be answered as a request of its own."""
    hidden = b"0\r\n\r\nGET /static/tokens.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = ask("POST", "/account/login", [("Host", "localhost"), *framing], hidden, host=False)
    assert 400 <= status(answer) < 500
    assert answer.count(b"HTTP/1.1 ") == 1


def peak() -> int:
    """The most memory this process ever held, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize(
    "head",
    [
        [(f"X-{n}", "a") for n in range(10_000)],
        [("X-Same", "a")] * 10_000,
        [("X-Long", "a" * 70_000)],
        [("X-Long", "a" * 5_000_000)],
        [("a" * 70_000, "x")],
        [("Cookie", "; ".join(f"c{n}=1" for n in range(20_000)))],
        [("X-" + str(n), "a" * 9_000) for n in range(7)],
        [("Authorization", "Bearer " + "a" * 40_000)],
    ],
    ids=["names", "one name", "70 kB", "5 MB", "long name", "cookies", "nine kB each", "long credential"],
)
def test_a_flood_of_headers_is_refused_at_once(ask: Ask, head: Head) -> None:
    before, began = peak(), time.monotonic()
    answer = ask("GET", "/account/login", head)
    assert answer == b"" or status(answer) in (400, 431)
    assert time.monotonic() - began < 10
    assert peak() - before < 50_000


def test_a_head_that_never_ends_is_cut_off(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Endless: ")
        assert poured(line) < 10_000_000


def poured(line: socket.socket) -> int:
    """How much of a header the server took before it hung up."""
    for sent in range(0, 50_000_000, 16_384):
        try:
            line.sendall(b"a" * 16_384)
        except ConnectionError:
            return sent
    return 50_000_000


def test_a_slow_head_is_cut_off_and_an_idle_line_is_closed(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert slow.recv(100).startswith(b"HTTP/1.1 400")
    with socket.create_connection(("127.0.0.1", port), timeout=20) as idle:
        assert idle.recv(100) == b""
