"""Choosing a new password: the old one proves who asks, and every other browser is signed out."""

from __future__ import annotations

from typing import Any

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.account.login import HOME
from sratix_core.accounts import passwords, service, signing_in
from sratix_core.accounts.browsers import browser_name
from sratix_core.errors import Invalid, Refused
from sratix_core.web import identity, limits
from sratix_core.web.forms import Form
from sratix_core.web.messages import sentence
from sratix_core.web.permissions import SIGNED_IN
from sratix_core.web.request import Request

PAGE = "account/password.jinja2"


@view_config(route_name="account.password", request_method="GET", renderer=PAGE, permission=SIGNED_IN)
def show(request: Request) -> dict[str, Any]:
    return {"form": Form(), "problem": None}


@view_config(route_name="account.password", request_method="POST", renderer=PAGE, permission=SIGNED_IN)
def change(request: Request) -> dict[str, Any] | Response:
    request.limit(limits.LOGIN)
    form, who = Form(request.POST), request.identity
    old, new = form.secret("old"), form.secret("password")
    problem = None
    if old is not None and new is not None:
        try:
            passwords.check_strength(new, who.email)
            proof = signing_in.prove(
                request.runtime,
                who.email,
                old,
                request.client_addr or "",
                local=request.is_local,
                device=identity.known_browser(request, who.email),
            )
        except Invalid as error:
            form.take(error)
        except Refused as error:
            problem = sentence(error.code, request.locale_name, **error.data)
        else:
            return finish(request, proof, passwords.hash_password(new, request.runtime.settings.env))
    request.response.status_code = 422
    return {"form": form, "problem": problem}


def finish(request: Request, proof: signing_in.Proof, hashed: str) -> Response:
    """Write the hash, end all logins, and start this browser's new one."""
    user = service.user_by_email(request.db, proof.email)
    if user is not None:
        service.change_password(request.db, request.runtime.sources, user, hashed)
    token, user = signing_in.complete(
        request.db, request.runtime, proof, stays=False, browser=browser_name(request.user_agent)
    )
    response = HTTPSeeOther(HOME)
    identity.remember(request, response, token, stays=False)
    request.journal.note("password.changed", user_id=user.id)
    new_csrf_token(request)
    return response
