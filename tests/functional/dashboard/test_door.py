"""The door in the browser: admit, refuse with where and when, names looked up, exits, new codes, scanners and their keys."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from sratix_core.checkin.models import Scan
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import Market, Stall, form_to, make_stall, post
from tests.support import TestApp


@pytest.fixture
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture
def door(market: Market, full: Full) -> TestApp:
    return market.member(full.stall.world, "volunteer")


def scan(browser: TestApp, full: Full, code: str, **other: str) -> Any:
    answer = post(browser, full.stall.office + "check-in/scan/", {"code": code, **other})
    assert answer.status_int == 200
    return answer


def scans(stall: Stall) -> int:
    """Besides the unreadable one that every full organizer has from the start."""
    with stall.world.open(write=False) as ctx:
        return int(ctx.db.scalar(select(func.count()).select_from(Scan)) or 0) - 1


def test_the_first_scan_admits_and_the_second_says_where_and_when(full: Full, door: TestApp) -> None:
    page = door.get(full.stall.office + "check-in/scan/")
    form = form_to(page, "/check-in/scan/")
    form["code"], form["gate_id"] = full.qr, full.gate
    first = form.submit()
    assert "Admit" in first
    assert "Ann Miller" in first
    full.stall.world.later(minutes=5)
    second = scan(door, full, f"  {full.qr}\r\n")
    assert "Already inside" in second
    assert re.search(r"Scanned .*12:00.*, Full gate\.", second.text)
    assert scans(full.stall) == 2


def test_exit_and_coming_back(full: Full, door: TestApp) -> None:
    assert "Not inside" in scan(door, full, full.qr, direction="exit") or scans(full.stall) == 1
    assert "Admitted" in scan(door, full, full.qr)
    out = scan(door, full, full.qr, direction="exit").html.select_one(".verdict")
    assert (out.h2.text, out.select_one(".v-name").text) == ("Out", "Left")
    assert "Back inside" in scan(door, full, full.qr)


def test_an_event_without_coming_back(market: Market) -> None:
    full = make_full(market)
    with full.stall.world.open() as ctx:
        from sratix_core.events.queries import event_by_slug

        event_by_slug(ctx, full.stall.slug).reentry_allowed = False
    door = market.member(full.stall.world, "volunteer")
    assert "Admitted" in scan(door, full, full.qr)
    assert "Left" in scan(door, full, full.qr, direction="exit")
    assert "Has left, no re-entry" in scan(door, full, full.qr)


def test_a_name_or_an_order_is_looked_up_and_picked(full: Full, door: TestApp) -> None:
    for typed in ("Guest 2", "guest", full.ids["code"]):
        found = scan(door, full, typed)
        assert "Guest 2" in found, typed
    assert scans(full.stall) == 0
    form = next(f for f in scan(door, full, "Guest 2").forms.values() if "/check-in/tickets/" in f.action)
    answer = form.submit(status=200)
    assert "Admit" in answer
    assert "Already inside" in form.submit(status=200)
    assert scans(full.stall) == 2


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "_", "'; DROP TABLE tickets;--", "\u202eabc", "\U0001f980", "a" * 59]
)
def test_odd_searches_find_nobody(full: Full, door: TestApp, typed: str) -> None:
    answer = scan(door, full, typed)
    assert "Guest 2" not in answer


def test_codes_that_are_none_are_refused_and_remembered(full: Full, door: TestApp, market: Market) -> None:
    abroad = make_full(market)
    bad = [full.qr.lower(), full.qr[:-1], full.qr + "A", full.qr[:-8] + "AAAAAAAA", full.qr.replace("0", "O", 1) + "O",
           "A" * 1_000_000, abroad.qr, "https://evil.example/" + "x" * 60, "x" * 200 + "\u00e9"]  # fmt: skip
    before = scans(full.stall)
    for n, code in enumerate(bad, 1):
        answer = scan(door, full, code)
        assert "Refuse" in answer, code[:80]
        assert (
            "Admitted" not in answer.html.find("main").find(class_=re.compile("verdict")).get_text()
            if answer.html.find(class_=re.compile("verdict"))
            else True
        )
        assert scans(full.stall) == before + n
    assert "Admitted" in scan(door, full, full.qr)


def test_a_new_code_ends_the_old_one_and_a_void_ticket_is_refused(
    market: Market, full: Full, door: TestApp
) -> None:
    owner = market.member(full.stall.world)
    ticket = full.stall.office + f"tickets/{full.ids['ticket']}/"
    assert post(owner, ticket + "rotation/").status_int == 303
    assert "Code was replaced by a newer one" in scan(door, full, full.qr)
    assert post(owner, ticket + "void/").status_int == 303
    assert "Refuse" in scan(door, full, full.qr)
    assert post(owner, ticket + "void/").status_int == 409
    assert post(owner, ticket + "rotation/").status_int == 409


def test_a_gate_of_another_event_is_unknown(market: Market, full: Full, door: TestApp) -> None:
    abroad = make_full(market)
    for gate in (abroad.gate, "nonsense", "00000000-0000-7000-8000-000000000000"):
        answer = post(door, full.stall.office + "check-in/scan/", {"code": full.qr, "gate_id": gate})
        assert answer.status_int == 404
    assert scans(full.stall) == 0


def test_a_scanner_is_paired_and_its_key_shown_once(market: Market, full: Full) -> None:
    owner = market.member(full.stall.world)
    here = full.stall.office + "check-in/"
    paired = post(owner, here + "devices/", {"name": "Tablet 7", "gate_id": full.gate})
    assert paired.status_int == 200
    (key,) = set(re.findall(r"srx_device_\d+_[0-9a-f]{32}_[\w-]+", paired.text))
    assert "no-store" in paired.headers["Cache-Control"]
    assert "srx_device_" not in owner.get(here)
    market.browser().get("/api/v1/scanner/manifest", headers={"Authorization": f"Bearer {key}"}, status=200)
    for name in ("", " ", "x" * 500):
        assert post(owner, here + "devices/", {"name": name}).status_int == 422
    assert post(owner, here + "devices/", {"name": "T", "gate_id": "nonsense"}).status_int == 404


def test_a_gate_has_a_name_of_its_own(market: Market) -> None:
    stall = make_stall(market.tenant())
    owner = market.member(stall.world)
    here = stall.office + "check-in/gates/"
    assert post(owner, here, {"name": "North"}).status_int == 303
    assert "Something here has this name already." in post(owner, here, {"name": "NORTH"}, status=422)


def undo_in(page: Any) -> Any:
    return form_to(page, "/reversal/")


def test_a_mistake_is_undone_right_after_the_scan(full: Full, door: TestApp) -> None:
    admitted = scan(door, full, full.qr, gate_id=full.gate)
    button = admitted.html.select_one(".verdict form[data-undo] button")
    assert button["aria-keyshortcuts"] == "Control+Z Meta+Z"
    answer = undo_in(admitted).submit(status=303)
    page = answer.follow()
    assert "Undone. The ticket is where it was before" in page
    assert page.html.select_one("#f-gate_id option[selected]")["value"] == full.gate, "the gate stays chosen"
    assert "Undone by Nina Steiner" in page.html.select_one(".feed li").text
    assert undo_in(admitted).submit(status=303), "the button again is the same as once"
    assert "Admit" in scan(door, full, full.qr)


def test_a_refused_scan_offers_no_undo_and_an_old_pass_says_what_is_first(full: Full, door: TestApp) -> None:
    first = scan(door, full, full.qr)
    assert not scan(door, full, full.qr).html.select(".verdict form[data-undo]")
    scan(door, full, full.qr, direction="exit")
    refused = undo_in(first).submit(status=409)
    assert "Undo the newest scan first" in refused
    other = first.forms[
        next(k for k, f in first.forms.items() if f.action.split("?")[0].endswith("/reversal/"))
    ]
    other.action = re.sub(r"scans/[0-9a-f-]+/", f"scans/{full.ids['scan']}/", other.action)
    assert "let nobody through" in other.submit(status=409)


def test_a_pass_is_undone_from_the_door_the_order_and_its_reasons(market: Market, full: Full) -> None:
    office, pages = market.member(full.stall.world), full.stall.office
    for where in ("check-in/", f"orders/{full.ids['code']}/"):
        assert not office.get(pages + where).html.select("form[action*='/reversal/']")
        scan(office, full, full.qr)
        page = office.get(pages + where)
        after = undo_in(page).submit(status=303)
        assert after.headers["Location"].split("?")[0].endswith(where)
        assert "Undone." in after.follow()
    assert "A check-in was undone" in office.get(f"{pages}orders/{full.ids['code']}/")
    reasons = office.get(scan(office, full, full.qr).html.select_one(".verdict a")["href"])
    told = undo_in(reasons).submit(status=303).follow()
    assert "Undone by Nina Steiner" in told
    assert not told.html.select("form[action*='/reversal/']")
    inside = office.get(pages + "check-in/").html.select("dl.kv dd")
    assert [dd.text for dd in inside[:2]] == ["0", "0"]
