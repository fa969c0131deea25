"""What stands around the content of every page, drawn once for the same contents: the frame was a sixth of the work of a list.

Kept under all that it shows, so it cannot be old and nobody gets another's: language, theme, the form token, the person, the links.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pyramid.csrf import get_csrf_token

from sratix_core.dashboard.kept import KEPT, Kept
from sratix_core.web.request import Request

THEMES = ("light", "dark")


class Around(NamedTuple):
    """The parts of `dashboard/frame.jinja2` between which a page's own stand; `theme` and `folded` are the browser's wishes."""

    theme: str
    folded: bool
    head: Markup
    side: Markup
    bar: Markup
    chevron: Markup
    tools: Markup
    palette: Markup


def install(environment: Environment) -> None:
    """Give the pages `around(shell)`."""

    @pass_context
    def around(context: Context, shell: dict[str, Any]) -> Around:
        request: Request = context["request"]
        theme, folded = request.cookies.get("theme", ""), request.cookies.get("sidebar") == "folded"
        values = {
            "theme": theme if theme in THEMES else "",
            "search_href": shell["search_href"],
            "account_href": shell["account_href"],
            "logout_href": shell["logout_href"],
            **shell["person"],
            "locale": request.locale_name,
            "form_token": get_csrf_token(request),
        }
        contents = ("around", folded, *values.values())
        kept: Kept = request.registry[KEPT]
        drawn: Around | None = None if environment.auto_reload else kept.get(contents)
        return drawn or kept.put(contents, _drawn(environment, values, folded))

    environment.globals["around"] = around


def _drawn(environment: Environment, values: dict[str, Any], folded: bool) -> Around:
    made: Any = environment.get_template("dashboard/_around.jinja2").make_module(values)
    parts = (made.head(), made.side(), made.bar(), made.chevron(), made.tools(), made.palette())
    return Around(values["theme"], folded, *parts)
