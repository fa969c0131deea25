"""The page an invitation's link opens: a button for who has an account, a name and a password for who has none."""

from __future__ import annotations

from typing import Any

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts import logins, passwords
from sratix_core.accounts.browsers import browser_name
from sratix_core.accounts.permissions import PRESETS
from sratix_core.errors import Invalid
from sratix_core.members.accepting import ACCEPTING, Offer, OtherAccount, accept, offer_of
from sratix_core.web import identity, limits
from sratix_core.web.forms import Form
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

PAGE = "account/invitation.jinja2"
TITLES = {role.key: role.title for role in PRESETS}


def find(request: Request) -> Offer:
    """What this link offers. Raises `NotFound`; guessing is limited like every look-up."""
    request.limit(limits.LOOKUP)
    # Not `no-referrer`: browsers would send the form with the origin "null", which the check of origins refuses.
    request.response.headers["Referrer-Policy"] = "strict-origin"
    return offer_of(request.runtime.engines, request.matchdict["token"], request.runtime.sources)


def page(request: Request, offer: Offer, form: Form) -> dict[str, Any]:
    who, here = request.identity, request.path
    return {
        "offer": offer,
        "role": request.t(TITLES.get(offer.role, offer.role)),
        "form": form,
        "signed_in": who is not None,
        "fits": who is not None and who.email == offer.email,
        "login_href": request.route_path("account.login", _query={"next": here, "email": offer.email}),
        "action": here,
    }


@view_config(route_name="account.invitation", request_method="GET", renderer=PAGE, permission=PUBLIC)
def show(request: Request) -> dict[str, Any]:
    return page(request, find(request), Form())


@view_config(route_name="account.invitation", request_method="POST", renderer=PAGE, permission=PUBLIC)
def join(request: Request) -> dict[str, Any] | Response:
    """Accept. Somebody without an account gets one here: who reads the mail owns the address."""
    request.limit(limits.LOGIN)
    offer, form, who = find(request), Form(request.POST), request.identity
    name, hashed = "", None
    if who is None:
        if offer.known:
            raise OtherAccount(email=offer.email)
        name = form.text("name", 120) or ""
        password = form.secret("password")
        if password is not None:
            try:
                passwords.check_strength(password, offer.email)
            except Invalid as error:
                form.take(error)
        if not form.ok or password is None:
            request.response.status_code = 422
            return page(request, offer, form)
        hashed = passwords.hash_password(password, request.runtime.settings.env)
    sources = request.runtime.sources
    with request.runtime.engines.begin(ACCEPTING) as db:
        user, tenant, organization_id = accept(
            db,
            sources,
            offer.token,
            request.actor,
            name=name,
            password_hash=hashed,
            locale=request.locale_name,
        )
        slug, user_id = tenant.slug, user.id
        home = request.route_path("dashboard.home", tenant=slug)
        if organization_id is not None:
            home = request.route_path("dashboard.organization", tenant=slug, organization=organization_id)
        token = None
        if who is None:
            token, _ = logins.start(db, sources, user, stays=False, browser=browser_name(request.user_agent))
    response = HTTPSeeOther(home)
    if token is not None:
        identity.remember(request, response, token, stays=False)
        request.journal.note("login.succeeded", user_id=user_id)
        new_csrf_token(request)
    return response
