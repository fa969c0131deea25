"""A real `sratix serve` in a scratch folder: started, timed, asked and stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
COMMAND = Path(sys.executable).with_name("sratix")


def environment(home: Path) -> dict[str, str]:
    """The shell's variables without its SRATIX settings, pointed at an embedded database below `home`.

    Bytecode is kept, as it is wherever the product was installed: without it every start compiles all sources.
    """
    dropped = ("SRATIX_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"SRATIX_ENV": "demo", "SRATIX_DATA_DIR": str(home)}


def sratix(home: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> float:
    """Run one command to its end; seconds it took."""
    began = time.perf_counter()
    subprocess.run(
        [COMMAND, *arguments],
        env=environment(home) | dict(settings or {}),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return bytes(answer.read())


@contextmanager
def serving(
    home: Path, settings: Mapping[str, str] | None = None, command: Sequence[str] = (str(COMMAND), "serve")
) -> Iterator[tuple[str, int, float]]:
    """`(address, process id, seconds to the first answer)` of a server on a migrated database."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        env=environment(home) | {"SRATIX_BASE_URL": address} | dict(settings or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                get(f"{address}/health")
                break
            except OSError as error:
                if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                    raise RuntimeError(f"the server gave no answer on {address}") from error
                time.sleep(0.01)
        yield address, process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(PATIENCE)


def memory_mb(pid: int) -> float:
    """Proportional set size of one process; resident size where the system doesn't tell."""
    for name, key in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = Path(f"/proc/{pid}/{name}").read_text().splitlines()
        except OSError:
            continue
        return next(int(line.split()[1]) for line in lines if line.startswith(key)) / 1024
    kilobytes = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return int(kilobytes.stdout) / 1024
