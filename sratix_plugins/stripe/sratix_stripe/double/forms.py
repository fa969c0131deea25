"""Stripe's request bodies: forms whose names nest, `items[0][price_data][currency]=chf`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from sratix_stripe.double.errors import StripeError

NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)\Z")
DEEPEST = 12


def decode(form: str) -> dict[str, Any]:
    """Nested dicts of strings. `a[]` counts up; which dicts are lists is for the contract to say."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True, encoding="utf-8", errors="replace"):
        match = NAME.match(name)
        if match is None or name.count("[") > DEEPEST:
            raise StripeError(f"Invalid request parameter name: {name}", param=name, stored=False)
        place, *steps = match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])
        at = found
        for step in steps:
            below = at.setdefault(place, {})
            if not isinstance(below, dict):
                raise StripeError("Invalid object", param=name, stored=False)
            at, place = below, step or str(len(below))
        at[place] = value
    return found


def named(path: tuple[str, ...]) -> str:
    """`("a", "b")` as Stripe writes it in `param`: `a[b]`."""
    return path[0] + "".join(f"[{step}]" for step in path[1:]) if path else ""
