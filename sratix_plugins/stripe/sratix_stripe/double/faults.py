"""Failures on demand: which calls or deliveries go wrong, how, and how often.

A fault for calls: `{"on": "POST /v1/refunds*", "kind": "lost_answer", "times": 1, "skip": 0}`. Kinds:

    reset_before    the connection ends, nothing was done          lost_answer  done, then the connection ends
    error_before    500, nothing was done                          error_after  500 after it was done; the key remembers the 500
    conflict        409, another call holds the key                rate_limited 429 with Retry-After (`seconds`)
    delay           held `seconds` by the double's clock,          malformed    done, then half an answer
                    `when` "before" or "after" (usual) the effect

One for deliveries: `{"webhook": "checkout.session.*", "kind": "repeat", "count": 3}`. Kinds: repeat (`count`), reorder, delay
(`seconds`), lose, wrong_mode, wrong_account, wrong_signature, stale_timestamp (`seconds`).
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.store import Record, Store

CALLS = {
    "reset_before",
    "lost_answer",
    "error_before",
    "error_after",
    "conflict",
    "rate_limited",
    "delay",
    "malformed",
}
DELIVERIES = {
    "repeat",
    "reorder",
    "delay",
    "lose",
    "wrong_mode",
    "wrong_account",
    "wrong_signature",
    "stale_timestamp",
}
KNOWN = {"id", "on", "webhook", "kind", "times", "skip", "seconds", "count", "when", "stored"}


def add(store: Store, wanted: Any) -> Record:
    """Remember a fault; a wish that can't come true is refused with a sentence."""
    if not isinstance(wanted, dict) or len({"on", "webhook"} & set(wanted)) != 1:
        raise StripeError(
            'A fault names "on" (a call, "POST /v1/refunds*") or "webhook" (an event type), one of the two.'
        )
    kinds = CALLS if "on" in wanted else DELIVERIES
    if wanted.get("kind") not in kinds:
        raise StripeError(f"Unknown kind of fault; one of {', '.join(sorted(kinds))}.", param="kind")
    if unknown := set(wanted) - KNOWN:
        raise StripeError(f"Unknown: {', '.join(sorted(unknown))}. A fault knows {', '.join(sorted(KNOWN))}.")
    return store.save("_fault", {"times": 1, "skip": 0, **wanted, "id": store.chance(12)})


def struck(store: Store, place: str, what: str) -> Record | None:
    """The first waiting fault for this call (`on`) or delivery (`webhook`); used up by one."""
    for fault in store.all("_fault"):
        if place not in fault or fault["times"] < 1 or not fnmatchcase(what, fault[place]):
            continue
        if fault["skip"] > 0:
            store.save("_fault", {**fault, "skip": fault["skip"] - 1})
            continue
        store.save("_fault", {**fault, "times": fault["times"] - 1})
        return fault
    return None
