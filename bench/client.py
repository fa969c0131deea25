"""A small browser over one kept-open connection: cookies, forms, and an address of its own behind the trusted proxy."""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

_addresses = itertools.count(1)

FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass
class Answer:
    """One answer; `body` is unpacked, `sent` the bytes of the body on the wire."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    sent: int

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
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def move(self) -> None:
        """Ask from another address from now on: how often one address may ask is limited, and is not measured here."""
        number = next(_addresses)
        self.address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def send(
        self, method: str, path: str, body: bytes | None = None, expected: int = 200, **headers: str
    ) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given["Accept-Encoding"] = "gzip"
        if self.address:
            given["X-Forwarded-For"] = self.address
        self._connection.request(method, path, body, given)
        response = self._connection.getresponse()
        raw = response.read()
        self.requests += 1
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        packed = response.headers.get("Content-Encoding") == "gzip"
        answer = Answer(response.status, response.headers, gzip.decompress(raw) if packed else raw, len(raw))
        if response.status != expected:
            raise RuntimeError(f"{method} {path} answered {response.status}: {answer.body[:300]!r}")
        return answer

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
