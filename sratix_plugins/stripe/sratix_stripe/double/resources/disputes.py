"""Disputes: money withdrawn at once, evidence until the due date, won or lost. Test evidence decides as documented."""

from __future__ import annotations

from typing import Any

import stripe

from sratix_stripe.double.answers import public
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.kinds import attributes
from sratix_stripe.double.resources import balance
from sratix_stripe.double.resources.generic import merge
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

DAYS_TO_ANSWER = 9
FEE = 1500
OPEN = ("needs_response", "under_review", "warning_needs_response")
# https://docs.stripe.com/testing#disputes: this text in uncategorized_text decides the case.
DECIDED_BY = {"winning_evidence": "won", "losing_evidence": "lost"}


def open_dispute(scope: Scope, charge: Record, reason: str = "fraudulent") -> Record:
    if charge["disputed"]:
        raise StripeError(f"Charge {charge['id']} is disputed already.", code="charge_disputed")
    evidence: dict[str, Any] = dict.fromkeys(sorted(attributes(stripe.Dispute.Evidence)))
    due = scope.now + DAYS_TO_ANSWER * 86400
    amount = charge["amount_captured"] - charge["amount_refunded"]
    details = {"due_by": due, "has_evidence": False, "past_due": False, "submission_count": 0}
    dispute = scope.new(
        "dispute", amount=amount, currency=charge["currency"], charge=charge["id"],
        payment_intent=charge["payment_intent"], reason=reason, status="needs_response", evidence={**evidence, "enhanced_evidence": {}},
        evidence_details={"due_by": due, "enhanced_eligibility": {}, "submission_method": "not_submitted", **details},
    )  # fmt: skip
    booked = balance.move(scope, "adjustment", dispute, -amount, (("stripe_fee", FEE),), category="dispute")
    scope.save(dispute, balance_transactions=[public(booked)])
    scope.save(charge, disputed=True)
    scope.emit("charge.dispute.created", dispute)
    scope.emit("charge.dispute.funds_withdrawn", dispute)
    scope.later(DAYS_TO_ANSWER * 86400, "dispute_due", dispute["id"])
    return dispute


def answer_dispute(call: Call) -> Record:
    dispute = call.find("dispute", call.ids[0])
    evidence = call.params.get("evidence")
    if evidence and dispute["status"] != "needs_response":
        raise StripeError(
            f"This dispute is {dispute['status']}; its evidence can't be changed.",
            code="dispute_not_updatable",
        )
    merge(dispute, {name: value for name, value in call.params.items() if name in ("evidence", "metadata")})
    if evidence:
        details = dispute["evidence_details"]
        details["has_evidence"] = True
        if call.params.get("submit", True):
            call.save(dispute, status="under_review")
            details |= {"submission_count": details["submission_count"] + 1, "submission_method": "manual"}
    call.save(dispute)
    call.emit("charge.dispute.updated", dispute)
    if dispute["status"] == "under_review" and (
        decided := DECIDED_BY.get(dispute["evidence"]["uncategorized_text"] or "")
    ):
        settle_dispute(call, dispute, decided)
    return dispute


def close(call: Call) -> Record:
    """Accept it: lost."""
    dispute = call.find("dispute", call.ids[0])
    if dispute["status"] not in OPEN:
        raise StripeError("This dispute is already closed.", code="dispute_not_updatable")
    settle_dispute(call, dispute, "lost")
    return dispute


def settle_dispute(scope: Scope, dispute: Record, outcome: str) -> None:
    """The bank has decided; a won dispute brings the amount back, the fee stays."""
    if dispute["status"] not in OPEN:
        return
    if outcome == "won":
        booked = balance.move(scope, "adjustment", dispute, dispute["amount"], category="dispute_reversal")
        scope.save(dispute, balance_transactions=[*dispute["balance_transactions"], public(booked)])
        scope.emit("charge.dispute.funds_reinstated", dispute)
    scope.save(dispute, status=outcome)
    scope.emit("charge.dispute.closed", dispute)


def past_due(scope: Scope, dispute: Record) -> None:
    """Nobody answered in time."""
    if dispute["status"] == "needs_response":
        dispute["evidence_details"]["past_due"] = True
        settle_dispute(scope, dispute, "lost")
