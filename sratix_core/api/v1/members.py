"""Who works for the organizer: found, given other roles, everywhere or in single events, and taken off."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import MEMBER_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import given, picked
from sratix_core.errors import Invalid, NotFound
from sratix_core.members import service
from sratix_core.tenants.models import Member, MemberStatus

TAG = "Members"
MEMBER = TENANT + "/members/{member}"
RoleKey = Annotated[str, Meta(max_length=40, description="The key of a role; empty for none.")]


class EventRole(msgspec.Struct, forbid_unknown_fields=True):
    """A role in one event, besides the one everywhere."""

    event_id: uuid.UUID
    role: Annotated[str, Meta(min_length=1, max_length=40)]


class MemberOut(msgspec.Struct):
    """Somebody who works here. `role` counts everywhere and is empty for whoever has only `event_roles`."""

    id: uuid.UUID
    user_id: uuid.UUID
    name: str
    email: str
    role: str
    event_roles: list[EventRole]
    status: MemberStatus
    last_login_at: datetime | None
    created_at: datetime


class MemberPatch(msgspec.Struct, forbid_unknown_fields=True):
    """`event_roles` replaces all of them."""

    role: RoleKey | UnsetType = UNSET
    event_roles: Annotated[list[EventRole], Meta(max_length=500)] | UnsetType = UNSET


class MemberQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    status: MemberStatus | UnsetType = UNSET


def members_out(call: Call, members: Sequence[Member]) -> list[MemberOut]:
    inside = service.event_roles(call.ctx, [m.id for m in members])

    def roles(member: Member) -> list[EventRole]:
        return [EventRole(*pair) for pair in sorted(inside.get(member.id, {}).items())]

    return [picked(m, MemberOut, event_roles=roles(m)) for m in members]


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
    return page(call, query, Sort(Member.name, Member.id, str), lambda rows: members_out(call, rows))


@endpoint("GET", MEMBER, MEMBER_EDIT, "One member", tag=TAG, answers=MemberOut)
def get_member(call: Call) -> MemberOut:
    member = call.ctx.db.get(Member, call.id("member"), populate_existing=True)
    if member is None:
        raise NotFound("member")
    return members_out(call, [member])[0]


@endpoint(
    "PATCH",
    MEMBER,
    MEMBER_EDIT,
    "Give a member other roles, of those you hold",
    tag=TAG,
    body=MemberPatch,
    answers=MemberOut,
    errors=("more_than_held", "last_owner"),
)
def change_member(call: Call) -> MemberOut:
    new, events = given(call.body), None
    if (asked := new.get("event_roles")) is not None:
        events = {one.event_id: one.role for one in asked}
        if len(events) < len(asked):
            raise Invalid({"event_roles": "repeated"})
    try:
        member = service.change_roles(
            call.ctx, call.request.grants, call.id("member"), new.get("role"), events
        )
    except Invalid as error:
        raise Invalid(_places(error, list(events or ()))) from error
    return members_out(call, [member])[0]


def _places(error: Invalid, events: list[uuid.UUID]) -> dict[str, str]:
    """Where in the body the role of an event stands."""
    places = {f"event-{event}": f"event_roles[{n}].role" for n, event in enumerate(events)}
    return {places.get(name, name): code for name, code in error.fields.items()}


@endpoint(
    "DELETE",
    MEMBER,
    MEMBER_EDIT,
    "Take a member off; what they did stays on record",
    tag=TAG,
    status=204,
    errors=("more_than_held", "last_owner"),
)
def remove_member(call: Call) -> None:
    service.remove(call.ctx, call.request.grants, call.id("member"))
