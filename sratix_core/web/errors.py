"""Exception views: one problem becomes a page in the tenant's colours or problem details for the API.

They run after the database may have refused; so they open no session and use only what is already loaded.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import structlog
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPException, HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.interfaces import IRoutesMapper
from pyramid.renderers import render
from pyramid.response import Response

from sratix_core.errors import Conflict, DomainError, Refused
from sratix_core.web import messages
from sratix_core.web.problems import Problem, problem_of
from sratix_core.web.request import Request
from sratix_core.web.security import is_api

log = structlog.get_logger("sratix.errors")


def on_error(error: Exception, request: Request) -> Response:
    """Every error that nobody closer turned into an answer."""
    if isinstance(error, HTTPException) and error.status_code < 400:
        return error
    problem = problem_of(error)
    if isinstance(error, Refused | Conflict) and problem.status not in (401, 429):
        request.journal.refusal = error  # not what strangers try: they would write into anybody's book
    if problem.status >= 500 and problem.code == "internal":
        log.error("unexpected", request_id=request.request_id, route=request.route_pattern, exc_info=error)
    return respond(request, problem)


def on_not_found(error: HTTPNotFound, request: Request) -> Response:
    """A missing slash is added; a known address with the wrong method says which ones it takes."""
    allowed = allowed_methods(request)
    if allowed:
        return respond(request, Problem(405, "method_not_allowed", headers={"Allow": ", ".join(allowed)}))
    if request.method in ("GET", "HEAD") and not is_api(request) and _slash_helps(request):
        query = f"?{request.query_string}" if request.query_string else ""
        return Response(status=308, headers={"Location": quote(_outside_path(request)) + "/" + query})
    return respond(request, problem_of(error))


def on_forbidden(error: HTTPForbidden, request: Request) -> Response:
    """Nobody signed in: a person is sent to sign in and comes back, a program gets 401."""
    identity = request.__dict__.get("identity")
    if identity is not None:
        request.journal.note("access.denied", user_id=identity.id, route=request.route_pattern)
        return respond(request, Problem(403, "acting") if identity.acting else problem_of(error))
    bearer = request.__dict__.get("bearer")
    if bearer is not None:
        request.journal.note("access.denied", route=request.route_pattern, key=str(bearer.key.id))
        return respond(request, Problem(403, "scope_missing"))
    if is_api(request) or request.method not in ("GET", "HEAD"):
        return respond(request, Problem(401, "signed_out", headers={"WWW-Authenticate": "Bearer"}))
    return HTTPSeeOther(request.route_path("account.login", _query={"next": request.path_qs}))


def respond(request: Request, problem: Problem) -> Response:
    """The answer to a problem, in the form the caller reads."""
    locale = request.locale_name
    detail = messages.sentence(problem.code, locale, _status=problem.status, **problem.data)
    response = _details(request, problem, detail) if is_api(request) else _page(request, problem, detail)
    response.status_code = problem.status
    response.headers.update(problem.headers)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(max(1, problem.retry_after))
    response.headers["Cache-Control"] = "no-store"
    return response


def _details(request: Request, problem: Problem, detail: str) -> Response:
    """RFC 9457, with `errors[]` naming each field."""
    locale = request.locale_name
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": messages.title(problem.status, locale),
        "status": problem.status,
        "code": problem.code,
        "detail": detail,
        "reference": request.request_id,
    }
    if problem.fields:
        body["errors"] = [
            {"field": name, "code": code, "detail": messages.sentence(code, locale, **problem.data)}
            for name, code in problem.fields.items()
        ]
    return Response(json.dumps(body).encode(), content_type="application/problem+json", charset=None)


def _page(request: Request, problem: Problem, detail: str) -> Response:
    tenant = (
        request.__dict__.get("tenant") if problem.code != "tenant_unknown" else None
    )  # or its name would tell
    shown = {
        "problem": problem,
        "title": messages.title_of(problem.code, problem.status, request.locale_name),
        "detail": detail,
        "reference": request.request_id,
        "tenant": tenant,
        "home": "/" if tenant is None or request.own_host else f"/{tenant.slug}/",
        "field_sentences": {n: messages.sentence(c, request.locale_name) for n, c in problem.fields.items()},
        "locale": request.locale_name,
    }
    return Response(render("errors/error.jinja2", shown, request=request), charset="utf-8")


def allowed_methods(request: Request) -> list[str]:
    """The methods of the matched route, empty when it takes this one or when no route matched."""
    route = request.matched_route
    if route is None:
        return []
    methods = request.registry["route_methods"].get(route.name, frozenset())
    if "*" in methods or request.method in methods or (request.method == "HEAD" and "GET" in methods):
        return []
    return sorted(methods | ({"HEAD"} if "GET" in methods else frozenset()))


def _slash_helps(request: Request) -> bool:
    if request.matched_route is not None or request.path_info.endswith("/"):
        return False
    mapper = request.registry.getUtility(IRoutesMapper)
    return any(route.match(request.path_info + "/") is not None for route in mapper.get_routes())


def _outside_path(request: Request) -> str:
    """The path as the browser knows it: without the slug on a tenant's own host."""
    path: str = request.path_info
    return path.removeprefix(f"/{request.own_host}") if request.own_host else path


def includeme(config: Configurator) -> None:
    config.add_exception_view(on_error, context=Exception)
    config.add_exception_view(on_error, context=HTTPException)
    config.add_exception_view(on_error, context=DomainError)
    config.add_notfound_view(on_not_found)
    config.add_forbidden_view(on_forbidden)
