"""A real `sratix serve --workers 2` over an installation: asked over new connections, so that both processes answer."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sratix_core.runtime import Runtime
from sratix_core.settings import as_environment

COMMAND = Path(sys.executable).with_name("sratix")
PATIENCE = 60.0


def environment(runtime: Runtime) -> dict[str, str]:
    """The installation's settings for a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SRATIX_")}
    return kept | as_environment(runtime.settings) | {"PYTHONWARNINGS": "ignore"}


def sratix(runtime: Runtime, *arguments: str) -> str:
    """What a command says."""
    done = subprocess.run(
        [COMMAND, *arguments], env=environment(runtime), check=True, capture_output=True, text=True
    )
    return done.stdout


def until(true: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Wait for it; the seconds it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() < began + seconds, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body, over a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path, headers={"Connection": "close", **headers})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def alive(self) -> bool:
        try:
            return self.get("/health")[0] == 200
        except OSError:
            return False

    def children(self) -> list[int]:
        """Process ids of the web processes."""
        found = []
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            for pid in (task / "children").read_text().split():
                if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(int(pid))
        return found


@contextmanager
def serving(runtime: Runtime, workers: int = 2) -> Iterator[Server]:
    """Up when it answers, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [COMMAND, "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env=environment(runtime), stdout=subprocess.DEVNULL)
    server = Server(process, port)
    try:
        until(server.alive)
        if workers > 1:
            until(lambda: len(server.children()) == workers)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
