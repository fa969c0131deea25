"""Which language a page speaks."""

from __future__ import annotations

import pytest

from sratix_core.values.locale import own_name
from sratix_core.web.translate import SPOKEN
from tests.support import TestApp, make_test_app

GERMAN, ENGLISH, FRENCH = "Passwort", "Password", "Mot de passe"


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
        ("", "fr-CH,fr", FRENCH, "fr"),
        ("", "rm,fr-CH;q=0.8,de;q=0.5", FRENCH, "fr"),
        ("", "pt,de;q=0.5", GERMAN, "de"),
        ("?lang=de", "en", GERMAN, "de"),
        ("?lang=xx", "de", GERMAN, "de"),
        ("?lang=fr", "de", FRENCH, "fr"),
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


def test_an_error_is_told_in_the_readers_language(app: TestApp) -> None:
    french = {"Accept-Language": "fr-CH"}
    page = app.get("/nowhere/", headers=french, status=404).text
    assert '<html lang="fr">' in page
    assert "Aucun organisateur n’a cette adresse." in page
    told = app.get("/api/v1/public/nowhere/events", headers=french, status=404).json
    assert told["title"] == "Il n’y a rien ici"


@pytest.mark.parametrize("path", ["/dashboard/nowhere/", "/platform/nowhere/", "/dashboard%2fnowhere/"])
def test_pages_for_staff_wait_until_they_are_whole(app: TestApp, path: str) -> None:
    for wish in ({"Accept-Language": "fr-CH"}, {"Cookie": "lang=fr"}):
        assert '<html lang="en">' in app.get(path, headers=wish, status=404).text
    assert '<html lang="en">' in app.get(path + "?lang=fr", status=404).text
    assert '<html lang="de">' in app.get(path, headers={"Accept-Language": "fr,de;q=0.3"}, status=404).text


@pytest.mark.parametrize("page", ["login", "sign_up"])
def test_each_language_is_a_link_beside_the_form(app: TestApp, page: str) -> None:
    shown = app.get({"login": "/account/login", "sign_up": "/sign-up/"}[page]).text
    for code in SPOKEN:
        assert f'<a href="?lang={code}" hreflang="{code}" lang="{code}">{own_name(code)}</a>' in shown
