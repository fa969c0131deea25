"""The connection below a call: goes to addresses that were judged, keeps one time limit for all of it, and knows what left.

httpcore speaks HTTP and TLS above it, with the name from the address for SNI, certificate and Host.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

Timer = Callable[[], float]
PIECE = 16 * 1024


class Call:
    """One call's time limit in seconds, and whether a byte of its request may have left."""

    def __init__(self, seconds: float, timer: Timer) -> None:
        self._timer, self._end = timer, timer() + seconds
        self.sent = False

    def left(self) -> float:
        """Seconds left. Raises httpcore's `TimeoutException` when none are."""
        seconds = self._end - self._timer()
        if seconds <= 0:
            raise httpcore.TimeoutException
        return seconds


class Stream(httpcore.NetworkStream):
    """A stream whose every step gets what is left of the call's time."""

    def __init__(self, inner: httpcore.NetworkStream, call: Call) -> None:
        self._inner, self._call = inner, call

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._call.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), PIECE):
            left = self._call.left()
            self._call.sent = True
            self._inner.write(buffer[start : start + PIECE], left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Stream(self._inner.start_tls(ssl_context, server_hostname, self._call.left()), self._call)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Checked(httpcore.NetworkBackend):
    """Connects to the first of the judged addresses that answers, whatever name it is asked for."""

    def __init__(self, addresses: Sequence[str], call: Call) -> None:
        self._addresses, self._call = addresses, call
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        tried: Exception = httpcore.ConnectError()
        for number, address in enumerate(self._addresses):
            share = self._call.left() / (len(self._addresses) - number)
            try:
                return Stream(self._inner.connect_tcp(address, port, share), self._call)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                tried = error
        raise tried
