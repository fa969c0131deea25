"""Acts on everybody a list of attendees shows: confirmed with their number, done by a worker, counted; and files of picked rows."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from sqlalchemy import func, select

from sratix_core.accounts.permissions import EVENT_VIEW, ORDER_EDIT, ORDER_VIEW
from sratix_core.app import make_worker
from sratix_core.audit.models import AuditEntry
from sratix_core.context import TenantContext
from sratix_core.jobs.models import Job
from sratix_core.members.models import CustomRole
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.tenants.service import switch_plugin
from sratix_core.tickets import mass
from sratix_core.tickets.models import MassAct, MassPart, Ticket
from tests.builders import faults
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


def orders(stall: Stall, act: str) -> str:
    return f"{stall.office}orders/everybody/{act}/"


def order_states(stall: Stall) -> dict[str, int]:
    with stall.world.open(write=False) as ctx:
        return dict(ctx.db.execute(select(Order.state, func.count()).group_by(Order.state)).all())  # type: ignore[arg-type]


def test_all_orders_that_match_are_cancelled_and_no_other(
    market: Market, stall: Stall, browser: TestApp
) -> None:
    page = browser.get(f"{stall.office}orders/?type={stall.types['Free']}")
    link = next(a["href"] for a in page.html.select("a") if "/everybody/cancel/" in a.get("href", ""))
    question = browser.get(link)
    assert "Cancel 12 orders?" in question
    assert "12 mails leave." in question
    act = path_of(form_to(question, "/everybody/cancel/").submit(status=303))
    assert "0 of 12" in browser.get(act)
    overview = browser.get(stall.office)
    assert "Cancelling orders: 0 of 12" in overview
    assert act in overview, "whoever left the page finds it again"
    assert order_states(stall) == {"paid": 13}
    work(market)
    assert order_states(stall) == {"cancelled": 12, "paid": 1}
    assert (stall.taken("Free"), stall.taken("Other")) == (0, 3)
    over = browser.get(act)
    assert ("12 orders cancelled" in over, "Back to the orders" in over) == (True, True)
    assert "Cancelling orders" not in browser.get(stall.office)
    with stall.world.open(write=False) as ctx:
        assert faults(market.runtime) == []
        mails = ctx.db.scalars(select(Message.order_id).where(Message.kind == "order_cancelled")).all()
    assert len(mails) == len(set(mails)) == 12
    assert "Cancel 0 orders?" in browser.get(link)


def test_what_they_paid_is_named_to_whoever_sees_money(market: Market) -> None:
    stall = make_stall(market.tenant(), types={"Paid": {"price": 4900, "capacity": 50}})
    owner = market.member(stall.world)
    for _ in range(2):
        buy(market.browser(), stall, Paid=1)
    for link in owner.get(f"{stall.office}orders/").html.select("tr[data-href]"):
        post(owner, f"{link['data-href']}payment/", {"reference": link["data-href"][-9:]}, status=303)
    assert "98.00 were paid" in owner.get(orders(stall, "cancel"))
    with stall.world.open() as ctx:
        now, rights = ctx.clock.now(), [EVENT_VIEW, ORDER_VIEW, ORDER_EDIT]
        ctx.db.add(
            CustomRole(
                id=ctx.ids.new(), key="desk", name="Desk", permissions=rights, created_at=now, updated_at=now
            )
        )
    seen = market.member(stall.world, "desk").get(orders(stall, "cancel"))
    assert ("Cancel 2 orders?" in seen, "98.00" in seen) == (True, False)


def test_the_same_answer_twice_is_one_act(market: Market, stall: Stall, browser: TestApp) -> None:
    for kind, where in (("mails", orders(stall, "mails")), ("mails", everybody(stall, "mails"))):
        fields = form_to(browser.get(where), f"/everybody/{kind}/").submit_fields()
        first, second = (post(browser, where, fields, status=303) for _ in range(2))
        assert path_of(first) == path_of(second)
        for act in ("", "no id", "0" * 32):
            changed = [(k, act if k == "act" else v) for k, v in fields]
            answer = path_of(post(browser, where, changed, status=303))
            assert (answer == where) == (act != "0" * 32)
    with stall.world.open(write=False) as ctx:
        assert ctx.db.scalar(select(func.count()).select_from(MassAct)) == 3
    make_stall(stall.world, "second", types={"Free": 0})
    theirs = f"{stall.office.replace(stall.slug, 'second')}acts/{path_of(first).split('/')[-2]}/"
    browser.get(theirs, status=404)


def test_orders_placed_while_the_question_is_read_are_not_meant(
    market: Market, stall: Stall, browser: TestApp
) -> None:
    question = browser.get(orders(stall, "cancel"))
    stall.world.later(seconds=1)
    buy(market.browser(), stall, Free=1)
    form_to(question, "/everybody/cancel/").submit(status=303)
    work(market)
    assert order_states(stall) == {"cancelled": 13, "paid": 1}
    for at in (
        "",
        "yesterday",
        "2999-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00-14:00",
        "2027-01-01T00:00:00",
    ):
        fields = [("n", "1"), ("at", at), ("act", "0" * 31 + "1")]
        answer = post(browser, orders(stall, "cancel"), fields, expect_errors=True)
        assert answer.status_int == 303, at
    browser.get(orders(stall, "void"), status=404)


def test_a_worker_that_dies_leaves_the_rest_to_the_next(
    market: Market, stall: Stall, browser: TestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies with a part done and not committed: what it did is gone with it, and done once by who comes after."""
    monkeypatch.setattr(mass, "PART", 5)
    act = path_of(form_to(browser.get(orders(stall, "cancel")), "/everybody/cancel/").submit(status=303))
    whole, parts = mass._do, []

    def dies(ctx: TenantContext, *given: Any) -> int:
        done = whole(ctx, *given)
        if ctx.tenant.id == stall.world.tenant.id:
            parts.append(done)
            if len(parts) == 2:
                raise RuntimeError("the power is gone")
        return done

    monkeypatch.setattr(mass, "_do", dies)
    work(market)
    assert order_states(stall) == {"cancelled": 5, "paid": 8}
    assert "5 of 13" in browser.get(act)
    stall.world.later(minutes=30)
    work(market)
    assert order_states(stall) == {"cancelled": 13}
    assert "13 orders cancelled" in browser.get(act)
    with stall.world.open(write=False) as ctx:
        mails = ctx.db.scalars(select(Message.order_id).where(Message.kind == "order_cancelled")).all()
    assert len(mails) == len(set(mails)) == 13
    assert faults(market.runtime) == []
