"""Background work of every tenant: what waits, what runs, what was given up and why, and trying that again."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import func, select

from sratix_core.errors import NotFound
from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.service import retry_now
from sratix_core.platform.paging import window
from sratix_core.platform.shell import MOST, by_key, count_up_to, said, screen
from sratix_core.platform.tenants import number
from sratix_core.shop.frame import uuid_in
from sratix_core.tenants.models import Tenant
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

VIEWS = (("Failed", JobState.DEAD), ("Waiting", JobState.WAITING), ("Running", JobState.RUNNING))
KEY = (Job.run_at, Job.id, Job.tenant_id)


def place(text: str) -> tuple[datetime, uuid.UUID, int]:
    """Where a page ended. Raises `ValueError`."""
    at, job, owner = text.split("~")
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment, uuid.UUID(job), number(owner)


@view_config(
    route_name="platform.jobs", request_method="GET", permission=PLATFORM, renderer="platform/jobs.jinja2"
)
def jobs(request: Request) -> dict[str, Any]:
    t, here = request.t, request.route_path("platform.jobs")
    chosen = request.GET.get("view", JobState.DEAD.value)
    if chosen not in {state.value for _, state in VIEWS}:
        chosen = JobState.DEAD.value
    now = request.platform.sources.clock.now()
    due = select(func.min(Job.run_at)).where(Job.state == JobState.WAITING)
    oldest = request.db.scalar(due)
    some = select(Job.kind).where(Job.state == chosen).limit(MOST).subquery()
    per_kind = (
        select(some.c.kind, func.count()).group_by(some.c.kind).order_by(func.count().desc(), some.c.kind)
    )
    wanted = select(Job, Tenant.slug, Tenant.name).join(Tenant, Tenant.id == Job.tenant_id)
    page = window(
        request,
        request.db,
        wanted.where(Job.state == chosen),
        KEY,
        lambda row: (row[0].run_at, row[0].id, row[0].tenant_id),
        place,
    )
    return screen(
        request,
        [(t("Jobs"), None)],
        state=chosen,
        kinds=list(by_key(request, per_kind).items()),
        late=oldest if oldest is not None and oldest < now else None,
        views=[
            (
                t(text),
                f"{here}?view={state.value}",
                said(count_up_to(request, select(Job.id).where(Job.state == state))),
                state == chosen,
            )
            for text, state in VIEWS
        ],
        rows=[
            {
                "kind": job.kind,
                "id": job.id,
                "tenant": name,
                "tenant_href": request.route_path("platform.tenant", slug=slug) if slug != "platform" else "",
                "attempts": job.attempts,
                "most": job.max_attempts,
                "error": job.last_error,
                "at": job.finished_at or job.run_at,
                "retry_href": request.route_path("platform.job_retry", owner=job.tenant_id, job=job.id)
                if job.state in (JobState.DEAD, JobState.WAITING)
                else "",
            }
            for job, slug, name in page.rows
        ],
        pages={"words": t("{n} shown", n=len(page.rows)), "newer": page.newer, "older": page.older},
    )


@view_config(route_name="platform.job_retry", request_method="POST", permission=PLATFORM)
def retry(request: Request) -> HTTPSeeOther:
    try:
        owner = number(request.matchdict["owner"])
    except ValueError as error:
        raise NotFound("job") from error
    job, platform = uuid_in(request, "job"), request.platform
    kind = retry_now(platform.db, owner, job, platform.sources.clock.now())
    tenants = () if owner == platform.home.id else (owner,)
    platform.record("job.retried", "job", job, tenants=tenants, kind=kind)
    return HTTPSeeOther(request.route_path("platform.jobs", _query={"done": "retried"}))
