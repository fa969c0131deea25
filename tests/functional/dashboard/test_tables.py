"""Lists in the browser: walked to both ends, narrowed, kept, exported and acted on; the same work at ten rows and at a thousand."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from sqlalchemy import func, select

from sratix_core.audit.models import AuditEntry
from sratix_core.demo import seed
from sratix_core.events.queries import event_by_slug
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.tickets.service import rename
from tests.builders import World
from tests.functional.shop.market import Market, Stall, buy, code_in, form_to, make_stall, post
from tests.support import TestApp


@pytest.fixture(scope="module")
def seeded(market: Market) -> dict[int, tuple[World, TestApp, str]]:
    """Organizers with ten and with a thousand tickets, their owners, and the address of their event."""
    found = {}
    for tickets in (10, 1000):
        slug = seed.make(market.runtime, tickets=tickets)["tenants"][0]["slug"]
        tenant = market.runtime.engines.tenants.by_slug(slug)
        assert tenant is not None
        world = World(market.runtime, tenant)
        found[tickets] = (world, market.member(world), f"/dashboard/{slug}/events/event-1/")
    return found


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(
        market.tenant(), types={"Free": {"capacity": 50}, "Paid": {"price": 4900, "capacity": 50}}
    )


def codes(page: Any) -> list[str]:
    return [
        cell.text
        for cell in page.html.select(
            "table.data tbody td:first-child code, table.data tbody td:nth-child(2) code"
        )
    ]


def table(page: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.body.decode("utf-8-sig"))))


def follow(browser: TestApp, page: Any, words: str) -> Any:
    link = next((a for a in page.html.select(".pager a") if a.text == words), None)
    return browser.get(link["href"]) if link else None


@pytest.mark.parametrize(
    "sort", ["", "?sort=placed", "?sort=-total", "?sort=buyer", "?state=paid&sort=total"]
)
def test_a_list_is_walked_to_its_end_and_back(
    seeded: dict[int, tuple[World, TestApp, str]], sort: str
) -> None:
    world, browser, office = seeded[1000]
    pages, page = [], browser.get(f"{office}orders/{sort}")
    while page is not None:
        pages.append(codes(page))
        last, page = page, follow(browser, page, "Next")
    seen = [code for shown in pages for code in shown]
    with world.open(write=False) as ctx:
        assert sorted(seen) == sorted(ctx.db.scalars(select(Order.code)))
    back, page = [], last
    while page is not None:
        back.append(codes(page))
        page = follow(browser, page, "Previous")
    assert back[::-1] == pages
    first = browser.get(f"{office}orders/{sort}")
    assert set(codes(follow(browser, first, "Last"))) <= set(seen[-25:])
    assert codes(follow(browser, last, "First")) == pages[0]


@pytest.mark.parametrize(
    "page",
    ["", "orders/", "orders/?q=gue", "orders/?state=paid&sort=-total", "orders/?cursor=last", "attendees/",
     "attendees/?q=gue", "attendees/?came=no", "/audit/", "/search/?q=guest"],
)  # fmt: skip
def test_a_page_takes_as_many_statements_for_a_thousand_rows_as_for_ten(
    market: Market, seeded: dict[int, tuple[World, TestApp, str]], page: str
) -> None:
    counts = {}
    for tickets, (_, browser, office) in seeded.items():
        address = office.split("/events/")[0] + page if page.startswith("/") else office + page
        browser.get(address)  # what is remembered for a while is known from here on
        with market.runtime.engines.counted() as statements:
            browser.get(address)
        counts[tickets] = len(statements)
    assert counts[10] == counts[1000]
    assert counts[1000] <= 30


def test_what_is_asked_for_stays_in_the_address(market: Market, stall: Stall) -> None:
    for _ in range(2):
        buy(market.browser(), stall, Free=1)
    waiting = code_in(buy(market.browser(), stall, Paid=1))
    browser = market.member(stall.world)
    page = browser.get(f"{stall.office}orders/?state=awaiting_payment&col=code&col=email&sort=-total")
    assert codes(page) == [waiting]
    assert [head.text.strip() for head in page.html.select("thead th")][1:] == ["Order", "E-mail"]
    kept = form_to(page, "/orders/")
    assert kept["state"].value == "awaiting_payment"
    for odd in (
        "?state=%00",
        "?sort=nonsense",
        "?col=nonsense",
        "?from=x&to=9999-12-31",
        "?type=x",
        "?q=%F0%9F%8E%9F",
    ):
        assert browser.get(f"{stall.office}orders/{odd}", status=[200, 400]).status_int in (200, 400)
    browser.get(f"{stall.office}orders/?cursor=pwned", status=404)
    assert codes(browser.get(f"{stall.office}orders/?from=2027-03-01&to=2027-03-01")) != []
    assert codes(browser.get(f"{stall.office}orders/?to=2027-02-28")) == []


def test_the_csv_is_what_is_shown_and_runs_nothing(market: Market, stall: Stall) -> None:
    first = code_in(buy(market.browser(), stall, Free=1))
    buy(market.browser(), stall, Paid=1)
    with stall.world.open() as ctx:
        order = order_by_code(ctx, event_by_slug(ctx, stall.slug), first)
        rename(ctx, order.tickets[0], '=HYPERLINK("http://x")', "")
    browser = market.member(stall.world)
    page = browser.get(f"{stall.office}orders/?state=paid&col=code&col=state&col=total")
    answer = form_to(page, "/orders/exports/").submit()
    assert table(answer) == [["Order", "State", "Total"], [first, "paid", "0.00 CHF"]]
    assert answer.content_type == "text/csv"
    assert 'filename="' in answer.headers["Content-Disposition"]
    people = post(browser, f"{stall.office}attendees/exports/?col=name&type={stall.types['Free']}")
    assert table(people) == [["Name"], ['\'=HYPERLINK("http://x")']]
    with stall.world.open(write=False) as ctx:
        made = ctx.db.scalars(select(AuditEntry).where(AuditEntry.action == "export.made")).all()
    assert sorted((e.data["list"], e.data["rows"]) for e in made) == [("attendees", 1), ("orders", 1)]
    assert post(market.member(stall.world, "staff"), f"{stall.office}orders/exports/").status_int == 403


def test_a_thousand_rows_leave_in_one_file(seeded: dict[int, tuple[World, TestApp, str]]) -> None:
    _, browser, office = seeded[1000]
    rows = table(post(browser, f"{office}attendees/exports/"))
    assert len(rows) == 1001
    assert [row[0].casefold() for row in rows[1:]] == sorted(row[0].casefold() for row in rows[1:])


def test_a_view_is_its_owners_and_keeps_no_search(market: Market, stall: Stall) -> None:
    buy(market.browser(), stall, Free=1)
    mine, other = market.member(stall.world), market.member(stall.world)
    page = mine.get(f"{stall.office}orders/?state=paid&q=ann")
    form = form_to(page, "/views/")
    form["name"] = "Paid ones"
    saved = form.submit(status=303)
    assert saved.headers["Location"].endswith("/orders/?state=paid")
    assert "Paid ones" in mine.get(f"{stall.office}orders/")
    assert "Paid ones" not in other.get(f"{stall.office}orders/")
    gone = {"list": "dashboard.orders", "name": "Paid ones"}
    post(other, f"{stall.office}views/removal/", gone, status=303)
    assert "Paid ones" in mine.get(f"{stall.office}orders/")
    post(mine, f"{stall.office}views/removal/", gone, status=303)
    assert "Paid ones" not in mine.get(f"{stall.office}orders/")
    post(mine, f"{stall.office}views/", {"list": "shop.event", "name": "x"}, status=422)


def test_several_orders_are_cancelled_after_a_question(market: Market, stall: Stall) -> None:
    bought = [code_in(buy(market.browser(), stall, Free=2)) for _ in range(3)]
    foreign = code_in(buy(market.browser(), make_stall(market.tenant(), types={"Free": {}}), Free=1))
    browser = market.member(stall.world)
    page = browser.get(f"{stall.office}orders/")
    form = page.forms["bulk"]
    assert form.action.endswith("/orders/mails/")
    question = browser.get(
        f"{stall.office}orders/cancellations/?code={bought[0]}&code={bought[1]}&code={foreign}"
    )
    assert "Cancel 2 orders?" in question
    assert "admit nobody" in question
    done = form_to(question, "/orders/cancellations/").submit(status=303).follow()
    assert "Orders done: 2." in done
    with stall.world.open(write=False) as ctx:
        states = {o.code: o.state for o in ctx.db.scalars(select(Order))}
    assert [states[c] for c in bought] == ["cancelled", "cancelled", "paid"]
    assert stall.taken("Free") == 2
    again = post(browser, f"{stall.office}orders/mails/", [("code", c) for c in bought], status=303)
    assert again.headers["Location"].endswith("n=1")
    with stall.world.open(write=False) as ctx:
        sent = ctx.db.scalar(
            select(func.count()).select_from(Message).where(Message.kind == "tickets_resent")
        )
    assert sent == 1


def test_several_tickets_are_voided_after_a_question(market: Market, stall: Stall) -> None:
    for _ in range(2):
        buy(market.browser(), stall, Free=2)
    other = make_stall(market.tenant(), types={"Free": {}})
    buy(market.browser(), other, Free=1)
    browser = market.member(stall.world)

    def ids(of: Stall) -> list[str]:
        page = market.member(of.world).get(f"{of.office}attendees/")
        return [box["value"] for box in page.html.select("input[name=ticket]")]

    mine, foreign = ids(stall), ids(other)[0]
    assert len(mine) == 4
    asked = [("ticket", each) for each in (*mine[:3], foreign, "nonsense")]
    question = browser.get(f"{stall.office}attendees/voids/", asked)
    assert "Void 3 tickets?" in question
    form = form_to(question, "/attendees/voids/")
    done = form.submit(status=303).follow()
    assert "Tickets voided: 3." in done
    assert stall.taken("Free") == 1
    assert "Tickets voided: 0." in form.submit(status=303).follow()
    assert ids(stall) == mine[3:]
    assert ids(other) == [foreign]
    with stall.world.open(write=False) as ctx:
        told = ctx.db.scalars(select(AuditEntry).where(AuditEntry.action == "ticket.voided")).all()
    assert sorted(str(e.target_id) for e in told) == sorted(mine[:3])
    volunteer = market.member(stall.world, "staff")
    assert volunteer.get(f"{stall.office}attendees/").html.select("input[name=ticket]") == []
    assert post(volunteer, f"{stall.office}attendees/voids/", asked).status_int == 403


def test_the_mail_of_an_order_goes_once_for_all_its_picked_tickets(market: Market, stall: Stall) -> None:
    buy(market.browser(), stall, Free=3)
    browser = market.member(stall.world)
    page = browser.get(f"{stall.office}attendees/")
    asked = [("ticket", box["value"]) for box in page.html.select("input[name=ticket]")]
    assert "Send one mail again?" in browser.get(f"{stall.office}attendees/mails/", asked)
    done = post(browser, f"{stall.office}attendees/mails/", asked, status=303)
    assert done.headers["Location"].endswith("?done=mailed&n=1")
    with stall.world.open(write=False) as ctx:
        again = select(func.count()).select_from(Message).where(Message.kind == "tickets_resent")
        assert ctx.db.scalar(again) == 1


def test_a_common_name_is_found_to_the_last_order(seeded: dict[int, tuple[World, TestApp, str]]) -> None:
    world, browser, office = seeded[1000]
    with world.open(write=False) as ctx:
        ours = {order.code: order.provider for order in ctx.db.scalars(select(Order))}
    free = {code for code, provider in ours.items() if provider == "free"}
    assert 0 < len(free) < len(ours)
    for narrowed, expected in (("", set(ours)), ("&provider=free", free)):
        found, page = [], browser.get(f"{office}orders/?q=guest{narrowed}")
        assert "More than 200 match" in page
        while page is not None:
            found += codes(page)
            page = follow(browser, page, "Next")
        assert len(found) == len(set(found))
        assert set(found) == expected
    people = table(post(browser, f"{office}attendees/exports/?q=guest&col=order&col=name"))
    assert len(people) == 1001


def test_the_audit_page_says_who_did_what(market: Market, stall: Stall) -> None:
    code = code_in(buy(market.browser(), stall, Free=1))
    browser = market.member(stall.world)
    post(browser, f"{stall.office}orders/{code}/cancellation/", status=303)
    office = f"/dashboard/{stall.world.tenant.slug}/"
    page = browser.get(f"{office}audit/")
    assert "Order cancelled" in page
    assert page.html.find("a", string=code)["href"].endswith(f"/orders/{code}/")
    only = browser.get(f"{office}audit/?action=order.cancelled")
    assert len(only.html.select("tbody tr")) == 1
    who = next(
        a
        for a in only.html.select("a.pop-item")
        if "actor=" in a["href"] and "action=order.cancelled" in a["href"]
    )
    assert len(browser.get(who["href"]).html.select("tbody tr")) <= 1
    assert "Nothing matches" in browser.get(f"{office}audit/?action=order.cancelled&to=2020-01-01")
    assert "Nothing matches" in browser.get(f"{office}audit/?actor=00000000-0000-7000-8000-000000000000")


def test_search_finds_people_orders_events_and_pages_of_this_organizer_only(
    market: Market, stall: Stall
) -> None:
    code = code_in(buy(market.browser(), stall, Free=1))
    foreign = code_in(buy(market.browser(), make_stall(market.tenant(), types={"Free": {}}), Free=1))
    browser = market.member(stall.world)
    here = f"/dashboard/{stall.world.tenant.slug}/search/"
    page = browser.get(f"{here}?q=ann")
    assert code in page
    assert "Ann Miller" in page
    assert [head.text for head in page.html.select(".hitgroup h2")] == ["People", "Orders"]
    assert "Nothing found" in browser.get(f"{here}?q={foreign}")
    assert "Plugins" in browser.get(f"{here}?q=plug").html.select_one(".hitgroup").text
    part = browser.get(f"{here}?q=ann&part=hits")
    assert code in part
    assert part.html.find("h1") is None
    door = market.member(stall.world, "volunteer").get(f"{here}?q=ann")
    assert code not in door
    assert "Ann Miller" not in door
