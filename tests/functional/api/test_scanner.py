"""The scanner's API with a device key: admit, refuse, the same scan again, and everything that is no scan."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select

from sratix_core.checkin.models import Scan
from sratix_core.devices.service import add_device
from sratix_core.events.queries import event_by_slug
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import Market, post
from tests.support import TestApp, fingerprint

SCANS, MANIFEST = "/api/v1/scanner/scans", "/api/v1/scanner/manifest"


@pytest.fixture
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture(scope="module")
def quiet(market: Market) -> Full:
    """For requests that change nothing."""
    return make_full(market)


def send(browser: TestApp, key: str, body: Any, **headers: str) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **headers}
    return browser.post(SCANS, raw, headers=given, status="*")


def count(full: Full) -> int:
    """Scans besides the unreadable one that every full organizer has from the start."""
    with full.stall.world.open(write=False) as ctx:
        return int(ctx.db.scalar(select(func.count()).select_from(Scan)) or 0) - 1


def test_a_scanner_admits_once(market: Market, full: Full) -> None:
    browser = market.browser()
    first = send(browser, full.key, {"code": full.qr, "device_seq": 1}).json
    assert (first["result"], first["reason"], first["repeated"]) == ("admit", "ok", False)
    assert first["ticket"]["name"] == "Ann Miller"
    again = send(browser, full.key, {"code": full.qr, "device_seq": 1}).json
    assert (again["scan_id"], again["result"], again["repeated"]) == (first["scan_id"], "admit", True)
    assert count(full) == 1
    full.stall.world.later(minutes=2)
    second = send(browser, full.key, {"code": full.qr, "device_seq": 2}).json
    assert (second["result"], second["reason"]) == ("refuse", "already_in")
    assert second["earlier"]["gate"] == "Full gate"
    left = send(browser, full.key, {"code": full.qr, "direction": "exit", "device_seq": 3}).json
    assert left["result"] == "admit"
    assert send(browser, full.key, {"code": full.qr, "device_seq": 4}).json["reason"] == "again"
    assert count(full) == 4


def undo(browser: TestApp, key: str, scan_id: str) -> Any:
    return browser.post(f"{SCANS}/{scan_id}/reversal", headers={"Authorization": f"Bearer {key}"}, status="*")


def test_a_scanner_undoes_its_own_pass_and_lets_in_again(market: Market, full: Full) -> None:
    browser = market.browser()
    first = send(browser, full.key, {"code": full.qr, "device_seq": 1}).json
    gone = undo(browser, full.key, first["scan_id"])
    assert (gone.status_int, gone.json["id"], gone.json["reverted_by"]) == (200, first["scan_id"], None)
    assert undo(browser, full.key, first["scan_id"]).json == gone.json
    assert send(browser, full.key, {"code": full.qr, "device_seq": 2}).json["reason"] == "ok"
    assert undo(browser, full.key, first["scan_id"]).json == gone.json
    second = send(browser, full.key, {"code": full.qr, "device_seq": 3}).json
    assert undo(browser, full.key, second["scan_id"]).json["code"] == "scan_opened_nothing"


def test_a_scanner_undoes_nothing_that_came_before_another_pass(market: Market, full: Full) -> None:
    browser = market.browser()
    entry = send(browser, full.key, {"code": full.qr}).json
    send(browser, full.key, {"code": full.qr, "direction": "exit"})
    answer = undo(browser, full.key, entry["scan_id"])
    assert (answer.status_int, answer.json["code"]) == (409, "scan_not_last")


def test_a_scanner_undoes_what_no_other_scanner_or_organizer_let_in(market: Market, full: Full) -> None:
    """A pass of another device, of staff or of another tenant is not there for it: all answers are one."""
    browser, other = market.browser(), make_full(market)
    with full.stall.world.open() as ctx:
        event = event_by_slug(ctx, full.stall.slug)
        _, another = add_device(ctx, event, "Phone 8")
    passed = send(browser, full.key, {"code": full.qr}).json["scan_id"]
    stranger = send(browser, other.key, {"code": other.qr}).json["scan_id"]
    before = fingerprint(market.runtime.engines, {"devices"})
    refused = [undo(browser, another, passed), undo(browser, full.key, stranger)]
    refused += [undo(browser, full.key, str(uuid.UUID(int=7))), undo(browser, full.key, "no-id")]
    assert {answer.status_int for answer in refused} == {404}
    assert len({json.dumps({**answer.json, "reference": ""}) for answer in refused}) == 1
    assert fingerprint(market.runtime.engines, {"devices"}) == before
    assert undo(browser, "srx_device_1", passed).status_int == 401


def test_a_sequence_number_again_answers_the_first_scan_whatever_it_carries(
    market: Market, full: Full
) -> None:
    browser = market.browser()
    first = send(browser, full.key, {"code": "x" * 80, "device_seq": 9}).json
    again = send(browser, full.key, {"code": full.qr, "device_seq": 9}).json
    assert (again["scan_id"], again["result"]) == (first["scan_id"], "refuse")
    assert count(full) == 1


def test_the_manifest_tells_the_event_and_no_names(market: Market, quiet: Full) -> None:
    answer = market.browser().get(MANIFEST, headers={"Authorization": f"Bearer {quiet.key}"})
    assert answer.json["event"]["slug"] == quiet.stall.slug
    assert answer.json["expected"] == 2
    assert "Ann Miller" not in answer
    assert "no-store" in answer.headers["Cache-Control"]


def test_keys_that_open_nothing(market: Market, quiet: Full) -> None:
    browser, key = market.browser(), quiet.key
    head, secret = key.rsplit("_", 1)[0], key.split("_", 4)[4]
    keys = ["", "x", key[:-1], key + "x", key.upper(), f" {key[1:]}", "srx_device_1_2_3", "srx_device_99999999999_0_x",
            key.replace("srx_device_", "srx_device_9"), f"srx_device_٣_{head}", f"{head}_", f"{head}_{secret.lower()}!",
            "srx_device_-1_" + key.split("_", 3)[3], "\xff\xfe", "a" * 4000]  # fmt: skip
    before = fingerprint(market.runtime.engines)
    bodies = set()
    for wrong in keys:
        for path in (SCANS, MANIFEST):
            given = {"Authorization": f"Bearer {wrong}".encode("latin-1", "ignore").decode("latin-1")}
            ask = browser.get if path == MANIFEST else browser.post
            answer = ask(path, headers=given, status=401)
            assert answer.content_type == "application/problem+json"
            bodies.add(json.dumps({**answer.json, "reference": ""}))
    assert len(bodies) == 1
    for given in ({}, {"Authorization": key}, {"Authorization": f"Basic {key}"}, {"X-Api-Key": key}):
        browser.post(SCANS, b"{}", headers=given, status=401)
    assert fingerprint(market.runtime.engines) == before


def test_a_revoked_key_opens_nothing_more(market: Market, full: Full) -> None:
    browser, owner = market.browser(), market.member(full.stall.world)
    assert send(browser, full.key, {"code": full.qr}).status_int == 200
    assert (
        post(owner, full.stall.office + f"check-in/devices/{full.ids['device']}/revocation/").status_int
        == 303
    )
    assert send(browser, full.key, {"code": full.qr}).status_int == 401
    browser.get(MANIFEST, headers={"Authorization": f"Bearer {full.key}"}, status=401)


BODIES: list[bytes] = [
    b"", b"{", b"null", b"[]", b'"x"', b"7", b"true", b"\x00", b"\xff\xfe", b'{"code": "\xff"}', b'{"code": "\xed\xa0\x80"}',
    b'{"code": "\\ud800"}', b'{"code": null}', b'{"code": 7}', b'{"code": ["x"]}', b"{}", b'{"code": "x", "extra": 1}',
    b'{"code": "x", "tenant_id": 2}', b'{"code": "x", "result": "admit"}', b'{"code": "x", "direction": "sideways"}',
    b'{"code": "x", "device_seq": -1}', b'{"code": "x", "device_seq": 9007199254740992}', b'{"code": "x", "device_seq": 1e400}',
    b'{"code": "x", "device_seq": 18446744073709551616}', b'{"code": "x", "device_seq": 1.5}', b'{"code": "x", "device_seq": "1"}',
    b'{"code": "x", "device_seq": true}', b'{"code": "x", "device_seq": NaN}', b'{"code": "x", "device_seq": ' + b"9" * 5000 + b"}",
    b'{"code": "x", "scanned_at": "yesterday"}', b'{"code": "x", "scanned_at": "2027-03-10T09:00:00"}',
    b'{"code": "x", "scanned_at": "0001-01-01T00:00:00+14:00"}', b'{"code": "x", "scanned_at": "9999-12-31T23:59:59-12:00"}',
    b'{"code": "x", "scanned_at": "2027-13-10T09:00:00Z"}', b'{"code": "x", "scanned_at": "2027-03-10T09:00:60Z"}',
    b'{"code": "x", "scanned_at": "2027-03-10T09:00:00+25:00"}', b'{"code": "x", "scanned_at": 1e30}',
    b"[" * 100_000, b'{"a":' * 50_000, b'{"code": "x"} {"code": "y"}', b"code=x",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_is_no_scan_is_refused_clearly_and_not_stored(market: Market, quiet: Full, body: bytes) -> None:
    before = count(quiet)
    answer = send(market.browser(), quiet.key, body)
    assert answer.status_int in {400, 422}, answer.text[:500]
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"]
    assert answer.json["status"] == answer.status_int
    assert count(quiet) == before


def test_a_code_of_a_million_letters_is_refused_like_any_other(market: Market, full: Full) -> None:
    for code in (
        "A" * 1_000_000,
        "\U0001f980" * 100_000,
        "\x00" * 200,
        "\u202e" + full.qr,
        full.qr + "\n" * 300 + "x",
    ):
        answer = send(market.browser(), full.key, {"code": code})
        assert answer.status_int == 200
        assert (answer.json["result"], answer.json["ticket"]) == ("refuse", None)
    assert count(full) == 5


def test_a_clock_that_is_wrong_is_remembered_as_told(market: Market, full: Full) -> None:
    for n, at in enumerate(
        ("1970-01-01T00:00:00Z", "2999-12-31T23:59:59+02:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
    ):
        answer = send(market.browser(), full.key, {"code": "x" * 70, "scanned_at": at, "device_seq": n})
        assert answer.status_int in {200, 422}, at
    first = send(market.browser(), full.key, {"code": full.qr, "scanned_at": "1970-01-01T00:00:00Z"}).json
    assert first["result"] == "admit"
    assert first["received_at"].startswith("2027-03-01T")


def test_each_flipped_letter_of_a_code_is_refused(market: Market, full: Full) -> None:
    browser = market.browser()
    for i in range(0, len(full.qr), 7):
        for letter in "0Z":
            if full.qr[i] != letter:
                code = full.qr[:i] + letter + full.qr[i + 1 :]
                assert send(browser, full.key, {"code": code}).json["result"] == "refuse", (i, letter)
    assert send(browser, full.key, {"code": full.qr}).json["result"] == "admit"


def test_public_answers_are_flat_json(market: Market, quiet: Full) -> None:
    browser, slug = market.browser(), quiet.ids["tenant"]
    (event,) = browser.get(f"/api/v1/public/{slug}/events").json["items"]
    assert event == browser.get(f"/api/v1/public/{slug}/events/{quiet.stall.slug}").json
    assert event["url"] == f"http://localhost{quiet.stall.path}"
    offers = browser.get(f"/api/v1/public/{slug}/events/{quiet.stall.slug}/availability").json["items"]
    assert {o["price"]["amount"] for o in offers} == {0, 4900}
    for path in (f"/api/v1/public/{slug}/events/none", "/api/v1/public/nobody/events", "/api/v1/nothing"):
        answer = browser.get(path, status=404)
        assert answer.content_type == "application/problem+json"
