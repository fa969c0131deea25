"""An attendee reads one language from the event's page to the ticket, and no page falls back to English on the way."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select
from webtest import TestResponse

from sratix_core.accounts.models import User
from sratix_core.web import translate
from sratix_core.web.translate import CATALOGS, OF_PLUGINS, catalog
from tests.functional.shop.market import (
    SETUP,
    Market,
    Stall,
    choose,
    code_in,
    form_to,
    make_stall,
    name_everyone,
    path_of,
    post,
)
from tests.support import TestApp

EVERY = ("en", *CATALOGS)
SILENT = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
ATTRIBUTE = re.compile(r"\b(?:aria-label|alt|title|placeholder|data-words|content)=\"([^\"]*)\"")


def said_on(page: TestResponse) -> str:
    """What a page says, also to those who hear it."""
    body = SILENT.sub(" ", page.text)
    return html.unescape(" ".join([re.sub(r"<[^>]+>", " \n ", body), *ATTRIBUTE.findall(body)]))


def english_in(page: TestResponse, language: str) -> list[str]:
    """The catalog's English sentences that stand on the page; single words could be anybody's."""
    text = said_on(page)
    known = (e for e, other in catalog(language).items() if e != other and " " in e.strip() and "{" not in e)
    return [e for e in known if re.search(rf"(?<!\w){re.escape(e)}(?!\w)", text)]


@pytest.fixture
def missed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], set[str]]:
    """The sentences that were asked for in a language and not found."""
    asked: dict[str, set[str]] = {}

    class Listening(dict[str, str]):
        def __init__(self, language: str, sentences: Mapping[str, str]) -> None:
            super().__init__(sentences)
            self.language = language

        def get(self, sentence: str, default: Any = None) -> Any:
            if sentence not in self and sentence not in OF_PLUGINS.get(self.language, {}):
                asked.setdefault(self.language, set()).add(sentence)
            return super().get(sentence, default)

    listening = {language: Listening(language, catalog(language)) for language in CATALOGS}
    monkeypatch.setattr(translate, "catalog", lambda language: listening.get(language, {}))
    return lambda language: asked.get(language, set())


def reader(market: Market, language: str) -> TestApp:
    browser = market.browser()
    browser.get(f"/account/login?lang={language}")
    return browser


def walk(market: Market, stall: Stall, browser: TestApp) -> Iterator[TestResponse]:
    """From the list of events to tickets that are paid for, with what goes wrong on the way."""
    home = f"/{stall.world.tenant.slug}/"
    yield from (browser.get(path) for path in (home, stall.path, f"{stall.path}programme/"))
    yield browser.get(home + "no-such-event/", status=404)
    yield post(browser, stall.path + "cart/", {f"q-{stall.types['Paid']}": "99"})
    names = choose(browser, stall, Paid=2).follow()
    yield names
    wrong = next(f for f in names.forms.values() if "buyer_name" in f.fields)
    wrong["buyer_email"] = "ann@nowhere"
    yield wrong.submit(status=422)
    paying = name_everyone(names, 2).follow()
    yield paying
    cart = form_to(paying, "/release/").action.removesuffix("release/")
    yield post(browser, cart + "code/", {"code": "NOSUCH", "code_at": "pay"})
    order = path_of(form_to(paying, "/pay/").submit(status=303))
    yield from (browser.get(order + more) for more in ("", "cancellation/"))
    office = market.member(stall.world)
    form_to(office.get(f"{stall.office}orders/{code_in(order)}/"), "/payment/").submit(status=303)
    paid = browser.get(order)
    yield paid
    yield from (browser.get(f"{order}?done={done}") for done in ("sent", "named", "billing"))
    ticket = re.search(r'href="([^"]+/tickets/[^"/]+/)"', paid.text)
    assert ticket is not None
    naming = browser.get(ticket[1])
    yield naming
    yield form_to(naming, ticket[1]).submit(status="*").maybe_follow()
    yield browser.get(order + "billing/", status="*")
    released = choose(browser, stall, Free=1).follow()
    yield form_to(released, "/release/").submit(status="*").maybe_follow(status="*")


@pytest.mark.parametrize("language", CATALOGS)
def test_the_shop_speaks_one_language_to_the_end(
    market: Market, missed: Callable[[str], set[str]], language: str
) -> None:
    stall = make_stall(market.tenant(locales=EVERY))
    for page in walk(market, stall, reader(market, language)):
        assert f'<html lang="{language}"' in page, page.request.path
        assert english_in(page, language) == [], page.request.path
    assert missed(language) == set()


@pytest.mark.parametrize("language", CATALOGS)
def test_a_persons_own_pages_speak_one_language(
    market: Market, missed: Callable[[str], set[str]], language: str
) -> None:
    person = market.member(market.tenant(locales=EVERY))
    paths = ("/my/", "/my/past/", "/my/orders/", "/my/payment-methods/", "/my/settings/")
    for path in (*paths, "/my/settings/?done=saved", "/account/password", "/account/logins"):
        page = person.get(path, headers={"Accept-Language": f"{language}-CH"})
        assert f'<html lang="{language}"' in page, path
        assert english_in(page, language) == [], path
    assert missed(language) == set()


def test_a_shop_speaks_the_languages_of_its_organizer(market: Market) -> None:
    stall = make_stall(market.tenant(locales=("fr", "de")))
    assert '<html lang="fr"' in market.browser().get(stall.path)
    for wish, answer in (("fr-CH", "fr"), ("de-AT", "de"), ("en", "fr"), ("it", "fr")):
        page = market.browser().get(stall.path, headers={"Accept-Language": wish})
        assert f'<html lang="{answer}"' in page, wish
    german = make_stall(market.tenant(locales=("de", "en")))
    assert '<html lang="de"' in market.browser().get(german.path, headers={"Accept-Language": "fr"})


def test_the_dashboard_speaks_what_it_has_whole(market: Market) -> None:
    french = {"Accept-Language": "fr-CH,fr"}
    for locales, answer in (
        (("fr", "de"), "de"),
        (("fr",), "en"),
        (("de", "en", "fr"), "de"),
        (("en", "fr"), "en"),
    ):
        world = market.tenant(locales=locales)
        office = market.member(world)
        assert f'<html lang="{answer}"' in office.get(
            f"/dashboard/{world.tenant.slug}/events/", headers=french
        )


def test_an_order_names_its_tickets_in_the_readers_language(market: Market) -> None:
    stall = make_stall(
        market.tenant(locales=EVERY),
        types={"Paid": {"price": 4900, "texts": {"fr": {"name": "Plein tarif"}}}},
    )
    browser, me = reader(market, "fr"), market.member(None)
    with market.runtime.engines.begin(SETUP, write=False) as db:
        email = db.scalars(select(User.email).order_by(User.id.desc()).limit(1)).one()
    paying = name_everyone(choose(browser, stall, Paid=1).follow(), email=email).follow()
    order = path_of(form_to(paying, "/pay/").submit(status=303))
    page = said_on(browser.get(order))
    assert "1 × Plein tarif" in page
    assert "× Paid" not in page
    assert "1 × Paid" in said_on(browser.get(order + "?lang=en"))
    mine = said_on(me.get("/my/orders/", headers={"Accept-Language": "fr-CH"}))
    assert "1 Plein tarif" in mine
    assert "1 Paid" not in mine
