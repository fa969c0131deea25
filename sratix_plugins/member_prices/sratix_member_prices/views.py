"""The page with the numbers: how many, a look-up, more from a list, one taken out."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther

from sratix_core.plugin import Invalid, dashboard_page, id_in_address, refused_fields
from sratix_member_prices import service

EDIT = "member_prices.edit"
ROUTE = "/dashboard/{tenant}/x/member_prices/"


def page(request: Any) -> dict[str, Any]:
    return _shown(request, {}, {})


def bring_in(request: Any) -> Any:
    try:
        new, wrong = service.bring_in(request.ctx, request.POST.get("numbers", ""))
    except Invalid as error:
        return _shown(request, dict(request.POST), refused_fields(request, error))
    if wrong:
        t = request.t
        said = t("{new} are new. No number: {wrong}", new=new, wrong=", ".join(wrong[:10]))
        return _shown(request, {"numbers": "\n".join(wrong)}, {"numbers": said})
    return HTTPSeeOther(request.path)


def delete(request: Any) -> HTTPSeeOther:
    service.delete(request.ctx, id_in_address(request, "listed"))
    return HTTPSeeOther(request.route_path("member_prices.page", tenant=request.matchdict["tenant"]))


def _shown(request: Any, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    tenant, text = request.matchdict["tenant"], request.GET.get("q", "").strip()[:40]
    return dashboard_page(
        request,
        None,
        [(request.t("Member prices"), None)],
        text=text,
        count=service.count(request.ctx),
        members=[
            {
                "number": member.number,
                "href": request.route_path("member_prices.member", tenant=tenant, listed=member.id),
            }
            for member in service.found(request.ctx, text)
        ],
        values=values,
        errors=errors,
    )


def includeme(config: Any) -> None:
    template = "sratix_member_prices:templates/page.jinja2"
    config.add_route("member_prices.page", ROUTE)
    config.add_route("member_prices.member", ROUTE + "{listed}/deletion/")
    config.add_view(
        page, route_name="member_prices.page", request_method="GET", permission=EDIT, renderer=template
    )
    config.add_view(
        bring_in, route_name="member_prices.page", request_method="POST", permission=EDIT, renderer=template
    )
    config.add_view(delete, route_name="member_prices.member", request_method="POST", permission=EDIT)
