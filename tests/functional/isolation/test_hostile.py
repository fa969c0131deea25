"""What no honest browser sends, into every page there is: a clear answer below 500, and not a row changed by what was refused.

The addresses come from the route tables; the fields are the names of all forms together.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from sratix_core import api, asgi, dashboard, shop
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import TOKEN, Market, choose, make_stall, path_of, post
from tests.support import TestApp, fingerprint

ROUTES = dict((*shop.ROUTES, *dashboard.ROUTES, *api.ROUTES))
FORM = "application/x-www-form-urlencoded"
FIELDS = [
    "once", "buyer_name", "buyer_email", "buyer_company", "mine", "name-1", "email-1", "later-2", "provider", "name", "email",
    "reference", "slug", "starts_at", "ends_at", "timezone", "currency", "tagline", "description", "venue_id", "name-de", "tagline-de",
    "price", "capacity", "min_per_order", "max_per_order", "max_per_buyer", "visibility", "status", "sales_start", "sales_end",
    "pools", "title", "track", "room", "speakers", "company", "bio", "street", "postal_code", "city", "country", "directions",
    "code", "gate_id", "direction", "accent", "legal_line", "iban", "account_holder", "term_days",
    "role", "where", "events", "permissions", "kind", "place", "text", "outcome", "password",
]  # fmt: skip
QUERIES = [
    "q",
    "state",
    "cursor",
    "came",
    "type",
    "view",
    "new",
    "gate_id",
    "direction",
    "done",
    "lang",
    "track",
    "q-x",
    "from",
]
ODD = [
    "-1", "9" * 5000, "1e400", "NaN", "0x10", "٣", "2147483648", "9223372036854775808", "\x01\x1b[2J", "\u202eevil", "e\u0301" * 1000,
    "x" * 30_000, "{{7*7}}${7*7}%s%n%(x)s", "'; DROP TABLE orders;--", "<svg onload=alert(1)>", "..%2f..%2fetc/passwd", "\r\nBcc: x@example.org",
    "=cmd|' /C calc'!A0", "0001-01-01T00:00", "9999-12-31T23:59", "2027-03-28T02:30", "00000000-0000-0000-0000-000000000000", "\ufeff", "\U0001f980" * 300,
]  # fmt: skip
UNREADABLE = [b"%00", b"\x00", b"%ff", b"\xff", b"%ed%a0%80", b"\xed\xa0\x80", b"%c0%80", b"\xf5\x80\x80\x80"]


@pytest.fixture(scope="module")
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture(scope="module")
def owner(market: Market, full: Full) -> TestApp:
    browser = market.member(full.stall.world)
    browser.lint = False  # what is sent here is wrong on purpose
    return browser


def taking(market: Market, method: str) -> list[str]:
    """The routes that take a method."""
    methods = market.app.app.registry["route_methods"]
    return [name for name in ROUTES if method in methods.get(name, ())]


def fresh(market: Market, browser: TestApp) -> None:
    """Another address for the same browser, so that no limit hides what would have happened."""
    browser.extra_environ["REMOTE_ADDR"] = market.browser().extra_environ["REMOTE_ADDR"]


def test_bytes_that_are_no_text_never_reach_a_form(market: Market, full: Full, owner: TestApp) -> None:
    before = fingerprint(market.runtime.engines)
    for name in taking(market, "POST"):
        fresh(market, owner)
        field = f"q-{full.ids['type']}" if name == "shop.cart" else "name"
        for bad in UNREADABLE:
            for body in (field.encode() + b"=" + bad, b"x" + bad + b"=1"):
                sent = b"csrf_token=" + TOKEN.encode() + b"&" + body
                answer = owner.post(full.address(ROUTES[name]), sent, content_type=FORM, status="*")
                assert (
                    answer.status_int == (401 if name.startswith("api.") else 400) or answer.status_int == 400
                ), (name, bad)
    assert fingerprint(market.runtime.engines) == before


def test_bytes_that_are_no_text_never_reach_a_query_or_a_path(
    market: Market, full: Full, owner: TestApp
) -> None:
    before = fingerprint(market.runtime.engines)
    for name in taking(market, "GET"):
        fresh(market, owner)
        for bad in ("%00", "%ff", "%ed%a0%80", "%c0%af"):
            address = full.address(ROUTES[name])
            assert raw(owner, address, f"q={bad}").status_int == 400, name
            assert raw(owner, address.replace(full.ids["event"], full.ids["event"] + bad), "").status_int in {
                200,
                303,
                400,
                401,
            }, name
    assert fingerprint(market.runtime.engines) == before


def raw(browser: TestApp, path: str, query: str) -> Any:
    """A request whose path and query arrive as they are, without the client's tidying."""
    cookies = "; ".join(f"{c.name}={c.value}" for c in browser.cookiejar)
    given = {
        **browser.extra_environ,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
    }
    return browser.RequestClass.blank("/", environ=given, headers={"Cookie": cookies}).get_response(
        browser.app
    )


def test_odd_queries_are_answered_and_change_nothing(market: Market, full: Full, owner: TestApp) -> None:
    before = fingerprint(market.runtime.engines)
    for n, name in enumerate(taking(market, "GET")):
        fresh(market, owner)
        if name == "shop.document":
            continue  # makes a file; its queries are not read
        for turn in range(4):  # each parameter meets each odd value on some page
            given = {q: ODD[(n * 5 + turn * 7 + i) % len(ODD)][:500] for i, q in enumerate(QUERIES)}
            assert owner.get(full.address(ROUTES[name]), given, status="*").status_int < 500, (name, given)
    for name in ("dashboard.orders", "dashboard.attendees", "shop.event"):
        for odd in ODD:
            given = dict.fromkeys(QUERIES, odd[:500])
            assert owner.get(full.address(ROUTES[name]), given, status="*").status_int < 500, (name, odd)
    assert fingerprint(market.runtime.engines) == before


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_words_in_every_field_are_answered(market: Market, full: Full, owner: TestApp, odd: str) -> None:
    fields = {**dict.fromkeys(FIELDS, odd), f"q-{full.ids['type']}": odd}
    for name in taking(market, "POST"):
        fresh(market, owner)
        status = post(owner, full.address(ROUTES[name]), fields).status_int
        assert status in {200, 303, 401, 404, 405, 409, 410, 415, 422, 429}, (name, status)


def test_files_where_words_belong_are_refused(market: Market, full: Full, owner: TestApp) -> None:
    files = [(name, "a.txt", b"words") for name in [*FIELDS, f"q-{full.ids['type']}"]]
    broken = []
    for name in taking(market, "POST"):
        fresh(market, owner)
        answer = owner.post(full.address(ROUTES[name]), {"csrf_token": TOKEN}, upload_files=files, status="*")
        if answer.status_int >= 500:
            broken.append(name)
    assert broken == []


def test_a_flood_of_fields_or_headers_is_refused(market: Market, full: Full, owner: TestApp) -> None:
    before = fingerprint(market.runtime.engines)
    cart = full.address(ROUTES["shop.cart"])
    many = [(f"q-{full.ids['type']}", "1")] * 2100
    assert post(owner, cart, many).status_int == 400
    assert owner.get(full.stall.path, headers={"X-Long": "a" * 9000}, status="*").status_int == 400
    assert (
        owner.get(full.stall.path, headers={f"X-{n}": "a" * 900 for n in range(60)}, status="*").status_int
        == 400
    )
    assert owner.get(full.stall.path, headers={"Cookie": "csrf=" + "a" * 8500}, status="*").status_int == 400
    assert raw(owner, full.stall.path, "&".join(f"a{n}=1" for n in range(2500))).status_int == 400
    assert fingerprint(market.runtime.engines) == before


def test_a_thousand_types_in_one_cart_are_refused(market: Market, full: Full, owner: TestApp) -> None:
    before = fingerprint(market.runtime.engines)
    many = {f"q-{n:08d}-0000-7000-8000-000000000000": "1" for n in range(1000)}
    assert post(
        owner, full.address(ROUTES["shop.cart"]), {**many, f"q-{full.ids['type']}": "1"}
    ).status_int in {409, 422}
    assert fingerprint(market.runtime.engines) == before


@pytest.mark.parametrize(
    "path",
    [
        "/{t}//robotics/",
        "//{t}/robotics/",
        "/{t}/./robotics/",
        "/{t}/robotics/../robotics/",
        "/{t}/robotics/\\",
        "/{t}/robotics%00/",
    ],
)
def test_an_address_has_one_spelling(full: Full, owner: TestApp, path: str) -> None:
    assert raw(owner, path.replace("{t}", full.ids["tenant"]), "").status_int == 400


def test_ids_have_one_spelling(full: Full, owner: TestApp) -> None:
    for name, hole in (
        ("dashboard.type", "type"),
        ("dashboard.venue", "venue"),
        ("shop.ticket", "ticket"),
        ("files", "file"),
    ):
        known = full.ids[hole]
        for other in (
            known.upper(),
            known.replace("-", ""),
            "{" + known + "}",
            f"urn:uuid:{known}",
            known + "%20",
        ):
            assert owner.get(full.address(ROUTES[name], **{hole: other}), status="*").status_int == 404, (
                name,
                other,
            )
    for other in (full.ids["tenant"].upper(), full.ids["tenant"] + ".", full.ids["tenant"] + "%20"):
        assert owner.get(full.address(ROUTES["shop.event"], tenant=other), status="*").status_int == 404


def test_no_method_but_the_right_ones_does_anything(market: Market, full: Full, owner: TestApp) -> None:
    before = fingerprint(market.runtime.engines)
    methods = market.app.app.registry["route_methods"]
    for name in (n for n in ROUTES if methods.get(n)):
        fresh(market, owner)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO"} - set(
            methods[name]
        ):
            given = {"X-CSRF-Token": TOKEN, "X-HTTP-Method-Override": "POST"}
            answer = owner.request(
                full.address(ROUTES[name]), method=method, headers=given, expect_errors=True
            )
            assert answer.status_int == 405, (name, method)
    assert fingerprint(market.runtime.engines) == before


# Through the ASGI root, where bodies are read -------------------------------------------------------------------------
def send(
    market: Market,
    path: bytes,
    body: bytes = b"",
    method: str = "POST",
    headers: dict[bytes, bytes] | None = None,
) -> tuple[int, bytes]:
    """One request as uvicorn would hand it over, in pieces of a megabyte; status and body."""
    sent: list[dict[str, Any]] = []
    pieces = [body[i : i + 2**20] for i in range(0, len(body), 2**20)] or [b""]

    async def receive() -> dict[str, Any]:
        return (
            {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}
            if pieces
            else {"type": "http.disconnect"}
        )

    async def answer(message: Any) -> None:
        sent.append(dict(message))

    given = {b"host": b"localhost", b"content-type": FORM.encode(), **(headers or {})}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "root_path": "",
        "path": path.decode("latin-1"), "raw_path": path, "query_string": b"", "headers": list(given.items()),
        "client": ("10.255.0.1", 5), "server": ("localhost", 80),
    }  # fmt: skip
    root = asgi.root(market.app.app, 1)
    with ThreadPoolExecutor(1) as pool:  # a browser test may have left a loop in this thread
        pool.submit(lambda: asyncio.run(root(scope, receive, answer))).result()
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent)


def test_ten_megabytes_are_refused_before_anybody_reads_them(market: Market, full: Full) -> None:
    before = fingerprint(market.runtime.engines)
    path = full.address(ROUTES["shop.cart"]).encode()
    body = b"q-" + full.ids["type"].encode() + b"=1&x=" + b"a" * (10 * 2**20)
    assert send(market, path, body)[0] == 413
    assert send(market, path, b"", headers={b"content-length": b"99999999999"})[0] == 413
    assert send(market, path, b"", headers={b"content-length": b"-1"})[0] == 400
    key = {b"authorization": b"Bearer " + full.key.encode(), b"content-type": b"application/json"}
    assert send(market, b"/api/v1/scanner/scans", b'{"code": "' + b"A" * (11 * 2**20), headers=key)[0] == 413
    assert fingerprint(market.runtime.engines) == before


def test_nine_megabytes_are_answered(market: Market, full: Full) -> None:
    cookie = {b"cookie": b"csrf=" + TOKEN.encode()}
    body = b"csrf_token=" + TOKEN.encode() + b"&buyer_name=" + b"a" * (9 * 2**20)
    stall = make_stall(full.stall.world, "large")
    names = path_of(choose(market.browser(), stall, Free=1))
    before = fingerprint(market.runtime.engines)
    assert send(market, names.encode(), body, headers=cookie)[0] in {400, 422}
    assert send(market, f"{stall.path}cart/".encode(), body, headers=cookie)[0] in {400, 422}
    assert fingerprint(market.runtime.engines) == before


def test_a_header_with_an_underscore_is_not_the_one_a_proxy_sets(market: Market) -> None:
    asked = {b"accept": b"application/json", b"x-request-id": b"", b"sec_fetch_site": b"cross-site"}
    given = asgi.with_length({"headers": list(asked.items())}, b"1")["headers"]
    assert given == [*list(asked.items())[:2], (b"content-length", b"1")]
    token = b"csrf_token=" + TOKEN.encode()
    cookie = {b"cookie": b"csrf=" + TOKEN.encode()}
    assert (
        send(market, b"/account/login", token, headers={**cookie, b"sec-fetch-site": b"cross-site"})[0] == 403
    )
    assert (
        send(market, b"/account/login", token, headers={**cookie, b"sec_fetch_site": b"cross-site"})[0] == 422
    )


@pytest.mark.parametrize("spelling", [b"%2f", b"%2F", b"%5c", b"%00"])
def test_encoded_separators_are_refused(market: Market, full: Full, spelling: bytes) -> None:
    tenant = full.ids["tenant"].encode()
    assert send(market, b"/" + tenant + spelling + b"robotics/", method="GET")[0] == 400
