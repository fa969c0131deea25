"""A request is one unit of work: it commits below status 400 and leaves nothing behind from 400 on.

`request.db` is the only session; reading requests get the readers, writing ones the writers, `writes=` says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyramid_tm
from pyramid.config import Configurator
from pyramid.response import Response
from sqlalchemy import event
from zope.sqlalchemy.datamanager import STATUS_CHANGED, ZopeStatus, join_transaction

from sratix_core.tenancy.session import ScopedSession
from sratix_core.web.request import Request
from sratix_core.web.scope import scope_of

MANAGER = "sratix_transaction_manager"
"""Where a request's session keeps the manager that commits it."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})

View = Callable[[Any, Request], Response]


def commit_veto(request: Request, response: Response) -> bool:
    """An error that is returned rolls back exactly like one that is raised."""
    return bool(response.status_code >= 400)


def is_writing(request: Request) -> bool:
    """Whether this request needs the writers. Decided by route and method: the session may be opened before the view."""
    route = request.matched_route
    named: dict[tuple[str, str], bool] = request.registry["view_writes"]
    if route is not None:
        for method in (request.method, "*"):
            if (route.name, method) in named:
                return named[route.name, method]
    return request.method not in READING


def db(request: Request) -> ScopedSession:
    """The request's session, committed or rolled back with it; Core and text statements count as changes too."""
    session = request.runtime.engines.session(scope_of(request), write=is_writing(request))
    request.add_finished_callback(lambda _: session.close())
    session.info[MANAGER] = request.tm
    return session


# As `zope.sqlalchemy.register`, but once for all sessions: seven listeners for each request cost it 0.1 ms.
def _join(session: ScopedSession, *rest: Any) -> None:
    manager = session.info.get(MANAGER)
    if manager is not None:
        join_transaction(session, STATUS_CHANGED, manager)


def _nobody_else_commits(session: ScopedSession) -> None:
    manager = session.info.get(MANAGER)
    if manager is not None and not session.in_nested_transaction():
        assert manager.get().status == ZopeStatus.COMMITTING, "only the unit of work commits"


event.listen(ScopedSession, "after_begin", _join)
event.listen(ScopedSession, "after_attach", _join)
event.listen(ScopedSession, "before_commit", _nobody_else_commits)


def checkpoint(request: Request) -> None:
    """Commit what was done and leave no transaction open while the outside is called.

    Objects loaded before are detached afterwards: keep ids, load again.
    """
    request.tm.commit()
    request.tm.begin()


def writes_view(view: View, info: Any) -> View:
    """Remember the methods of a route's views, and their `writes=`, under the name of the route."""
    route, methods = info.options.get("route_name"), methods_of(info)
    if route is not None:
        info.registry["route_methods"].setdefault(route, set()).update(methods)
    if info.options.get("writes") is not None:
        for method in methods:
            info.registry["view_writes"][route, method] = bool(info.options["writes"])
    return view


writes_view.options = ("writes",)  # type: ignore[attr-defined]


def methods_of(info: Any) -> tuple[str, ...]:
    """The methods a view is registered for, `*` for all."""
    for predicate in info.predicates:
        if type(predicate).__name__ == "RequestMethodPredicate":
            return tuple(predicate.val)
    return ("*",)


def only_reads(info: Any) -> bool:
    """Whether a view that is being registered is asked by no method that writes."""
    return READING.issuperset(methods_of(info))


def includeme(config: Configurator) -> None:
    config.add_settings(
        {
            "tm.manager_hook": pyramid_tm.explicit_manager,
            "tm.commit_veto": commit_veto,
            "tm.annotate_user": False,  # asking who it is would open a session before the unit begins
        }
    )
    config.include("pyramid_tm")
    config.registry["view_writes"] = {}
    config.registry["route_methods"] = {}
    config.add_request_method(db, "db", reify=True)
    config.add_request_method(checkpoint, "checkpoint")
    config.add_view_deriver(writes_view, "writes")
