"""A small browser over one kept-open connection: cookies, forms, and an address of its own behind the trusted proxy.

It speaks HTTP itself, because its own work is done on the cores that are measured: `http.client` takes 0.4 ms an answer.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

_addresses = itertools.count(1)

FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


class Headers(dict[str, str]):
    """The headers of an answer by their names in any case; None where there is none. The last of several counts."""

    def __missing__(self, name: str) -> Any:
        return None if name.islower() else self[name.lower()]


@dataclass
class Answer:
    """One answer; `body` is unpacked, `sent` the bytes of the body on the wire."""

    status: int
    headers: Headers
    raw: bytes

    @property
    def sent(self) -> int:
        return len(self.raw)

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.raw) if self.headers["content-encoding"] == "gzip" else self.raw

    def json(self) -> Any:
        return json.loads(self.body)

    def fields(self) -> dict[str, str]:
        """Names and values of the page's hidden fields; in every form of ours they mean the same."""
        inputs = [dict(ATTRIBUTE.findall(tag)) for tag in FIELD.findall(self.body.decode())]
        return {i["name"]: i.get("value", "") for i in inputs if i.get("type") == "hidden"}


@dataclass
class Client:
    """Sends to `http://127.0.0.1:<port>`. An answer that is not in `expected` raises `RuntimeError` with its begin."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0

    def __post_init__(self) -> None:
        self.move()
        self._socket: socket.socket | None = None

    def move(self) -> None:
        """Ask from another address from now on: how often one address may ask is limited, and is not measured here."""
        number = next(_addresses)
        self.address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def send(
        self, method: str, path: str, body: bytes | None = None, expected: int = 200, **headers: str
    ) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if self.address:
            lines.append(f"X-Forwarded-For: {self.address}")
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        answer = self._exchange("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        self.requests += 1
        if answer.status != expected:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {answer.body[:300]!r}")
        return answer

    def _exchange(self, request: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        arrived = b""
        while b"\r\n\r\n" not in arrived:
            arrived += self._more()
        head, _, raw = arrived.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = Headers()
        for line in lines:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        status = int(first.split(" ", 2)[1])
        if headers["transfer-encoding"] is not None:
            raise RuntimeError("an answer in pieces, which is not expected on a path that is measured")
        length = 0 if status in (204, 304) else int(headers["content-length"] or 0)
        while len(raw) < length:
            raw += self._more()
        if headers["connection"] == "close":
            self._socket.close()
            self._socket = None
        return Answer(status, headers, raw)

    def _more(self) -> bytes:
        """What arrives next."""
        assert self._socket is not None
        piece = self._socket.recv(65536)
        if not piece:
            self._socket = None
            raise RuntimeError("the server hung up before its answer was there")
        return piece

    def get(self, path: str, expected: int = 200, **headers: str) -> Answer:
        return self.send("GET", path, None, expected, **headers)

    def post(self, path: str, fields: dict[str, str], expected: int = 303) -> Answer:
        form = {"csrf_token": self.cookies.get("csrf", ""), **fields}
        return self.send(
            "POST",
            path,
            urlencode(form).encode(),
            expected,
            Content_Type="application/x-www-form-urlencoded",
        )

    def post_json(self, path: str, document: Any, expected: int = 200, **headers: str) -> Answer:
        body = json.dumps(document).encode()
        return self.send("POST", path, body, expected, Content_Type="application/json", **headers)


def path_of(answer: Answer) -> str:
    """Where an answer leads."""
    return urlsplit(answer.headers["Location"]).path
