"""A button that asks before it acts asks without a script, too: its link leads to a page with the question."""

from __future__ import annotations

from sratix_core import dashboard
from tests.functional.dashboard.full import make_full
from tests.functional.dashboard.matrix import MATRIX
from tests.functional.shop.market import Market

PATTERNS = dict(dashboard.ROUTES)
LEAD_ON = {"dashboard", "dashboard.home", "dashboard.invoice_paper"}


def test_each_question_is_a_page_without_a_script(market: Market) -> None:
    full = make_full(market)
    owner = market.member(full.stall.world)
    asked: dict[str, int] = {}
    for name, methods in MATRIX.items():
        if "GET" in methods and name not in LEAD_ON:
            page = owner.get(full.address(PATTERNS[name]), status="*").maybe_follow()
            if page.content_type == "text/html":
                for link in page.html.select("a[data-dialog]"):
                    asked.setdefault(str(link["href"]), 0)
    for path in asked:
        asked[path] = owner.get(path, status="*").maybe_follow(status="*").status_int
    assert len(asked) > 10
    assert sorted(path for path, status in asked.items() if status != 200) == []
