"""What a person may say about their account here: the language they are spoken to in."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.models import User
from sratix_core.my.shell import my_screen
from sratix_core.values.locale import own_name
from sratix_core.web.forms import Form
from sratix_core.web.permissions import SIGNED_IN
from sratix_core.web.request import Request
from sratix_core.web.translate import SPOKEN

PAGE = "my/settings.jinja2"


@view_config(route_name="my.settings", request_method="GET", permission=SIGNED_IN, renderer=PAGE)
def show(request: Request) -> dict[str, Any]:
    return _page(request, request.identity.locale, {})


@view_config(route_name="my.settings", request_method="POST", permission=SIGNED_IN, renderer=PAGE)
def save(request: Request) -> Any:
    form = Form(request.POST)
    locale = form.choice("locale", SPOKEN)
    if locale is None:
        request.response.status_int = 422
        return _page(request, request.identity.locale, dict(form.summary(request.locale_name)))
    user: User = request.db.get_one(User, request.identity.id)
    user.locale, user.updated_at = locale, request.runtime.sources.clock.now()
    # `lang` makes it this browser's language too, as every link that changes the language does.
    return HTTPSeeOther(request.route_path("my.settings", _query={"done": "saved", "lang": locale}))


def _page(request: Request, locale: str, errors: dict[str, str]) -> dict[str, Any]:
    return my_screen(
        request,
        request.t("My settings"),
        languages=[(code, own_name(code)) for code in SPOKEN],
        values={"locale": locale},
        errors=errors,
    )
