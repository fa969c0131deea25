"""What comes back when an order is given up: one pure function of an event's rules, what was paid and the moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sratix_core.values.money import Money
from sratix_core.values.trace import Trace

WHOLE = 10_000
"""Basis points: 100 %."""


@dataclass(frozen=True)
class Tier:
    """Until `days` times 24 hours before the event starts, `bp` basis points of the price come back."""

    days: int
    bp: int

    def until(self, starts_at: datetime) -> datetime:
        return starts_at - timedelta(days=self.days)


@dataclass(frozen=True)
class Policy:
    """`tiers` from the earliest end to the latest; after the last one nothing comes back. `fee_minor` is kept once per order."""

    tiers: tuple[Tier, ...] = ()
    fee_minor: int = 0
    fees_back: bool = False
    self_service: bool = False
    exchanges: bool = False

    @property
    def promises(self) -> bool:
        """Whether anything ever comes back by it."""
        return any(tier.bp for tier in self.tiers)


FULL = Policy(tiers=(Tier(-36_500, WHOLE),), fees_back=True)
"""Everything comes back whenever it is asked: what staff and a cancelled event may decide."""

NONE = Policy()


@dataclass(frozen=True)
class Given:
    """What is given back, in minor units: the price of its tickets, the order's fees beside them, what of the kept fee was kept before."""

    tickets: int
    fees: int
    fee_before: int
    currency: str

    @property
    def worth(self) -> int:
        return self.tickets + self.fees


@dataclass(frozen=True)
class Verdict:
    """`back` of what was given comes back; `fee` of the rest is the fee per order. `steps` say why, as `Trace` keeps them."""

    back: Money
    fee: Money
    tier: Tier | None
    steps: Sequence[dict[str, Any]]


def refundable(policy: Policy, given: Given, starts_at: datetime, at: datetime) -> Verdict:
    """What the policy gives back at this moment, rounded down to the minor unit."""
    trace = Trace()
    tier = tier_at(policy, starts_at, at)
    if tier is None:
        trace.stopped("refund_tier", at=at)
        return Verdict(Money(0, given.currency), Money(0, given.currency), None, trace.steps())
    trace.passed("refund_tier", days=tier.days, percent_bp=tier.bp, until=_named(tier, starts_at))
    counted = given.worth if policy.fees_back else given.tickets
    if given.fees:
        (trace.passed if policy.fees_back else trace.stopped)("refund_fees", amount=given.fees)
    back = counted * tier.bp // WHOLE
    fee = min(back, max(0, policy.fee_minor - given.fee_before))
    if fee:
        trace.stopped("refund_fee_kept", amount=fee)
    money = Money(back - fee, given.currency)
    return Verdict(money, Money(fee, given.currency), tier, trace.steps())


def tier_at(policy: Policy, starts_at: datetime, at: datetime) -> Tier | None:
    """The tier that counts at this moment: the one with the latest start among those that still run."""
    running = [tier for tier in policy.tiers if at <= tier.until(starts_at)]
    return max(running, key=lambda tier: tier.days) if running else None


def _named(tier: Tier, starts_at: datetime) -> datetime | None:
    """When it ends; the tier of `FULL` has no end worth a word."""
    return tier.until(starts_at) if tier.days >= 0 else None
