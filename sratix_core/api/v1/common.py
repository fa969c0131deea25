"""Shapes and small steps that several kinds of things share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta

from sratix_core.accounts.permissions import MONEY_VIEW
from sratix_core.api.framework import Call
from sratix_core.errors import Invalid
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.values import text
from sratix_core.values.money import BadMoney
from sratix_core.values.money import Money as Amount

Texts = Annotated[dict[str, dict[str, str]], Meta(description="Other languages: language, field, words.")]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class Money(msgspec.Struct, forbid_unknown_fields=True):
    """An amount in minor units: 4900 CHF is 49.00 francs."""

    amount: Annotated[int, Meta(ge=0, le=10**12)]
    currency: Annotated[str, Meta(min_length=3, max_length=3)]


class SignedMoney(msgspec.Struct, forbid_unknown_fields=True):
    """An amount in minor units that may be below 0, as the books have it."""

    amount: int
    currency: str


def amount_of(sent: Money, field: str) -> Amount:
    """The amount that was sent. Raises `Invalid` for a currency that does not exist."""
    try:
        return Amount(sent.amount, sent.currency)
    except BadMoney as error:
        raise Invalid({f"{field}.currency": "unknown_choice"}) from error


def money(amount: Amount) -> Money:
    return Money(amount.minor, amount.currency)


Shown = Annotated[Money | None, Meta(description="Null for callers without `money.view`.")]


def sees_money(call: Call) -> bool:
    """Whether amounts of orders and sales are shown to this caller."""
    return bool(call.request.may(MONEY_VIEW))


def given(body: Any) -> dict[str, Any]:
    """The fields that a change names; what it leaves out stays."""
    return {f: v for f in body.__struct_fields__ if (v := getattr(body, f)) is not UNSET}


def picked(thing: Any, shape: Any, **more: Any) -> Any:
    """`shape` filled from the attributes of the same names."""
    return shape(**{f: getattr(thing, f) for f in shape.__struct_fields__ if f not in more}, **more)


def checked_texts(tenant: TenantInfo, texts: Texts, known: Iterable[str], before: Texts) -> Texts:
    """What stands in other languages, cleaned and put over what stood there. Raises `Invalid`."""
    fields, kept = {}, {k: dict(v) for k, v in before.items()}
    for language, words in texts.items():
        if language not in tenant.locales:
            fields["texts"] = "unknown_choice"
            continue
        for name, value in words.items():
            if name not in known:
                fields[f"texts.{language}"] = "unknown_field"
                continue
            try:
                clean = text.clean(value, 20_000, multiline=name == "description")
            except text.BadText:
                fields[f"texts.{language}.{name}"] = "bad_text"
                continue
            kept.setdefault(language, {})[name] = clean
    if fields:
        raise Invalid(fields)
    return kept
