"""Requests held against the SDK's own parameter types (`stripe.params`): unknown names, wrong types and wrong words are refused.

The SDK types an enum as `Literal[…] | str`, so that its users may run ahead of it. Here the `str` is dropped: enums are closed.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NotRequired, Union, get_args, get_origin

import stripe
from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import get_type_hints, is_typeddict

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.forms import named

Path = tuple[str, ...]
UNIONS = (Union, types.UnionType)
# Names the SDK imports for type checkers only.
UNSEEN = {"StripeContext": str, "Mapping": Mapping}


def params(name: str) -> type:
    """`PaymentIntentCreateParams`, `checkout.SessionCreateParams`."""
    found: Any = stripe.params
    for part in name.split("."):
        found = getattr(found, part)
    return found


@cache
def _fields(params: type) -> tuple[dict[str, Any], frozenset[str]]:
    """A TypedDict's parameters, and which must be there; options of the client are none of the server's."""
    hints = get_type_hints(params, localns=UNSEEN, include_extras=True)
    own = {name: hint for name, hint in hints.items() if name not in RequestOptions.__annotations__}
    needed = frozenset(name for name, hint in own.items() if get_origin(hint) is not NotRequired)
    return {name: get_args(h)[0] if get_origin(h) is NotRequired else h for name, h in own.items()}, needed


def check(params: type, given: dict[str, Any]) -> dict[str, Any]:
    """The given strings as integers, booleans, lists and dicts of the declared types; raises what Stripe would answer."""
    return _dict(params, given, ())


def _refuse(message: str, path: Path, code: str | None = None) -> StripeError:
    return StripeError(message, code=code, param=named(path), stored=False)


def _dict(params: type, given: Any, path: Path) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _refuse("Invalid object", path)
    fields, needed = _fields(params)
    for name in given:
        if name not in fields:
            where = (*path, name)
            raise _refuse(f"Received unknown parameter: {named(where)}", where, "parameter_unknown")
    for name in sorted(needed - set(given)):
        where = (*path, name)
        raise _refuse(f"Missing required param: {named(where)}.", where, "parameter_missing")
    return {name: _value(fields[name], value, (*path, name)) for name, value in given.items()}


def _value(hint: Any, given: Any, path: Path) -> Any:
    origin = get_origin(hint)
    if origin in UNIONS:
        return _one_of(get_args(hint), given, path)
    if origin is Literal:
        return _word(get_args(hint), given, path)
    if is_typeddict(hint):
        return _dict(hint, given, path)
    if origin is list:
        if not isinstance(given, dict) or not all(step.isdigit() for step in given):
            raise _refuse("Invalid array", path)
        (inner,) = get_args(hint)
        return [_value(inner, given[step], (*path, step)) for step in sorted(given, key=int)]
    if origin in (dict, UntypedStripeObject):
        if not isinstance(given, dict):
            raise _refuse("Invalid object", path)
        inner = get_args(hint)[-1]
        # In a dict of the caller's own names, an empty text unsets one.
        return {
            name: value if value == "" else _value(inner, value, (*path, name))
            for name, value in given.items()
        }
    return _scalar(hint, given, path)


def _one_of(hints: tuple[Any, ...], given: Any, path: Path) -> Any:
    words = [word for hint in hints if get_origin(hint) is Literal for word in get_args(hint)]
    if isinstance(given, str) and given in words:
        return given
    closed = any(words)
    left = [h for h in hints if h is not type(None) and not (closed and h is str)]
    if not closed:
        left = [h for h in left if get_origin(h) is not Literal] or left
    refused: StripeError | None = None
    for hint in left:
        try:
            return _value(hint, given, path)
        except StripeError as error:
            # The furthest look into the value says most.
            if refused is None or len(error.error["param"]) > len(refused.error["param"]):
                refused = error
    assert refused is not None
    raise refused


def _word(words: tuple[Any, ...], given: Any, path: Path) -> Any:
    if given in words:
        return given
    if given == "true" and True in words:
        return True
    *some, last = [str(word) for word in words]
    listed = f"{', '.join(some)}, or {last}" if len(some) > 1 else " or ".join([*some, last])
    raise _refuse(f"Invalid {named(path)}: must be one of {listed}", path)


def _scalar(hint: Any, given: Any, path: Path) -> Any:
    if isinstance(given, dict):
        raise _refuse("Invalid string: expected a single value", path)
    if given == "":
        raise _refuse(
            f"You passed an empty string for '{named(path)}'. It can't be unset: leave it out or send a value.",
            path,
            "parameter_invalid_empty",
        )
    if hint is bool:
        if given not in ("true", "false"):
            raise _refuse(f"Invalid boolean: {given}", path)
        return given == "true"
    if hint is int:
        if not re.fullmatch(r"-?\d{1,18}", given):
            raise _refuse(f"Invalid integer: {given}", path, "parameter_invalid_integer")
        return int(given)
    if hint in (float, Decimal):
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,12})?", given):
            raise _refuse(f"Invalid decimal: {given}", path)
        return float(given) if hint is float else given
    return given
