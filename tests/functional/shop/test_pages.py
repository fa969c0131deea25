"""What visitors and machines read of an event, where a shop answers, and what stays unseen."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from icalendar import Calendar

from sratix_core.events.models import EventStatus
from sratix_core.events.programme import SessionDraft, save_session
from sratix_core.events.queries import event_by_slug
from sratix_core.events.service import move
from sratix_core.tenants.models import TenantStatus
from sratix_core.tenants.service import tenant_by_slug
from tests.builders import NOON
from tests.functional.shop.market import SETUP, Market, Stall, buy, choose, form_to, make_stall, post

EVIL = '</script><script>alert(1)</script>" onload=x \U0001f980'


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    return make_stall(
        market.tenant(), name=f"Robots {EVIL}", tagline=f"Two days {EVIL}", description="One.\n\nTwo."
    )


def test_machines_read_the_event_and_no_name_breaks_out(market: Market, stall: Stall) -> None:
    page = market.browser().get(stall.path)
    data = json.loads(page.html.find("script", type="application/ld+json").string)
    assert data["@type"] == "Event"
    assert data["name"] == f"Robots {EVIL}"
    assert datetime.fromisoformat(data["startDate"]) < datetime.fromisoformat(data["endDate"])
    assert {o["price"] for o in data["offers"]} == {"0.00", "49.00"}
    assert {o["priceCurrency"] for o in data["offers"]} == {"CHF"}
    shared = {m["property"]: m["content"] for m in page.html.find_all("meta") if m.get("property")}
    assert shared["og:title"] == f"Robots {EVIL}"
    assert shared["og:url"] == f"http://localhost{stall.path}"
    assert "<script>alert" not in page
    assert page.html.find(attrs={"onload": True}) is None


def test_calendars_can_be_read_and_no_text_starts_a_line_of_its_own(market: Market, stall: Stall) -> None:
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        talk = save_session(ctx, event, SessionDraft(
            title="Talk; with, signs\\n", description="", track="A", room="Hall 1",
            starts_at=event.starts_at, ends_at=event.ends_at, speaker_ids=[]))  # fmt: skip
        talk_id = talk.id
    browser = market.browser()
    pages = ("event.ics", "programme.ics", f"programme/{talk_id}/session.ics")
    for name in pages:
        answer = browser.get(stall.path + name)
        assert answer.content_type == "text/calendar"
        (entry,) = Calendar.from_ical(answer.body).walk("VEVENT")
        assert entry["dtstart"].dt.isoformat() == "2027-03-10T08:00:00+00:00"
        assert str(entry["summary"]) in {f"Robots {EVIL}", "Talk; with, signs\\n"}
        assert str(entry["url"]).startswith(f"http://localhost{stall.path}")
    browser.get(f"{stall.path}programme/")
    browser.get(f"{stall.path}programme/{talk_id}/")


def test_every_page_keeps_to_the_policy(market: Market, stall: Stall) -> None:
    for page in (market.browser().get(stall.path), market.browser().get(f"/{stall.world.tenant.slug}/")):
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert [
            s
            for s in page.html.find_all("script")
            if not s.get("src") and s.get("type") != "application/ld+json"
        ] == []
        assert page.html.find_all(style=True) == []


def test_a_shop_on_its_own_host_needs_no_slug(market: Market) -> None:
    stall = make_stall(market.tenant(host="tickets.acme.example"))
    browser = market.browser(HTTP_HOST="tickets.acme.example")
    page = browser.get(f"/{stall.slug}/")
    assert f'href="/{stall.slug}/' in page
    assert f"/{stall.world.tenant.slug}/" not in page
    answer = choose(browser, stall, f"/{stall.slug}/", Free=1)
    names = answer.headers["Location"].split("tickets.acme.example")[-1].removeprefix("http://localhost")
    assert names.startswith(f"/{stall.slug}/cart/")
    where = buy_on_host(browser, names)
    assert where.startswith(f"/{stall.slug}/orders/")
    assert browser.get(where).text.count("qr.png") == 1
    browser.get("/dashboard/", status=404)
    browser.get("/account/login", status=404)
    market.browser(HTTP_HOST="unknown.example").get("/", status=404)


def buy_on_host(browser, names: str) -> str:  # type: ignore[no-untyped-def]
    fields = {"buyer_name": "Ann Miller", "buyer_email": "ann@example.org", "mine": "1"}
    assert post(browser, names, fields).status_int == 303
    return (
        str(post(browser, names + "pay/").headers["Location"])
        .split("example")[-1]
        .removeprefix("http://localhost")
    )


def test_a_paused_organizer_sells_nothing_and_its_orders_are_safe(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    order = buy(browser, stall, Free=1)
    slug = stall.world.tenant.slug
    with market.runtime.engines.begin(SETUP) as db:
        tenant_by_slug(db, slug).status = TenantStatus.SUSPENDED
    market.runtime.engines.tenants.invalidate(stall.world.tenant.id)
    for path in (f"/{slug}/", stall.path, order, f"/api/v1/public/{slug}/events"):
        assert "paused" in browser.get(path, status=503)
    with market.runtime.engines.begin(SETUP) as db:
        tenant_by_slug(db, slug).status = TenantStatus.ACTIVE
    market.runtime.engines.tenants.invalidate(stall.world.tenant.id)
    browser.get(order)


def test_a_draft_is_as_unknown_as_no_event(market: Market) -> None:
    world = market.tenant()
    draft, browser = make_stall(world, "secret-plan", published=False), market.browser()
    slug, kind = world.tenant.slug, {f"q-{draft.types['Free']}": "1"}
    for ending in ("", "event.ics", "programme/", "programme.ics"):
        known, unknown = (
            browser.get(f"/{slug}/{e}/{ending}", status=404) for e in ("secret-plan", "no-such-plan")
        )
        assert _plain(known, "secret-plan") == _plain(unknown, "no-such-plan")
    assert post(browser, draft.path + "cart/", kind).status_int == 404
    browser.get(f"/api/v1/public/{slug}/events/secret-plan", status=404)
    assert "secret-plan" not in browser.get(f"/api/v1/public/{slug}/events")
    assert draft.taken("Free") == 0


def _plain(answer, *names: str) -> str:  # type: ignore[no-untyped-def]
    text: str = answer.text.replace(answer.headers["X-Request-Id"], "")
    for name in names:
        text = text.replace(name, "")
    return text


def test_a_cancelled_event_says_so_and_sells_nothing(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    order = buy(browser, stall, Free=1)
    open_form = form_to(browser.get(stall.path), "/cart/")
    open_form[f"q-{stall.types['Free']}"] = "1"
    with stall.world.open() as ctx:
        move(ctx, event_by_slug(ctx, stall.slug), EventStatus.CANCELLED)
    page = browser.get(stall.path)
    assert "This event is cancelled." in page
    assert "q-" + stall.types["Free"] not in page
    assert "EventCancelled" in page
    refused = open_form.submit(status=409)
    assert "This event is cancelled." in refused
    assert stall.taken("Free") == 1
    browser.get(order)


def test_an_event_that_is_over_sells_nothing(market: Market) -> None:
    stall, browser = make_stall(market.tenant()), market.browser()
    fields = {f"q-{stall.types['Free']}": "1"}
    stall.world.later(days=30)
    try:
        assert "This event is over." in browser.get(stall.path)
        assert post(browser, stall.path + "cart/", fields).status_int == 409
    finally:
        stall.world.later(days=-30)
    assert stall.world.clock.now() == NOON


def test_a_language_is_chosen_by_link_and_stays(market: Market, stall: Stall) -> None:
    browser = market.browser()
    assert 'lang="de"' in browser.get(stall.path + "?lang=de")
    assert 'lang="de"' in browser.get(stall.path)
    for odd in ("xx", "../de", "de%0a", "fr", "DE-ch" * 50):
        browser.get(f"{stall.path}?lang={odd}")


def test_a_slash_is_added_and_heads_are_answered(market: Market, stall: Stall) -> None:
    browser = market.browser()
    assert browser.get(stall.path.rstrip("/"), status=308).headers["Location"].endswith(stall.path)
    assert browser.head(stall.path).status_int == 200
    assert browser.get(stall.path + "cart/0/release/", status=405).headers["Allow"] == "POST"
