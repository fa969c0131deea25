"""A person's own tickets by program: the ones of their pages, page by page, whoever they work for."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import void
from tests.functional.api.client import Api
from tests.functional.credentials.hands import new_key
from tests.functional.organizations.test_my import bought, person, tickets_on
from tests.functional.shop.market import Market, Stall, make_stall


@pytest.fixture(scope="module")
def stalls(market: Market) -> list[Stall]:
    return [make_stall(market.tenant(), name=f"Fair {n}") for n in (1, 2, 3)]


def test_the_pages_hold_what_the_pages_for_people_show(market: Market, stalls: list[Stall]) -> None:
    me, email = person(market)
    api = Api(me, "/api/v1")
    assert api.get("/my/tickets") == {"items": [], "next": None}
    bought(market, stalls[0], email, 3)
    bought(market, stalls[1], email)
    bought(market, stalls[2], "somebody.else@example.org")
    shown = {link.rstrip("/").rsplit("/", 1)[1] for link in tickets_on(me.get("/my/"))}
    for limit in (1, 2, 3, 4, 50):
        pages = api.pages("/my/tickets", limit)
        assert (len(pages), {t["id"] for t in pages}) == (4, shown)
    assert [t["event_name"] for t in pages] == ["Fair 1"] * 3 + ["Fair 2"]
    assert me.get(pages[0]["url"].removeprefix("http://localhost"), status=200)
    with stalls[0].world.open() as ctx:
        void(ctx, ctx.db.scalars(select(Ticket).order_by(Ticket.id)).first(), "organizer")
    assert len(api.pages("/my/tickets", 2)) == 3


def test_a_cursor_opens_nothing_and_nonsense_is_refused(market: Market, stalls: list[Stall]) -> None:
    me, email = person(market)
    other, others = person(market)
    bought(market, stalls[0], email, 2)
    bought(market, stalls[0], others, 2)
    cursor = Api(me, "/api/v1").get("/my/tickets?limit=1")["next"]
    mine = {t["id"] for t in Api(me, "/api/v1").pages("/my/tickets", 50)}
    theirs = Api(other, "/api/v1").get(f"/my/tickets?cursor={cursor}")["items"]
    assert not {t["id"] for t in theirs} & mine
    for nonsense in ("x", "AAAA", "é", "A" * 64):
        assert (
            me.get("/api/v1/my/tickets", {"cursor": nonsense}, status=422).json["errors"][0]["field"]
            == "cursor"
        )


def test_nobody_and_a_key_have_no_tickets(market: Market, stalls: list[Stall]) -> None:
    market.browser().get("/api/v1/my/tickets", status=401)
    key, _ = new_key(stalls[0].world)
    headers = {"Authorization": f"Bearer {key}"}
    market.browser().get("/api/v1/my/tickets", headers=headers, status=403)
