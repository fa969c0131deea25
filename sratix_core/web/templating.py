"""Jinja2 as this product speaks it: autoescape, strict names, money and time by locale, icons, the CSRF field and `t()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid_jinja2 import Jinja2RendererFactory, Jinja2TemplateRenderer  # type: ignore[import-untyped]

from sratix_core.values import locale as formats
from sratix_core.values.money import Money, format_money
from sratix_core.web import pieces
from sratix_core.web.static import asset
from sratix_core.web.translate import SPOKEN, translate


def _locale(context: Context) -> str:
    """A mail names its locale, a page takes the request's."""
    if "locale" in context:
        return str(context["locale"])
    return str(context["request"].locale_name)


def _zone(context: Context, zone: str | None) -> str:
    """The zone that was asked for, else the event's, else the tenant's."""
    if zone is not None:
        return zone
    for name in ("event", "tenant"):
        known = context.get(name)
        if known is not None and getattr(known, "timezone", None):
            return str(known.timezone)
    tenant = context["request"].tenant if "request" in context else None
    return str(tenant.timezone) if tenant is not None else "UTC"


@pass_context
def money(context: Context, value: Money) -> str:
    return format_money(value, _locale(context))


@pass_context
def percent(context: Context, bp: int) -> str:
    """Basis points as people read them: 810 is 8.1 %."""
    return formats.format_percent(bp, _locale(context))


@pass_context
def date(context: Context, value: datetime, zone: str | None = None) -> str:
    return formats.format_date(value, _zone(context, zone), _locale(context))


@pass_context
def time(context: Context, value: datetime, zone: str | None = None) -> str:
    return formats.format_time(value, _zone(context, zone), _locale(context))


@pass_context
def date_time(context: Context, value: datetime, zone: str | None = None) -> str:
    return formats.format_datetime(value, _zone(context, zone), _locale(context))


@pass_context
def date_time_short(context: Context, value: datetime, zone: str | None = None) -> str:
    return formats.format_datetime_short(value, _zone(context, zone), _locale(context))


@pass_context
def date_range(context: Context, start: datetime, end: datetime, zone: str | None = None) -> str:
    return formats.format_date_range(start, end, _zone(context, zone), _locale(context))


@pass_context
def t(context: Context, sentence: str, /, **data: Any) -> str:
    return translate(sentence, _locale(context), **data)


@pass_context
def csrf_field(context: Context) -> Markup:
    """The hidden field every form that writes carries; a part that is kept names its token (`dashboard/parts`)."""
    token = escape(context["form_token"] if "form_token" in context else get_csrf_token(context["request"]))
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token)


def icon(name: str, classes: str = "", sheet: str = "icons.svg") -> Markup:
    """A symbol of the sprite; it decorates, so it has no name of its own."""
    return Markup('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        classes, asset(sheet), name
    )


FILTERS = {
    "money": money,
    "percent": percent,
    "date": date,
    "time": time,
    "date_time": date_time,
    "date_time_short": date_time_short,
    "date_range": date_range,
    "icon": icon,
}


class Renderers(Jinja2RendererFactory):
    """As the extension's, which looks for every page each time, first on the disk beside its view; found once is enough."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, str], Jinja2TemplateRenderer] = {}

    def __call__(self, info: Any) -> Jinja2TemplateRenderer:
        name = (info.package, info.name)
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = super().__call__(info)
            known.template_loader = cache(known.template_loader)
        return known


TEMPLATES = Path(__file__).parents[1] / "templates"


@cache
def _is_ours(name: str) -> bool:
    return (TEMPLATES / name).is_file()


def named_from_the_top(environment: Environment) -> Callable[[str, str], str]:
    """How a template that names another finds it: ours by their path below `templates/`, a plugin's beside its own.

    The extension calls a part by the page that names it too: a process compiled and kept `components/ui.jinja2` anew for each page.
    """
    beside = environment.join_path
    return lambda name, page: name if _is_ours(name) else beside(name, page)


def includeme(config: Configurator) -> None:
    settings = config.registry["runtime"].settings
    config.add_settings(
        {
            "jinja2.directories": "sratix_core:templates",
            "jinja2.undefined": "strict",
            "jinja2.trim_blocks": True,
            "jinja2.lstrip_blocks": True,
            "jinja2.auto_reload": settings.env == "development",
            "jinja2.filters": FILTERS,
        }
    )
    if settings.env == "production":  # compiled once for all processes and starts: 5 MB less in each
        compiled = settings.data_dir / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        config.add_settings({"jinja2.bytecode_caching": FileSystemBytecodeCache(str(compiled))})
    config.include("pyramid_jinja2")
    config.add_jinja2_search_path("sratix_core:templates")
    changing = settings.env == "development"
    renderers = Renderers()
    if not changing:
        config.add_renderer(".jinja2", renderers)

    def finish() -> None:
        environment = renderers.environment = config.get_jinja2_environment()
        environment.join_path = named_from_the_top(environment)
        # A page names 15 files; looking at each on the disk is a tenth of its time, and only an author changes them.
        environment.globals.update(
            asset=asset if changing else cache(asset), csrf_field=csrf_field, icon=icon, t=t
        )
        environment.globals["spoken"] = [(code, formats.own_name(code)) for code in SPOKEN]
        environment.globals.update(pieces.for_pages(_locale, _zone))

    config.action(None, finish, order=999)
