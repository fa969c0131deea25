"""A signed-in person's own pages: what was bought with their address or names it, over all organizers, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from webtest import TestResponse

from sratix_core.accounts.models import User
from sratix_core.my import lists
from sratix_core.tickets import mine
from sratix_core.tickets.mine import tenants_with
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import rename, void
from tests.functional.shop.market import (
    SETUP,
    Market,
    Stall,
    buy,
    form_to,
    make_stall,
    name_everyone,
    path_of,
    post,
)
from tests.functional.shop.market import choose as choose_tickets
from tests.support import TestApp, fingerprint


@pytest.fixture(scope="module")
def stalls(market: Market) -> list[Stall]:
    return [make_stall(market.tenant(), name=f"Fair {n}") for n in (1, 2, 3)]


def person(market: Market) -> tuple[TestApp, str]:
    """Somebody with an account and no place anywhere."""
    browser = market.member(None)
    with market.runtime.engines.begin(SETUP, write=False) as db:
        email = db.scalars(select(User.email).order_by(User.id.desc()).limit(1)).one()
    return browser, email


def bought(market: Market, stall: Stall, email: str, count: int = 1) -> str:
    """The page of an order that this address placed."""
    buyer = market.browser()
    page = name_everyone(choose_tickets(buyer, stall, Free=count).follow(), count, email).follow()
    return path_of(form_to(page, "/pay/").submit(status=303))


def tickets_on(page: object) -> list[str]:
    return re.findall(r'href="(/my/[^"]+/tickets/[^"]+/)"', page.text)  # type: ignore[attr-defined]


def test_tickets_of_several_organizers_stand_together(market: Market, stalls: list[Stall]) -> None:
    me, email = person(market)
    assert "Nothing is coming up" in me.get("/my/")
    order = bought(market, stalls[0], email, 2)
    bought(market, stalls[1], email)
    bought(market, stalls[2], "somebody.else@example.org")
    page = me.get("/my/")
    assert ("Fair 1" in page, "Fair 2" in page, "Fair 3" in page) == (True, True, False)
    assert len(tickets_on(page)) == 3
    orders = me.get("/my/orders/")
    assert order in orders
    me.get(order, status=200)
    ticket = me.get(tickets_on(page)[0])
    assert "<svg" in ticket
    assert ticket.headers["Cache-Control"] == "private, no-store"
    assert me.get(tickets_on(page)[0] + "qr.png").content_type == "image/png"
    file = me.get(tickets_on(page)[0] + "event.ics")
    assert file.content_type == "text/calendar"
    assert "SUMMARY:Fair 1" in file.text


def test_who_is_named_by_address_finds_the_ticket_but_not_the_order(
    market: Market, stalls: list[Stall]
) -> None:
    me, email = person(market)
    order = bought(market, stalls[0], "boss@example.org", 2)
    with stalls[0].world.open() as ctx:
        mine = ctx.db.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()
        rename(ctx, mine, "Me Myself", email)
        ticket_id = mine.id
    found = tickets_on(me.get("/my/"))
    assert [str(ticket_id) in one for one in found] == [True]
    page = me.get(found[0])
    assert order not in page
    assert "boss@example.org" not in page
    assert order not in me.get("/my/orders/")
    form = form_to(page, found[0])
    form["name"] = "Me Married"
    form.submit(status=303)
    with stalls[0].world.open() as ctx:
        person_now = ctx.db.get_one(Ticket, ticket_id).attendee
        assert (person_now.name, person_now.email) == ("Me Married", email)
    form = form_to(me.get(found[0]), found[0])
    form["name"] = ""
    assert form.submit(status=422).status_int == 422


def test_a_ticket_of_somebody_else_is_a_random_id(market: Market, stalls: list[Stall]) -> None:
    me, email = person(market)
    bought(market, stalls[0], email)
    bought(market, stalls[0], "neighbour@example.org")
    bought(market, stalls[1], "neighbour@example.org")
    engines = market.runtime.engines
    own = tickets_on(me.get("/my/"))[0]
    ids = []
    for stall in stalls[:2]:
        with stall.world.open() as ctx:
            ids.append(ctx.db.scalars(select(Ticket.id).order_by(Ticket.id.desc()).limit(1)).one())
    before = fingerprint(engines, without={"security_log"})
    for tail in ("", "qr.png", "event.ics"):
        told = []
        slug = stalls[0].world.tenant.slug
        for one in (str(ids[0]), str(ids[1]), "01900000-0000-7000-8000-000000000000", "x"):
            answer = me.get(f"/my/{slug}/tickets/{one}/{tail}", status="*")
            told.append((answer.status_int, re.sub(r"<code>[^<]*</code>", "", answer.text)))
        assert len({status for status, _ in told}) == 1
        assert told[0] == told[1] == told[2] == told[3]
        assert told[0][0] == 404
    for slug in (stalls[1].world.tenant.slug, "no-such-tenant"):
        me.get(own.replace(stalls[0].world.tenant.slug, slug), status=404)
    assert post(me, f"/my/{stalls[0].world.tenant.slug}/tickets/{ids[0]}/", {"name": "Eve"}).status_int == 404
    assert fingerprint(engines, without={"security_log"}) == before


def test_across_tenants_only_the_tenants_are_asked(market: Market, stalls: list[Stall]) -> None:
    """The one statement that sees every tenant selects ids of tenants; the rows come from sessions of one tenant each."""
    me, email = person(market)
    bought(market, stalls[0], email)
    with market.runtime.engines.counted() as asked:
        found = tenants_with(market.runtime.engines, email)
    assert found == [stalls[0].world.tenant.id]
    looked = [sql for sql in asked if "orders" in sql]
    assert len(looked) == 1
    selected = looked[0].split("FROM")[0].removeprefix("SELECT ").strip()
    assert selected == "tenants.id"
    assert tenants_with(market.runtime.engines, "nobody@example.org") == []
    assert tenants_with(market.runtime.engines, "%") == []
    assert me.get("/my/").status_int == 200


def test_what_is_void_goes_and_what_is_over_moves_to_the_past(market: Market) -> None:
    stall = make_stall(market.tenant(), name="Short fair")
    me, email = person(market)
    bought(market, stall, email, 2)
    with stall.world.open() as ctx:
        first = ctx.db.scalars(select(Ticket).order_by(Ticket.id)).first()
        assert first is not None
        void(ctx, first, "organizer")
    assert len(tickets_on(me.get("/my/"))) == 1
    assert "Short fair" not in me.get("/my/past/")
    stall.world.later(days=20)
    with market.runtime.engines.begin(SETUP) as db:
        from sratix_core.accounts import logins
        from sratix_core.web.identity import cookie_name

        user = db.scalars(select(User).where(User.email == email)).one()
        token, _ = logins.start(db, market.runtime.sources, user, stays=True)
    me.set_cookie(cookie_name(market.runtime.settings), token)
    assert "Short fair" not in me.get("/my/")
    page = me.get("/my/past/")
    assert "Short fair" in page
    assert "Who comes?" not in me.get(tickets_on(page)[0])
    stall.world.later(days=-20)


def test_a_suspended_organizer_shows_nothing(market: Market) -> None:
    from sratix_core.tenants.models import Tenant

    stall = make_stall(market.tenant(), name="Paused fair")
    me, email = person(market)
    bought(market, stall, email)
    assert "Paused fair" in me.get("/my/")
    with market.runtime.engines.begin(SETUP) as db:
        db.get_one(Tenant, stall.world.tenant.id).status = "suspended"
    assert "Paused fair" not in me.get("/my/")


def test_nobody_sees_anything_without_signing_in(market: Market, stalls: list[Stall]) -> None:
    me, email = person(market)
    order = bought(market, stalls[0], email)
    stranger = market.browser()
    for path in ("/my/", "/my/past/", "/my/orders/", "/my/settings/", tickets_on(me.get("/my/"))[0]):
        assert "/account/login" in stranger.get(path, status=303).headers["Location"]
    stranger.get(order, status=200)  # the link in the mail stays what it was


def test_the_language_is_kept_with_the_account(market: Market) -> None:
    me, email = person(market)
    form = form_to(me.get("/my/settings/"), "/my/settings/")
    form["locale"] = "de"
    assert "Meine Tickets" in form.submit(status=303).follow()
    with market.runtime.engines.begin(SETUP, write=False) as db:
        assert db.scalars(select(User.locale).where(User.email == email)).one() == "de"
    assert post(me, "/my/settings/", {"locale": "xx"}).status_int == 422


def test_who_has_tickets_and_no_place_lands_there(market: Market, stalls: list[Stall]) -> None:
    me, email = person(market)
    assert "No organization yet" in me.get("/dashboard/")
    buy(market.browser(), stalls[0], Free=1)
    bought(market, stalls[0], email)
    assert path_of(me.get("/dashboard/", status=303)) == "/my/"


def pages_of(browser: TestApp, first: str) -> list[TestResponse]:
    """All pages of a list, by its link to the older one, and back again to the first."""
    found = [browser.get(first)]
    while (older := found[-1].html.select_one(".pager a[rel=next]")) is not None:
        found.append(browser.get(older["href"]))
    back = found[-1]
    for earlier in reversed(found[:-1]):
        back = browser.get(back.html.select_one(".pager a[rel=prev]")["href"])
        assert tickets_on(back) == tickets_on(earlier)
        assert [code.text for code in back.html.select("td code")] == [
            code.text for code in earlier.html.select("td code")
        ]
    return found


def test_more_than_a_page_holds_is_paged_over_all_organizers(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mine, "PAGE", 3)
    monkeypatch.setattr(lists, "PAGE", 3)
    stalls = [make_stall(market.tenant(), name=name, types={"Free": {"capacity": 50}}) for name in "AB"]
    me, email = person(market)
    for n in range(5):
        bought(market, stalls[n % 2], email, 2)
        market.runtime.sources.clock.move(timedelta(seconds=1))  # type: ignore[attr-defined]
    found = [link for page in pages_of(me, "/my/") for link in tickets_on(page)]
    assert len(found) == len(set(found)) == 10
    assert {link.split("/")[2] for link in found} == {stall.world.tenant.slug for stall in stalls}
    orders = pages_of(me, "/my/orders/")
    codes = [code.text for page in orders for code in page.html.select("td code")]
    assert (len(orders), len(codes), len(set(codes))) == (2, 5, 5)
    moments = [t["datetime"] for page in orders for t in page.html.select("td:first-child time")]
    assert moments == sorted(moments, reverse=True)
    for cursor in ("n", "nonsense", "n" + "0" * 32 + "x", "n" + "0" * 32 + "9" * 40):
        me.get(f"/my/orders/?cursor={cursor}", status=404)
        me.get(f"/my/?cursor={cursor}", status=404)
    other, _ = person(market)
    assert tickets_on(other.get(orders[0].html.select_one(".pager a[rel=next]")["href"])) == []
