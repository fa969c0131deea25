"""Why? Every refusal under the reference that was shown, every price of an order, every verdict at the door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from webtest import TestResponse

from sratix_core.decisions import service
from sratix_core.decisions.models import Decision
from sratix_core.errors import NotFound
from sratix_core.jobs.kinds import forget_reasons
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import Market, Stall, buy, choose, code_in, form_to, make_stall, post
from tests.support import TestApp


@pytest.fixture
def full(market: Market) -> Full:
    return make_full(market)


def reference_in(page: str) -> str:
    found = re.search(r"Reference <code>([\w-]+)</code>", page)
    assert found is not None
    return found[1]


def too_late(market: Market) -> tuple[Stall, TestResponse]:
    """Somebody else took the last unit while the form was open; the answer to the one who came second."""
    stall = make_stall(market.tenant(), types={"Last": {"capacity": 1}})
    form = form_to(market.browser().get(stall.path), "/cart/")
    form[f"q-{stall.types['Last']}"] = "1"
    buy(market.browser(), stall, Last=1)
    return stall, form.submit(status=409)


def kept(stall: Stall) -> int:
    with stall.world.open(write=False) as ctx:
        return int(ctx.db.scalar(select(func.count()).select_from(Decision)) or 0)


def ask(staff: TestApp, stall: Stall, reference: str) -> str:
    page = staff.get(f"/dashboard/{stall.world.tenant.slug}/why/")
    form = next(f for f in page.forms.values() if "reference" in f.fields)
    form["reference"] = reference
    return str(form.submit().text)


def test_a_sold_out_cart_says_which_rules_passed_and_which_did_not(market: Market) -> None:
    stall, page = too_late(market)
    staff = market.member(stall.world, "staff")
    told = ask(staff, stall, reference_in(page.text))
    order = [
        told.index(words)
        for words in ("The event sells tickets", "Last is on sale", "These tickets are gone")
    ]
    assert order[0] < order[1]
    assert "1 wanted" in told
    assert "0 left" in told


def test_a_refused_act_of_staff_is_kept_under_the_reference_of_the_error_page(
    market: Market, full: Full
) -> None:
    owner = market.member(full.stall.world)
    cancel = full.stall.office + f"orders/{full.ids['code']}/cancellation/"
    post(owner, cancel, status=303)
    again = post(owner, cancel, status=409)
    assert "The order has moved on" in ask(owner, full.stall, reference_in(again.text))


def test_a_page_that_was_not_refused_keeps_nothing(market: Market) -> None:
    stall = make_stall(market.tenant())
    browser = market.browser()
    browser.get(stall.path)
    choose(browser, stall, Free=1)
    browser.get(stall.path + "orders/ZZZZZ/0000000000/", status=404)
    assert kept(stall) == 0


def test_a_crowd_of_refusals_fills_no_table(market: Market) -> None:
    stall, _ = too_late(market)
    for _ in range(125):
        post(market.browser(), stall.path + "cart/", {f"q-{stall.types['Last']}": "1"}, status=409)
    assert 100 < kept(stall) <= 121


def test_another_organizers_reference_and_a_wrong_one_are_the_same(market: Market, full: Full) -> None:
    owner = market.member(full.stall.world)
    cancel = full.stall.office + f"orders/{full.ids['code']}/cancellation/"
    post(owner, cancel, status=303)
    reference = reference_in(post(owner, cancel, status=409).text)
    other = make_stall(market.tenant())
    stranger = market.member(other.world)
    for asked in (reference, "never-given", "\u202e" * 20):
        assert "Nothing is kept under this reference" in ask(stranger, other, asked)


def test_an_order_tells_how_its_prices_came_about(market: Market) -> None:
    stall = make_stall(market.tenant(), types={"Paid": 4900})
    code = code_in(buy(market.browser(), stall, Paid=2))
    staff = market.member(stall.world, "event_admin")
    page = staff.get(stall.office + f"orders/{code}/").click("Why these prices")
    page.mustcontain("2 × Paid", "CHF 49.00", "Price of Paid when the seats were taken")


def test_a_verdict_tells_how_far_the_scan_came(market: Market, full: Full) -> None:
    owner = market.member(full.stall.world)
    scan = full.stall.office + "check-in/scan/"
    post(owner, scan, {"code": full.qr, "gate_id": full.gate})
    full.stall.world.later(minutes=7)
    page = post(owner, scan, {"code": full.qr})
    told = page.click("Why", href="check-in/scans/", index=0).text
    passed = ("There is such a ticket", "The signature is ours", "The ticket is valid")
    places = [told.index(words) for words in (*passed, "The holder is on the other side")]
    assert places == sorted(places)
    assert re.search(r"scanned before on .*, at Full gate", told)


def test_a_volunteer_at_the_door_sees_no_reasons(market: Market, full: Full) -> None:
    door = market.member(full.stall.world, "volunteer")
    page = post(door, full.stall.office + "check-in/scan/", {"code": "ABC:DEF" + "0" * 60})
    page.mustcontain("Not a ticket code", no="/why/")
    door.get(full.stall.office + f"check-in/scans/{full.ids['scan']}/why/", status=403)


def test_reasons_are_forgotten_in_time(market: Market) -> None:
    stall, page = too_late(market)
    reference = reference_in(page.text)
    clock = market.runtime.sources.clock
    before = clock.now()
    clock.move(service.KEPT - timedelta(minutes=1))  # type: ignore[attr-defined]
    forget_reasons(market.runtime)
    assert kept(stall) == 1
    clock.move(timedelta(minutes=2))  # type: ignore[attr-defined]
    assert forget_reasons(market.runtime) >= 1
    clock.move(before - clock.now())  # type: ignore[attr-defined]
    with stall.world.open(write=False) as ctx, pytest.raises(NotFound):
        service.by_reference(ctx, reference)
