"""`Idempotency-Key` as documented: https://docs.stripe.com/api/idempotent_requests. Kept 24 hours by the double's clock.

Same key and request: the first answer again, refusals and outages included. Same key, other request: 400. Still running: 409.
What was refused before it ran (unknown parameter, wrong type, rate limit) is not kept.
"""

from __future__ import annotations

from typing import Any

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.scope import Owner
from sratix_stripe.double.store import Record, Store

KEPT = 24 * 3600
LONGEST = 255


def begin(store: Store, owner: Owner, key: str, request: Any, now: int) -> Record | None:
    """None: go on, and `finish` or `forget`. A record: its answer is the answer."""
    if len(key) > LONGEST:
        raise StripeError(
            f"Idempotency keys are at most {LONGEST} characters long.", kind="idempotency_error", stored=False
        )
    id = f"{owner} {key}"
    known = store.get("_key", id)
    if known is None or (known["at"] <= now - KEPT and known["answer"] is not None):
        store.save("_key", {"id": id, "request": request, "at": now, "answer": None})
        return None
    if known["request"] != request:
        raise StripeError(
            "Keys for idempotent requests can only be used with the same endpoint and parameters they were first used with. "
            "Use another key for another request.",
            kind="idempotency_error",
            stored=False,
        )
    if known["answer"] is None:
        raise in_use(key)
    return known


def in_use(key: str) -> StripeError:
    return StripeError(
        f"There is currently another in-progress request using this Idempotency Key ({key}). Try again in a moment.",
        code="idempotency_key_in_use",
        kind="idempotency_error",
        status=409,
        stored=False,
    )


def finish(store: Store, owner: Owner, key: str, status: int, body: Any, request: str) -> None:
    known = store.get("_key", f"{owner} {key}")
    assert known is not None
    store.save("_key", {**known, "answer": [status, body], "line": request})


def forget(store: Store, owner: Owner, key: str) -> None:
    store.delete("_key", f"{owner} {key}")
