"""How uvicorn reads requests here: httptools knows no end of a request's head, neither in bytes nor in seconds.

Without httptools uvicorn reads with h11, which ends a head at 64 kB by itself.
"""
# mypy: allow-subclassing-any

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 * 1024
HEAD_SECONDS = 20.0


class BoundedHead(HttpToolsProtocol):
    """Answers 400 and hangs up when a head grows past 64 kB or isn't there after 20 s; bodies have limits of their own."""

    _waits: asyncio.TimerHandle | None = None
    _unfinished = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        self._head_is_there()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._unfinished = self._unfinished + len(data) if self._waits is not None else 0
        if self._unfinished > MAX_HEAD:
            self._hang_up()

    def _expect_head(self) -> None:
        if self._waits is None:
            self._waits = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def _head_is_there(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _hang_up(self) -> None:
        """A browser that opened a line for later and never spoke is not answered."""
        self._head_is_there()
        if self._unfinished and not self.transport.is_closing():
            self.send_400_response("The request is too large or too slow.")
        self.transport.close()
