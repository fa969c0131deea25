"""What most kinds have in common: look at one, list them, change metadata and plain fields, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sratix_stripe.double.answers import page
from sratix_stripe.double.scope import Call
from sratix_stripe.double.store import Record

Handler = Callable[[Call], dict[str, Any]]


def retrieve(kind: str) -> Handler:
    return lambda call: call.find(kind, call.ids[0])


def listing(kind: str, url: str) -> Handler:
    return lambda call: page(call, kind, url)


def update(kind: str) -> Handler:
    def change(call: Call) -> Record:
        found = call.find(kind, call.ids[0])
        before = {name: found.get(name) for name in call.params if name in found}
        merge(found, call.params)
        call.save(found)
        call.emit(f"{kind}.updated", found, before)
        return found

    return change


def delete(kind: str) -> Handler:
    def remove(call: Call) -> dict[str, Any]:
        found = call.find(kind, call.ids[0])
        call.double.store.delete(kind, found["id"])
        call.emit(f"{kind}.deleted", found)
        return {"id": found["id"], "object": kind, "deleted": True}

    return remove


def merge(record: Record, params: dict[str, Any]) -> None:
    """Metadata key by key, an empty text unsets; hashes are merged, the rest is replaced. Unknown fields are the caller's."""
    for name, value in params.items():
        if name == "metadata":
            record[name] = metadata(value, record.get(name))
        elif name in record and name != "expand":
            if isinstance(value, dict) and isinstance(record[name], dict):
                merge_hash(record[name], value)
            else:
                record[name] = None if value == "" else value


def merge_hash(at: dict[str, Any], changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(at.get(name), dict):
            merge_hash(at[name], value)
        else:
            at[name] = None if value == "" else value


def method_types(params: dict[str, Any]) -> list[str]:
    """Cards, unless others are allowed; the double has no dashboard that decides."""
    allowed = params.get("allowed_payment_method_types") or ["card"]
    return [kind for kind in allowed if kind not in (params.get("excluded_payment_method_types") or [])] or [
        "card"
    ]


def metadata(given: Any, known: dict[str, str] | None = None) -> dict[str, str]:
    """At most 50 keys of 40 characters with values of 500 is Stripe's rule; here it is only merged."""
    if given in ("", None):
        return {} if given == "" else dict(known or {})
    return {name: value for name, value in {**(known or {}), **given}.items() if value != ""}
