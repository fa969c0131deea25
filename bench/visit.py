"""A whole purchase in a browser: what it costs both machines, how many pages it asks for, what travels."""

from __future__ import annotations

from collections.abc import Iterator

from bench.client import Client
from bench.cpu import Meter, repeated
from bench.paths import Paths, assets, weight
from bench.result import Result

WARM = 5
PAGES = 4


def visit(paths: Paths, meter: Meter, rounds: int) -> Iterator[Result]:
    """Rows `checkout`, `checkout_requests` and `checkout_weight`; redirects are requests, files of ours are not."""
    port = paths.client.port

    def buy() -> None:
        Paths(Client(port), paths.data).purchase()

    repeated(buy, WARM)
    with meter.measured() as used:
        waits = repeated(buy, rounds)
    web, database = used.web / rounds, used.database / rounds
    split = f"web {web:.2f} + database {database:.2f}, {waits[rounds // 2]:.0f} ms in all"
    yield Result("checkout", web + database, "CPU ms", 40, detail=split)
    answers = Paths(Client(port), paths.data).purchase()
    shown = [answer for answer in answers if answer.status == 200]
    yield Result("checkout_pages", len(shown), "", PAGES, detail=f"{len(answers)} requests with the posts")
    loaded = assets(Client(port), shown)
    sent = sum(size for _, size in loaded) + sum(weight(page) for page in shown)
    detail = ", ".join(
        f"{address.split('?')[0].rsplit('/', 1)[1]} {size / 1000:.1f}" for address, size in loaded
    )
    yield Result("checkout_weight", sent / 1000, "kB", 60, detail=detail)
