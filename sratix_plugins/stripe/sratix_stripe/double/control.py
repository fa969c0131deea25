"""What a test may ask that Stripe has no call for: time, faults, outcomes, and what was seen. JSON in, JSON out, no key.

GET  /_control/state?kind=charge      every object kept, by kind          POST /_control/reset       forget all but the time
GET  /_control/ledger?path=/v1/refunds  every API call with its effects    GET  /_control/cards       the test cards
GET  /_control/clock                  POST {"set": 1800000000} stands there, {"advance": 60} moves, {"run": true} runs again
GET  /_control/faults                 POST a fault (see faults.py), DELETE all
GET  /_control/webhooks               deliveries; POST {"hold": true} keeps them back, {"listen": url, "secret": "whsec_…"}
POST /_control/webhooks/flush         deliver everything now, the held, delayed and waiting too
POST /_control/accounts               {"keys": ["sk_test_…"]} a new account; {"id": "acct_…"} finishes onboarding
POST /_control/keys                   {"key": "rk_test_…", "account": "acct_…", "may": ["GET /v1/refunds*"]}
POST /_control/settle                 {"id": "pi_…|re_…|po_…|dp_…", "outcome": "succeeded|failed|paid|won|lost"}
POST /_control/disputes               {"charge": "ch_…", "reason": "fraudulent"}
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from sratix_stripe.double import cards, events, faults, jobs, keys, webhooks
from sratix_stripe.double.answers import public
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources import disputes
from sratix_stripe.double.scope import Owner, Scope
from sratix_stripe.double.store import Record
from sratix_stripe.double.wire import Request, Response

if TYPE_CHECKING:
    from sratix_stripe.double.app import Double

Said = dict[str, Any]


def handle(double: Double, request: Request) -> Response:
    noun = request.path.removeprefix("/_control/").strip("/")
    handler = NOUNS.get((request.method, noun))
    if handler is None:
        known = ", ".join(f"{method} {name}" for method, name in NOUNS)
        raise StripeError(f"Nothing here. Known: {known}.", status=404)
    said = {name: values[-1] for name, values in parse_qs(request.query).items()}
    if request.body:
        try:
            said |= json.loads(request.body)
        except (ValueError, TypeError):
            raise StripeError("The control API takes a JSON object.") from None
    try:
        body = handler(double, said)
    except KeyError as error:
        raise StripeError(f"Missing: {error.args[0]}.", param=str(error.args[0])) from None
    return Response.json(200, body)


def _state(double: Double, said: Said) -> Any:
    with double.lock:
        kinds = {
            kind: [public(one) for one in double.store.all(kind)]
            for kind in sorted(double.store.kinds)
            if not kind.startswith("_")
        }
    return kinds.get(said["kind"], []) if "kind" in said else kinds


def _reset(double: Double, said: Said) -> Any:
    with double.lock:
        listening = [
            (one["url"], one["_secret"]) for one in double.store.all("webhook_endpoint") if one.get("_all")
        ]
        double.store.clear()
        double.held_webhooks = False
        double.begin()
        for url, secret in listening:
            double.listen(url, secret)
    return {}


def _ledger(double: Double, said: Said) -> Any:
    with double.lock:
        lines = list(double.store.all("_ledger"))
    return [line for line in lines if line["path"].startswith(said.get("path", ""))]


def _clock(double: Double, said: Said) -> Any:
    if "set" in said:
        double.clock.set(int(said["set"]))
    if "advance" in said:
        double.clock.advance(int(said["advance"]))
    if said.get("run"):
        double.clock.set(None)
    with double.lock:
        double.store.save(
            "_clock", {"id": "clock", "standing": double.clock.now() if double.clock.stands else None}
        )
    double.tick()
    return {"now": double.clock.now(), "stands": double.clock.stands}


def _faults(double: Double, said: Said) -> Any:
    with double.lock:
        return faults.add(double.store, said)


def _waiting(double: Double, said: Said) -> Any:
    with double.lock:
        return list(double.store.all("_fault"))


def _healed(double: Double, said: Said) -> Any:
    with double.lock:
        for fault in double.store.all("_fault"):
            double.store.delete("_fault", fault["id"])
    return {}


def _webhooks(double: Double, said: Said) -> Any:
    if "hold" in said:
        double.held_webhooks = bool(said["hold"])
    if "listen" in said:
        double.listen(said["listen"], said["secret"])
    with double.lock:
        return {
            "held": double.held_webhooks,
            "deliveries": [*double.store.all("_delivered"), *double.store.all("_delivery")],
        }


def _flush(double: Double, said: Said) -> Any:
    sent = webhooks.deliver_due(double, at_once=True)
    with double.lock:
        events.let_pass(double.store)
    return [*sent, *webhooks.deliver_due(double, at_once=True, but=frozenset(one["id"] for one in sent))]


def _accounts(double: Double, said: Said) -> Any:
    with double.lock:
        if "id" in said:
            return public(jobs.onboard(double, said["id"]))
        account = double.new_account()
        for key in said["keys"]:
            keys.add(double.store, key, account["id"])
        return public(account)


def _keys(double: Double, said: Said) -> Any:
    with double.lock:
        account = said.get("account") or next(double.store.all("_keyring"))["account"]
        return keys.add(double.store, said["key"], account, said.get("may"))


def _settle(double: Double, said: Said) -> Any:
    with double.lock:
        return public(jobs.settle(double, said["id"], said["outcome"]))


def _dispute(double: Double, said: Said) -> Any:
    with double.lock:
        charge: Record | None = double.store.get("charge", said["charge"])
        if charge is None:
            raise StripeError(f"No such charge: '{said['charge']}'", status=404)
        scope = Scope(double, Owner.read(charge["_owner"]))
        return public(disputes.open_dispute(scope, charge, said.get("reason", "fraudulent")))


NOUNS: dict[tuple[str, str], Callable[[Double, Said], Any]] = {
    ("GET", "state"): _state,
    ("POST", "reset"): _reset,
    ("GET", "ledger"): _ledger,
    ("GET", "cards"): lambda double, said: cards.known(),
    ("GET", "clock"): _clock,
    ("POST", "clock"): _clock,
    ("GET", "faults"): _waiting,
    ("POST", "faults"): _faults,
    ("DELETE", "faults"): _healed,
    ("GET", "webhooks"): _webhooks,
    ("POST", "webhooks"): _webhooks,
    ("POST", "webhooks/flush"): _flush,
    ("POST", "accounts"): _accounts,
    ("POST", "keys"): _keys,
    ("POST", "settle"): _settle,
    ("POST", "disputes"): _dispute,
}
