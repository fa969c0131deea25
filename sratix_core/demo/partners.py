"""The organizations that take part in the demo's conference: whose orders are theirs, and who acts for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from sratix_core.accounts.service import user_by_email
from sratix_core.context import TenantContext
from sratix_core.demo.accounts import PEOPLE
from sratix_core.orders.models import Order
from sratix_core.organizations.models import OrganizationMember
from sratix_core.organizations.purchases import assign_order
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope

LOOKING = SystemScope("the demo looks who acts for its organizations")


@dataclass(frozen=True)
class Partner:
    """Every order whose buyer names this company is the organization's; the people are accounts of the demo."""

    tenant: str
    draft: OrganizationDraft
    people: tuple[str, ...]


PARTNERS = (
    Partner(
        "swiss-robotics",
        OrganizationDraft(
            name="Greifwerk GmbH",
            kind="exhibitor",
            street="Industriestrasse 14",
            postal_code="8400",
            city="Winterthur",
            country="CH",
            vat_number="CHE-114.502.772 MWST",
            billing_email="buchhaltung@greifwerk.example",
            reference="Messe 2027 / KST 410",
        ),
        ("tamara.meier@greifwerk.example",),
    ),
    Partner(
        "swiss-robotics",
        OrganizationDraft(
            name="Limmat Robotics AG",
            kind="sponsor",
            street="Limmatquai 3",
            postal_code="8001",
            city="Zürich",
            country="CH",
            billing_email="rechnungen@limmat-robotics.example",
        ),
        ("rahel.zuercher@limmat-robotics.example",),
    ),
)


def make_partners(runtime: Runtime, ctx: TenantContext) -> None:
    """The organizations of this tenant, with the orders that are theirs and their people."""
    accounts = {who.email: who for who in PEOPLE}
    for partner in (p for p in PARTNERS if p.tenant == ctx.tenant.slug):
        made = save_organization(ctx, partner.draft)
        for order in ctx.db.scalars(select(Order).where(Order.buyer_company == made.name)).all():
            assign_order(ctx, order, made.id)
        for email in partner.people:
            with runtime.engines.begin(LOOKING, write=False) as db:
                user = user_by_email(db, email)
                user_id = user.id if user else None
            if user_id is not None:
                who = accounts[email]
                ctx.db.add(
                    OrganizationMember(
                        id=ctx.ids.new(),
                        organization_id=made.id,
                        user_id=user_id,
                        role=who.role,
                        name=who.name,
                        email=email,
                        created_at=ctx.clock.now(),
                    )
                )
    ctx.db.flush()
