"""A user's place in a tenant, prebuilt and judged by the compiled proof: every page of the dashboard asks for it.

With it comes the version of the tenant's content, under which the page may keep what it shows of events (`dashboard/known.py`).
"""

from __future__ import annotations

import uuid
from typing import cast

from sqlalchemy import Table, and_, bindparam, or_, select

from sratix_core.events.models import ContentVersion
from sratix_core.members.models import CustomRole, EventRole
from sratix_core.tenancy.prebuilt import Prebuilt
from sratix_core.tenants.models import Member, MemberStatus

MEMBERS, INSIDE, OWN, VERSIONS = (
    cast("Table", model.__table__) for model in (Member, EventRole, CustomRole, ContentVersion)
)

PLACE = Prebuilt(
    select(
        MEMBERS.c.role,
        MEMBERS.c.last_login_at,
        VERSIONS.c.version,
        INSIDE.c.event_id,
        INSIDE.c.role,
        OWN.c.key,
        OWN.c.permissions,
    )
    .select_from(MEMBERS)
    .outerjoin(VERSIONS, and_(VERSIONS.c.tenant_id == MEMBERS.c.tenant_id, VERSIONS.c.id == uuid.UUID(int=0)))
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
