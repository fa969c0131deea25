"""An event's rules of giving back."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.v1.common import Money, amount_of, money
from sratix_core.errors import Invalid
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.service import MOST_TIERS, policy_of, save_policy
from sratix_core.values.money import Money as Amount

TAG = "Events"
PATH = EVENT + "/refund-policy"
Days = Annotated[int, Meta(ge=0, le=730)]
BasisPoints = Annotated[int, Meta(ge=0, le=10_000, description="8000 is 80 %.")]


class TierShape(msgspec.Struct, forbid_unknown_fields=True):
    """Until `days` times 24 hours before the event starts, this share of the price comes back."""

    days: Days
    share_bp: BasisPoints


class RefundPolicyOut(msgspec.Struct):
    """`tiers` with the longest notice first; after the last one nothing comes back."""

    tiers: list[TierShape]
    kept_per_order: Money
    fees_refunded: Annotated[bool, Meta(description="Whether the order's fees come back by the same share.")]
    self_service: Annotated[bool, Meta(description="Whether buyers give tickets back by themselves.")]
    exchanges: Annotated[bool, Meta(description="Whether buyers take another ticket type by themselves.")]


class RefundPolicyPatch(msgspec.Struct, forbid_unknown_fields=True):
    tiers: Annotated[list[TierShape], Meta(max_length=MOST_TIERS)] | UnsetType = UNSET
    kept_per_order: Money | UnsetType = UNSET
    fees_refunded: bool | UnsetType = UNSET
    self_service: bool | UnsetType = UNSET
    exchanges: bool | UnsetType = UNSET


@endpoint(
    "GET", PATH, EVENT_VIEW, "What comes back of a ticket, and until when", tag=TAG, answers=RefundPolicyOut
)
def get_refund_policy(call: Call) -> RefundPolicyOut:
    return _out(call, policy_of(call.ctx, call.event.id))


@endpoint(
    "PATCH",
    PATH,
    EVENT_EDIT,
    "Change what comes back of a ticket; it counts from now on",
    tag=TAG,
    body=RefundPolicyPatch,
    answers=RefundPolicyOut,
    fields=(("fee", "kept_per_order"), ("tiers[*].bp", "tiers[*].share_bp")),
)
def change_refund_policy(call: Call) -> RefundPolicyOut:
    before, new = policy_of(call.ctx, call.event.id), call.body
    fee = before.fee_minor
    if new.kept_per_order is not UNSET:
        kept = amount_of(new.kept_per_order, "kept_per_order")
        if kept.currency != call.event.currency:
            raise Invalid({"kept_per_order.currency": "unknown_choice"})
        fee = kept.minor
    tiers = before.tiers if new.tiers is UNSET else tuple(Tier(t.days, t.share_bp) for t in new.tiers)
    fees_back = before.fees_back if new.fees_refunded is UNSET else new.fees_refunded
    own = before.self_service if new.self_service is UNSET else new.self_service
    change = before.exchanges if new.exchanges is UNSET else new.exchanges
    return _out(call, save_policy(call.ctx, call.event, Policy(tiers, fee, fees_back, own, change)))


def _out(call: Call, policy: Policy) -> RefundPolicyOut:
    return RefundPolicyOut(
        tiers=[TierShape(t.days, t.bp) for t in policy.tiers],
        kept_per_order=money(Amount(policy.fee_minor, call.event.currency)),
        fees_refunded=policy.fees_back,
        self_service=policy.self_service,
        exchanges=policy.exchanges,
    )
