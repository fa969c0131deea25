"""Acts on everybody a list of attendees shows: confirmed with their number, done by a worker, counted; and files of picked rows."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import func, select

from sratix_core.app import make_worker
from sratix_core.audit.models import AuditEntry
from sratix_core.jobs.models import Job
from sratix_core.messages.models import Message
from sratix_core.tenants.service import switch_plugin
from sratix_core.tickets import mass
from sratix_core.tickets.models import MassAct, MassPart, Ticket
from tests.functional.shop.market import SETUP, Market, Stall, buy, form_to, make_stall, path_of, post
from tests.support import TestApp


@pytest.fixture
def stall(market: Market) -> Stall:
    """120 free tickets in twelve orders and three others beside them. Mails wait: nobody here takes them."""
    world = market.tenant()
    with market.runtime.engines.begin(SETUP) as db:
        for plugin in ("email_smtp", "pdf_tickets"):
            switch_plugin(db, market.runtime.sources, world.tenant.id, plugin, False)
    market.runtime.engines.tenants.invalidate(world.tenant.id)
    stall = make_stall(world, types={"Free": {"capacity": 150}, "Other": {"capacity": 50}})
    for _ in range(12):
        buy(market.browser(), stall, Free=10)
    buy(market.browser(), stall, Other=3)
    return stall


@pytest.fixture
def browser(market: Market, stall: Stall) -> TestApp:
    return market.member(stall.world)


def work(market: Market) -> None:
    """Have a worker do what is due."""
    make_worker(market.runtime, wakeups=False).drain()


def everybody(stall: Stall, kind: str) -> str:
    return f"{stall.office}attendees/everybody/{kind}/"


def states(stall: Stall) -> dict[str, int]:
    with stall.world.open(write=False) as ctx:
        return dict(ctx.db.execute(select(Ticket.state, func.count()).group_by(Ticket.state)).all())  # type: ignore[arg-type]


def test_all_that_match_are_voided_by_a_worker_and_nobody_else(
    market: Market, stall: Stall, browser: TestApp
) -> None:
    page = browser.get(f"{stall.office}attendees/?type={stall.types['Free']}")
    link = next(a["href"] for a in page.html.select("a") if "/everybody/void/" in a.get("href", ""))
    question = browser.get(link)
    assert "Void 120 tickets?" in question
    answer = form_to(question, "/everybody/void/").submit(status=303)
    act = path_of(answer)
    waiting = browser.get(act)
    assert (waiting.headers["Refresh"], "0 of 120" in waiting) == ("2", True)
    assert states(stall) == {"valid": 123}
    work(market)
    assert states(stall) == {"valid": 3, "void": 120}
    assert (stall.taken("Free"), stall.taken("Other")) == (0, 3)
    over = browser.get(act)
    assert ("120 tickets voided" in over, "120 of 120" in over, "Refresh" in over.headers) == (
        True,
        True,
        False,
    )
    work(market)
    with stall.world.open(write=False) as ctx:
        done = ctx.db.scalars(select(MassAct)).one()
        assert (done.total, done.seen, done.done) == (120, 120, 120)
        assert ctx.db.scalars(select(MassPart)).all() == []
        told = ctx.db.scalars(select(AuditEntry).where(AuditEntry.action == "ticket.voided")).all()
    assert len(told) == 120
    assert {(e.actor_kind, e.actor_id) for e in told} == {("user", done.asked_by)}


def test_more_than_one_job_takes_is_done_by_those_that_follow(
    market: Market, stall: Stall, browser: TestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "PARTS_OF_A_JOB", 2)
    act = path_of(form_to(browser.get(everybody(stall, "void")), "/everybody/void/").submit(status=303))
    work(market)
    assert states(stall) == {"void": 123}
    assert "123 of 123" in browser.get(act)
    with stall.world.open(write=False) as ctx:
        jobs = ctx.db.scalars(select(Job.state).where(Job.kind == mass.KIND)).all()
    assert jobs == ["done", "done"]


def test_each_order_is_mailed_once(market: Market, stall: Stall, browser: TestApp) -> None:
    question = browser.get(everybody(stall, "mails"))
    assert "Send 13 mails again?" in question
    form_to(question, "/everybody/mails/").submit(status=303)
    work(market)
    with stall.world.open(write=False) as ctx:
        wanted = select(Message.order_id).where(Message.kind == "tickets_resent")
        mailed = ctx.db.scalars(wanted).all()
    assert (len(mailed), len(set(mailed))) == (13, 13)


def test_who_ended_meanwhile_is_passed_over_and_who_came_later_is_left(
    market: Market, stall: Stall, browser: TestApp
) -> None:
    question = browser.get(everybody(stall, "void"))
    act = path_of(form_to(question, "/everybody/void/").submit(status=303))
    first = browser.get(f"{stall.office}attendees/").html.select("input[name=ticket]")[:2]
    post(browser, f"{stall.office}attendees/voids/", [("ticket", box["value"]) for box in first])
    buy(market.browser(), stall, Free=1)
    work(market)
    assert states(stall) == {"valid": 1, "void": 123}
    page = browser.get(act)
    assert ("121 tickets voided" in page, "2 had ended meanwhile" in page) == (True, True)


def test_a_list_that_changed_asks_again_with_its_new_number(
    market: Market, stall: Stall, browser: TestApp
) -> None:
    question = browser.get(everybody(stall, "void") + f"?type={stall.types['Other']}")
    buy(market.browser(), stall, Other=1)
    again = form_to(question, "/everybody/void/").submit(status=303).follow()
    assert "Void 4 tickets?" in again
    assert states(stall) == {"valid": 124}
    for n in ("", "x", "-1", "99999999999"):
        answer = post(browser, everybody(stall, "void"), {"n": n}, status=303)
        assert path_of(answer) == everybody(stall, "void")
    browser.get(everybody(stall, "nonsense"), status=404)
    nobody = browser.get(everybody(stall, "void") + "?q=nobody")
    assert "Void 0 tickets?" in nobody
    assert nobody.html.select("main button[type=submit].solid") == []


def test_picked_rows_are_a_file(market: Market, stall: Stall, browser: TestApp) -> None:
    page = browser.get(f"{stall.office}attendees/?col=name&col=order")
    button = page.html.select_one("#bulk button[formmethod=post]")
    assert button["name"] == "csrf_token"
    picked = [box["value"] for box in page.html.select("input[name=ticket]")][:3]
    other = make_stall(market.tenant(), types={"Free": {}})
    buy(market.browser(), other, Free=1)
    box = market.member(other.world).get(f"{other.office}attendees/").html.select_one("input[name=ticket]")
    asked = [("ticket", one) for one in (*picked, box["value"], "nonsense")]
    file = post(browser, button["formaction"], asked, status=200)
    rows = list(csv.reader(io.StringIO(file.body.decode("utf-8-sig"))))
    assert (rows[0], len(rows)) == (["Name", "Order"], 4)
    with stall.world.open(write=False) as ctx:
        kept = ctx.db.scalars(select(AuditEntry).where(AuditEntry.action == "export.made")).one()
    assert kept.data["rows"] == 3
