"""Making, changing and deleting organizations."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from sratix_core.audit.service import record
from sratix_core.db.dialects import hold_alone
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.members.models import Invitation
from sratix_core.members.service import CHANGES
from sratix_core.orders.models import Order
from sratix_core.organizations.models import Organization, OrganizationKind, OrganizationMember
from sratix_core.organizations.terms import entry_of
from sratix_core.search import service as search
from sratix_core.values import postal, text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

LENGTHS = {
    "name": postal.NAME,
    "street": postal.STREET,
    "postal_code": postal.POSTAL_CODE,
    "city": postal.TOWN,
    "country": 2,
    "vat_number": 40,
    "billing_email": 254,
    "reference": 80,
}


@dataclass(frozen=True)
class OrganizationDraft:
    """As typed. `country` is ISO 3166 alpha-2; `kind` None leaves it as it is, for whoever may not decide it."""

    name: str
    kind: str | None = None
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    billing_email: str = ""
    reference: str = ""


def organization_by_id(ctx: TenantContext, organization_id: uuid.UUID) -> Organization:
    """Raises `NotFound`."""
    found = ctx.db.scalar(select(Organization).where(Organization.id == organization_id))
    if found is None:
        raise NotFound("organization")
    return found


def save_organization(
    ctx: TenantContext, draft: OrganizationDraft, organization: Organization | None = None
) -> Organization:
    """Make an organization or write over one. Raises `Invalid`."""
    columns = _checked(draft)
    now, is_new = ctx.clock.now(), organization is None
    if organization is None:
        organization = Organization(id=ctx.ids.new(), kind=OrganizationKind.COMPANY, created_at=now)
        ctx.db.add(organization)
    changed = [name for name, value in columns.items() if getattr(organization, name) != value]
    for name, value in columns.items():
        setattr(organization, name, value)
    if draft.kind is not None and draft.kind != organization.kind:
        changed.append("kind")
        organization.kind = draft.kind
    organization.fold, organization.updated_at = text.fold(organization.name)[:160], now
    ctx.db.flush()
    search.replace(ctx, entry_of(organization))
    action = "organization.made" if is_new else "organization.changed"
    record(ctx, action, "organization", organization.id, fields=[] if is_new else sorted(changed))
    return organization


def _checked(draft: OrganizationDraft) -> dict[str, str]:
    fields: dict[str, str] = {}
    columns: dict[str, str] = {}
    for name, most in LENGTHS.items():
        try:
            columns[name] = " ".join(text.clean(getattr(draft, name), most).split())
        except text.BadText as error:
            fields[name] = "too_long" if error.reason == "too_long" else "unreadable"
    if not columns.get("name") and "name" not in fields:
        fields["name"] = "required"
    if (country := columns.get("country", "").upper()) and not (len(country) == 2 and country.isalpha()):
        fields["country"] = "country"
    if (email := columns.get("billing_email", "")) and not text.is_email(email):
        fields["billing_email"] = "not_an_email"
    if draft.kind is not None and draft.kind not in set(OrganizationKind):
        fields["kind"] = "unknown_choice"
    if fields:
        raise Invalid(fields)
    columns["country"] = country
    columns["billing_email"] = text.normal_email(email) if email else ""
    return columns


def delete_organization(ctx: TenantContext, organization_id: uuid.UUID) -> None:
    """Delete an organization that bought nothing and has nobody. Raises `NotFound`, `Refused("organization_in_use")`."""
    hold_alone(ctx.db, CHANGES)
    held = select(Organization).where(Organization.id == organization_id).with_for_update()
    organization = ctx.db.scalar(held)
    if organization is None:
        raise NotFound("organization")
    for model in (OrganizationMember, Order):
        if ctx.db.scalar(select(model.id).where(model.organization_id == organization.id).limit(1)):
            raise Refused("organization_in_use")
    ctx.db.execute(delete(Invitation).where(Invitation.organization_id == organization.id))
    search.forget(ctx, organization.id)
    ctx.db.delete(organization)
    record(ctx, "organization.deleted", "organization", organization.id)
    ctx.db.flush()
