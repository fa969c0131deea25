"""Two organizers with the same event slug: a foreign ticket at the door, a patched device key, and pages that name nobody else.

Ids in addresses, queries, bodies and forms are in `test_sweep.py` and `test_sweep_pages.py`.
"""

from __future__ import annotations

import uuid

from sratix_core.values import signing
from tests.functional.isolation.callers import Asking, Organizer, nobody
from tests.functional.isolation.routes import Route
from tests.functional.isolation.test_sweep import rows_of
from tests.functional.shop.market import Market, post


def test_a_foreign_ticket_at_the_door_is_an_unknown_one(
    market: Market, alpha: Organizer, bravo: Organizer, known: dict[str, Route]
) -> None:
    owner, page_of_scan = market.member(alpha.world), known["dashboard.scan"].address(alpha.ids)
    random = market.runtime.sources.random
    invented = signing.sign_ticket(signing.new_key(random), 1, 1, uuid.UUID(int=1), uuid.UUID(int=2**120 + 9))
    before, told = rows_of(bravo), []
    for code in (bravo.full.qr, invented):
        given = {"Authorization": f"Bearer {alpha.full.key}"}
        answer = owner.post_json("/api/v1/scanner/scans", {"code": code}, headers=given).json
        told.append((answer["result"], answer["reason"], answer["ticket"], answer["earlier"]))
        page = post(owner, page_of_scan, {"code": code})
        assert "No such ticket" in page
        assert "Bravo" not in page
    assert told[0] == told[1] == ("refuse", "unknown", None, None)
    assert rows_of(bravo) == before


def test_a_device_key_with_another_organizers_number_opens_nothing(
    alpha: Organizer, bravo: Organizer, market: Market
) -> None:
    mine, theirs = alpha.full.key.split("_", 4), bravo.full.key.split("_", 4)
    before = rows_of(bravo)
    for parts in (
        [*mine[:2], theirs[2], *mine[3:]],
        [*mine[:3], theirs[3], mine[4]],
        [*mine[:4], theirs[4]],
        [*theirs[:4], mine[4]],
    ):
        given = {"Authorization": "Bearer " + "_".join(parts)}
        assert market.browser().post_json("/api/v1/scanner/scans", {"code": "x"}, headers=given, status=401)
    assert rows_of(bravo) == before


FILES = {"shop.document", "shop.invoice"}
"""Drawn for valid tickets, and by a job."""


def test_the_same_page_of_two_organizers_has_nothing_of_the_other(
    alpha: Organizer, bravo: Organizer, market: Market, known: dict[str, Route], ask: Asking
) -> None:
    somebody = nobody(market)
    shop = [r for n, r in known.items() if n.startswith("shop.") and "GET" in r.asks and n not in FILES]
    assert len(shop) > 12
    for route in shop:
        for mine, other in ((alpha, "Bravo"), (bravo, "Alpha")):
            answer = ask(somebody, "GET", route.address(mine.ids))
            assert answer.status_int in {200, 303}, route.name
            if answer.content_type.startswith("text/"):
                assert other not in answer.text, route.name
