"""How fast this machine is: one fixed piece of Python work, so that figures of two machines can be compared."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time

ROUNDS = 20_000


def calibrate() -> float:
    """CPU ms of the work, best of five: hashing, JSON and dict look-ups in about a request's proportions."""
    return min(_work() for _ in range(5))


def described() -> str:
    """Cores, Python and load: what else a reader of the figures needs to know."""
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"


def _work() -> float:
    began = time.process_time()
    digest, seen = b"", dict[str, int]()
    for n in range(ROUNDS):
        name = f"guest {n % 97}"
        row = {"id": n, "name": name, "digest": digest.hex()}
        digest = hashlib.sha256(json.dumps(row).encode()).digest()
        seen[name] = seen.get(name, 0) + 1
    return (time.process_time() - began) * 1000
