"""Many codes alike: drawn at random for a mailing, or brought along in a list."""

from __future__ import annotations

import csv
import io
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.dashboard.code_form import choices, read_draft
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.promotions.service import MOST_AT_ONCE, bring_in, generate
from sratix_core.web.csv import as_csv
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.request import Request

PAGE = "dashboard/codes_many.jinja2"
LARGEST_LIST = 200_000
"""Characters of a pasted list."""


@view_config(route_name="dashboard.codes_many", request_method="GET", permission=EVENT_EDIT, renderer=PAGE)
def many(request: Request) -> dict[str, Any]:
    usual = {"kind": "percent", "count": 50, "max_uses": 1, "how": "draw", "type_ids": [], "unlocked_ids": []}
    return _page(request, the_event(request), usual, {})


@view_config(route_name="dashboard.codes_many", request_method="POST", permission=EVENT_EDIT, renderer=PAGE)
def make_many(request: Request) -> Any:
    """Drawn codes come as a file at once; a list answers how many of it are new."""
    event, form = the_event(request), Form(request.POST)
    several = {name: request.POST.getall(name) for name in ("type_ids", "unlocked_ids")}
    typed = {k: v for k, v in request.POST.items() if isinstance(v, str)}
    try:
        draft = read_draft(request, event, code="")
        if request.POST.get("how") == "list":
            new, refused = bring_in(request.ctx, event, draft, _listed(request))
            if not new:
                raise Invalid({"codes": "promo_none_new"})
            target = path(request, "dashboard.codes", event) + f"?done=codes&n={new}"
            return HTTPSeeOther(f"{target}&refused={len(refused)}")
        count = form.integer("count", 1, MOST_AT_ONCE)
        form.check()
        made = generate(request.ctx, event, draft, count or 0, request.POST.get("prefix", ""))
    except (Invalid, Refused) as error:
        return _page(request, event, {**typed, **several}, refused_fields(request, error))
    response: Response = as_csv(f"promo-codes-{event.slug}", [request.t("Code")], ([code] for code in made))[
        0
    ]
    return response


def _listed(request: Request) -> list[str]:
    """One code to a line, or the first column of a CSV file; a heading called "code" is skipped."""
    text = str(request.POST.get("codes", ""))
    if len(text) > LARGEST_LIST:
        raise Invalid({"codes": "too_long"})
    mark = ";" if text.count(";") > text.count(",") else ","
    cells = [row[0].strip() for row in csv.reader(io.StringIO(text), delimiter=mark) if row]
    return [cell for n, cell in enumerate(cells) if cell and not (n == 0 and cell.lower() == "code")]


def _page(request: Request, event: Event, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    t, codes = request.t, path(request, "dashboard.codes", event)
    return screen(
        request,
        event,
        [(t("Promo codes"), codes), (t("Many codes"), None)],
        action=path(request, "dashboard.codes_many", event),
        back_href=codes,
        most=MOST_AT_ONCE,
        values=values,
        errors=errors,
        **choices(request, event),
    )
