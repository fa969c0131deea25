"""One organizer, as the platform sees it: who owns it, what it holds, and the decisions on it."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.errors import Invalid, NotFound
from sratix_core.events.models import Event
from sratix_core.jobs.models import Job, JobState
from sratix_core.orders.models import Order
from sratix_core.platform import exports
from sratix_core.platform.shell import count_up_to, said, screen
from sratix_core.tenants import review
from sratix_core.tenants.models import Member, MemberStatus, Tenant
from sratix_core.web.forms import refused_fields
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

SHOWN = 50
"""Members on the page."""

ASKS = {
    "tenant.approved": (
        "Approve {name}?",
        "It goes live at once, and its owner gets a mail.",
        "Approve",
        "circle-check",
        "primary",
    ),
    "tenant.rejected": (
        "Reject {name}?",
        "It stays invisible. Its owner gets a mail with your reason.",
        "Reject",
        "ban",
        "danger",
    ),
    "tenant.reopened": (
        "Look at {name} again?",
        "It waits for a decision once more. Nobody gets a mail.",
        "Look again",
        "rotate-ccw",
        "primary",
    ),
    "tenant.suspended": (
        "Suspend {name}?",
        "Its shop, dashboard and scanners stop at once. Nothing is deleted.",
        "Suspend",
        "ban",
        "danger",
    ),
    "tenant.reactivated": (
        "Let {name} go on?",
        "Its shop, dashboard and scanners answer again.",
        "Reactivate",
        "rotate-ccw",
        "primary",
    ),
}


@view_config(
    route_name="platform.tenant", request_method="GET", permission=PLATFORM, renderer="platform/tenant.jinja2"
)
def tenant(request: Request) -> dict[str, Any]:
    found = review.tenant_at(request.platform, request.matchdict["slug"])
    request.journal.note("platform.tenant_read", user_id=request.identity.id, tenant=found.id)
    return page(request, found)


def page(
    request: Request,
    found: Tenant,
    values: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> dict[str, Any]:
    from sratix_core.platform import fee  # its own view answers with this page

    t = request.t
    members = request.db.scalars(
        select(Member)
        .where(Member.tenant_id == found.id, Member.status != MemberStatus.REMOVED)
        .order_by(Member.created_at, Member.id)
        .limit(SHOWN)
    ).all()
    jobs = select(Job.id).where(Job.tenant_id == found.id, Job.state == JobState.DEAD)
    return screen(
        request,
        [(t("Organizations"), request.route_path("platform.tenants")), (found.name, None)],
        row=found,
        acts=[ask(request, found, to) for to in sorted(review.MOVES.get(found.status, ()))],
        shop_href=request.route_path("shop.home", tenant=found.slug) if found.status == "active" else None,
        journal_href=request.route_path("platform.tenant_journal", slug=found.slug),
        events_href=request.route_path("platform.events", _query={"of": found.slug}),
        owners_href=request.route_path("platform.tenant_owners", slug=found.slug)
        if found.status == "active"
        else None,
        exports_href=request.route_path("platform.tenant_exports", slug=found.slug),
        exports=exports.rows(request, found),
        fee=fee.shown(request, found),
        values=values or {},
        errors=errors or {},
        counts=[
            (t("Events"), said(count_up_to(request, select(Event.id).where(Event.tenant_id == found.id)))),
            (t("Orders"), said(count_up_to(request, select(Order.id).where(Order.tenant_id == found.id)))),
            (t("Failed jobs"), said(count_up_to(request, jobs))),
        ],
        members=[
            {
                "name": m.name,
                "email": m.email,
                "role": m.role,
                "state": m.status,
                "href": request.route_path("platform.user", user=m.user_id),
            }
            for m in members
        ],
    )


def ask(request: Request, found: Tenant, to: str) -> dict[str, Any]:
    """The question before a decision, for its dialog and for its page. Raises `NotFound` for what cannot be decided now."""
    act = review.ACTS.get((found.status, to))
    if act is None:
        raise NotFound("page")
    question, consequence, yes, mark, kind = ASKS[act]
    return {
        "id": f"to-{to}",
        "question": request.t(question, name=found.name),
        "consequence": request.t(consequence),
        "yes": request.t(yes),
        "mark": mark,
        "kind": kind,
        "action": request.route_path("platform.tenant_status", slug=found.slug, status=to),
        "reason": to in review.NEEDS_REASON,
        "no": request.t("Not now"),
        "back_href": request.route_path("platform.tenant", slug=found.slug),
    }


@view_config(
    route_name="platform.tenant_status",
    request_method="GET",
    permission=PLATFORM,
    renderer="platform/confirm.jinja2",
)
def question(request: Request) -> dict[str, Any]:
    """The same question on a page of its own, for browsers without scripts."""
    found = review.tenant_at(request.platform, request.matchdict["slug"])
    crumbs = [(request.t("Organizations"), request.route_path("platform.tenants")), (found.name, None)]
    return screen(request, crumbs, ask=ask(request, found, request.matchdict["status"]), values={}, errors={})


@view_config(
    route_name="platform.tenant_status",
    request_method="POST",
    permission=PLATFORM,
    renderer="platform/confirm.jinja2",
)
def decide(request: Request) -> dict[str, Any] | Response:
    found, to = (
        review.tenant_at(request.platform, request.matchdict["slug"]),
        request.matchdict["status"],
    )
    typed = request.POST.get("reason", "")
    try:
        review.move(request.platform, found, to, typed if isinstance(typed, str) else "")
    except Invalid as error:
        errors = refused_fields(request, error)
        return {**question(request), "errors": errors, "values": {"reason": typed}}
    return HTTPSeeOther(request.route_path("platform.tenant", slug=found.slug, _query={"done": to}))
