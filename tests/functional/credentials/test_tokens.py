"""Signing in by program: short access tokens without rights, refresh tokens that are good once, and attacks on both."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import func, select, update

from sratix_core.accounts import passwords, service
from sratix_core.accounts.models import User
from sratix_core.audit.models import SecurityLog
from sratix_core.credentials import access, tokens
from sratix_core.credentials.models import RefreshToken, TokenFamily
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.tenants.service import add_member
from tests.builders import World
from tests.functional.credentials.hands import ask
from tests.functional.shop.market import SETUP, Market
from tests.support import TestApp, fingerprint

AUTH = "/api/v1/auth/"
PASSWORD = "seven herons over the lake"


@pytest.fixture
def world(market: Market) -> World:
    return market.tenant()


def person(market: Market, world: World | None = None, role: str = "owner") -> str:
    """Somebody who can sign in; their e-mail."""
    email = f"{next(market._names)}-nina@example.org"
    hashed = passwords.hash_password(PASSWORD, "test")
    with market.runtime.engines.begin(SETUP) as db:
        user = service.create_user(
            db, market.runtime.sources, email=email, full_name="Nina Steiner", password_hash=hashed
        )
        if world is not None:
            add_member(db, market.runtime.sources, world.tenant.id, user.id, role, user.full_name, email)
    return email


def send(browser: TestApp, what: str, **body: Any) -> Any:
    return browser.post_json(AUTH + what, body, expect_errors=True)


def pair(browser: TestApp, email: str) -> tuple[str, str]:
    answer = send(browser, "token", email=email, password=PASSWORD)
    assert answer.status_int == 200
    return answer.json["access_token"], answer.json["refresh_token"]


def change(market: Market, email: str, **values: Any) -> None:
    with market.runtime.engines.begin(SETUP) as db:
        db.execute(update(User).where(User.email == email).values(**values))


def notes(market: Market, kind: str) -> int:
    with market.runtime.engines.begin(SETUP, write=False) as db:
        return int(
            db.scalar(select(func.count()).select_from(SecurityLog).where(SecurityLog.kind == kind)) or 0
        )


def test_a_password_gives_a_pair_that_acts_as_the_person(market: Market, world: World) -> None:
    email, browser = person(market, world), market.browser()
    answer = send(browser, "token", email=f"  {email.upper()} ", password=PASSWORD)
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 900)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    token = answer.json["access_token"]
    who = ask(browser, f"/api/v1/tenants/{world.tenant.slug}/who", token)
    assert (who.json["kind"], who.json["email"]) == ("user", email)
    assert ask(browser, f"/api/v1/tenants/{world.tenant.slug}/acts", token, "POST").status_int == 201
    me = ask(browser, AUTH + "me", token).json
    assert me["tenants"] == [{"slug": world.tenant.slug, "name": world.tenant.name, "role": "owner"}]


def test_rights_are_read_from_the_membership_at_use(market: Market, world: World) -> None:
    email, browser = person(market, world), market.browser()
    token, _ = pair(browser, email)
    path, elsewhere = f"/api/v1/tenants/{world.tenant.slug}/acts", market.tenant().tenant.slug
    assert ask(browser, path, token, "POST").status_int == 201
    for values, status in (({"role": "staff"}, 403), ({"status": MemberStatus.REMOVED}, 404)):
        with market.runtime.engines.begin(SETUP) as db:
            db.execute(update(Member).where(Member.tenant_id == world.tenant.id).values(**values))
        assert ask(browser, path, token, "POST").status_int == status
    assert ask(browser, f"/api/v1/tenants/{elsewhere}/who", token).status_int == 404


def test_an_access_token_lives_a_quarter_of_an_hour_and_ends_with_its_sign_in(
    market: Market, world: World
) -> None:
    browser = market.browser()
    ends = (
        lambda email, refresh: world.later(minutes=15),
        lambda email, refresh: send(browser, "revoke", refresh_token=refresh),
        lambda email, refresh: change(market, email, disabled=True),
        lambda email, refresh: change(market, email, token_version=7),
    )
    for end in ends:
        email = person(market, world)
        token, refresh = pair(browser, email)
        world.later(minutes=14, seconds=59)
        assert ask(browser, AUTH + "me", token).status_int == 200
        answer = send(browser, "refresh", refresh_token=refresh).json
        fresh, refresh = answer["access_token"], answer["refresh_token"]
        end(email, refresh)
        for one in (token, fresh):
            assert ask(browser, AUTH + "me", one).status_int == 401


def test_two_tabs_that_refresh_at_once_both_stay_signed_in(market: Market, world: World) -> None:
    browser, email = market.browser(), person(market)
    _, first = pair(browser, email)
    one = send(browser, "refresh", refresh_token=first).json
    world.later(seconds=9)
    before = notes(market, "token.reused")
    two = send(browser, "refresh", refresh_token=first).json
    assert two["refresh_token"] == one["refresh_token"]
    assert two["refresh_expires_at"] == one["refresh_expires_at"]
    for answer in (one, two):
        assert ask(browser, AUTH + "me", answer["access_token"]).status_int == 200
    assert notes(market, "token.reused") == before


def test_a_refresh_token_is_good_once_and_a_used_one_ends_the_family(market: Market, world: World) -> None:
    browser, email = market.browser(), person(market)
    first_access, first = pair(browser, email)
    other_access, other = pair(browser, email)
    answer = send(browser, "refresh", refresh_token=first)
    second_access, second = answer.json["access_token"], answer.json["refresh_token"]
    assert second != first
    world.later(seconds=10)
    before = notes(market, "token.reused")
    assert send(browser, "refresh", refresh_token=first).json["code"] == "credential_unknown"
    assert notes(market, "token.reused") == before + 1
    assert send(browser, "refresh", refresh_token=second).status_int == 401
    for token in (first_access, second_access):
        assert ask(browser, AUTH + "me", token).status_int == 401
    assert ask(browser, AUTH + "me", other_access).status_int == 200
    assert send(browser, "refresh", refresh_token=other).status_int == 200


def test_a_refresh_token_lives_seven_days_and_a_family_ninety(market: Market, world: World) -> None:
    browser = market.browser()
    _, refresh = pair(browser, person(market))
    for _ in range(14):
        world.later(days=6, hours=6)
        refresh = send(browser, "refresh", refresh_token=refresh).json["refresh_token"]
    world.later(days=3)
    assert send(browser, "refresh", refresh_token=refresh).status_int == 401
    _, refresh = pair(browser, person(market))
    world.later(days=7)
    assert send(browser, "refresh", refresh_token=refresh).status_int == 401


def test_only_hashes_are_kept_and_in_time_not_even_those(market: Market, world: World) -> None:
    browser = market.browser()
    token, refresh = pair(browser, person(market))
    with market.runtime.engines.owner.connect() as connection:
        kept = repr(
            [connection.execute(select(t)).all() for t in (RefreshToken.__table__, TokenFamily.__table__)]
        )
    assert refresh not in kept
    assert token not in kept
    world.later(days=91)
    assert tokens.forget(market.runtime) >= 1
    assert tokens.forget(market.runtime) == 0
    with market.runtime.engines.owner.connect() as connection:
        assert connection.execute(select(RefreshToken.__table__)).all() == []
        assert connection.execute(select(TokenFamily.__table__)).all() == []


def test_guesses_pause_as_they_do_in_the_browser(market: Market) -> None:
    email, guesser = person(market), market.browser()
    left = [send(guesser, "token", email=email, password="a wrong guess").json for _ in range(5)]
    assert [answer["code"] for answer in left] == ["login_wrong"] * 5
    paused = send(guesser, "token", email=email, password=PASSWORD)
    assert (paused.status_int, paused.json["code"], paused.headers["Retry-After"]) == (
        429,
        "login_paused",
        "60",
    )
    assert send(market.browser(), "token", email=email, password=PASSWORD).status_int == 200
    unknown = send(market.browser(), "token", email="nobody@example.org", password=PASSWORD).json
    assert {**unknown, "reference": ""} == {**left[0], "reference": ""}


@pytest.mark.parametrize("body", [
    b"", b"null", b"[]", b'{"email": "a@example.org"}', b'{"email": 1, "password": 2}', b'{"email": "x", "password": "y"}',
    b'{"email": "a@example.org", "password": "\\ud800"}', b'{"email": "a\\u0000@example.org", "password": "x"}',
    b'{"email": "a@example.org", "password": "x", "role": "owner"}', b"\xff", b'{"refresh_token": null}',
])  # fmt: skip
def test_what_is_no_body_does_nothing(market: Market, body: bytes) -> None:
    before = fingerprint(market.runtime.engines)
    for what in ("token", "refresh", "revoke"):
        answer = market.browser().post(AUTH + what, body, content_type="application/json", expect_errors=True)
        assert answer.status_int in {400, 422}
        assert answer.content_type == "application/problem+json"
    assert fingerprint(market.runtime.engines) == before


def test_odd_passwords_and_tokens_open_nothing(market: Market) -> None:
    email = person(market)
    _, refresh = pair(market.browser(), email)
    for password in ("\0", "x" * 100_000, "", PASSWORD + "\0", PASSWORD.upper()):
        status = send(market.browser(), "token", email=email, password=password).status_int
        assert status == (422 if "\0" in password else 401)
    for raw in (
        "",
        "\0",
        refresh[:-1],
        refresh + "x",
        refresh.upper(),
        "x" * 100_000,
        " " + refresh,
        tokens.PREFIX,
    ):
        unreadable = "\0" in raw
        assert send(market.browser(), "refresh", refresh_token=raw).status_int == (422 if unreadable else 401)
        assert send(market.browser(), "revoke", refresh_token=raw).status_int == (422 if unreadable else 204)
    assert ask(market.browser(), AUTH + "me", refresh).status_int == 401
    assert send(market.browser(), "refresh", refresh_token=refresh).status_int == 200


def forged(market: Market, token: str) -> list[str]:
    """Everything that looks like the token and is not it."""
    runtime, right = market.runtime, access._key(market.runtime.keys)
    head, said, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(said + "=="))
    good = {"alg": "HS256", "typ": "at+jwt"}

    def made(header: dict[str, Any] | None = None, key: OctKey = right, **other: Any) -> str:
        values = {k: v for k, v in {**claims, **other}.items() if v is not None}
        given = {**good, **(header or {})}
        return str(jwt.encode(given, values, key, algorithms=[given["alg"]]))

    def bare(header: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()

    assert made() == token
    now = int(runtime.sources.clock.now().timestamp())
    return [
        made(key=OctKey.import_key(b"k" * 32)), made(key=OctKey.import_key(runtime.settings.secret_key)),
        made({"alg": "HS512"}), made({"typ": "JWT"}), made({"typ": ""}), made({"kid": "../../dev/null"}, key=OctKey.import_key(b"\0" * 32)),
        f"{bare({'alg': 'none', 'typ': 'at+jwt'})}.{said}.", f"{bare({'alg': 'none'})}.{said}.{signature}",
        f"{bare({**good, 'crit': ['exp']})}.{said}.{signature}", f"{bare({**good, 'jwk': {'kty': 'oct', 'k': 'eA'}})}.{said}.{signature}",
        made(iss="https://elsewhere.example"), made(iss=None), made(aud="other"), made(aud=None), made(aud=["other"]),
        made(exp=now), made(exp=None), made(exp="never"), made(exp=[]), made(nbf=now + 60), made(iat=now + 60), made(sub=None), made(sub="x"), made(sub=1),
        made(sid=None), made(sid=claims["sub"]), made(sub=claims["sid"]), made(sub="\0"), f"{head}.{said}", f"{head}.{said}.", f"{head}.{said}.{signature}.x",
        f"{head}.{said[:-4]}.{signature}", f"{head}..{signature}", f".{said}.{signature}", "..", f"{head}.{said}.{signature[:-2]}", token * 3,
    ]  # fmt: skip


def test_forged_access_tokens_open_nothing(market: Market) -> None:
    token, _ = pair(market.browser(), person(market))
    before, bodies = fingerprint(market.runtime.engines), set()
    for wrong in forged(market, token):
        answer = ask(market.browser(), AUTH + "me", wrong)
        assert answer.status_int == 401, wrong
        bodies.add(json.dumps({**answer.json, "reference": ""}))
    assert len(bodies) == 1
    assert fingerprint(market.runtime.engines) == before
    assert ask(market.browser(), AUTH + "me", token).status_int == 200


def test_an_access_token_opens_no_page_for_people(market: Market, world: World) -> None:
    token, _ = pair(market.browser(), person(market, world))
    answer = ask(market.browser(), f"/dashboard/{world.tenant.slug}/", token)
    assert "/account/login" in answer.headers["Location"]


def test_nobody_is_nobody(market: Market) -> None:
    answer = market.browser().get(AUTH + "me", status=401)
    assert answer.json["code"] == "signed_out"


def test_a_new_password_ends_what_a_program_holds(market: Market) -> None:
    email = person(market)
    token, refresh = pair(market.browser(), email)
    hashed = passwords.hash_password("eight herons over the lake", "test")
    with market.runtime.engines.begin(SETUP) as db:
        user = db.scalars(select(User).where(User.email == email)).one()
        service.change_password(db, market.runtime.sources, user, hashed)
    assert ask(market.browser(), AUTH + "me", token).status_int == 401
    assert send(market.browser(), "refresh", refresh_token=refresh).status_int == 401


def test_a_token_life_is_what_the_requirements_say() -> None:
    assert (timedelta(minutes=15), timedelta(days=7)) == (access.LIFE, tokens.LIFE)
