"""One API call: key, fault, idempotency, contract, effect, answer; and a line in the ledger whatever happened."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sratix_stripe.double import contract, faults, idempotency, jobs, keys, routes
from sratix_stripe.double.answers import answer, expandable
from sratix_stripe.double.errors import Dropped, StripeError, outage
from sratix_stripe.double.forms import decode
from sratix_stripe.double.scope import Call
from sratix_stripe.double.store import Record
from sratix_stripe.double.wire import Request, Response

if TYPE_CHECKING:
    from sratix_stripe.double.app import Double

log = logging.getLogger(__name__)
VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(\.[a-z]+)?\Z")
# A page of the shop talks to the double from another address, as it talks to Stripe.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "GET, POST",
}


def handle(double: Double, request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(204, b"", OPEN)
    with double.lock:
        id = f"req_{double.store.chance(14)}"
        line: Record = {
            "id": id, "at": double.clock.now(), "method": request.method, "path": request.path, "key": None, "account": None,
            "idempotency_key": request.headers.get("idempotency-key"), "params": {},
            "status": None, "fault": None, "replayed": False, "effects": [],
        }  # fmt: skip
    try:
        status, body, more = _asked(double, request, line)
        response = Response.json(
            status,
            body,
            {**OPEN, "Request-Id": id, "Stripe-Should-Retry": str(status in (409, 429)).lower(), **more},
        )
        if line["fault"] == "malformed":
            response.body = response.body[: len(response.body) // 2]
        line["status"] = status
        return response
    finally:
        with double.lock:
            double.store.save("_ledger", line)
            double.store.settle()


def _asked(double: Double, request: Request, line: Record) -> tuple[int, Any, dict[str, str]]:
    """Status, body and headers; the fault that struck is worked in."""
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    version = request.headers.get("stripe-version")
    fault: Record = {"kind": None}
    try:
        params = decode(
            request.query if request.method in ("GET", "DELETE") else request.body.decode("utf-8", "replace")
        )
        given = params.pop("key", None)
        with double.lock:
            owner, public = keys.authenticate(
                double.store, request.headers, given, f"{request.method} {request.path}"
            )
            line |= {"account": owner.account, "live": owner.live, "params": _without_cards(params)}
            line["key"] = keys.masked(given or request.headers.get("authorization", "").rpartition(" ")[2])
            fault = faults.struck(double.store, "on", f"{request.method} {request.path}") or fault
            line["fault"] = fault["kind"]
        if version and not VERSION.match(version):
            raise StripeError(f"Invalid Stripe API version: {version}", stored=False)
        _before(fault, key)
        call = Call(double, owner, (line["id"], key), params, (), public)
        status, body, headers = _once(call, request, key, line, fault)
    except StripeError as error:
        status, body, headers = error.status, {"error": error.error}, error.headers
    _hold(double, fault, "after")
    if fault["kind"] == "lost_answer":
        raise Dropped
    echoed = {"Stripe-Version": version, "Idempotency-Key": key}
    return status, body, {**{name: value for name, value in echoed.items() if value}, **headers}


def _once(
    call: Call, request: Request, key: str | None, line: Record, fault: Record
) -> tuple[int, Any, dict[str, str]]:
    """The call, or the answer its key remembers."""
    double, store = call.double, call.double.store
    if key:
        with double.lock:
            known = idempotency.begin(
                store, call.owner, key, [request.method, request.path, call.params], call.now
            )
        if known:
            line["replayed"] = True
            status, body = known["answer"]
            return status, body, {"Idempotent-Replayed": "true", "Original-Request": known["line"]}
    _hold(double, fault, "before")
    status, body, headers, stored = _done(call, request, line)
    if fault["kind"] == "error_after":
        status, body, stored = 500, {"error": outage().error}, fault.get("stored", True)
    if key:
        with double.lock:
            if stored:
                idempotency.finish(store, call.owner, key, status, body, line["id"])
            else:
                idempotency.forget(store, call.owner, key)
    return status, body, headers


def _before(fault: Record, key: str | None) -> None:
    kind = fault["kind"]
    if kind == "reset_before":
        raise Dropped
    if kind == "error_before":
        raise outage()
    if kind == "conflict":
        raise idempotency.in_use(key or "")
    if kind == "rate_limited":
        text = "Request rate limit exceeded. Try again later."
        raise StripeError(
            text,
            code="rate_limit",
            status=429,
            headers={"Retry-After": str(fault.get("seconds", 1))},
            stored=False,
        )


def _hold(double: Double, fault: Record, when: str) -> None:
    if fault["kind"] == "delay" and fault.get("when", "after") == when:
        double.clock.wait_until(double.clock.now() + fault.get("seconds", 40))


def _done(call: Call, request: Request, line: Record) -> tuple[int, Any, dict[str, str], bool]:
    """The effect, under the lock; `stored` last. What it changed goes into the ledger's line."""
    with call.double.lock:
        try:
            body = _effect(call, request)
            # What follows at this very moment, such as a card's dispute, belongs to it.
            jobs.do_due(call.double)
            return 200, body, {}, True
        except StripeError as error:
            return error.status, {"error": error.error}, error.headers, error.stored
        except Exception:
            log.exception("%s %s failed inside the double", request.method, request.path)
            return 500, {"error": outage().error}, {}, True
        finally:
            line["effects"] = call.double.store.settle()


def _effect(call: Call, request: Request) -> dict[str, Any]:
    found = routes.match(request.method, unquote(request.path))
    if found is None:
        text = f"Unrecognized request URL ({request.method}: {request.path}). This stand-in knows the calls in routes.py."
        raise StripeError(text, status=404, stored=False)
    route, ids = found
    params = dict(call.params)
    secret = params.pop("client_secret", None) if call.public else None
    checked = contract.check(contract.params(route.params), params)
    if call.public and ids:
        _own_secret(call, ids[0], secret)
    expand = checked.get("expand", ())
    if route.kind and request.method == "POST":
        expandable(route.kind, expand)
    return answer(call, route.handler(replace(call, params=checked, ids=ids)), expand)


def _own_secret(call: Call, id: str, secret: str | None) -> None:
    kind = "payment_intent" if id.startswith("pi_") else "setup_intent"
    if not secret or call.find(kind, id)["client_secret"] != secret:
        text = "The client_secret provided does not match any associated object."
        raise StripeError(text, code="resource_missing", param="client_secret", status=400, stored=False)


def _without_cards(params: dict[str, Any]) -> dict[str, Any]:
    """For the ledger: what was asked, without numbers even of test cards."""
    return {
        name: _without_cards(value)
        if isinstance(value, dict)
        else "…"
        if name in ("number", "cvc", "iban")
        else value
        for name, value in params.items()
    }
