"""Signing in with e-mail and password, and signing out. The hash is checked before the unit of work writes anything."""

from __future__ import annotations

from typing import Any

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts import logins, signing_in
from sratix_core.accounts.browsers import browser_name
from sratix_core.errors import Refused
from sratix_core.web import identity, limits
from sratix_core.web.forms import Form
from sratix_core.web.messages import sentence
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.problems import problem_of
from sratix_core.web.request import Request

HOME = "/dashboard/"


def safe_next(wish: str | None) -> str:
    """A path on this host, or the dashboard: nothing that a browser could read as another host."""
    if not wish or not wish.startswith("/") or wish[1:2] in ("/", "\\") or len(wish) > 1000:
        return HOME
    return wish if wish.isprintable() and "\\" not in wish else HOME


def page(request: Request, form: Form, problem: str | None = None) -> dict[str, Any]:
    wish = request.POST.get("next") if request.method == "POST" else request.GET.get("next")
    return {"form": form, "problem": problem, "next": safe_next(wish)}


@view_config(route_name="home", request_method="GET", permission=PUBLIC)
def start(request: Request) -> Response:
    """The installation's bare address: whoever comes here works here. Buyers come by their organizer's address."""
    return HTTPSeeOther(HOME if request.identity is not None else request.route_path("account.login"))


@view_config(
    route_name="account.login", request_method="GET", renderer="account/login.jinja2", permission=PUBLIC
)
def show(request: Request) -> dict[str, Any] | Response:
    if request.identity is not None:
        return HTTPSeeOther(safe_next(request.GET.get("next")))
    return page(request, Form(initial={"email": request.GET.get("email", "")}))


@view_config(
    route_name="account.login", request_method="POST", renderer="account/login.jinja2", permission=PUBLIC
)
def sign_in(request: Request) -> dict[str, Any] | Response:
    request.limit(limits.LOGIN)
    form = Form(request.POST)
    email, password = form.email("email"), form.secret("password")
    stays = form.flag("stay")
    if email is None or password is None:
        request.response.status_code = 422
        return page(request, form)
    try:
        proof = signing_in.prove(
            request.runtime,
            email,
            password,
            request.client_addr or "",
            local=request.is_local,
            device=identity.known_browser(request, email),
        )
    except Refused as error:
        return refuse(request, form, error)
    if request.identity is not None:
        logins.end(request.db, request.identity.login_id)
    token, user = signing_in.complete(
        request.db, request.runtime, proof, stays=stays, browser=browser_name(request.user_agent)
    )
    response = HTTPSeeOther(safe_next(request.POST.get("next")))
    identity.remember(request, response, token, stays=stays)
    identity.remember_browser(request, response, email)
    request.journal.note("login.succeeded", user_id=user.id)
    new_csrf_token(request)
    return response


def refuse(request: Request, form: Form, error: Refused) -> dict[str, Any]:
    """The form again, with what was wrong; the attempt is on record although nothing else is."""
    request.journal.note(f"login.{'paused' if error.code == 'login_paused' else 'failed'}")
    problem = problem_of(error)
    request.response.status_code = 429 if problem.status == 429 else 422
    if problem.retry_after is not None:
        request.response.headers["Retry-After"] = str(problem.retry_after)
    return page(request, form, sentence(error.code, request.locale_name, **error.data))


@view_config(route_name="account.logout", request_method="POST", permission=PUBLIC)
def sign_out(request: Request) -> Response:
    """End this login and take its cookie; without a login there is nothing to do and no error."""
    if request.identity is not None:
        logins.end(request.db, request.identity.login_id)
    response = HTTPSeeOther(request.route_path("account.login"))
    identity.forget(request, response)
    new_csrf_token(request)
    return response
