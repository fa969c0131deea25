"""English sentences in, the reader's language out. The English text is the key; a missing one stays English.

Catalogs are plain dicts in `catalogs/`; a test walks the templates and names every sentence a catalog lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.events import NewRequest

from sratix_core.values.locale import negotiate
from sratix_core.web.catalogs.de import SENTENCES as GERMAN
from sratix_core.web.request import Request

CATALOGS: Mapping[str, Mapping[str, str]] = {"de": GERMAN}

OF_PLUGINS: dict[str, dict[str, str]] = {}
"""What installed plugins brought along at boot, by locale; a sentence of the core's stays as the core says it."""

SPOKEN = ("en", *CATALOGS)
"""A page in any other language would call itself that and speak English."""

COOKIE = "lang"


def translate(sentence: str, locale: str, /, **data: Any) -> str:
    """The sentence in `locale` with its `{placeholders}` filled. Markup in, Markup out with the data escaped."""
    language = locale[:2]
    found = CATALOGS.get(language, {}).get(sentence) or OF_PLUGINS.get(language, {}).get(sentence, sentence)
    if not data:
        return found
    if any(isinstance(value, Markup) for value in data.values()):
        return Markup(escape(found).format(**data))  # noqa: S704 -- every part was escaped on this line
    return found.format(**data)


def offered_locales(request: Request) -> tuple[str, ...]:
    """The languages our pages speak; of those the tenant's, in its order, where a tenant is already known."""
    tenant = request.__dict__.get("tenant")
    if tenant is None:
        return SPOKEN
    return tuple(locale for locale in tenant.locales if locale in SPOKEN) or SPOKEN[:1]


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
