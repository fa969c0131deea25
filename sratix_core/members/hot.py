"""A user's place in a tenant, prebuilt and judged by the compiled proof: every page of the dashboard asks for it."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, and_, bindparam, or_, select

from sratix_core.members.models import CustomRole, EventRole
from sratix_core.tenancy.prebuilt import Prebuilt
from sratix_core.tenants.models import Member, MemberStatus

MEMBERS, INSIDE, OWN = (cast("Table", model.__table__) for model in (Member, EventRole, CustomRole))

PLACE = Prebuilt(
    select(
        MEMBERS.c.role,
        MEMBERS.c.last_login_at,
        INSIDE.c.event_id,
        INSIDE.c.role,
        OWN.c.key,
        OWN.c.permissions,
    )
    .select_from(MEMBERS)
    .outerjoin(INSIDE, and_(INSIDE.c.tenant_id == MEMBERS.c.tenant_id, INSIDE.c.member_id == MEMBERS.c.id))
    .outerjoin(
        OWN,
        and_(
            OWN.c.tenant_id == MEMBERS.c.tenant_id,
            or_(OWN.c.key == MEMBERS.c.role, OWN.c.key == INSIDE.c.role),
        ),
    )
    .where(
        MEMBERS.c.tenant_id == bindparam("in_tenant"),
        MEMBERS.c.user_id == bindparam("of_user"),
        MEMBERS.c.status == MemberStatus.ACTIVE,
    )
)
"""A row for each role in a single event and each of the tenant's own roles that counts, at least one."""
