"""Token buckets that all web processes of one machine count in: a mapped file of 1.5 MB, no server needed.

The table has a fixed size: where four clients meet in one set the longest unused is forgotten, and starts full again.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sratix_core.values.clock import Clock
from sratix_core.web.buckets import Allowance, Buckets, Limit, allowance, refilled

SETS, WAYS = 16_384, 4
BUCKET = struct.Struct("<Qdd")
"""A tag of the client (0: empty), the tokens left, and when they were counted, in seconds of the clock."""

SET_BYTES = WAYS * BUCKET.size


class MappedBuckets(Buckets):
    """As `Buckets`, between processes and threads; about 10 µs a request."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._clock, self._threads = clock, threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b")
        self._file.truncate(SETS * SET_BYTES)
        self._table = mmap.mmap(self._file.fileno(), SETS * SET_BYTES)

    def ask(self, limit: Limit, client: str) -> Allowance:
        """As in memory."""
        now = self._clock.now().timestamp()
        digest = hashlib.blake2b(f"{limit.name}\0{client}".encode(), digest_size=12).digest()
        start = int.from_bytes(digest[:4]) % SETS * SET_BYTES
        tag = int.from_bytes(digest[4:]) | 1
        with self._alone(start):
            ways = [BUCKET.unpack_from(self._table, start + way * BUCKET.size) for way in range(WAYS)]
            mine = next((way for way, held in enumerate(ways) if held[0] == tag), None)
            if mine is None:
                mine, tokens, since = min(range(WAYS), key=lambda way: ways[way][2]), float(limit.burst), now
            else:
                _, tokens, since = ways[mine]
            left, wait = refilled(limit, tokens, now - since)
            BUCKET.pack_into(self._table, start + mine * BUCKET.size, tag, left, now)
        return allowance(limit, left, wait)

    def close(self) -> None:
        """Give the file back."""
        self._table.close()
        self._file.close()

    @contextmanager
    def _alone(self, start: int) -> Iterator[None]:
        """File locks hold off other processes, the mutex our own threads. A killed process lets go of its locks."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX, SET_BYTES, start)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, SET_BYTES, start)
