"""The platform's pages: how the installation does, organizers, events, people, jobs, the raw journal; for administrators.

Addresses name a tenant `{slug}`, never `{tenant}`: these pages see every tenant and stand in none.
"""

from __future__ import annotations

from pyramid.config import Configurator

from sratix_core.platform.shell import context_of

TENANT = "/platform/tenants/{slug}/"
USER = "/platform/users/{user}/"

ROUTES = (
    ("platform", "/platform/"),
    ("platform.tenants", "/platform/tenants/"),
    ("platform.tenant_new", "/platform/new-tenant/"),
    ("platform.tenant", TENANT),
    ("platform.tenant_status", TENANT + "status/{status}/"),
    ("platform.tenant_journal", TENANT + "journal/"),
    ("platform.tenant_owners", TENANT + "owners/"),
    ("platform.tenant_fee", TENANT + "fee/"),
    ("platform.tenant_exports", TENANT + "exports/"),
    ("platform.tenant_export", TENANT + "exports/{export}/file/"),
    ("platform.events", "/platform/events/"),
    ("platform.users", "/platform/users/"),
    ("platform.user", USER),
    ("platform.user_admin", USER + "administrator/{to}/"),
    ("platform.user_access", USER + "access/{to}/"),
    ("platform.user_logins", USER + "logins/"),
    ("platform.impersonations", USER + "impersonations/"),
    ("platform.impersonation", "/platform/impersonation/"),
    ("platform.jobs", "/platform/jobs/"),
    ("platform.job_retry", "/platform/jobs/{owner}/{job}/retry/"),
    ("platform.webhooks", "/platform/webhooks/"),
    ("platform.webhook", "/platform/webhooks/{owner}/{webhook}/"),
    ("platform.webhook_replay", "/platform/webhooks/{owner}/{webhook}/replay/"),
    ("platform.payments", "/platform/payments/"),
    ("platform.journal", "/platform/journal/"),
    ("platform.settings", "/platform/settings/"),
)


def includeme(config: Configurator) -> None:
    config.add_request_method(context_of, "platform", reify=True)
    for name, pattern in ROUTES:
        config.add_route(name, pattern)
    config.scan("sratix_core.platform")
