"""What the double does by itself when its clock says so, and what a test makes it do at once (`/_control/settle`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources import billing, checkout, confirming, connect, disputes, payouts, returns
from sratix_stripe.double.scope import Owner, Scope
from sratix_stripe.double.store import Record

if TYPE_CHECKING:
    from sratix_stripe.double.app import Double

JOBS: dict[str, tuple[str, Callable[..., object]]] = {
    "settle_payment": ("payment_intent", confirming.settle),
    "settle_refund": ("refund", returns.settle_refund),
    "settle_payout": ("payout", payouts.settle_payout),
    "expire_session": ("checkout.session", checkout.expired),
    "overdue": ("invoice", billing.overdue),
    "dispute": ("charge", disputes.open_dispute),
    "dispute_due": ("dispute", disputes.past_due),
}
SETTLED: dict[str, tuple[str, tuple[str, ...], Callable[..., object]]] = {
    "pi_": ("payment_intent", ("succeeded", "failed"), confirming.settle),
    "re_": ("refund", ("succeeded", "failed"), returns.settle_refund),
    "po_": ("payout", ("paid", "failed"), payouts.settle_payout),
    "dp_": ("dispute", ("won", "lost"), disputes.settle_dispute),
}


def do_due(double: Double) -> None:
    """Every job whose hour has come, oldest first; one may plan the next."""
    while True:
        due = [job for job in double.store.all("_job") if job["at"] <= double.clock.now()]
        if not due:
            return
        job = min(due, key=lambda one: one["at"])
        double.store.delete("_job", job["id"])
        kind, work = JOBS[job["job"]]
        id, *more = job["args"]
        subject = double.store.get(kind, id)
        if subject is not None:
            work(Scope(double, Owner.read(job["owner"])), subject, *more)


def settle(double: Double, id: str, outcome: str) -> Record:
    """Decide now how a payment, refund, payout or dispute ends."""
    for prefix, (kind, outcomes, work) in SETTLED.items():
        if id.startswith(prefix):
            subject = double.store.get(kind, id)
            if subject is None:
                raise StripeError(f"No such {kind}: '{id}'", status=404)
            if outcome not in outcomes:
                raise StripeError(f"A {kind} ends as {' or '.join(outcomes)}.", param="outcome")
            work(Scope(double, Owner.read(subject["_owner"])), subject, outcome)
            return subject
    raise StripeError("Settled can be pi_…, re_…, po_… and dp_….", param="id")


def onboard(double: Double, id: str) -> Record:
    account = double.store.get("account", id)
    if account is None or "_platform" not in account:
        raise StripeError(f"No connected account '{id}'.", status=404)
    return connect.onboard(Scope(double, Owner.read(account["_owner"])), account)
