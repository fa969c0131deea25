"""Tenants and people for the tests of this folder."""

from __future__ import annotations

from sratix_core.accounts import passwords, service
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.service import TenantDraft, add_domain, add_member, create_tenant
from tests.support import TestApp, runtime_of

PASSWORD = "seven herons over the lake"

SETUP = SystemScope("a test prepares its tenants and people")


def make_tenant(runtime: Runtime, slug: str = "acme", host: str | None = None) -> int:
    """An active tenant, on a host of its own if one is given; answers its id."""
    with runtime.engines.begin(SETUP) as db:
        tenant = create_tenant(
            db, runtime.sources, TenantDraft(slug=slug, name=slug.title(), locales=("en", "de"))
        )
        if host is not None:
            add_domain(db, tenant, host)
        return tenant.id


def make_user(
    runtime: Runtime,
    email: str = "nina@example.ch",
    *,
    tenant_id: int | None = None,
    role: str = "owner",
    admin: bool = False,
) -> None:
    """Somebody who can sign in with PASSWORD, working for a tenant if one is given."""
    hashed = passwords.hash_password(PASSWORD, "test")
    with runtime.engines.begin(SETUP) as db:
        user = service.create_user(
            db,
            runtime.sources,
            email=email,
            full_name="Nina Steiner",
            password_hash=hashed,
            is_platform_admin=admin,
        )
        if tenant_id is not None:
            add_member(db, runtime.sources, tenant_id, user.id, role, user.full_name, user.email)


def sign_in(app: TestApp, email: str = "nina@example.ch", password: str = PASSWORD, **fields: str) -> object:
    """Walk the login form as a person would; answers the response of the POST."""
    form = app.get("/account/login").form
    form["email"], form["password"] = email, password
    for name, value in fields.items():
        form[name] = value
    return form.submit(status="*")


def prepared(app: TestApp, role: str = "owner") -> Runtime:
    """Tenant acme with Nina in it."""
    runtime = runtime_of(app)
    make_user(runtime, tenant_id=make_tenant(runtime), role=role)
    return runtime
