"""Failures on demand: what the caller sees, what happened nevertheless, what a second try with the same key gets."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import stripe

from sratix_stripe.double import Clock, Double, serving
from sratix_stripe.double.testing import NOON, Bench, Inbox, running

PAY = {
    "amount": 4900,
    "currency": "chf",
    "payment_method": "pm_card_visa",
    "confirm": True,
    "return_url": "https://shop.example",
}
KEY = {"idempotency_key": "order-1"}
CALL = "POST /v1/payment_intents"


@pytest.mark.parametrize(
    ("kind", "error", "status", "charged", "second"),
    [
        ("reset_before", stripe.APIConnectionError, None, 0, 200),
        ("lost_answer", stripe.APIConnectionError, None, 1, 200),
        ("error_before", stripe.APIError, 500, 0, 200),
        ("error_after", stripe.APIError, 500, 1, 500),
        ("conflict", stripe.APIError, 409, 0, 200),
        ("rate_limited", stripe.RateLimitError, 429, 0, 200),
        ("malformed", stripe.APIError, 200, 1, 200),
    ],
)
def test_a_fault_is_felt_once_and_the_key_charges_once(
    bench: Bench,
    stripe_api: Any,
    kind: str,
    error: type[Exception],
    status: int | None,
    charged: int,
    second: int,
) -> None:
    bench.fault(CALL, kind)
    with pytest.raises(error) as felt:
        stripe_api.payment_intents.create(params=PAY, options=KEY)
    assert felt.value.http_status == status
    assert len(bench.kept("charge")) == charged
    if second == 200:
        assert stripe_api.payment_intents.create(params=PAY, options=KEY).status == "succeeded"
    else:
        with pytest.raises(stripe.APIError):
            stripe_api.payment_intents.create(params=PAY, options=KEY)
    assert len(bench.kept("charge")) == 1
    lines = bench.control("ledger")
    assert lines[0]["fault"] == kind
    assert (lines[0]["status"] is None) == (status is None)


def test_the_sdk_gets_over_a_lost_answer_by_itself(bench: Bench) -> None:
    bench.fault(CALL, "lost_answer", times=1)
    assert bench.client(retries=1).v1.payment_intents.create(params=PAY).status == "succeeded"
    assert [line["replayed"] for line in bench.control("ledger")] == [False, True]
    assert len(bench.kept("charge")) == 1


def test_a_slow_answer_waits_for_the_doubles_clock(bench: Bench) -> None:
    bench.fault(CALL, "delay", seconds=40)
    with pytest.raises(stripe.APIConnectionError):
        bench.client(timeout=0.3).v1.payment_intents.create(params=PAY, options=KEY)
    assert len(bench.kept("charge")) == 1
    assert bench.client().v1.payment_intents.create(params=PAY, options=KEY).status == "succeeded"
    bench.fault(CALL, "delay", seconds=40)
    got: list[Any] = []
    waiting = threading.Thread(
        target=lambda: got.append(bench.client().v1.payment_intents.create(params=PAY))
    )
    waiting.start()
    while len(bench.kept("charge")) < 2:
        waiting.join(0.01)
    assert got == []
    bench.later(40)
    waiting.join(10)
    assert got[0].status == "succeeded"


def test_faults_count_and_choose(bench: Bench, stripe_api: Any) -> None:
    bench.fault("POST /v1/refunds*", "error_before", times=2, skip=1)
    paid = stripe_api.payment_intents.create(params=PAY)
    outcomes = []
    for _ in range(4):
        try:
            stripe_api.refunds.create(params={"payment_intent": paid.id, "amount": 100})
            outcomes.append("refunded")
        except stripe.APIError:
            outcomes.append("failed")
    assert outcomes == ["refunded", "failed", "failed", "refunded"]
    bench.fault("*", "error_before", times=99)
    bench.control("faults", method="DELETE")
    assert stripe_api.balance.retrieve()


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"on": "*"},
        {"on": "*", "kind": "repeat"},
        {"webhook": "*", "kind": "lost_answer"},
        {"on": "*", "kind": "delay", "second": 3},
    ],
)
def test_a_wish_that_cannot_come_true_is_refused(bench: Bench, wish: dict[str, Any]) -> None:
    with pytest.raises(OSError, match="400"):
        bench.control("faults", wish)


def test_a_file_keeps_everything_over_a_restart(tmp_path: Any) -> None:
    file = tmp_path / "double.db"
    with running(Double(file, Clock(NOON))) as bench:
        paid = bench.client().v1.payment_intents.create(params=PAY, options=KEY)
        bench.later(60)
    with running(Double(file)) as bench:
        assert bench.control("clock") == {"now": NOON + 60, "stands": True}
        again = bench.client().v1.payment_intents.create(params=PAY, options=KEY)
        other = bench.client().v1.payment_intents.create(params=PAY)
        assert again.id == paid.id != other.id
        assert len(bench.kept("charge")) == 2
        bench.control("reset", {})
        assert bench.control("state?kind=charge") == []
        assert bench.client().v1.balance.retrieve()


def test_the_same_seed_gives_the_same_ids() -> None:
    ids = []
    for seed in ("one", "one", "two"):
        double = Double(clock=Clock(NOON), seed=seed)
        with serving(double):
            ids.append(next(double.store.all("account"))["id"])
    assert ids[0] == ids[1] != ids[2]


def test_the_command_serves_keeps_and_goes_when_asked(tmp_path: Path, inbox: Inbox) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "sratix_stripe.double",
        "--port",
        str(port),
        "--state",
        str(tmp_path / "kept.db"),
    ]
    plugin = Path(__file__).parents[1]
    ids = []
    for _ in range(2):
        process = subprocess.Popen(
            [*command, "--webhook-url", inbox.url], cwd=plugin, stdout=subprocess.PIPE, text=True
        )
        with process:
            assert process.stdout
            assert f"http://127.0.0.1:{port}" in process.stdout.readline()
            api = stripe.StripeClient("sk_test_double", base_addresses={"api": f"http://127.0.0.1:{port}"}).v1
            ids.append(api.customers.create(params={}, options=KEY).id)
            assert inbox.arrived.wait(10)
            process.terminate()
            assert process.wait(10) == 0
    assert ids[0] == ids[1]
    assert inbox.types() == ["customer.created"]
