"""Who was here last: a login and a member remember it, every ten minutes at most, in a unit of its own after the answer."""

from __future__ import annotations

from datetime import datetime

import structlog
from pyramid.config import Configurator
from pyramid.events import NewRequest
from pyramid.response import Response
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.accounts import logins
from sratix_core.errors import Unavailable
from sratix_core.members import service
from sratix_core.tenancy.scope import IdentityScope, TenantScope
from sratix_core.web.request import Request

log = structlog.get_logger("sratix.seen")


def remember(request: Request, response: Response) -> None:
    """Runs when the request's own unit has ended. A database that is busy does not spoil the answer."""
    who = request.__dict__.get("identity")
    if who is None or response.status_code >= 400:
        return
    runtime, now = request.runtime, request.runtime.sources.clock.now()
    membership = request.__dict__.get("membership")
    try:
        if _is_old(who.seen_at, now):
            with runtime.engines.begin(IdentityScope()) as db:
                logins.seen(db, who.login_id, now)
        if membership is not None and _is_old(membership.seen_at, now):
            with runtime.engines.begin(TenantScope(request.tenant.id)) as db:
                service.seen(db, who.id, now)
    except (SQLAlchemyError, Unavailable) as error:
        log.warning("not_remembered", request_id=request.request_id, exc_info=error)


def _is_old(at: datetime | None, now: datetime) -> bool:
    return at is None or now - at >= logins.SEEN_EVERY


def includeme(config: Configurator) -> None:
    config.add_subscriber(lambda event: event.request.add_response_callback(remember), NewRequest)
