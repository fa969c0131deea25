"""The statement of an organizer's account under Connect: what was passed on to it, the platform's fee, payouts.

A payment is the platform's there; in the organizer's account it arrives as a payment of its own (`py_…`), which only the transfer
between the two leads back to ours. https://docs.stripe.com/connect/account-balances
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sratix_core.plugin import Movement
from sratix_stripe.account import Account
from sratix_stripe.api import api
from sratix_stripe.statement import attempt_of, movement, payment_of

if TYPE_CHECKING:
    from stripe._v1_services import V1Services

GIVEN_BACK = "application_fee_refund"
"""The type of a line that brings a part of the platform's fee back; Stripe files it under charges."""


def movements(account: Account, since: datetime, until: datetime) -> list[Movement]:
    """From `since` up to, not including, `until`; oldest first."""
    period: Any = {"created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())}, "limit": 100}
    lines: Any = {**period, "expand": ["data.source"]}
    sent: Any = {**period, "destination": account.destination, "expand": ["data.source_transaction"]}
    with api(account, reading=True) as v1:
        passed = _Passed(v1, account)
        for transfer in v1.transfers.list(params=sent).auto_paging_iter():
            passed.known[str(transfer.destination_payment)] = transfer.source_transaction
        there = v1.balance_transactions.list(params=lines, options={"stripe_account": account.destination})
        newest_first = list(there.auto_paging_iter())
        return [_ours(line, passed) for line in reversed(newest_first)]


@dataclass
class _Passed:
    """The platform's charge behind each payment in the organizer's account; those of earlier periods are asked for one by one."""

    v1: V1Services
    account: Account
    known: dict[str, Any] = field(default_factory=dict)

    def charge(self, payment: str) -> Any:
        """None for money that came to the account in another way."""
        if payment not in self.known:
            there: Any = {"stripe_account": self.account.destination}
            transfer = self.v1.charges.retrieve(payment, options=there).source_transfer
            name = transfer if isinstance(transfer, str) or transfer is None else transfer.id
            behind: Any = {"expand": ["source_transaction"]}
            found = self.v1.transfers.retrieve(name, params=behind) if name else None
            self.known[payment] = found.source_transaction if found is not None else None
        return self.known[payment]


def _ours(line: Any, passed: _Passed) -> Movement:
    said, name = movement(line), _payment_there(line.source)
    if line.type == GIVEN_BACK:
        said = replace(said, kind="adjustment")
    charge = passed.charge(name) if name else None
    return said if charge is None else replace(said, payment=payment_of(charge), attempt=attempt_of(charge))


def _payment_there(source: Any) -> str:
    """The payment in the organizer's account that a line is about: the line's source, or the payment its source gives back of."""
    kind, of = getattr(source, "object", ""), source if getattr(source, "object", "") == "charge" else None
    if kind == "refund":
        of = source.charge
    return str(getattr(of, "id", of) or "")
