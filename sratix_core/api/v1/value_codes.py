"""Codes of gift cards and the like in the body of an order."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from sratix_core.payments import stored

Code = Annotated[str, Meta(max_length=60, description="Wrong ones are counted by address.")]
ValueCodes = Annotated[
    list[Code],
    Meta(
        max_length=stored.MOST,
        description="Codes of gift cards and the like: each pays what it can of what those before it leave. Not of such value itself.",
    ),
]

VALUE = ("value_unknown", "value_blocked", "value_ended", "value_spent", "value_currency", "value_for_value")
"""Why a code of value is refused."""
