"""All organizers of the installation, the newest first, and what waits for an administrator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyramid.view import view_config
from sqlalchemy import func, or_, select

from sratix_core.db.types import LAST
from sratix_core.events.models import Event
from sratix_core.platform.paging import window
from sratix_core.platform.shell import by_key, count_up_to, failed, said, screen, waiting
from sratix_core.tenants.models import Member, MemberStatus, Tenant, TenantStatus
from sratix_core.tenants.review import OWNER
from sratix_core.values.text import fold
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

VIEWS = (
    ("All", ""),
    ("Waiting", TenantStatus.PENDING.value),
    ("Active", TenantStatus.ACTIVE.value),
    ("Suspended", TenantStatus.SUSPENDED.value),
    ("Rejected", TenantStatus.REJECTED.value),
)


@view_config(
    route_name="platform.tenants",
    request_method="GET",
    permission=PLATFORM,
    renderer="platform/tenants.jinja2",
)
def tenants(request: Request) -> dict[str, Any]:
    t, here = request.t, request.route_path("platform.tenants")
    chosen, typed = request.GET.get("view", ""), request.GET.get("q", "")[:100]
    wanted = select(Tenant).where(Tenant.status != TenantStatus.PLATFORM)
    if chosen:
        wanted = wanted.where(Tenant.status == chosen)
    if typed.strip():
        words = fold(typed)
        wanted = wanted.where(
            or_(
                (Tenant.slug >= words) & (Tenant.slug < words + LAST),
                (Tenant.name_key >= words) & (Tenant.name_key < words + LAST),
            )
        )
    page = window(request, request.db, wanted, (Tenant.id,), lambda row: (row[0].id,), lambda s: (number(s),))
    shown = [row[0] for row in page.rows]
    pending, dead = waiting(request), failed(request)
    live = select(Tenant.id).where(Tenant.status == TenantStatus.ACTIVE)
    return screen(
        request,
        [(t("Organizations"), None)],
        words=t("Active organizations: {n}", n=said(count_up_to(request, live))),
        rows=_rows(request, shown),
        views=[
            (t(text), f"{here}?view={value}" if value else here, said(pending) if value == "pending" and pending else None, value == chosen)
            for text, value in VIEWS
        ],
        waiting=said(pending) if pending else "",
        failed=said(dead) if dead else "",
        list_href=here,
        new_href=request.route_path("platform.tenant_new"),
        q=typed,
        keep=[("view", chosen)] if chosen else [],
        filtered=bool(chosen or typed),
        pages={"words": t("{n} shown", n=len(shown)), "newer": page.newer, "older": page.older},
    )  # fmt: skip


def number(text: str) -> int:
    """A tenant's id from an address. Raises `ValueError`."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def _rows(request: Request, shown: Sequence[Tenant]) -> list[dict[str, Any]]:
    """Owner and counts of a page's tenants, in three statements."""
    ids = [tenant.id for tenant in shown]
    active = Member.tenant_id.in_(ids) & (Member.status == MemberStatus.ACTIVE)
    owners: dict[int, Member] = {}
    for member in request.db.scalars(
        select(Member).where(active, Member.role == OWNER).order_by(Member.created_at, Member.id)
    ):
        owners.setdefault(member.tenant_id, member)
    people = select(Member.tenant_id, func.count()).where(active).group_by(Member.tenant_id)
    events = select(Event.tenant_id, func.count()).where(Event.tenant_id.in_(ids)).group_by(Event.tenant_id)
    members_in, events_in = by_key(request, people), by_key(request, events)
    return [
        {
            "name": tenant.name,
            "slug": tenant.slug,
            "href": request.route_path("platform.tenant", slug=tenant.slug),
            "state": tenant.status,
            "owner": owners.get(tenant.id),
            "members": members_in.get(tenant.id, 0),
            "events": events_in.get(tenant.id, 0),
            "created_at": tenant.created_at,
        }
        for tenant in shown
    ]
