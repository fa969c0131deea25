"""What a buyer feels: the demo's event page, its size on the wire and the time until it is whole."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from bench.result import Result
from bench.server import get, serving, sratix

SHOP = "/swiss-robotics/"


def measure(home: Path, long: bool) -> Iterator[Result]:
    rounds = 2000 if long else 200
    sratix(home, "migrate")
    sratix(home, "demo")
    with serving(home) as (address, _, _):
        page = _event_page(address)
        times = sorted(_timed(page) for _ in range(rounds))
        yield Result("event_page_p50", times[rounds // 2] * 1000, "ms", 25)
        yield Result("event_page_p99", times[rounds * 99 // 100] * 1000, "ms", 100)
        yield Result("event_page_weight", _weight(page) / 1000, "kB", 60)


def _event_page(address: str) -> str:
    shop = get(address + SHOP).decode()
    found = re.search(rf'href="({SHOP}[a-z0-9-]+/)"', shop)
    if found is None:
        raise RuntimeError("the demo's shop links no event")
    return address + found.group(1)


def _timed(url: str) -> float:
    began = time.perf_counter()
    get(url)
    return time.perf_counter() - began


def _weight(url: str) -> int:
    """Bytes of the page and of what it loads itself, each compressed as a proxy would; fonts and pictures are."""
    html = get(url)
    loaded = re.findall(r'<(?:script|link|img)\b[^>]*?\b(?:src|href)="([^"#]+)', html.decode())
    parts = {urljoin(url, each) for each in loaded if "/static/" in each}
    return len(gzip.compress(html)) + sum(_sent(get(part), part) for part in parts)


def _sent(body: bytes, url: str) -> int:
    packed = url.split("?")[0].endswith((".woff2", ".png", ".jpg", ".jpeg", ".webp", ".avif"))
    return len(body) if packed else len(gzip.compress(body))
