"""Every fault of the other side at every call of a payment and its refund: charged once or refunded, and nothing left open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.concurrency.payments.till import Till, share

CALLS = {
    "begin": "POST /v1/checkout/sessions",
    "read": "GET /v1/checkout/sessions/*",
    "end": "POST /v1/checkout/sessions/*/expire",
    "refund": "POST /v1/refunds",
    "refunds": "GET /v1/refunds*",
}
FAULTS: dict[str, dict[str, Any]] = {
    "reset_before": {},
    "lost_answer": {},
    "error_before": {},
    "error_after": {},
    "conflict": {},
    "rate_limited": {"seconds": 1},
    "malformed": {},
}


def walk(till: Till) -> list[Any]:
    """Three buyers: one pays and stays, one pays and is refunded in two parts, one leaves."""
    stays, refunded, leaves = (till.order() for _ in range(3))
    for order_id in (stays, refunded):
        page = till.begin(order_id) or till.begin(order_id) or till.begin(order_id)
        if page:
            till.pay(page)
        till.look(order_id)
    till.begin(leaves)
    till.settle()
    if till.told(refunded)[0] == "paid":
        till.cancel(refunded)
        till.send(refunded, 5000)
        till.settle()
        till.send_owed(refunded)
        till.settle()
    return [stays, refunded, leaves]


@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_a_call_costs_nobody_anything(till: Till, call: str) -> None:
    """Half of the faults on one database, half on the other, taking turns from call to call."""
    faults = list(FAULTS) if list(CALLS).index(call) % 2 else list(FAULTS)[::-1]
    for fault in share(till, faults):
        for skip in (0, 1):
            till.bench.fault(CALLS[call], fault, times=2, skip=skip, **FAULTS[fault])
        orders = walk(till)
        till.fair(orders)
        assert [till.told(o)[0] for o in orders] == ["paid", "cancelled", "expired"], fault
