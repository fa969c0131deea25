"""Where a person is signed in: the list, one signed out, all others signed out, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sratix_core.accounts.browsers import browser_name
from tests.functional.web import probe
from tests.functional.web.people import make_user, prepared, sign_in
from tests.support import TestApp, make_test_app, runtime_of

INSIDE = "/dashboard/probe/signed"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.4 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def app(tmp_path: Path) -> TestApp:
    app, _ = make_test_app(tmp_path, also=[probe])
    prepared(app)
    return app


def browser(app: TestApp, user_agent: str, email: str = "nina@example.ch") -> TestApp:
    made = TestApp(app.app, extra_environ={"HTTP_USER_AGENT": user_agent})
    sign_in(made, email)
    return made


def ends(app: TestApp) -> list[str]:
    return [form.action for form in app.get("/account/logins").forms.values()]


def test_one_browser_signs_another_out(app: TestApp) -> None:
    here, phone = browser(app, FIREFOX), browser(app, IPHONE)
    page = here.get("/account/logins")
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    mine, theirs, others = page.forms.values()
    assert others.action.endswith("/others/end")
    assert "Signed out there." in theirs.submit(status=303).follow()
    phone.get(INSIDE, status=303)
    here.get(INSIDE, status=200)
    assert len(ends(here)) == 1
    mine.submit(status=303)
    here.get(INSIDE, status=303)


def test_all_others_are_signed_out_and_nobody_elses(app: TestApp) -> None:
    make_user(runtime_of(app), "other@example.ch")
    here, stranger = browser(app, FIREFOX), browser(app, FIREFOX, "other@example.ch")
    more = [browser(app, IPHONE) for _ in range(3)]
    theirs = ends(stranger)[0]
    token = here.get("/account/logins").forms[0]["csrf_token"].value
    here.post(theirs, {"csrf_token": token}, status=404)
    here.post("/account/logins/others/end", {"csrf_token": token}, status=303)
    here.get(INSIDE, status=200)
    stranger.get(INSIDE, status=200)
    for one in more:
        one.get(INSIDE, status=303)


def test_the_page_says_when_a_browser_was_here_last(app: TestApp) -> None:
    here, phone = browser(app, FIREFOX), browser(app, IPHONE)
    clock = runtime_of(app).sources.clock
    clock.move(timedelta(hours=2))
    phone.get(INSIDE, status=200)
    clock.move(timedelta(minutes=5))
    phone.get(INSIDE, status=200)
    assert 'datetime="2027-03-01T13:00:00+00:00"' in here.get("/account/logins")


@pytest.mark.parametrize(
    ("said", "name"),
    [(FIREFOX, "Firefox, Linux"), (IPHONE, "Safari, iPhone"), (None, ""), ("<script>alert(1)</script>", "")],
)
def test_browsers_by_name(said: str | None, name: str) -> None:
    assert browser_name(said) == name
