"""Events: a snapshot of what changed, kept, and queued for every endpoint that listens."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from stripe import api_version

from sratix_stripe.double import faults
from sratix_stripe.double.answers import public
from sratix_stripe.double.scope import Scope
from sratix_stripe.double.store import Record, Store


def record(scope: Scope, kind: str, subject: Record, previous: dict[str, Any] | None = None) -> Record:
    """The event, saved, its deliveries queued."""
    account = scope.double.account(scope.owner)
    connected = bool(account.get("_platform"))
    endpoints = _listening(scope, kind, connected)
    data = {
        "object": public(subject),
        **({"previous_attributes": public(previous)} if previous is not None else {}),
    }
    event = scope.new(
        "event", type=kind, data=data, api_version=api_version, pending_webhooks=len(endpoints),
        request=dict(zip(("id", "idempotency_key"), scope.request, strict=True)), account=account["id"] if connected else None,
    )  # fmt: skip
    if not connected:
        del event["account"]
    for endpoint in endpoints:
        _queue(scope, event, endpoint)
    return event


def _listening(scope: Scope, kind: str, connected: bool) -> list[Record]:
    """Own endpoints of the account; of its platform those registered with `connect`; one given at the start hears everything."""
    own = (str(scope.owner), False)
    platform = (scope.double.account(scope.owner)["_platform"], True) if connected else own
    return [
        one
        for one in scope.double.store.all("webhook_endpoint")
        if one["livemode"] == scope.owner.live
        and (one.get("_all") or (one["_owner"], one["_connect"]) in (own, platform))
        and one["status"] == "enabled"
        and any(fnmatchcase(kind, wanted) for wanted in one["enabled_events"])
    ]


def _queue(scope: Scope, event: Record, endpoint: Record) -> None:
    """One delivery, or what a fault makes of it."""
    store = scope.double.store
    fault = faults.struck(store, "webhook", event["type"]) or {"kind": None}
    count = fault.get("count", 2) if fault["kind"] == "repeat" else 0 if fault["kind"] == "lose" else 1
    for _ in range(count):
        id = store.chance(12)
        store.save("_delivery", {
            "id": id, "event": event["id"], "type": event["type"], "endpoint": endpoint["id"], "fault": fault["kind"],
            "due": scope.now + (fault.get("seconds", 3600) if fault["kind"] == "delay" else 0), "attempts": [],
            "state": "passed_by" if fault["kind"] == "reorder" else "queued", "order": store.counter,
            "age": fault.get("seconds", 3600) if fault["kind"] == "stale_timestamp" else 0,
        })  # fmt: skip
    if fault["kind"] != "reorder" and count:
        let_pass(store, endpoint["id"])


def let_pass(store: Store, endpoint: str | None = None) -> None:
    """What was to be overtaken has been, or nothing comes any more: it is queued behind, the last one first."""
    waiting = [
        one
        for one in store.all("_delivery")
        if one["state"] == "passed_by" and endpoint in (None, one["endpoint"])
    ]
    for one in reversed(waiting):
        store.chance(1)
        store.save("_delivery", {**one, "state": "queued", "order": store.counter})
