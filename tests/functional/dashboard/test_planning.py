"""Making events and what they sell by form: times that do not exist, slugs that look alike, capacities that are taken."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from sratix_core.events.models import Event
from tests.builders import World
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import Market, buy, choose, form_to, make_stall, post
from tests.support import TestApp, fingerprint

GOOD = {
    "name": "Autumn fair",
    "slug": "autumn-fair",
    "starts_at": "2027-10-10T09:00",
    "ends_at": "2027-10-10T17:00",
    "timezone": "Europe/Zurich",
    "currency": "CHF",
    "is_public": "1",
}


@pytest.fixture(scope="module")
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture(scope="module")
def owner(market: Market, full: Full) -> TestApp:
    return market.member(full.stall.world)


def events(world: World) -> int:
    with world.open(write=False) as ctx:
        return int(ctx.db.scalar(select(func.count()).select_from(Event)) or 0)


def create(owner: TestApp, full: Full, **other: Any) -> Any:
    return post(owner, full.address("/dashboard/{tenant}/events/new/"), {**GOOD, **other})


def test_an_event_is_made_by_form_and_published_once_it_sells_something(market: Market) -> None:
    world = market.tenant()
    owner, here = market.member(world), f"/dashboard/{world.tenant.slug}/"
    assert owner.get(here, status=303)
    form = form_to(owner.get(here + "events/new/"), "/events/new/")
    form["name"], form["slug"] = "Autumn fair", "autumn-fair"
    assert form.submit(status=303).headers["Location"].endswith("/autumn-fair/ticket-types/new/?done=saved")
    office = here + "events/autumn-fair/"
    refused = post(owner, office + "status/published/")
    assert refused.status_int == 409
    assert "Add at least one ticket type before you publish." in refused
    kind = form_to(owner.get(office + "ticket-types/new/"), "/ticket-types/new/")
    kind["name"], kind["price"], kind["capacity"] = "Regular", "49.50", "100"
    kind.submit(status=303)
    assert post(owner, office + "status/published/").status_int == 303
    assert "49.50" in market.browser().get(f"/{world.tenant.slug}/autumn-fair/")
    edit = form_to(owner.get(office + "edit/"), "/edit/")
    edit["name"] = "Winter fair"
    edit.submit(status=303)
    page = market.browser().get(f"/{world.tenant.slug}/autumn-fair/")
    assert "Winter fair" in page


BAD = [
    ({"starts_at": "2027-03-28T02:30"}, "Clocks skip this time that night. Choose another."),
    ({"starts_at": "2027-10-10T18:00"}, "This must be after the beginning."),
    ({"starts_at": "tomorrow"}, "Write a date and time"),
    ({"starts_at": ""}, "Fill this in."),
    ({"starts_at": "2027-02-30T10:00"}, "Write a date and time"),
    ({"starts_at": "2027-10-10T24:61"}, "Write a date and time"),
    ({"starts_at": "0001-01-01T00:00"}, ""),
    ({"ends_at": "9999-12-31T23:59", "timezone": "America/New_York"}, ""),
    ({"starts_at": "0001-01-01T00:00", "timezone": "Asia/Tokyo"}, ""),
    ({"starts_at": "2027-10-10T09:00+99:00"}, "Write a date and time"),
    ({"starts_at": "１０２７-10-10T09:00"}, ""),
    ({"slug": "r\u043ebotics"}, "Use lower-case letters"),
    ({"slug": "robot\u200bics"}, "Use lower-case letters"),
    ({"slug": "ROBOTICS"}, "Use lower-case letters"),
    ({"slug": "robo--tics"}, "No hyphen"),
    ({"slug": "robotics/"}, "Use lower-case letters"),
    ({"slug": "../x"}, "Use lower-case letters"),
    ({"slug": "\uff52obotics"}, "Use lower-case letters"),
    ({"slug": "dashboard"}, "This address is reserved"),
    ({"slug": "new"}, "This address is reserved"),
    ({"slug": "robotics"}, "This address is already in use"),
    ({"slug": "a" * 64}, ""),
    ({"name": ""}, "Fill this in."),
    ({"name": "x" * 5000}, "This is too long."),
    ({"name": "\u202e\u200f", "slug": ""}, ""),
    ({"currency": "ZZZ"}, "Choose one of the listed options."),
    ({"currency": "chf"}, "Choose one of the listed options."),
    ({"currency": "chf'--"}, "Choose one of the listed options."),
    ({"timezone": "Europe/Atlantis"}, "Choose one of the listed options."),
    ({"timezone": "../../etc/passwd"}, "Choose one of the listed options."),
    ({"venue_id": "nowhere"}, "Choose one of the listed options."),
    ({"description": "x" * 30_000}, "This is too long."),
]


@pytest.mark.parametrize(("other", "words"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_is_said_beside_the_field(
    market: Market, full: Full, owner: TestApp, other: dict[str, str], words: str
) -> None:
    before = fingerprint(market.runtime.engines)
    answer = create(owner, full, **other)
    assert answer.status_int == 422
    assert words in answer
    assert 'value="Autumn fair"' in answer or "name" in other
    assert fingerprint(market.runtime.engines) == before


def test_the_hour_that_comes_twice_is_taken_the_first_time(market: Market) -> None:
    world = market.tenant()
    owner = market.member(world)
    times = {"starts_at": "2027-10-31T02:30", "ends_at": "2027-10-31T04:00"}
    assert post(owner, f"/dashboard/{world.tenant.slug}/events/new/", {**GOOD, **times}).status_int == 303
    with world.open(write=False) as ctx:
        assert ctx.db.scalars(select(Event.starts_at)).one().isoformat() == "2027-10-31T00:30:00+00:00"


def test_a_form_sent_twice_makes_one_event(market: Market) -> None:
    world = market.tenant()
    owner, here = market.member(world), f"/dashboard/{world.tenant.slug}/events/new/"
    assert post(owner, here, GOOD).status_int == 303
    second = post(owner, here, GOOD)
    assert second.status_int == 422
    assert "This address is already in use." in second
    assert events(world) == 1


def test_names_that_carry_markup_stay_words_on_every_page(market: Market) -> None:
    evil = "<script>alert(1)</script>{{7*7}}\"'onmouseover=x"
    world = market.tenant()
    owner = market.member(world)
    stall = make_stall(world, name=evil, tagline=evil, types={"Free": {"name": evil}})
    office = stall.office
    assert post(owner, office + "check-in/gates/", {"name": evil[:80]}).status_int == 303
    assert (
        post(owner, f"/dashboard/{world.tenant.slug}/venues/", {"name": evil, "city": evil}).status_int == 303
    )
    pages = [
        "",
        "edit/",
        "ticket-types/",
        "programme/",
        "orders/",
        "attendees/",
        "check-in/",
        "check-in/scan/",
    ]
    for page in [*(office + p for p in pages), f"/dashboard/{world.tenant.slug}/venues/", stall.path]:
        answer = owner.get(page)
        assert "<script>alert" not in answer, page
        assert "49\"'" not in answer, page
        assert answer.html.find(attrs={"onmouseover": True}) is None, page


def test_a_capacity_below_what_is_taken_is_refused(market: Market) -> None:
    stall = make_stall(market.tenant(), types={"Free": {"capacity": 5}})
    owner = market.member(stall.world)
    buy(market.browser(), stall, Free=2)
    choose(market.browser(), stall, Free=1)
    page = owner.get(stall.office + "ticket-types/")
    form = next(f for f in page.forms.values() if "/pools/" in f.action)
    before = fingerprint(market.runtime.engines)
    for number in ("2", "0"):
        form["capacity"] = number
        answer = form.submit(status=409)
        assert "More units are taken than that." in answer
    for number in ("-1", "1.5", "99999999999999999999", "", "lots"):
        form["capacity"] = number
        assert form.submit(status="*").status_int == 422
    assert fingerprint(market.runtime.engines) == before
    form["capacity"] = "3"
    form.submit(status=303)
    assert choose(market.browser(), stall).status_int in {409, 422}
    kind = f"{stall.office}ticket-types/{stall.types['Free']}/"
    edit = form_to(owner.get(kind), kind)
    edit["capacity"] = "1"
    assert "More units are taken than that." in edit.submit(status=409)


PRICES = ["-1", "1e3", "1.005", "NaN", "Infinity", "9" * 40, "0x10", "", "٣", "1 000 000 000 000 000 000"]


@pytest.mark.parametrize("price", PRICES, ids=range(len(PRICES)))
def test_a_price_that_is_none_is_refused(market: Market, full: Full, owner: TestApp, price: str) -> None:
    before = fingerprint(market.runtime.engines)
    answer = post(owner, full.stall.office + "ticket-types/new/", {"name": "Odd", "price": price})
    assert answer.status_int == 422
    assert fingerprint(market.runtime.engines) == before


def test_the_odd_numbers_of_a_ticket_type_are_refused(market: Market, full: Full, owner: TestApp) -> None:
    before = fingerprint(market.runtime.engines)
    good = {"name": "Odd", "price": "1.00"}
    for other in (
        {"capacity": "-1"}, {"capacity": "10000000000"}, {"max_per_order": "0"}, {"min_per_order": "9", "max_per_order": "2"},
        {"max_per_buyer": "-5"}, {"visibility": "everywhere"}, {"status": "gone"},
        {"sales_start": "2027-03-28T02:30"}, {"sales_start": "2027-03-05T09:00", "sales_end": "2027-03-04T09:00"},
        {"sales_start": "0001-01-01T00:00"}, {"name": "x" * 500}, {"name": " "},
    ):  # fmt: skip
        answer = post(owner, full.stall.office + "ticket-types/new/", {**good, **other})
        assert answer.status_int == 422, other
    assert fingerprint(market.runtime.engines) == before


def test_what_nobody_may_set_is_not_set(market: Market) -> None:
    world, other = market.tenant(), market.tenant()
    owner = market.member(world)
    extra = {"id": "00000000-0000-7000-8000-000000000000", "tenant_id": str(other.tenant.id), "status": "published",
             "created_at": "2000-01-01", "published_at": "2000-01-01"}  # fmt: skip
    assert post(owner, f"/dashboard/{world.tenant.slug}/events/new/", {**GOOD, **extra}).status_int == 303
    with world.open(write=False) as ctx:
        event = ctx.db.scalars(select(Event)).one()
        assert event.status == "draft"
        assert event.published_at is None
        assert str(event.id) != extra["id"]
    assert events(other) == 0


def test_settings_are_checked_and_what_was_typed_stays(market: Market) -> None:
    world = market.tenant()
    owner, here = market.member(world), f"/dashboard/{world.tenant.slug}/settings/"
    plugin_page = f"/dashboard/{world.tenant.slug}/plugins/bank_transfer/"
    answer = post(owner, plugin_page, {"iban": "CH00 0000", "account_holder": "Acme", "term_days": "0"})
    assert answer.status_int == 422
    assert "CH00 0000" in answer
    answer = post(owner, here + "organization/", {"name": "Acme", "accent": "red;}*{display:none"})
    assert answer.status_int == 422
    assert post(owner, here + "no_such_plugin/", {"x": "1"}).status_int == 404
    assert post(owner, here + "organization/", {"name": "Acme & Co", "accent": "#123456"}).status_int == 303
    assert "#123456" in market.browser().get(f"/{world.tenant.slug}/brand.css")
    assert "Acme &amp; Co" in market.browser().get(f"/{world.tenant.slug}/")
