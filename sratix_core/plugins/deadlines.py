"""A time limit for code of others inside our threads: hooks of plugins, and handlers of jobs.

CPython cannot end a thread. What it can is raise an exception in one, at the next line of Python that thread runs: that ends
loops, and waits made of short ones. A call that waits inside C (`sleep(3600)`, a socket without a timeout) keeps its
thread; its plugin is then not asked again in this process, and a process with a supervisor ends once all its threads are lost.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

log = structlog.get_logger("sratix.plugins")

HOOK_SECONDS = 3.0
"""How long one hook may take. Writers on SQLite queue for 5 s, so they outwait one that hangs."""
LOOK_SECONDS = 0.25
SWALLOWED = 0.05
"""How long an exception that was sent is waited for; one that comes later would strike the core."""
EXIT_CODE = 75  # EX_TEMPFAIL of sysexits.h: start me again

R = TypeVar("R")


class Overdue(BaseException):
    """Raised inside the call that is late; no `except Exception` on its way holds it up."""


class TimedOut(Exception):
    """A call took longer than it may, or its plugin has one that never came back."""


@dataclass(eq=False)
class Call:
    """A call under way. Whoever takes it out of the running ones decides: its own thread, or the watch that sends `Overdue`."""

    name: str
    thread: int
    until: float
    sent: threading.Event = field(default_factory=threading.Event)


class Deadlines:
    """The calls of one process. `lost_threads_end_it` is set where a supervisor starts the process again."""

    def __init__(self) -> None:
        self.lost_threads_end_it: int | None = None
        self._running: dict[int, Call] = {}
        self._late: dict[int, Call] = {}
        self._mutex = threading.Lock()
        self._watch: threading.Thread | None = None

    @property
    def hanging(self) -> list[str]:
        """Names of calls, one for each, that are over their time and have not come back."""
        return [call.name for call in list(self._late.values())]

    def run(self, name: str, seconds: float, function: Callable[..., R], *arguments: object) -> R:
        """`function(*arguments)`, no longer than `seconds`. Raises `TimedOut`, at once while another call of `name` hangs."""
        if self._late and name in self.hanging:
            raise TimedOut(name)
        call = Call(name, threading.get_ident(), time.monotonic() + seconds)
        self._running[id(call)] = call
        if self._watch is None:
            self._start()
        try:
            try:
                return function(*arguments)
            finally:
                if self._running.pop(id(call), None) is None:
                    self._absorb(call)
        except Overdue:
            raise TimedOut(name) from None

    def _absorb(self, call: Call) -> None:
        """The watch has taken the call: let what it sends arrive here, where it is caught."""
        try:
            call.sent.wait(1)
            end = time.monotonic() + SWALLOWED
            while time.monotonic() < end:
                time.sleep(0.001)
        finally:
            self._late.pop(id(call), None)

    def _start(self) -> None:
        with self._mutex:
            if self._watch is None:
                self._watch = threading.Thread(
                    target=self._look_forever, name="sratix-deadlines", daemon=True
                )
                self._watch.start()

    def _look_forever(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            now = time.monotonic()
            for key, call in list(self._running.items()):
                if now >= call.until and self._running.pop(key, None) is not None:
                    self._interrupt(key, call)
            lost = self.lost_threads_end_it
            if lost is not None and len(self._late) >= lost:
                self._end()

    def _interrupt(self, key: int, call: Call) -> None:
        self._late[key] = call
        log.error("call_overdue", call=call.name)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(call.thread), ctypes.py_object(Overdue))
        call.sent.set()

    def _end(self) -> None:
        """Again after a while, unless the exceptions that were just sent freed a thread."""
        time.sleep(1)
        if len(self._late) >= (self.lost_threads_end_it or 0):
            log.critical(
                "process_lost", calls=self.hanging, next="it ends, so that a new one takes its place"
            )
            os._exit(EXIT_CODE)
