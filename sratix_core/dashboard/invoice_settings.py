"""Who sends the invoices, and how they are numbered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import SETTINGS_EDIT
from sratix_core.dashboard.shell import path, screen
from sratix_core.errors import Invalid
from sratix_core.invoices.settings import NAMES, IssueWhen, read, save
from sratix_core.values.written import WRITTEN
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

WHENS = {
    IssueWhen.NEVER: "Only when somebody asks for them",
    IssueWhen.PAID: "When the order is paid",
    IssueWhen.ORDERED: "When ordered on account, else when paid",
}
ROUTE, PAGE = "dashboard.invoice_settings", "dashboard/invoice_settings.jinja2"


@view_config(route_name=ROUTE, request_method="GET", permission=SETTINGS_EDIT, renderer=PAGE)
def show(request: Request) -> dict[str, Any]:
    return _page(request, asdict(read(request.ctx)), {})


@view_config(route_name=ROUTE, request_method="POST", permission=SETTINGS_EDIT, renderer=PAGE)
def change(request: Request) -> Any:
    values: dict[str, Any] = {name: str(request.POST.get(name, "")) for name in NAMES}
    try:
        save(request.ctx, values)
    except Invalid as error:
        return _page(request, values, refused_fields(request, error))
    return HTTPSeeOther(path(request, ROUTE) + "?done=saved")


def _page(request: Request, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    t, names = request.t, WRITTEN[request.locale_name].months
    return screen(
        request,
        crumbs=[(t("Invoices"), path(request, "dashboard.invoices")), (t("Settings"), None)],
        action=path(request, ROUTE),
        cancel_href=path(request, "dashboard.invoices"),
        months=[(str(number), names[number - 1]) for number in range(1, 13)],
        whens=[(when.value, t(words)) for when, words in WHENS.items()],
        year=request.ctx.clock.now().year,
        values={**values, "fiscal_start": str(values["fiscal_start"])},
        errors=errors,
    )
