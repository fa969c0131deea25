"""The published matrix of the platform's pages: the methods of each route, for administrators only. Written by hand, compared with the routes."""

from __future__ import annotations

MATRIX: dict[str, set[str]] = {
    "platform": {"GET"},
    "platform.tenants": {"GET"},
    "platform.tenant": {"GET"},
    "platform.tenant_status": {"GET", "POST"},
    "platform.tenant_journal": {"GET"},
    "platform.tenant_new": {"GET", "POST"},
    "platform.tenant_owners": {"GET", "POST"},
    "platform.tenant_fee": {"POST"},
    "platform.tenant_exports": {"POST"},
    "platform.tenant_export": {"POST"},
    "platform.events": {"GET"},
    "platform.settings": {"GET"},
    "platform.users": {"GET"},
    "platform.user": {"GET"},
    "platform.user_admin": {"GET", "POST"},
    "platform.user_access": {"GET", "POST"},
    "platform.user_logins": {"GET", "POST"},
    "platform.impersonations": {"GET", "POST"},
    "platform.impersonation": {"POST"},
    "platform.jobs": {"GET"},
    "platform.job_retry": {"POST"},
    "platform.webhooks": {"GET"},
    "platform.webhook": {"GET"},
    "platform.webhook_replay": {"POST"},
    "platform.payments": {"GET"},
    "platform.journal": {"GET"},
}
ANY_LOGIN = {"platform.impersonation"}
"""Ends the caller's own act, so it asks for a login only; without one that acts it leads on and does nothing."""
