"""Who may host events here: a platform administrator approves, rejects, suspends and lets go on. The only place that moves states."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import CursorResult, select, update

from sratix_core.errors import Conflict, NotFound
from sratix_core.messages.service import queue
from sratix_core.tenants.models import Member, MemberStatus, Tenant, TenantStatus
from sratix_core.tenants.platform import PlatformContext, said_reason

PENDING, ACTIVE, SUSPENDED, REJECTED = (
    TenantStatus.PENDING,
    TenantStatus.ACTIVE,
    TenantStatus.SUSPENDED,
    TenantStatus.REJECTED,
)

MOVES: Mapping[str, frozenset[str]] = {
    PENDING: frozenset({ACTIVE, REJECTED}),
    REJECTED: frozenset({PENDING}),
    ACTIVE: frozenset({SUSPENDED}),
    SUSPENDED: frozenset({ACTIVE}),
}

ACTS: Mapping[tuple[str, str], str] = {
    (PENDING, ACTIVE): "tenant.approved",
    (REJECTED, PENDING): "tenant.reopened",
    (PENDING, REJECTED): "tenant.rejected",
    (ACTIVE, SUSPENDED): "tenant.suspended",
    (SUSPENDED, ACTIVE): "tenant.reactivated",
}
"""What the journal calls each move."""

MAILS: Mapping[str, str] = {"tenant.approved": "sign_up_approved", "tenant.rejected": "sign_up_rejected"}

NEEDS_REASON = frozenset({SUSPENDED.value, REJECTED.value})
OWNER = "owner"
MOST_OWNERS = 5


def tenant_at(platform: PlatformContext, slug: str) -> Tenant:
    """A tenant in any state, but never the installation's own. Raises `NotFound`."""
    found = platform.db.scalar(
        select(Tenant).where(Tenant.slug == slug, Tenant.status != TenantStatus.PLATFORM)
    )
    if found is None:
        raise NotFound("tenant")
    return found


def move(platform: PlatformContext, tenant: Tenant, to: str, reason: str = "") -> str:
    """Change the state and tell the owners; answers what was done. Of two at once, one gets `Conflict("tenant_state")`.

    Raises `Invalid` when a suspension or a rejection says no reason.
    """
    before = tenant.status
    if to not in MOVES.get(before, frozenset()):
        raise Conflict("tenant_state")
    words = said_reason(reason) if to in NEEDS_REASON else ""
    now = platform.sources.clock.now()
    changed = platform.db.execute(
        update(Tenant)
        .where(Tenant.id == tenant.id, Tenant.status == before)
        .values(status=to, status_reason=words, updated_at=now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise Conflict("tenant_state")
    act = ACTS[before, to]
    platform.record(act, "tenant", tenants=(tenant.id,), before=before, after=to)
    if act in MAILS:
        for owner in owners_of(platform, tenant.id):
            queue(
                platform.mail,
                MAILS[act],
                owner.email,
                tenant.default_locale,
                data={"tenant": tenant.id},
                again=True,
            )
    return act


def owners_of(platform: PlatformContext, tenant_id: int) -> list[Member]:
    """The active owners, longest serving first; at most five."""
    return list(
        platform.db.scalars(
            select(Member)
            .where(Member.tenant_id == tenant_id, Member.role == OWNER, Member.status == MemberStatus.ACTIVE)
            .order_by(Member.created_at, Member.id)
            .limit(MOST_OWNERS)
        )
    )
