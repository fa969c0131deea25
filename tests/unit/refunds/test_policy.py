"""What comes back by the rules: by the notice, less the fee, never more than was paid."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.refunds.policy import FULL, NONE, WHOLE, Given, Policy, Tier, refundable, tier_at

START = datetime(2027, 3, 10, 8, tzinfo=UTC)
USUAL = Policy(tiers=(Tier(30, WHOLE), Tier(14, 8000), Tier(3, 2500)), fee_minor=500)


def back(policy: Policy, days: float, tickets: int = 10_000, fees: int = 0, fee_before: int = 0) -> int:
    asked = Given(tickets, fees, fee_before, "CHF")
    return refundable(policy, asked, START, START - timedelta(days=days)).back.minor


@pytest.mark.parametrize(
    ("days", "minor"),
    [(60, 9500), (30, 9500), (29.9, 7500), (14, 7500), (13.9, 2000), (3, 2000), (2.9, 0), (0, 0), (-1, 0)],
)
def test_the_notice_decides(days: float, minor: int) -> None:
    assert back(USUAL, days) == minor


def test_a_fee_is_kept_once_and_never_more_than_comes_back() -> None:
    assert back(USUAL, 60, fee_before=500) == 10_000
    assert back(USUAL, 60, fee_before=300) == 9800
    assert back(USUAL, 60, tickets=300) == 0


def test_fees_come_back_only_where_the_rules_say_so() -> None:
    generous = Policy(tiers=USUAL.tiers, fees_back=True)
    assert back(USUAL, 60, fees=1000) == 9500
    assert back(generous, 60, fees=1000) == 11_000
    assert back(generous, 20, fees=1000) == 8800


def test_all_and_nothing_need_no_notice() -> None:
    assert back(FULL, -5, fees=700) == 10_700
    assert back(NONE, 500) == 0


def test_the_reason_names_the_rule() -> None:
    verdict = refundable(USUAL, Given(10_000, 800, 0, "CHF"), START, START - timedelta(days=20))
    assert [(s["rule"], s["passed"]) for s in verdict.steps] == [
        ("refund_tier", True),
        ("refund_fees", False),
        ("refund_fee_kept", False),
    ]
    assert verdict.steps[0]["found"]["percent_bp"] == 8000
    late = refundable(USUAL, Given(10_000, 0, 0, "CHF"), START, START)
    assert (late.tier, late.steps[0]["passed"]) == (None, False)


@given(
    tiers=st.lists(st.builds(Tier, st.integers(0, 700), st.integers(0, WHOLE)), max_size=6),
    fee=st.integers(0, 10**6),
    tickets=st.integers(0, 10**9),
    fees=st.integers(0, 10**6),
    hours=st.integers(-100, 20_000),
    fees_back=st.booleans(),
)
def test_never_less_than_nothing_nor_more_than_was_given(
    tiers: list[Tier], fee: int, tickets: int, fees: int, hours: int, fees_back: bool
) -> None:
    policy = Policy(tuple(tiers), fee, fees_back)
    at = START - timedelta(hours=hours)
    verdict = refundable(policy, Given(tickets, fees, 0, "CHF"), START, at)
    assert 0 <= verdict.back.minor <= tickets + (fees if fees_back else 0)
    assert verdict.back.minor + verdict.fee.minor <= tickets + fees
    assert verdict.tier == tier_at(policy, START, at)
