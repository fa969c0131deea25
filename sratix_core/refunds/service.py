"""An event's rules of giving back: read by everybody, written by whoever edits the event."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.errors import Invalid
from sratix_core.refunds.models import RefundPolicy
from sratix_core.refunds.policy import WHOLE, Policy, Tier

if TYPE_CHECKING:
    import uuid

    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

MOST_TIERS = 6
LONGEST = 730
"""Days of notice."""

HIGHEST_FEE = 100_000_000


def policy_of(ctx: TenantContext, event_id: uuid.UUID) -> Policy:
    """The rules of an event; without any nothing comes back by itself."""
    row = _row(ctx, event_id)
    return row.value if row is not None else Policy()


def _row(ctx: TenantContext, event_id: uuid.UUID) -> RefundPolicy | None:
    found: RefundPolicy | None = ctx.db.scalar(select(RefundPolicy).where(RefundPolicy.event_id == event_id))
    return found


def save_policy(ctx: TenantContext, event: Event, policy: Policy) -> Policy:
    """Write the rules; they count for what is given back from now on, not for what was.

    Tiers are kept with the longest notice first. Raises `Invalid` with `tiers`, `tiers[0].days`, `tiers[0].bp`, `fee`.
    """
    checked = _checked(policy)
    row = _row(ctx, event.id)
    if row is None:
        row = RefundPolicy(id=ctx.ids.new(), event_id=event.id)
        ctx.db.add(row)
    row.tiers = [{"days": tier.days, "bp": tier.bp} for tier in checked.tiers]
    row.fee_minor, row.fees_back = checked.fee_minor, checked.fees_back
    row.self_service, row.exchanges, row.updated_at = checked.self_service, checked.exchanges, ctx.clock.now()
    record(
        ctx,
        "event.refund_policy_changed",
        "event",
        event.id,
        event_id=event.id,
        tiers=row.tiers,
        fee=row.fee_minor,
        fees_back=row.fees_back,
        self_service=row.self_service,
        exchanges=row.exchanges,
    )
    ctx.db.flush()
    return checked


def _checked(policy: Policy) -> Policy:
    fields: dict[str, str] = {}
    if len(policy.tiers) > MOST_TIERS:
        fields["tiers"] = "wrong_size"
    seen: dict[int, Tier] = {}
    for n, tier in enumerate(policy.tiers):
        if not 0 <= tier.days <= LONGEST:
            fields[f"tiers[{n}].days"] = "range"
        elif tier.days in seen:
            fields[f"tiers[{n}].days"] = "refund_tier_twice"
        if not 0 <= tier.bp <= WHOLE:
            fields[f"tiers[{n}].bp"] = "range"
        seen[tier.days] = tier
    if not 0 <= policy.fee_minor <= HIGHEST_FEE:
        fields["fee"] = "range"
    falling = sorted(seen.values(), key=lambda tier: -tier.days)
    if any(later.bp > earlier.bp for earlier, later in pairwise(falling)):
        fields.setdefault("tiers", "refund_tiers_rise")
    if fields:
        raise Invalid(fields)
    return replace(policy, tiers=tuple(falling))
