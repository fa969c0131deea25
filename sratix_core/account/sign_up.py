"""Becoming an organizer: a form, a link in a mail, and a button behind it, because mail programs open links by themselves."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts import passwords
from sratix_core.errors import Invalid, NotFound
from sratix_core.signup import service
from sratix_core.signup.models import SignUp
from sratix_core.tenants.models import Tenant
from sratix_core.web import limits
from sratix_core.web.forms import Form
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

PAGE = "account/sign_up.jinja2"
LINK = "account/sign_up_link.jinja2"


def open_to_all(request: Request) -> None:
    """Raises `NotFound` where only the operator makes organizations."""
    if request.own_host is not None or request.runtime.settings.sign_up == "closed":
        raise NotFound("page")


@view_config(route_name="sign_up", request_method="GET", renderer=PAGE, permission=PUBLIC)
def show(request: Request) -> dict[str, Any]:
    open_to_all(request)
    return {"form": Form(), "sent": request.GET.get("sent") == "1"}


@view_config(route_name="sign_up", request_method="POST", renderer=PAGE, permission=PUBLIC)
def ask(request: Request) -> dict[str, Any] | Response:
    """Keep the wish and mail its link. The answer is the same whether or not the address has an account."""
    open_to_all(request)
    request.limit(limits.SIGN_UP)
    form = Form(request.POST)
    name, slug = form.text("name", 120), form.slug("slug")
    full_name, email, password = form.text("full_name", 120), form.email("email"), form.secret("password")
    try:
        if email and password:
            passwords.check_strength(password, email)
            hashed = passwords.hash_password(password, request.runtime.settings.env)
        if name and slug and full_name and email and password and form.ok:
            if not form.is_robot:
                service.check_free(
                    request.platform, slug
                )  # before the mailbox is counted: correcting is free
                keyed = request.runtime.keys.mac("sign-up-mail", email.encode()).hex()
                request.limit(limits.SIGN_UP_MAIL, keyed)
                wish = service.Wish(slug, name, full_name, email, hashed, request.locale_name)
                service.ask(request.platform, wish)
            return HTTPSeeOther(request.route_path("sign_up", _query={"sent": "1"}))
    except Invalid as error:
        form.take(error)
    request.response.status_code = 422
    return {"form": form, "sent": False}


@view_config(route_name="sign_up.link", request_method="GET", renderer=LINK, permission=PUBLIC)
def link(request: Request) -> dict[str, Any]:
    """Only a question: opening the link makes nothing."""
    open_to_all(request)
    return page(request, Form(), service.find(request.platform, request.matchdict["token"]))


@view_config(route_name="sign_up.link", request_method="POST", renderer=LINK, permission=PUBLIC)
def confirm(request: Request) -> dict[str, Any]:
    """The password once more: who has the mailbox must be who chose it, or a stranger would know the account's password."""
    open_to_all(request)
    request.limit(limits.SIGN_UP)
    form, token = Form(request.POST), request.matchdict["token"]
    typed, stored = form.secret("password"), service.stored_hash(request.runtime, token)
    if typed is None or not passwords.verify(stored, typed, request.runtime.settings.env):
        form.fail("password", "sign_up_password")
        request.response.status_code = 422
        return page(request, form, service.find(request.platform, token))
    tenant = service.confirm(request.platform, token)
    return {**page(request, form, tenant), "done": str(tenant.status)}


def page(request: Request, form: Form, of: SignUp | Tenant) -> dict[str, Any]:
    """The variables of the page behind the link; its address is a secret, so other sites learn only the host."""
    request.response.headers["Referrer-Policy"] = "strict-origin"
    email = of.email if isinstance(of, SignUp) else ""
    return {"form": form, "name": of.name, "slug": of.slug, "email": email, "done": ""}
