"""Rows 4 to 8 and 25 of the catalogue over every route there is: odd headers, words, numbers, shapes and sizes; no 5xx and no effect.

`test_hostile.py` goes deeper into the forms of the shop and the dashboard; here each route of the application meets each kind once.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from sratix_core.tenants.platform import home_of
from tests.functional.api.rows import BODIES, filled
from tests.functional.isolation.callers import Asking, Caller, Organizer, nobody
from tests.functional.isolation.routes import Route, operations
from tests.functional.shop.market import TOKEN, Market
from tests.support import fingerprint

LEAVING = {"account.logout", "account.logins_others", "platform.impersonation", "platform.tenant_status"}
"""Does what it does whatever the words say."""
SLOW = {"shop.document"}
WRITTEN = {"security_log", "logins", "api_keys", "devices", "members", "login_attempts"}
LONG, HUGE = "x" * 30_000, "9" * 5_000
HEADERS: list[dict[str, str]] = [
    {"Authorization": value}
    for value in ("Bearer", "Bearer ", "Basic YTpi", "Bearer \xff\xfe", "Bearer " + "a" * 7_000, "Bearer a.b.c", "Bearer srx_key_" + HUGE[:400],
                  "Bearer srx_key_99999999999999999999_x_y", "Bearer srx_device_1_x_y", "Digest \"")
] + [
    {"Accept-Language": value} for value in ("*", "de;q=nan", ",,,;", "xx-" * 900, "de;q=1e999", "\xe9")
] + [
    {"Cookie": value} for value in ("sratix=", "sratix=" + "a" * 7_000, "sratix=\xff; csrf=\xff", ";;=;=", "known=a.b.c; csrf=" + TOKEN)
] + [
    {"If-None-Match": "W/\"", "If-Modified-Since": "yesterday", "Range": "bytes=9-1", "Accept": "x" * 900},
    {"X-Forwarded-For": "1.2.3.4, " * 500, "X-Forwarded-Proto": "gopher", "Forwarded": "for=\"_\""},
    {"Origin": "null", "Referer": "http://[", "Sec-Fetch-Site": "odd"},
    {"Host": "a" * 300}, {"Host": "localhost:99999999"}, {"Host": "\xff.example"},
    {"X-Long": "a" * 9_000}, {f"X-{n}": "a" * 900 for n in range(60)},
]  # fmt: skip
WRITE_HEADERS: list[dict[str, str]] = [
    *({"Idempotency-Key": value} for value in ("", '"', "a b", "k" * 256, "\xe9", '""')),
    *({"If-Match": value} for value in ("", '"', "W/", "*,*", '"' + "a" * 7_000 + '"', "\xff")),
]
TYPES = [
    "",
    "text/plain",
    "multipart/form-data",
    "a/b/c; =",
    "application/x-www-form-urlencoded; charset=x",
    "\xff",
]
BODIES_ODD: list[bytes] = [
    b"", b"null", b"[]", b'"x"', b"1e999", b"NaN", b"{", b"\xff\xfe{", b'{"a":' * 20_000, b"[" * 50_000, b'{"\\ud800": 1}', b'{"name": "\\u0000"}',
    b'{"name": 1, "name": 2}', b'{"capacity": ' + HUGE.encode() + b"}", b'{"starts_at": "0001-01-01T00:00:00+25:00"}', b'{"x": "' + b"y" * 200_000 + b'"}',
]  # fmt: skip
ODD: list[Any] = [
    -1, 2**31, 2**53 + 1, 2**63, 1.5, True, None, [], {}, "", LONG, "\u202eevil", "e\u0301" * 1_000, "0x10", "'; DROP TABLE orders;--",
    "{{7*7}}${7*7}%s", "\r\nBcc: x@example.org", "9999-12-31T23:59:59Z", "2016-12-31T23:59:60Z", "\ufeff", "\U0001f980" * 300,
]  # fmt: skip
FIELDS = [
    "email",
    "password",
    "old",
    "name",
    "slug",
    "full_name",
    "next",
    "stays",
    "reason",
    "words",
    "numbers",
    "website",
    "code",
    "why",
    "column_date",
    "delimiter",
    "dates",
    "file",
]
UNREADABLE = [b"%00", b"\x00", b"%ff", b"\xff", b"%ed%a0%80", b"%c0%80"]
ROUNDS = 6
"""How many of the kinds each route meets; with every route the next ones, so that each kind meets many routes."""


@pytest.fixture(scope="module")
def askers(market: Market, alpha: Organizer) -> dict[str, Caller]:
    market.member(None, is_platform_admin=True)  # never the last one
    home_of(market.runtime)  # made by the first look at the platform
    found = {
        "owner": Caller("owner", "everywhere", market.member(alpha.world)),
        "admin": Caller("admin", "admin", market.member(None, is_platform_admin=True)),
        "nobody": nobody(market),
    }
    for caller in found.values():
        caller.browser.lint = False  # what is sent here is wrong on purpose
    return found


def asker(askers: dict[str, Caller], route: Route) -> Caller:
    """Whoever gets furthest."""
    if route.name.startswith("platform"):
        return askers["admin"]
    return askers["nobody" if route.name.startswith(("account", "sign_up", "shop")) else "owner"]


def test_odd_headers_are_answered_and_change_nothing(
    market: Market, known: dict[str, Route], alpha: Organizer, askers: dict[str, Caller], ask: Asking
) -> None:
    broken, before, turn = [], fingerprint(market.runtime.engines, without=WRITTEN), 0
    for route in (r for r in known.values() if "GET" in r.asks and r.name not in SLOW):
        for _ in range(ROUNDS):
            given, turn = HEADERS[turn % len(HEADERS)], turn + 1
            status = ask(asker(askers, route), "GET", route.address(alpha.ids), **given).status_int
            if status >= 500 and route.name != "health.ready":
                broken.append((route.name, given, status))
    assert broken == []
    assert turn > 5 * len(HEADERS)
    assert fingerprint(market.runtime.engines, without=WRITTEN) == before


def test_bodies_and_headers_that_make_no_sense_are_refused(
    market: Market, known: dict[str, Route], alpha: Organizer, askers: dict[str, Caller], ask: Asking
) -> None:
    broken, before, owner = [], fingerprint(market.runtime.engines, without=WRITTEN), askers["owner"]
    for (name, method), operation in operations().items():
        if operation.body is None:
            continue
        alpha.world.later(seconds=3)
        address, good = known[name].address(alpha.ids), filled(BODIES.get(operation.name, {}), alpha.ids)
        tries: list[tuple[bytes, str, dict[str, str]]] = [(raw, "application/json", {}) for raw in BODIES_ODD]
        tries += [(json.dumps(good).encode(), kind, {}) for kind in TYPES]
        tries += [(b"{", "application/json", given) for given in WRITE_HEADERS]
        for raw, kind, given in tries:
            status = raw_of(ask, owner, method, address, raw, kind, given)
            if not 400 <= status < 500 and not (operation.name == "change_attendee" and status == 200):
                broken.append((operation.name, raw[:40], kind, given, status))
    assert broken == []
    assert fingerprint(market.runtime.engines, without=WRITTEN) == before


def raw_of(
    ask: Asking, who: Caller, method: str, address: str, raw: bytes, kind: str, given: dict[str, str]
) -> int:
    """The status of a request whose body and headers go as they are."""
    ask.sent += 1
    who.browser.extra_environ["REMOTE_ADDR"] = ask.market.browser().extra_environ["REMOTE_ADDR"]
    headers = {"X-CSRF-Token": TOKEN, **given}
    answer = who.browser.request(
        address, method=method, body=raw, headers=headers, content_type=kind, expect_errors=True
    )
    return int(answer.status_int)


def test_odd_words_and_numbers_in_every_field_of_the_api_are_answered(
    known: dict[str, Route], alpha: Organizer, askers: dict[str, Caller], ask: Asking
) -> None:
    broken = []
    for (name, method), operation in operations().items():
        good = filled(BODIES.get(operation.name, {}), alpha.ids)
        fields = list(getattr(operation.body, "__struct_fields__", ()))
        asked = list(getattr(operation.query, "__struct_fields__", ()))
        for n, odd in enumerate(ODD if fields or asked else ()):
            if n % 4 == 0:
                alpha.world.later(seconds=2)
            body = {**good, fields[n % len(fields)]: odd} if fields else None
            address = known[name].address(alpha.ids)
            if asked:
                address += f"?{asked[n % len(asked)]}={quote(str(odd)[:400])}"
            status = ask(askers["owner"], method, address, body).status_int
            if status >= 500:
                broken.append((operation.name, odd, status))
    assert broken == []


def test_odd_words_in_the_other_forms_are_answered(
    market: Market, known: dict[str, Route], alpha: Organizer, askers: dict[str, Caller], ask: Asking
) -> None:
    rooms = (
        "account.",
        "sign_up",
        "platform",
        "attendee_notes.",
        "member_prices.",
        "gift_cards.",
        "bank_transfer.",
    )
    forms = [r for n, r in known.items() if n.startswith(rooms) and "POST" in r.asks and n not in LEAVING]
    assert len(forms) > 9
    broken = []
    for route in forms:
        alpha.world.later(seconds=30)
        for odd in map(str, ODD):
            sent = urlencode({**dict.fromkeys(FIELDS, odd)}, errors="replace").encode()
            status = ask(
                asker(askers, route), "POST", route.address(alpha.ids, to="off"), form=sent
            ).status_int
            if status >= 500 or (
                status < 400 and route.name.startswith(("account", "sign_up")) and status != 303
            ):
                broken.append((route.name, odd[:40], status))
        for bad in UNREADABLE:
            status = ask(
                asker(askers, route), "POST", route.address(alpha.ids), form=b"name=" + bad
            ).status_int
            if status != 400:
                broken.append((route.name, bad, status))
    assert broken == []


def test_bytes_that_are_no_text_never_reach_any_address(
    market: Market, known: dict[str, Route], alpha: Organizer, askers: dict[str, Caller], ask: Asking
) -> None:
    before = fingerprint(market.runtime.engines, without=WRITTEN)
    for route in known.values():
        for bad in ("%00", "%ff", "%ed%a0%80", "%c0%af"):
            answer = ask(asker(askers, route), "GET", f"{route.address(alpha.ids)}?q={bad}")
            assert answer.status_int == 400, (route.name, bad)
    assert fingerprint(market.runtime.engines, without=WRITTEN) == before


@pytest.mark.parametrize("host", ["[::1", "[", "a b", "localhost:x", ":80", "@", "localhost\\evil", "%00"])
def test_hosts_that_are_none_are_answered(
    known: dict[str, Route], alpha: Organizer, askers: dict[str, Caller], host: str
) -> None:
    browser = askers["nobody"].browser
    for route in known.values():
        if "GET" in route.asks and route.name not in SLOW:
            request = browser.RequestClass.blank(route.address(alpha.ids), headers={"Host": host})
            request.environ["REMOTE_ADDR"] = "10.200.0.1"
            status = request.get_response(browser.app).status_int
            assert status < 500 or route.name == "health.ready", (route.name, status)
