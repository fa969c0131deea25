"""The organizer itself: its facts, its settings, and what was done here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import AUDIT_VIEW, SETTINGS_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import picked, sees_money
from sratix_core.audit.models import AuditEntry
from sratix_core.audit.queries import AMOUNTS
from sratix_core.web.permissions import MEMBER
from sratix_core.web.sections import save_section, section_values, sections

TAG = "Organizer"


class TenantOut(msgspec.Struct):
    """An organizer. `locales` in the order they are offered."""

    slug: str
    name: str
    accent: str
    legal_line: str
    locales: list[str]
    currency: str
    timezone: str


class SectionOut(msgspec.Struct):
    """One group of settings. A secret is `true` when it is set, and never leaves."""

    name: str
    values: dict[str, str | int | bool | None]


class SectionPatch(msgspec.Struct, forbid_unknown_fields=True):
    """Values by name; what is left out stays, an empty secret too."""

    values: Annotated[dict[str, str | int | bool | None], Meta(max_length=100)]


class AuditEntryOut(msgspec.Struct):
    """Who did what to which object, and the administrator who acted as them. `data` holds ids, states and amounts."""

    id: uuid.UUID
    at: datetime
    actor_kind: str
    actor_id: uuid.UUID | None
    impersonator_id: uuid.UUID | None
    action: str
    target_kind: str
    target_id: uuid.UUID | None
    event_id: uuid.UUID | None
    data: dict[str, Any]


class AuditQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    action: Annotated[str, Meta(max_length=60)] | UnsetType = UNSET
    actor_id: uuid.UUID | UnsetType = UNSET
    target_id: uuid.UUID | UnsetType = UNSET
    event_id: uuid.UUID | UnsetType = UNSET
    since: Annotated[datetime, Meta(tz=True)] | UnsetType = UNSET
    until: Annotated[datetime, Meta(tz=True)] | UnsetType = UNSET


@endpoint("GET", TENANT, MEMBER, "The organizer", tag=TAG, answers=TenantOut)
def get_tenant(call: Call) -> Any:
    return picked(call.ctx.tenant, TenantOut, locales=list(call.ctx.tenant.locales))


@endpoint(
    "GET", TENANT + "/settings", SETTINGS_EDIT, "All settings by section", tag=TAG, answers=list[SectionOut]
)
def list_settings(call: Call) -> list[SectionOut]:
    return [SectionOut(name, section_values(call.ctx, name)) for name in sections(call.ctx)]


@endpoint(
    "PATCH",
    TENANT + "/settings/{section}",
    SETTINGS_EDIT,
    "Change the settings of a section",
    tag=TAG,
    body=SectionPatch,
    answers=SectionOut,
    writes=False,
)
def change_settings(call: Call) -> SectionOut:
    return SectionOut(
        call.word("section"), save_section(call.request, call.word("section"), call.body.values)
    )


@endpoint(
    "GET",
    TENANT + "/audit",
    AUDIT_VIEW,
    "List what was done, the newest first",
    tag=TAG,
    query=AuditQuery,
    answers=page_of(AuditEntryOut),
)
def list_audit(call: Call) -> Any:
    query, asked = select(AuditEntry), call.query
    for name in ("action", "actor_id", "target_id", "event_id"):
        if (wanted := getattr(asked, name)) is not UNSET:
            query = query.where(getattr(AuditEntry, name) == wanted)
    if asked.since is not UNSET:
        query = query.where(AuditEntry.at >= asked.since)
    if asked.until is not UNSET:
        query = query.where(AuditEntry.at < asked.until)

    hidden: frozenset[str] = frozenset() if sees_money(call) else AMOUNTS

    def convert(rows: Sequence[AuditEntry]) -> list[AuditEntryOut]:
        return [
            picked(e, AuditEntryOut, data={k: v for k, v in e.data.items() if k not in hidden}) for e in rows
        ]

    return page(call, query, Sort(AuditEntry.at, AuditEntry.id, descending=True), convert)
