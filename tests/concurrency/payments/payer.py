"""A process that does one act of a payment and ends itself with kill -9 at a named point of it.

`python -m tests.concurrency.payments.payer <tenant> <act> <order> <point>` with the database and Stripe's stand-in in the environment.
"""

from __future__ import annotations

import os
import signal
import sys
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sratix_core import models as _all_models  # noqa: F401  -- before any room looks for another's
from sratix_core.payments import accounts, attempts, calls, receiving, refunds, sending, settling
from sratix_core.settings import load
from sratix_core.tenancy.engines import Engines
from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import SystemRandom
from sratix_stripe import connect, invoices, saved
from sratix_stripe.double.testing import Bench
from tests.builders import World, make_process
from tests.concurrency.payments.till import PLUGIN, Till


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(act: Callable[..., Any]) -> Callable[..., Any]:
    def killed(*args: Any, **more: Any) -> Any:
        die()

    return killed


def after(act: Callable[..., Any]) -> Callable[..., Any]:
    def killed(*args: Any, **more: Any) -> Any:
        act(*args, **more)
        die()

    return killed


POINTS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "intent written": (attempts, "_intent", after),
    "before the call": (calls.Question, "answer", before),
    "after the call": (calls.Question, "answer", after),
    "answer heard": (settling, "held", before),
    "attempt held": (settling, "held", after),
    "attempt moved": (settling, "move", after),
    "money recorded": (settling, "received_held", after),
    "before the books": (receiving, "post", before),
    "after the books": (receiving, "post", after),
    "refund recorded": (settling, "went_back", after),
    "before the refund's books": (refunds, "post", before),
    "claimed": (sending, "claim", after),
}
"""Where to end: in which module, at which function, before or after it."""

OPENING: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "account asked for": (accounts, "account_intent", after),
    "before the account is opened": (connect, "open_account", before),
    "account opened": (connect, "open_account", after),
    "account noted": (accounts, "note_account", after),
}
"""The same while an organizer's account is opened."""

SAVED: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before the card is opened": (saved, "begin", before),
    "card opened": (saved, "begin", after),
    "before the card is used": (saved, "pay", before),
    "card used": (saved, "pay", after),
}
"""The same while a kept card pays."""

INVOICED: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before the invoice": (invoices, "begin", before),
    "customer known": (invoices, "_customer", after),
    "before it is filled and sent": (invoices, "_sent", before),
    "invoice sent": (invoices, "_sent", after),
    "before the void": (invoices, "_undo", before),
    "voided": (invoices, "_undo", after),
}
"""The same while an invoice is sent, and taken back."""


def main(tenant_id: int, act: str, order_id: uuid.UUID, point: str, *more: str) -> None:
    settings = load(os.environ)
    engines = Engines(settings)
    clock = FixedClock(datetime.fromisoformat(os.environ["AT"]))
    process = make_process(settings, engines, clock, SystemRandom(), [PLUGIN])
    tenant = engines.tenants.by_id(tenant_id)
    assert tenant is not None
    assert settings.stripe_api_base is not None
    till = Till(World(process, tenant), Bench(None, settings.stripe_api_base))  # type: ignore[arg-type]
    where, name, when = {**POINTS, **OPENING, **SAVED, **INVOICED}[point]
    setattr(where, name, when(getattr(where, name)))
    getattr(till, act)(*([order_id] if act not in {"work", "connect"} else []), *more)
    sys.stdout.write("whole")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], uuid.UUID(sys.argv[3]), *sys.argv[4:])
