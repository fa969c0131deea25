"""Parts of a page that stay the same while rows come and go, such as the bar above a list: kept under all they are drawn from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pyramid.csrf import get_csrf_token

from sratix_core.dashboard.kept import KEPT, Kept
from sratix_core.web.request import Request

ENVIRONMENT = "sratix.pages"
"""Registry key of the environment that draws the pages."""


def part(request: Request, template: str, contents: Hashable, values: Callable[[], dict[str, Any]]) -> Markup:
    """`template` drawn from `values()`, the language and the form token, and from nothing else.

    `contents` must hold all that `values` looks at: while they are the same, nobody asks it again.
    """
    environment: Environment = request.registry[ENVIRONMENT]
    token = get_csrf_token(request)
    under = (template, request.script_name, request.locale_name, token, contents)
    kept: Kept = request.registry[KEPT]
    drawn: Markup | None = None if environment.auto_reload else kept.get(under)
    if drawn is None:
        page = environment.get_template(template).render(
            locale=request.locale_name, form_token=token, **values()
        )
        drawn = kept.put(under, Markup(page))  # noqa: S704 -- an escaping template
    return drawn
