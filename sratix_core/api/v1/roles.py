"""Roles: the presets, the organizer's own, and the table of permissions they are made of."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.accounts.permissions import MEMBER_EDIT, PERMISSIONS, PRESETS, ROLES, in_order
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.v1.common import given, picked
from sratix_core.members import roles
from sratix_core.members.models import CustomRole
from sratix_core.members.service import own_roles

TAG = "Members"
ROLE = TENANT + "/roles/{role}"
Permissions = Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=200)]


class PermissionOut(msgspec.Struct):
    """One line of the table. A permission of level `tenant` is never held in single events."""

    name: str
    level: str
    area: str
    title: str


class RoleOut(msgspec.Struct):
    """A role. Members and invitations name it by its `key`; presets have no id and never change."""

    id: uuid.UUID | None
    key: str
    name: str
    permissions: list[str]
    updated_at: datetime | None


class HeldRoleOut(RoleOut):
    """A role and how many people have it, everywhere or in events. `scopes` says where it can be given."""

    scopes: list[str]
    people: int


class RoleIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    permissions: Permissions


class RolePatch(msgspec.Struct, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    permissions: Permissions | UnsetType = UNSET


def role_out(role: CustomRole) -> RoleOut:
    return picked(role, RoleOut, permissions=in_order(role.permissions))


@endpoint(
    "GET",
    TENANT + "/permissions",
    MEMBER_EDIT,
    "The table of permissions",
    tag=TAG,
    answers=list[PermissionOut],
)
def list_permissions(call: Call) -> list[PermissionOut]:
    return [picked(p, PermissionOut) for p in PERMISSIONS]


@endpoint(
    "GET",
    TENANT + "/roles",
    MEMBER_EDIT,
    "List roles: the presets, then the organizer's own by name",
    tag=TAG,
    answers=list[HeldRoleOut],
)
def list_roles(call: Call) -> list[HeldRoleOut]:
    people = roles.holders(call.ctx)
    presets = [
        HeldRoleOut(None, r.key, r.title, in_order(ROLES[r.key]), None, list(r.scopes), people[r.key])
        for r in PRESETS
        if r.key in ROLES
    ]
    own = [
        HeldRoleOut(
            r.id, key, r.name, in_order(r.permissions), r.updated_at, ["tenant", "event"], people[key]
        )
        for key, r in own_roles(call.ctx).items()
    ]
    return presets + own


@endpoint(
    "POST",
    TENANT + "/roles",
    MEMBER_EDIT,
    "Make a role of permissions that you hold",
    tag=TAG,
    body=RoleIn,
    answers=RoleOut,
    status=201,
    errors=("more_than_held", "too_many_roles"),
)
def create_role(call: Call) -> RoleOut:
    made = roles.save_role(call.ctx, call.request.grants, call.body.name, call.body.permissions)
    call.created(made.id)
    return role_out(made)


@endpoint("GET", ROLE, MEMBER_EDIT, "One role of the organizer's own", tag=TAG, answers=RoleOut)
def get_role(call: Call) -> RoleOut:
    return role_out(roles.role_by_id(call.ctx, call.id("role")))


@endpoint(
    "PATCH",
    ROLE,
    MEMBER_EDIT,
    "Change a role; it counts with the next request of everybody who has it",
    tag=TAG,
    body=RolePatch,
    answers=RoleOut,
    errors=("more_than_held", "too_many_roles"),
)
def change_role(call: Call) -> RoleOut:
    new, by = given(call.body), call.request.grants
    return role_out(roles.save_role(call.ctx, by, new.get("name"), new.get("permissions"), call.id("role")))


@endpoint(
    "DELETE",
    ROLE,
    MEMBER_EDIT,
    "Delete a role: whoever has it stays a member without it, and open invitations to it end",
    tag=TAG,
    status=204,
    errors=("more_than_held",),
)
def delete_role(call: Call) -> None:
    roles.delete_role(call.ctx, call.request.grants, call.id("role"))
