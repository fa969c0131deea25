"""Organizations that take part in the organizer's events: made, found, changed, deleted while they are empty."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import ORGANIZATION_EDIT, ORGANIZATION_MAKE, ORGANIZATION_VIEW
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import given, picked
from sratix_core.api.v1.tombstones import gone_since
from sratix_core.members.service import MoreThanHeld
from sratix_core.organizations.models import Organization, OrganizationKind
from sratix_core.organizations.queries import matching
from sratix_core.organizations.service import (
    LENGTHS,
    OrganizationDraft,
    delete_organization,
    organization_by_id,
    save_organization,
)

TAG = "Organizations"
ORGANIZATION = TENANT + "/organizations/{organization}"


class OrganizationOut(msgspec.Struct):
    """Who takes part, and where its bills go. `country` is ISO 3166 alpha-2."""

    id: uuid.UUID
    name: str
    kind: OrganizationKind
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    billing_email: str
    reference: str
    created_at: datetime
    updated_at: datetime


class OrganizationIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    kind: OrganizationKind = OrganizationKind.COMPANY
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    billing_email: str = ""
    reference: str = ""


class OrganizationPatch(msgspec.Struct, forbid_unknown_fields=True):
    """`kind` is the organizer's to say: whoever acts for the organization alone may send what it is."""

    name: str | UnsetType = UNSET
    kind: OrganizationKind | UnsetType = UNSET
    street: str | UnsetType = UNSET
    postal_code: str | UnsetType = UNSET
    city: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    vat_number: str | UnsetType = UNSET
    billing_email: str | UnsetType = UNSET
    reference: str | UnsetType = UNSET


class OrganizationQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    kind: OrganizationKind | UnsetType = UNSET
    q: (
        Annotated[str, Meta(max_length=100, description="The start of a word of the name, or a VAT number.")]
        | UnsetType
    ) = UNSET


def organization_out(organization: Organization) -> OrganizationOut:
    return picked(organization, OrganizationOut, kind=OrganizationKind(organization.kind))


@endpoint(
    "GET",
    TENANT + "/organizations",
    ORGANIZATION_VIEW,
    "List organizations by name",
    tag=TAG,
    query=OrganizationQuery,
    answers=page_of(OrganizationOut, gone=True),
    errors=("too_much_gone",),
)
def list_organizations(call: Call) -> Any:
    asked, query = call.query, select(Organization)
    sort = Sort(Organization.fold, Organization.id, str)
    if asked.kind is not UNSET:
        query = query.where(Organization.kind == asked.kind)
    if asked.q is not UNSET and asked.q.strip():
        query = query.where(matching(call.ctx, asked.q))
    if (moment := since(call)) is not None:
        query = query.where(Organization.updated_at >= moment)
        sort = Sort(Organization.updated_at, Organization.id)

    def convert(rows: Sequence[Organization]) -> list[OrganizationOut]:
        return [organization_out(o) for o in rows]

    return page(
        call,
        query,
        sort,
        convert,
        gone=gone_since(call, "organization.deleted", moment, of_event=False),
    )


@endpoint(
    "POST",
    TENANT + "/organizations",
    ORGANIZATION_MAKE,
    "Make an organization",
    tag=TAG,
    body=OrganizationIn,
    answers=OrganizationOut,
    status=201,
)
def create_organization(call: Call) -> OrganizationOut:
    made = save_organization(call.ctx, OrganizationDraft(**msgspec.structs.asdict(call.body)))
    call.created(made.id)
    return organization_out(made)


@endpoint("GET", ORGANIZATION, ORGANIZATION_VIEW, "One organization", tag=TAG, answers=OrganizationOut)
def get_organization(call: Call) -> OrganizationOut:
    return organization_out(organization_by_id(call.ctx, call.id("organization")))


@endpoint(
    "PATCH",
    ORGANIZATION,
    ORGANIZATION_EDIT,
    "Change an organization's details",
    tag=TAG,
    body=OrganizationPatch,
    answers=OrganizationOut,
    errors=("more_than_held",),
)
def change_organization(call: Call) -> OrganizationOut:
    organization, new = organization_by_id(call.ctx, call.id("organization")), given(call.body)
    if new.get("kind") == organization.kind:
        del new["kind"]
    if "kind" in new and not call.request.grants.allows(ORGANIZATION_MAKE):
        raise MoreThanHeld
    before = {name: getattr(organization, name) for name in LENGTHS}
    return organization_out(save_organization(call.ctx, OrganizationDraft(**(before | new)), organization))


@endpoint(
    "DELETE",
    ORGANIZATION,
    ORGANIZATION_MAKE,
    "Delete an organization that bought nothing and has no people",
    tag=TAG,
    status=204,
    errors=("organization_in_use",),
)
def remove_organization(call: Call) -> None:
    delete_organization(call.ctx, call.id("organization"))
