"""The double on a port. The standard library's server, because a fault has to close the socket at will, and a WSGI server won't let it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sratix_stripe.double import webhooks
from sratix_stripe.double.app import Double
from sratix_stripe.double.errors import Dropped
from sratix_stripe.double.wire import Request

LONGEST_BODY = 1 << 20
BREATH = 0.2


class Handler(BaseHTTPRequestHandler):
    """One connection, kept open as Stripe's clients like it."""

    protocol_version = "HTTP/1.1"
    # Head and body leave together: apart, the kernel would hold the second back for 40 ms.
    wbufsize = -1
    disable_nagle_algorithm = True
    double: Double

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_BODY:
            self.send_error(413)
            return
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            answer = self.double.handle(Request(self.command, path, query, headers, self.rfile.read(length)))
        except Dropped:
            # Lingering for zero seconds turns the close into a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        self.send_response_only(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_POST = do_DELETE = do_OPTIONS = do_HEAD = _handle

    def log_message(self, format: str, *args: Any) -> None:
        """The ledger is the log."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no error of ours."""


@contextmanager
def serving(double: Double, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve in threads until left, deliver webhooks meanwhile; yields the address."""
    handler = type("BoundHandler", (Handler,), {"double": double})
    with Server((host, port), handler) as server:
        double.base_url = f"http://{host}:{server.server_address[1]}"
        over = threading.Event()
        serve = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        post = threading.Thread(target=_keep_posting, args=(double, over), daemon=True)
        serve.start()
        post.start()
        try:
            yield double.base_url
        finally:
            over.set()
            double.clock.let_go()
            post.join(30)
            server.shutdown()
            serve.join(5)
    double.store.close()


def _keep_posting(double: Double, over: threading.Event) -> None:
    while not over.wait(BREATH):
        double.tick()
        if not double.held_webhooks:
            webhooks.deliver_due(double)
