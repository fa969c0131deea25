"""From records to answers: without the double's own fields, with what `expand[]` asks for, in pages of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Any

from sratix_stripe.double.errors import StripeError, missing
from sratix_stripe.double.kinds import KINDS, attributes, listed
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

LIST_PARAMS = {"limit", "starting_after", "ending_before", "expand", "created", "types"}
PREFIXES = {kind.prefix: name for name, kind in KINDS.items() if kind.prefix} | {"py_": "charge"}


def _refunds(scope: Scope, charge: Record) -> Any:
    own = [public(one) for one in reversed(scope.all("refund")) if one["charge"] == charge["id"]]
    return listed(f"/v1/charges/{charge['id']}/refunds", own)


def _line_items(scope: Scope, session: Record) -> Any:
    items = [public(scope.find("item", id)) for id in scope.find("checkout.session", session["id"])["_items"]]
    return listed(f"/v1/checkout/sessions/{session['id']}/line_items", items)


def _payments(scope: Scope, invoice: Record) -> Any:
    own = [public(one) for one in scope.all("invoice_payment") if one["invoice"] == invoice["id"]]
    return listed(f"/v1/invoice_payments?invoice={invoice['id']}", own)


def _confirmation(scope: Scope, invoice: Record) -> Any:
    """As Stripe has it since invoices may have several payments: the secret of the intent behind the default one."""
    kept = scope.find("invoice", invoice["id"]).get("_intent")
    if not kept:
        return None
    return {"client_secret": scope.find("payment_intent", kept)["client_secret"], "type": "payment_intent"}


# Shown only when expanded.
APART: dict[tuple[str, str], Callable[[Scope, Record], Any]] = {
    ("charge", "refunds"): _refunds,
    ("invoice", "payments"): _payments,
    ("invoice", "confirmation_secret"): _confirmation,
    ("checkout.session", "line_items"): _line_items,
}


def public(record: Any) -> Any:
    """A copy without the double's own fields, all the way down."""
    if isinstance(record, dict):
        return {name: public(value) for name, value in record.items() if not name.startswith("_")}
    return [public(one) for one in record] if isinstance(record, list) else record


def answer(scope: Scope, record: Record, expand: Iterable[str] = ()) -> dict[str, Any]:
    """What the API says about a record; an `expand` that leads nowhere is refused as Stripe does."""
    shown: dict[str, Any] = public(record)
    for path in expand:
        if path.count(".") > 3:
            raise StripeError(
                "You cannot expand more than 4 levels of a property.", param="expand", stored=False
            )
        _expand(scope, shown, path.split("."), path)
    return shown


def expandable(kind: str, expand: Iterable[str]) -> None:
    """Refuse before anything is done what `answer` would have to refuse after."""
    for path in expand:
        name = path.split(".")[0]
        if name not in attributes(KINDS[kind].shape):
            raise StripeError(f"This property cannot be expanded ({path}).", param="expand", stored=False)


def _expand(scope: Scope, at: Any, steps: list[str], path: str) -> None:
    if isinstance(at, list):
        for one in at:
            _expand(scope, one, steps, path)
        return
    name, *rest = steps
    known = isinstance(at, dict) and (name in at or (at.get("object"), name) in APART)
    if not known or (rest == [] and isinstance(at.get(name), (int, bool))):
        raise StripeError(f"This property cannot be expanded ({path}).", param="expand", stored=False)
    if name not in at:
        at[name] = APART[at["object"], name](scope, at)
    elif isinstance(at[name], str):
        at[name] = _named_by(scope, at[name], path)
    if rest and at[name] is not None:
        _expand(scope, at[name], rest, path)


def _named_by(scope: Scope, id: str, path: str) -> Any:
    kind = next(
        (PREFIXES[prefix] for prefix in sorted(PREFIXES, key=len, reverse=True) if id.startswith(prefix)),
        None,
    )
    found = scope.double.store.get(kind, id) if kind else None
    if found is None:
        raise StripeError(f"This property cannot be expanded ({path}).", param="expand", stored=False)
    return public(found)


def page(call: Call, kind: str, url: str, records: list[Record] | None = None) -> dict[str, Any]:
    """Newest first, filtered by equality with the parameters; https://docs.stripe.com/api/pagination."""
    own = records if records is not None else call.all(kind)
    found = [one for one in reversed(own) if not one.get("deleted") and _matches(one, call.params)]
    limit = call.params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise StripeError(
            f"This value must be between 1 and 100 (it currently is '{limit}').", param="limit", stored=False
        )
    after, before = call.params.get("starting_after"), call.params.get("ending_before")
    if after and before:
        raise StripeError(
            "You can't use both ending_before and starting_after.", code="parameters_exclusive", stored=False
        )
    if after:
        found = found[_place(found, after, kind, "starting_after") + 1 :]
    if before:
        found = found[: _place(found, before, kind, "ending_before")]
    cut = found[-limit:] if before else found[:limit]
    return {**listed(url, cut), "has_more": len(found) > limit}


def _place(found: list[Record], id: str, kind: str, param: str) -> int:
    for place, one in enumerate(found):
        if one["id"] == id:
            return place
    raise missing(kind, id, param)


def _matches(record: Record, params: dict[str, Any]) -> bool:
    return (
        _within(record.get("created", 0), params.get("created"))
        and ("types" not in params or record["type"] in params["types"])
        and all(_equal(record.get(name), value) for name, value in params.items() if name not in LIST_PARAMS)
    )


def _equal(have: Any, want: Any) -> bool:
    if isinstance(want, dict):
        return isinstance(have, dict) and all(_equal(have.get(name), value) for name, value in want.items())
    if isinstance(want, str) and isinstance(have, str) and want.endswith(".*"):
        return fnmatchcase(have, want)
    return bool(have == want)


def _within(have: int, want: Any) -> bool:
    if not isinstance(want, dict):
        return want is None or have == want
    tests = {"gt": have.__gt__, "gte": have.__ge__, "lt": have.__lt__, "lte": have.__le__}
    return all(tests[name](limit) for name, limit in want.items())
