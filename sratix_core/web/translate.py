"""English sentences in, the reader's language out. The English text is the key; a missing one stays English.

Catalogs are plain dicts, one package for each language in `catalogs/`; a test walks the templates and names every
sentence that one lacks. A language is imported when somebody first speaks it: who sells in German only holds no French.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.events import NewRequest

from sratix_core.values.locale import LOCALES, negotiate
from sratix_core.web import catalogs
from sratix_core.web.request import Request

_THERE = frozenset(module.name for module in iter_modules(catalogs.__path__))

CATALOGS = tuple(language for language in LOCALES if language in _THERE)
"""The languages that have a catalog; English needs none."""

OF_PLUGINS: dict[str, dict[str, str]] = {}
"""What installed plugins brought along at boot, by locale; a sentence of the core's stays as the core says it."""

SPOKEN = ("en", *CATALOGS)
"""What attendees are spoken to in. A page in any other language would call itself that and speak English."""

OFFICE_SPOKEN = ("en", "de")
"""What staff are spoken to in: the other catalogs hold what attendees read, and no page should be half translated."""

OFFICES = frozenset({"dashboard", "platform"})
"""First path segments of the pages for staff."""

COOKIE = "lang"


@lru_cache(maxsize=len(LOCALES))
def catalog(language: str) -> Mapping[str, str]:
    """The sentences of one language, empty where it has no catalog. The first call imports them, about 0.2 MB."""
    if language not in CATALOGS:
        return {}
    sentences: Mapping[str, str] = import_module(f"{catalogs.__name__}.{language}").SENTENCES
    return sentences


def translate(sentence: str, locale: str, /, **data: Any) -> str:
    """The sentence in `locale` with its `{placeholders}` filled. Markup in, Markup out with the data escaped."""
    language = locale[:2]
    found = catalog(language).get(sentence) or OF_PLUGINS.get(language, {}).get(sentence, sentence)
    if not data:
        return found
    if any(isinstance(value, Markup) for value in data.values()):
        return Markup(escape(found).format(**data))  # noqa: S704 -- every part was escaped on this line
    return found.format(**data)


def offered_locales(request: Request) -> tuple[str, ...]:
    """The languages this page speaks; of those the tenant's, in its order, where a tenant is already known."""
    tenant, spoken = request.__dict__.get("tenant"), OFFICE_SPOKEN if _for_staff(request) else SPOKEN
    if tenant is None:
        return spoken
    return tuple(locale for locale in tenant.locales if locale in spoken) or spoken[:1]


def _for_staff(request: Request) -> bool:
    """Told by the raw path: an error page is spoken too where no route matched and the path is no text."""
    path: str = request.environ.get("PATH_INFO", "")
    return path.removeprefix("/").partition("/")[0] in OFFICES


def wish_of(request: Request) -> str | None:
    """The language asked for by `?lang=`; an unreadable query asks for none."""
    try:
        wish = request.GET.get("lang")
    except UnicodeDecodeError:
        return None
    return str(wish) if wish in SPOKEN else None


def negotiate_locale(request: Request) -> str:
    """`?lang=`, then the cookie, then the browser, then the tenant's default; only what is offered counts."""
    offered = offered_locales(request)
    for wish in (wish_of(request), request.cookies.get(COOKIE)):
        if wish in offered:
            return str(wish)
    tenant = request.__dict__.get("tenant")
    fallback = (
        tenant.default_locale if tenant is not None and tenant.default_locale in offered else offered[0]
    )
    header = request.headers.get("Accept-Language")
    return negotiate(header, (fallback, *offered)) if header else fallback


def remember_wish(request: Request, response: Any) -> None:
    """A language chosen by `?lang=` stays chosen in this browser for a year."""
    wish = wish_of(request)
    if wish is not None and request.cookies.get(COOKIE) != wish:
        secure = request.runtime.settings.https
        response.set_cookie(COOKIE, wish, max_age=31_536_000, samesite="Lax", secure=secure, httponly=True)


def translator(request: Request) -> Callable[..., str]:
    """`request.t("English sentence", name=...)`."""
    return lambda sentence, **data: translate(sentence, request.locale_name, **data)


def _listen(event: NewRequest) -> None:
    if "lang=" in event.request.query_string:
        event.request.add_response_callback(remember_wish)


def includeme(config: Configurator) -> None:
    for _, brought in config.registry["runtime"].plugins.collect("register_sentences"):
        for locale, sentences in brought.items():
            OF_PLUGINS.setdefault(locale[:2], {}).update(sentences)
    config.set_locale_negotiator(negotiate_locale)
    config.add_request_method(lambda r: r.locale_name, "locale", property=True)
    config.add_request_method(translator, "t", property=True)
    config.add_subscriber(_listen, NewRequest)
