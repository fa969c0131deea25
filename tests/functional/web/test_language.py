"""Which language a page speaks."""

from __future__ import annotations

import pytest

from tests.support import TestApp, make_test_app

GERMAN, ENGLISH = "Passwort", "Password"


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    return make_test_app(tmp_path_factory.mktemp("language"))[0]


@pytest.fixture
def app(application: TestApp) -> TestApp:
    return TestApp(application.app)


@pytest.mark.parametrize(
    ("query", "header", "word", "lang"),
    [
        ("", None, ENGLISH, "en"),
        ("", "de-CH,de;q=0.9,en;q=0.5", GERMAN, "de"),
        ("", "fr-CH,fr", ENGLISH, "en"),
        ("", "fr,de;q=0.5", GERMAN, "de"),
        ("?lang=de", "en", GERMAN, "de"),
        ("?lang=xx", "de", GERMAN, "de"),
        ("?lang=fr", None, ENGLISH, "en"),
        ("?lang=../../etc", None, ENGLISH, "en"),
    ],
)
def test_the_language_is_the_readers(
    app: TestApp, query: str, header: str | None, word: str, lang: str
) -> None:
    headers = {"Accept-Language": header} if header else {}
    page = app.get("/account/login" + query, headers=headers).text
    assert f'<html lang="{lang}">' in page
    assert f">{word}</label>" in page


def test_a_chosen_language_stays_chosen(app: TestApp) -> None:
    app.get("/account/login?lang=de")
    assert '<html lang="de">' in app.get("/account/login", headers={"Accept-Language": "en"}).text
    app.get("/account/login?lang=en")
    assert '<html lang="en">' in app.get("/account/login", headers={"Accept-Language": "de"}).text
