"""The frame around the platform's pages, and the context their services work in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from sratix_core.jobs.models import Job, JobState
from sratix_core.tenants.models import Tenant, TenantStatus
from sratix_core.tenants.platform import PlatformContext, home_of
from sratix_core.web.contexts import contexts
from sratix_core.web.request import Request

NAV = (
    ("platform", "Overview", "activity"),
    ("platform.tenants", "Organizations", "building-2"),
    ("platform.events", "Events", "calendar"),
    ("platform.users", "People", "users"),
    ("platform.payments", "Payments", "banknote"),
    ("platform.jobs", "Jobs", "layers"),
    ("platform.webhooks", "Webhooks", "webhook"),
    ("platform.journal", "Journal", "history"),
    ("platform.settings", "Settings", "settings"),
)
BELONGS = {
    "platform.tenants": (
        "platform.tenant", "platform.tenant_status", "platform.tenant_journal", "platform.tenant_new", "platform.tenant_owners"),
    "platform.webhooks": ("platform.webhook",),
    "platform.users": ("platform.user", "platform.user_admin", "platform.user_access", "platform.impersonations"),
}  # fmt: skip

MOST = 1000
"""Nothing is counted further: "1000+" says enough."""

DONE = {
    "active": "The organization is active.",
    "pending": "The organization waits for a decision again.",
    "suspended": "The organization is suspended. Its pages answer nobody.",
    "rejected": "The organization is rejected. Its owner gets a mail.",
    "admin-on": "Made an administrator. They sign in again to use it.",
    "admin-off": "No longer an administrator.",
    "access-on": "The account is switched on.",
    "access-off": "The account is switched off, and signed out everywhere.",
    "signed-out": "Signed out everywhere.",
    "replayed": "The message is looked at again.",
    "retried": "The job runs again now.",
    "made": "The organization is there. Its owner gets a mail.",
    "owner-invited": "The invitation is on its way.",
    "fee": "The fee is kept. Payments from now on are taken with it.",
    "export-asked": "The export is being made. Load this page again in a moment.",
}


def context_of(request: Request) -> PlatformContext:
    """What this request hands to the platform's services; the installation's own tenant first, as it may have to be made."""
    home = home_of(request.runtime)
    return PlatformContext(request.runtime, request.db, request.actor, home)


def count_up_to(request: Request, statement: Any) -> int:
    """How many rows `statement` has, at most `MOST` + 1."""
    some = statement.limit(MOST + 1).subquery()
    return int(request.db.scalar(select(func.count()).select_from(some)) or 0)


def by_key(request: Request, statement: Any) -> dict[Any, Any]:
    """The rows of a statement of two columns, the second by the first."""
    return {key: value for key, value in request.db.execute(statement)}  # noqa: C416  (a row is not a pair to mypy)


def said(number: int) -> str:
    """A count for people."""
    return f"{MOST}+" if number > MOST else str(number)


def screen(request: Request, crumbs: list[tuple[str, str | None]], **page: Any) -> dict[str, Any]:
    """The variables of `dashboard/frame.jinja2` together with the page's own."""
    done = DONE.get(request.GET.get("done", ""))
    return {
        "shell": _shell(request),
        "crumbs": [(request.t("Platform"), request.route_path("platform")), *crumbs],
        "flash": [{"text": request.t(done)}] if done else [],
        **page,
    }


def waiting(request: Request) -> int:
    """Sign-ups that nobody has decided on."""
    return count_up_to(request, select(Tenant.id).where(Tenant.status == TenantStatus.PENDING))


def failed(request: Request) -> int:
    """Jobs that were given up."""
    return count_up_to(request, select(Job.id).where(Job.state == JobState.DEAD))


def _shell(request: Request) -> dict[str, Any]:
    here = request.matched_route.name
    counts = {"platform.tenants": waiting(request), "platform.jobs": failed(request)}
    items = [
        {
            "label": request.t(label),
            "icon": icon,
            "href": request.route_path(route),
            "count": said(counts[route]) if counts.get(route) else None,
            "hot": True,
            "current": here == route or here in BELONGS.get(route, ()),
        }
        for route, label, icon in NAV
    ]
    return {
        "title": request.t("Platform"),
        "subtitle": request.t("All organizations"),
        "logo_url": None,
        "mark": "server",
        **contexts(request),
        "events": [],
        "events_href": None,
        "new_event_href": None,
        "nav": [{"label": None, "items": items}],
        "search_href": None,
        "person": {"name": request.identity.name, "email": request.identity.email},
        "account_href": request.route_path("account.password"),
        "logout_href": request.route_path("account.logout"),
    }
