"""Bytecode for web processes: libraries without their docstrings, a twentieth of the memory, which nobody reads there.

`sratix migrate` writes it in production, below the data folder; `sratix serve` reads it. Python itself compares each file
with its source and compiles anew what has changed since. Our own docstrings and every `assert` stay: the first are in the API's
description, the second are right to fail.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

HANDED_DOWN = "PYTHONPYCACHEPREFIX"
"""How a process tells the processes it starts."""

COMPLETE = "complete"
"""The list of what was written, and from which sources."""


def folder(data_dir: Path) -> Path:
    """One for each version of Python, which reads no other's."""
    return data_dir / "bytecode" / str(sys.implementation.cache_tag)


def begin(environ: Mapping[str, str]) -> None:
    """Read from the folder from now on, in production and where it is complete. Before the settings are read: they load too much."""
    kept = folder(Path(environ.get("SRATIX_DATA_DIR") or "var").resolve())
    wanted = (environ.get("SRATIX_ENV") or "production") == "production" and sys.pycache_prefix is None
    if wanted and (kept / COMPLETE).is_file():
        sys.pycache_prefix = str(kept)


def _begun() -> bool:
    return sys.pycache_prefix is not None and Path(sys.pycache_prefix, COMPLETE).is_file()


def hand_down() -> None:
    """Let the web processes that are started from here begin like this one."""
    if _begun():
        os.environ[HANDED_DOWN] = str(sys.pycache_prefix)


def end() -> None:
    """Back to the bytecode of the installation: what is loaded from now on was not prepared."""
    if _begun():
        sys.pycache_prefix = None
        os.environ.pop(HANDED_DOWN, None)


def prepare(data_dir: Path) -> bool:
    """Write it, and every page template compiled: some seconds in a process of its own. Whether that was possible."""
    import subprocess

    # Tracebacks name the line, not the column of it: half of a table for every function.
    command = [
        sys.executable,
        "-X",
        "no_debug_ranges",
        "-m",
        "sratix_core.cli.preparing",
        str(folder(data_dir)),
    ]
    return subprocess.run(command).returncode == 0  # noqa: S603
