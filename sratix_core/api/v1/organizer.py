"""The organizer itself: its facts, its people, its plugins and settings, and what was done here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import AUDIT_VIEW, EVENT_VIEW, MEMBER_EDIT, PLUGIN_EDIT, SETTINGS_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import picked
from sratix_core.audit.models import AuditEntry
from sratix_core.errors import NotFound
from sratix_core.plugins import PluginInfo
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.tenants.plugins import disable, enable, installed
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


class MemberOut(msgspec.Struct):
    """Somebody who works here."""

    id: uuid.UUID
    user_id: uuid.UUID
    name: str
    email: str
    role: str
    status: MemberStatus
    last_login_at: datetime | None
    created_at: datetime


class PluginOut(msgspec.Struct):
    """A plugin of this installation. One of level `system` is always on."""

    name: str
    title: str
    description: str
    category: str
    version: str
    level: str
    requires: list[str]
    enabled: bool


class PluginPatch(msgspec.Struct, forbid_unknown_fields=True):
    enabled: bool


class SectionOut(msgspec.Struct):
    """One group of settings. A secret is `true` when it is set, and never leaves."""

    name: str
    values: dict[str, str | int | bool | None]


class SectionPatch(msgspec.Struct, forbid_unknown_fields=True):
    """Values by name; what is left out stays, an empty secret too."""

    values: Annotated[dict[str, str | int | bool | None], Meta(max_length=100)]


class AuditEntryOut(msgspec.Struct):
    """Who did what to which object. `data` holds ids, states and amounts."""

    id: uuid.UUID
    at: datetime
    actor_kind: str
    actor_id: uuid.UUID | None
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


class MemberQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    status: MemberStatus | UnsetType = UNSET


@endpoint("GET", TENANT, EVENT_VIEW, "The organizer", tag=TAG, answers=TenantOut)
def get_tenant(call: Call) -> Any:
    return picked(call.ctx.tenant, TenantOut, locales=list(call.ctx.tenant.locales))


@endpoint(
    "GET",
    TENANT + "/members",
    MEMBER_EDIT,
    "List who works here, by name",
    tag=TAG,
    query=MemberQuery,
    answers=page_of(MemberOut),
)
def list_members(call: Call) -> Any:
    query, asked = select(Member), call.query.status
    query = query.where(Member.status != MemberStatus.REMOVED if asked is UNSET else Member.status == asked)

    def convert(rows: Sequence[Member]) -> list[MemberOut]:
        return [picked(m, MemberOut) for m in rows]

    return page(call, query, Sort(Member.name, Member.id, str), convert)


@endpoint("GET", TENANT + "/members/{member}", MEMBER_EDIT, "One member", tag=TAG, answers=MemberOut)
def get_member(call: Call) -> Any:
    member: Member | None = call.ctx.db.get(Member, call.id("member"))
    if member is None:
        raise NotFound("member")
    return picked(member, MemberOut)


def _plugin(call: Call, info: PluginInfo, enabled: bool | None = None) -> PluginOut:
    on = call.ctx.hooks.is_on(info.name) if enabled is None else enabled
    return picked(info, PluginOut, requires=list(info.requires), enabled=on)


@endpoint("GET", TENANT + "/plugins", PLUGIN_EDIT, "List plugins by title", tag=TAG, answers=list[PluginOut])
def list_plugins(call: Call) -> list[PluginOut]:
    infos = call.ctx.hooks.host.infos.values()
    return [_plugin(call, info) for info in sorted(infos, key=lambda i: i.title)]


@endpoint(
    "PATCH",
    TENANT + "/plugins/{plugin}",
    PLUGIN_EDIT,
    "Switch a plugin on or off; one that it needs comes along",
    tag=TAG,
    body=PluginPatch,
    answers=PluginOut,
    errors=("plugin_needed",),
)
def change_plugin(call: Call) -> PluginOut:
    name, wanted = call.word("plugin"), call.body.enabled
    (enable if wanted else disable)(call.ctx, name)
    return _plugin(call, installed(call.ctx, name), wanted)


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

    def convert(rows: Sequence[AuditEntry]) -> list[AuditEntryOut]:
        return [picked(e, AuditEntryOut) for e in rows]

    return page(call, query, Sort(AuditEntry.at, AuditEntry.id, descending=True), convert)
