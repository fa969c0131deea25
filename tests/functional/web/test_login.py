"""Signing in, staying signed in, being thrown out: rows 18 and 19 as far as passwords go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.accounts import service
from sratix_core.accounts.models import Login
from sratix_core.accounts.passwords import check_strength
from sratix_core.audit.models import SecurityLog
from sratix_core.errors import Invalid
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope
from tests.functional.web import probe
from tests.functional.web.people import PASSWORD, make_user, prepared, sign_in
from tests.support import TestApp, make_test_app, runtime_of

INSIDE = "/dashboard/probe/signed"
LOOKING = SystemScope("a test looks at the tables")


@pytest.fixture
def app(tmp_path: Path) -> TestApp:
    app, _ = make_test_app(tmp_path, also=[probe])
    prepared(app)
    return app


def logins(runtime: Runtime) -> list[Login]:
    with runtime.engines.begin(LOOKING, write=False) as db:
        return list(db.scalars(select(Login)))


def notes(runtime: Runtime) -> list[str]:
    with runtime.engines.begin(LOOKING, write=False) as db:
        return list(db.scalars(select(SecurityLog.kind).order_by(SecurityLog.id)))


def test_a_right_password_opens_the_dashboard(app: TestApp) -> None:
    answer = sign_in(app)
    assert answer.status_int == 303
    assert answer.headers["Location"] == "http://localhost/dashboard/"
    app.get(INSIDE, status=200)
    assert notes(runtime_of(app)) == ["login.succeeded"]


def test_the_cookie_is_not_what_the_table_holds(app: TestApp) -> None:
    sign_in(app)
    [login] = logins(runtime_of(app))
    token = app.cookies["sratix"]
    assert token.encode() not in bytes(login.token_hash)
    assert len(login.token_hash) == 32
    cookie = next(c for c in app.cookiejar if c.name == "sratix")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    assert cookie.expires is None


def test_a_wrong_password_and_an_unknown_address_answer_alike(app: TestApp) -> None:
    wrong, unknown = sign_in(app, password="not it at all"), sign_in(TestApp(app.app), "ghost@example.ch")
    assert wrong.status_int == unknown.status_int == 422
    said = "E-mail and password do not match. 4 tries left, then a pause."
    assert said in wrong.text
    assert said in unknown.text
    assert "not it at all" not in wrong.text
    assert 'value="nina@example.ch"' in wrong.text
    assert logins(runtime_of(app)) == []
    assert notes(runtime_of(app)) == ["login.failed", "login.failed"]


def test_guessing_slows_down_the_guesser_and_nobody_else(app: TestApp) -> None:
    guesser = TestApp(app.app, extra_environ={"REMOTE_ADDR": "203.0.113.9"})
    for _ in range(5):
        assert sign_in(guesser, password="a wrong guess").status_int == 422
    paused = sign_in(guesser)
    assert paused.status_int == 429
    assert paused.headers["Retry-After"] == "60"
    assert "Wait 60 seconds" in paused.text
    assert sign_in(app).status_int == 303


def test_a_guesser_in_the_same_office_makes_a_known_browser_wait_for_nothing(app: TestApp) -> None:
    sign_in(app)
    app.set_cookie("sratix", "")
    guesser = TestApp(app.app)
    for _ in range(6):
        answer = sign_in(guesser, password="a wrong guess")
    assert answer.status_int == 429
    stranger = TestApp(app.app)
    stranger.set_cookie("known", "made-up." + "0" * 32)
    assert sign_in(stranger).status_int == 429
    assert sign_in(app).status_int == 303


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 303),
        ({"REMOTE_ADDR": "203.0.113.9"}, 422),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, 422),
    ],
)
def test_the_demo_is_open_on_the_machine_itself_only(
    app: TestApp, environ: dict[str, str], status: int
) -> None:
    make_user(runtime_of(app), "nina.steiner@swiss-robotics.example")
    guest = TestApp(app.app, extra_environ=environ)
    answer = sign_in(guest, "nina.steiner@swiss-robotics.example")
    assert answer.status_int == status
    assert ("Demo accounts open on the machine itself only" in answer.text) is (status == 422)


def test_pauses_grow_and_a_right_password_ends_them(app: TestApp) -> None:
    clock = runtime_of(app).sources.clock
    for _ in range(5):
        sign_in(app, password="a wrong guess")
    clock.move(timedelta(seconds=61))
    assert sign_in(app, password="a wrong guess").status_int == 422
    clock.move(timedelta(seconds=61))
    assert sign_in(app).status_int == 429
    clock.move(timedelta(minutes=5))
    assert sign_in(app).status_int == 303
    assert "4 tries left" in sign_in(TestApp(app.app), password="a wrong guess").text


def test_every_sign_in_makes_a_new_cookie_and_ends_the_old_one(app: TestApp) -> None:
    sign_in(app)
    first = app.cookies["sratix"]
    other = TestApp(app.app)
    form = other.get("/account/login").form
    other.set_cookie("sratix", first)
    form["email"], form["password"] = "nina@example.ch", PASSWORD
    form.submit(status=303)
    assert other.cookies["sratix"] != first
    app.get(INSIDE, status=303)


def test_a_planted_cookie_is_never_taken_over(app: TestApp) -> None:
    app.set_cookie("sratix", "planted-by-somebody")
    sign_in(app)
    assert app.cookies["sratix"] != "planted-by-somebody"


@pytest.mark.parametrize(("stay", "hours"), [(None, 12), ("1", 7 * 24)])
def test_a_login_ends_in_time(app: TestApp, stay: str | None, hours: int) -> None:
    sign_in(app, **({"stay": stay} if stay else {}))
    clock = runtime_of(app).sources.clock
    clock.move(timedelta(hours=hours) - timedelta(seconds=1))
    app.get(INSIDE, status=200)
    clock.move(timedelta(seconds=1))
    app.get(INSIDE, status=303)


def test_signing_out_ends_this_login(app: TestApp) -> None:
    sign_in(app)
    kept = app.cookies["sratix"]
    token = app.get("/account/password").form["csrf_token"].value
    app.post("/account/logout", {"csrf_token": token}, status=303)
    assert logins(runtime_of(app)) == []
    app.set_cookie("sratix", kept)
    app.get(INSIDE, status=303)


def test_a_disabled_user_is_out_at_once(app: TestApp) -> None:
    sign_in(app)
    runtime = runtime_of(app)
    with runtime.engines.begin(LOOKING) as db:
        service.disable(db, runtime.sources, service.user_by_email(db, "nina@example.ch"))
    app.get(INSIDE, status=303)
    assert sign_in(app).status_int == 422


def test_a_new_password_signs_every_other_browser_out(app: TestApp) -> None:
    other = TestApp(app.app)
    sign_in(app)
    sign_in(other)
    form = app.get("/account/password").form
    form["old"], form["password"] = PASSWORD, "eleven swans on the shore"
    form.submit(status=303)
    app.get(INSIDE, status=200)
    other.get(INSIDE, status=303)
    assert sign_in(TestApp(app.app)).status_int == 422
    assert sign_in(TestApp(app.app), password="eleven swans on the shore").status_int == 303


def test_a_new_password_needs_the_old_one_and_strength(app: TestApp) -> None:
    sign_in(app)
    for old, new, said in (
        ("not the old one", "eleven swans on the shore", "do not match"),
        (PASSWORD, "short", "at least 10 characters"),
        (PASSWORD, "password123", "on the lists"),
        (PASSWORD, "nina@example.ch!", "contains your e-mail"),
    ):
        form = app.get("/account/password").form
        form["old"], form["password"] = old, new
        assert said in form.submit(status=422).text


@pytest.mark.parametrize(
    "password", ["qwertyuiop", "aaaaaaaaaaaa", "Password123!", "12345678910", "nina.steiner99", "x" * 201]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Invalid):
        check_strength(password, "nina.steiner@example.ch")


@pytest.mark.parametrize(
    "wish",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/a\\b",
        "/x\ty",
        "/" + "a" * 2000,
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(app: TestApp, wish: str) -> None:
    form = app.get("/account/login", params={"next": wish}).form
    form["email"], form["password"] = "nina@example.ch", PASSWORD
    assert form.submit(status=303).headers["Location"] == "http://localhost/dashboard/"


def test_a_flood_of_logins_is_told_to_wait(app: TestApp) -> None:
    for number in range(30):
        sign_in(app, f"user{number}@example.ch", "a wrong guess")
    answer = sign_in(app, "user31@example.ch", "a wrong guess")
    assert answer.status_int == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_made_up_address_does_not_evade_the_limits(app: TestApp) -> None:
    for number in range(5):
        sign_in(
            TestApp(app.app, extra_environ={"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}),
            password="a guess",
        )
    liar = TestApp(app.app, extra_environ={"HTTP_X_FORWARDED_FOR": "203.0.113.77"})
    assert sign_in(liar).status_int == 429
