"""The event page's validator: the same page is answered with 304, and whatever changes what is shown changes it at once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from sratix_core import runtime as processes
from sratix_core.app import make_app
from sratix_core.catalog.models import CapacityPool, TicketType, TicketTypePool
from sratix_core.context import TenantContext
from sratix_core.db.base import Base
from sratix_core.events.models import Event, EventSession, SessionSpeaker, Speaker, Venue
from sratix_core.pricing.rules import Step, TypeRules
from sratix_core.shop.front import Kept
from sratix_core.tenancy.engines import Engines
from sratix_core.tenants.models import Tenant
from tests.builders import make_type
from tests.functional.shop.market import SETUP, Market, Stall, buy, make_stall
from tests.support import TestApp

SOON, DEARER, LATER = (datetime(2027, 3, 1, 12, minute, tzinfo=UTC) for minute in (10, 15, 20))
"""Ten and twenty minutes after the noon at which tests stand still."""


def shown(browser: TestApp, path: str) -> str:
    """The page's validator, after asking whether it is still good for what it stands for."""
    page = browser.get(path, status=200)
    again = browser.get(path, headers={"If-None-Match": page.headers["ETag"]}, status=304)
    assert not again.body
    assert again.headers["ETag"] == page.headers["ETag"]
    return str(page.headers["ETag"])


@pytest.fixture
def stall(market: Market) -> Stall:
    types = {
        "Free": 0,
        "Paid": {"price": 4900, "capacity": 300},
        "Soon": {"price": 100, "sales_start": SOON, "sales_end": LATER},
    }
    stall = make_stall(market.tenant(), types=types)
    with stall.world.open() as ctx:
        event = ctx.db.scalars(select(Event)).one()
        now, new = ctx.clock.now(), ctx.ids.new
        venue = Venue(id=new(), name="Hall 7", city="Bern", created_at=now, updated_at=now)
        ctx.db.add(venue)
        ctx.db.flush()
        event.venue_id = venue.id
        talk = {"title": "Grippers", "room": "A", "created_at": now, "updated_at": now}
        first = event.starts_at + timedelta(hours=1)
        session = EventSession(
            id=new(), event_id=event.id, starts_at=first, ends_at=first + timedelta(hours=1), **talk
        )
        people = [Speaker(id=new(), event_id=event.id, name=name, updated_at=now) for name in ("Ada", "Bo")]
        ctx.db.add_all([session, *people])
        ctx.db.flush()
        for n, person in enumerate(people):
            ctx.db.add(SessionSpeaker(id=new(), session_id=session.id, speaker_id=person.id, position=n))
        room = {"kind": "session", "name": "A", "capacity": 30, "updated_at": now}
        ctx.db.add(CapacityPool(id=new(), event_id=event.id, session_id=session.id, **room))
    return stall


def put(model: type[Any], **values: Any) -> Callable[[TenantContext, Stall], Any]:
    """Change the rows of one table; of ticket types the one that costs 49 francs, of speakers the first."""
    only = {TicketType: TicketType.price_minor == 4900, Speaker: Speaker.name == "Ada"}.get(model)
    query = update(model).values(**values)
    return lambda ctx, stall: ctx.db.execute(query if only is None else query.where(only))


def pool_of_paid(ctx: TenantContext, stall: Stall) -> Any:
    mine = select(TicketTypePool.pool_id).where(
        TicketTypePool.ticket_type_id == uuid.UUID(stall.types["Paid"])
    )
    return CapacityPool.id.in_(mine)


def rooms(**values: Any) -> Callable[[TenantContext, Stall], Any]:
    """Change the pool of the session."""
    query = update(CapacityPool).where(CapacityPool.session_id.is_not(None)).values(**values)
    return lambda ctx, stall: ctx.db.execute(query)


def paid_pool(**values: Any) -> Callable[[TenantContext, Stall], Any]:
    return lambda ctx, stall: ctx.db.execute(
        update(CapacityPool).where(pool_of_paid(ctx, stall)).values(**values)
    )


def another_venue(ctx: TenantContext, stall: Stall) -> None:
    now = ctx.clock.now()
    venue = Venue(id=ctx.ids.new(), name="Elsewhere", city="Basel", created_at=now, updated_at=now)
    ctx.db.add(venue)
    ctx.db.flush()
    ctx.db.execute(update(Event).values(venue_id=venue.id))


def another_type(ctx: TenantContext, stall: Stall) -> None:
    make_type(ctx, ctx.db.scalars(select(Event)).one(), 700, 10, name="Late")


def swap_speakers(ctx: TenantContext, stall: Stall) -> None:
    ctx.db.execute(update(SessionSpeaker).values(position=1 - SessionSpeaker.position))


CHANGES: dict[str, Callable[[TenantContext, Stall], Any]] = {
    "event name": put(Event, name="Robotics 2"),
    "event tagline": put(Event, tagline="All that moves"),
    "event description": put(Event, description="One.\n\nTwo."),
    "event texts": put(Event, texts={"en": {"name": "Robots"}}),
    "event begin": put(Event, starts_at=datetime(2027, 3, 10, 7, tzinfo=UTC)),
    "event end": put(Event, ends_at=datetime(2027, 3, 12, 7, tzinfo=UTC)),
    "event time zone": put(Event, timezone="Europe/London"),
    "event cancelled": put(Event, status="cancelled"),
    "event picture": put(Event, hero_file_id=uuid.UUID(int=7)),
    "event without venue": put(Event, venue_id=None),
    "event elsewhere": another_venue,
    "venue name": put(Venue, name="Hall 8"),
    "venue street": put(Venue, street="Lane 1"),
    "venue postal code": put(Venue, postal_code="3000"),
    "venue city": put(Venue, city="Chur"),
    "venue country": put(Venue, country="CH"),
    "venue directions": put(Venue, directions="Tram 9"),
    "type name": put(TicketType, name="Regular"),
    "type description": put(TicketType, description="With lunch"),
    "type texts": put(TicketType, texts={"en": {"name": "Usual"}}),
    "type price": put(TicketType, price_minor=5900),
    "type currency": put(TicketType, currency="EUR"),
    "type sale begins": put(TicketType, sales_start=SOON),
    "type sale ends": put(TicketType, sales_end=LATER),
    "type most of one order": put(TicketType, max_per_order=3),
    "type paused": put(TicketType, status="paused"),
    "type hidden": put(TicketType, visibility="hidden"),
    "type add-on": put(TicketType, is_addon=True),
    "type place": put(TicketType, position=99),
    "type new": another_type,
    "pool unlinked": lambda ctx, stall: ctx.db.execute(delete(TicketTypePool)),
    "pool sold out": paid_pool(taken=300),
    "pool nearly sold out": paid_pool(taken=293),
    "pool smaller": paid_pool(capacity=5),
    "session title": put(EventSession, title="Hands"),
    "session room": put(EventSession, room="B"),
    "session texts": put(EventSession, texts={"en": {"title": "Fingers"}}),
    "session begin": put(EventSession, starts_at=datetime(2027, 3, 10, 8, 30, tzinfo=UTC)),
    "session gone": lambda ctx, stall: (
        ctx.db.execute(delete(SessionSpeaker)),
        ctx.db.execute(delete(CapacityPool).where(CapacityPool.session_id.is_not(None))),
        ctx.db.execute(delete(EventSession)),
    ),
    "session full": rooms(taken=30),
    "session nearly full": rooms(taken=25),
    "speaker name": put(Speaker, name="Cy"),
    "speaker company": put(Speaker, company="Acme"),
    "speakers in another order": swap_speakers,
    "speaker taken off": lambda ctx, stall: ctx.db.execute(
        delete(SessionSpeaker).where(SessionSpeaker.position == 1)
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_of_what_is_shown_makes_another_validator(
    market: Market, stall: Stall, what: str
) -> None:
    browser = market.browser()
    before = shown(browser, stall.path)
    with stall.world.open() as ctx:
        CHANGES[what](ctx, stall)
    assert browser.get(stall.path, headers={"If-None-Match": before}, status=200).headers["ETag"] != before
    assert shown(browser, stall.path) != before


def test_a_pool_that_leaves_its_session_is_seen_though_nothing_of_it_is_taken(
    market: Market, stall: Stall
) -> None:
    """Pools are no content: nobody counts their changes, so the page must tell them by what it read."""
    seen = []
    for change in (rooms(taken=30), rooms(session_id=None)):
        with stall.world.open() as ctx:
            change(ctx, stall)
        seen.append(shown(market.browser(), stall.path))
    assert seen[0] != seen[1]


def test_a_change_that_is_rolled_back_changes_nothing(market: Market, stall: Stall) -> None:
    browser = market.browser()
    before = shown(browser, stall.path)
    with stall.world.open() as ctx:
        ctx.db.execute(update(Event).values(name="Never"))
        ctx.db.rollback()
    assert shown(browser, stall.path) == before


def test_another_organizers_change_leaves_the_page_as_it_is(market: Market, stall: Stall) -> None:
    other, browser = make_stall(market.tenant()), market.browser()
    before = shown(browser, stall.path)
    with other.world.open() as ctx:
        ctx.db.execute(update(Event).values(name="Theirs"))
    assert shown(browser, stall.path) == before
    assert shown(browser, other.path) != before


def test_time_alone_opens_and_closes_a_sale(market: Market) -> None:
    sale = {"price": 100, "sales_start": SOON, "sales_end": LATER}
    early = {"price": 200, "rules": TypeRules([Step(100, until=DEARER)])}
    stall = make_stall(market.tenant(), types={"Soon": sale, "Early": early})
    clock, browser, seen = stall.world.clock, market.browser(), []
    noon = clock.now()
    try:
        a_second = timedelta(seconds=1)
        for at in (noon, SOON - a_second, SOON, DEARER - a_second, DEARER, LATER - a_second, LATER):
            clock.move(at - clock.now())
            seen.append(shown(browser, stall.path))
        clock.move(timedelta(days=30))
        seen.append(shown(browser, stall.path))
    finally:
        clock.move(noon - clock.now())
    assert seen[0] == seen[1] != seen[2] == seen[3] != seen[4] == seen[5] != seen[6] != seen[7]
    assert len(set(seen)) == 5


def test_reader_and_brand_have_pages_of_their_own(market: Market, stall: Stall) -> None:
    browser = market.browser()
    seen = {shown(browser, stall.path)}
    german = market.browser(HTTP_ACCEPT_LANGUAGE="de")
    seen.add(shown(german, stall.path))
    assert 'lang="de"' in german.get(stall.path)
    for theme in ("dark", "light"):
        browser.set_cookie("theme", theme)
        seen.add(shown(browser, stall.path))
    browser.set_cookie("theme", "odd")
    assert shown(browser, stall.path) in seen
    with market.runtime.engines.begin(SETUP) as db:
        db.execute(update(Tenant).where(Tenant.id == stall.world.tenant.id).values(accent="#123456"))
    seen.add(shown(browser, stall.path))
    assert len(seen) == 5


def test_two_strangers_get_the_same_bytes_and_no_cache_in_between_may_keep_them(
    market: Market, stall: Stall
) -> None:
    one, two = (market.browser().get(stall.path) for _ in range(2))
    assert one.body == two.body
    assert one.headers["ETag"] == two.headers["ETag"]
    assert one.headers["Cache-Control"] == "private, no-cache"
    assert {v.strip() for v in one.headers["Vary"].split(",")} >= {"Cookie", "Accept-Language"}
    assert one.headers["Set-Cookie"] != two.headers["Set-Cookie"]


def test_a_page_with_something_chosen_has_no_validator(market: Market, stall: Stall) -> None:
    for query in (f"?q-{stall.types['Free']}=2", "?lang=de", f"?type={stall.types['Free']}"):
        assert "ETag" not in market.browser().get(stall.path + query).headers


def test_an_event_that_is_taken_back_is_gone_at_once(market: Market, stall: Stall) -> None:
    browser = market.browser()
    before = shown(browser, stall.path)
    with stall.world.open() as ctx:
        ctx.db.execute(update(Event).values(status="draft"))
    browser.get(stall.path, headers={"If-None-Match": before}, status=404)


def other_process(market: Market) -> TestApp:
    """A second process on the same database, that shares nothing else."""
    settings, sources = market.runtime.settings, market.runtime.sources
    second = processes.build(settings, engines=Engines(settings, sources.clock), sources=sources)
    return TestApp(make_app(settings, second))


def test_what_happens_in_another_process_shows_at_once(market: Market) -> None:
    stall = make_stall(market.tenant(), types={"Free": {"price": 0, "capacity": 2}})
    here, there = market.browser(), other_process(market)
    other = Market(there, there.app.registry["runtime"])
    try:
        before = shown(here, stall.path)
        assert shown(other.browser(), stall.path) == before, "both draw the same bytes"
        buy(other.browser(), stall, Free=1)
        one_left = shown(here, stall.path)
        buy(other.browser(), stall, Free=1)
        assert len({before, one_left, shown(here, stall.path)}) == 3
        assert "Sold out" in here.get(stall.path)
    finally:
        other.runtime.engines.dispose()


def test_a_process_that_knows_an_organizer_of_five_seconds_ago_gives_no_validator_of_the_new_page(
    market: Market, stall: Stall
) -> None:
    """It shows new content in the old colour, under a validator that nobody takes for the page in the new one."""
    here, there = market.browser(), other_process(market)
    clock, engines = stall.world.clock, market.runtime.engines
    try:
        before = shown(here, stall.path)
        assert shown(there, stall.path) == before
        with engines.begin(SETUP) as db:
            db.execute(update(Tenant).where(Tenant.id == stall.world.tenant.id).values(accent="#345678"))
        recoloured = shown(here, stall.path)
        assert shown(there, stall.path) == before != recoloured, "the other has not heard of it"
        with stall.world.open() as ctx:
            put(Event, name="Robotics 2")(ctx, stall)
        now, late = shown(here, stall.path), shown(there, stall.path)
        assert len({before, recoloured, now, late}) == 4
        clock.move(timedelta(seconds=5))
        for old in (before, recoloured, late):
            page = there.get(stall.path, headers={"If-None-Match": old}, status=200)
            assert page.headers["ETag"] == now
            assert "345678" in page
        there.get(stall.path, headers={"If-None-Match": now}, status=304)
    finally:
        there.app.registry["runtime"].engines.dispose()


def test_the_content_is_read_from_tables_whose_changes_are_counted(market: Market, stall: Stall) -> None:
    browser, engines = market.browser(), market.runtime.engines
    browser.get(stall.path)  # the organizer is known
    market.app.app.registry["fronts"]._values.clear()
    with engines.counted() as seen:
        browser.get(stall.path, status=200)
    loaded = [sql for sql in seen if "content_versions" not in sql]
    read = {name for sql in loaded for name in re.findall(r"\b(?:FROM|JOIN) (\w+)", sql)}
    assert {"events", "ticket_types", "ticket_type_pools", "event_sessions"} <= read
    assert {name for name in read if "content" not in Base.metadata.tables[name].info} == set()


def test_no_more_is_kept_than_fits() -> None:
    kept, made = Kept(2), []
    for key in (1, 2, 1, 3, 1, 2):
        kept.get(key, lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == [1, 2, 3, 2]
