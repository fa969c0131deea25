"""What this machine knows: room on the disk, Redis, and the web processes beside this one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sratix_core.settings import Settings

MB = 1024 * 1024
LIVE = "gauge_live*.db"
"""The files that web processes count in; each is named by its process."""


@dataclass(frozen=True)
class Host:
    """`free` and `total` in bytes, None for a folder that can't be read; `redis` names why it is missing, empty when it answers."""

    processes: int
    free: int | None
    total: int | None
    redis: Literal["unused", "answers"] | str


def look(settings: Settings) -> Host:
    """One look; Redis has half a second to answer."""
    free, total = room(settings.data_dir)
    alive = (
        sum(1 for pid, lives in processes(settings.run_dir / "metrics") if lives) if settings.run_dir else 1
    )
    return Host(alive or 1, free, total, redis_says(settings, 0.5))


def room(folder: Path) -> tuple[int | None, int | None]:
    """Free and all bytes of the disk below `folder`."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None, None
    return usage.free, usage.total


def redis_says(settings: Settings, seconds: float) -> str:
    """`unused`, `answers`, or the class of the error."""
    if not settings.redis_url:
        return "unused"
    import redis  # 6 MB where nobody has a Redis

    client = redis.Redis.from_url(settings.redis_url, socket_connect_timeout=seconds, socket_timeout=seconds)
    try:
        client.ping()
    except redis.RedisError as error:
        return type(error).__name__
    finally:
        client.close()
    return "answers"


def processes(counters: Path) -> Iterator[tuple[int, bool]]:
    """Process ids that counted in this folder, and whether each still lives (where the system can say)."""
    for pid in sorted({int(each.stem.rsplit("_", 1)[1]) for each in counters.glob(LIVE)}):
        yield pid, Path(f"/proc/{pid}").exists() or not Path(f"/proc/{os.getpid()}").exists()
