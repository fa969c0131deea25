"""For tests against the double: itself on a port, clients of Stripe's SDK, its control API, and a place where webhooks arrive."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import stripe

from sratix_stripe.double.app import Double
from sratix_stripe.double.clock import Clock
from sratix_stripe.double.server import serving

NOON = 1803902400  # 1 March 2027


@dataclass
class Bench:
    """The double, its address, the control API, and clients that never retry by themselves."""

    double: Double
    url: str
    connections: list[stripe.HTTPClient] = field(default_factory=list)

    def client(
        self, key: str = "sk_test_double", *, timeout: float = 10, retries: int = 0, **options: Any
    ) -> stripe.StripeClient:
        http = stripe.RequestsClient(timeout=timeout)
        made = stripe.StripeClient(
            key, base_addresses={"api": self.url}, http_client=http, max_network_retries=retries, **options
        )
        self.connections.append(http)
        return made

    def control(self, noun: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  the double's own address
            f"{self.url}/_control/{noun}", data, method=method or ("GET" if body is None else "POST")
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  the double's own address
            return json.load(answer)

    def fault(self, on: str, kind: str, **more: Any) -> Any:
        return self.control("faults", {"on": on, "kind": kind, **more})

    def later(self, seconds: int) -> None:
        self.control("clock", {"advance": seconds})

    def kept(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.control(f"state?kind={kind}")
        return found

    def events(self, pattern: str = "") -> list[str]:
        return [event["type"] for event in self.kept("event") if pattern in event["type"]]

    def get(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and Location of a page, redirects not followed."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        url = path if path.startswith("http") else self.url + path
        try:
            with _opener.open(url, data, timeout=10) as answer:
                return answer.status, answer.read().decode(), answer.headers.get("Location", "")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.headers.get("Location", "")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)


@contextmanager
def running(double: Double | None = None) -> Iterator[Bench]:
    """A double whose clock stands at noon, served until left."""
    double = double or Double(clock=Clock(NOON))
    with serving(double) as url:
        bench = Bench(double, url)
        try:
            yield bench
        finally:
            for connection in bench.connections:
                connection.close()


@dataclass
class Inbox:
    """A webhook receiver: what arrived, as (signature, body), answering `status`."""

    url: str
    status: int = 200
    got: list[tuple[str, bytes]] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    def types(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.got]


@contextmanager
def receiving() -> Iterator[Inbox]:
    """A server that takes every POST."""
    box = Inbox("")

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            box.got.append(
                (self.headers["Stripe-Signature"], self.rfile.read(int(self.headers["Content-Length"])))
            )
            box.arrived.set()
            self.send_response_only(box.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        box.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
