"""Who buys and whom the tickets are for: as it was typed, cleaned and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sratix_core.errors import Invalid
from sratix_core.tickets.issuing import Holder
from sratix_core.values import postal, text


@dataclass(frozen=True)
class Buyer:
    """As typed; `place_order` cleans and checks it."""

    name: str
    email: str
    company: str = ""


def checked_buyer(buyer: Buyer) -> Buyer:
    """The buyer in clean form. Raises `Invalid` with `buyer_name`, `buyer_email`, `buyer_company`."""
    fields: dict[str, str] = {}
    name = _line(buyer.name, postal.NAME, "buyer_name", fields)
    company = _line(buyer.company, postal.NAME, "buyer_company", fields)
    email = _line(buyer.email, 254, "buyer_email", fields)
    if not name and "buyer_name" not in fields:
        fields["buyer_name"] = "required"
    if not email and "buyer_email" not in fields:
        fields["buyer_email"] = "required"
    elif email and not text.is_email(email):
        fields["buyer_email"] = "not_an_email"
    if fields:
        raise Invalid(fields)
    return Buyer(name, text.normal_email(email), company)


def checked_holders(holders: Sequence[Holder], count: int) -> list[Holder]:
    """One clean holder per ticket. An empty name stays open. Raises `Invalid` with `name_<i>` and `email_<i>`."""
    if len(holders) != count:
        raise Invalid({"names": "wrong_count"}, count=count)
    fields: dict[str, str] = {}
    clean: list[Holder] = []
    for i, holder in enumerate(holders):
        name = _line(holder.name, 160, f"name_{i}", fields)
        email = _line(holder.email, 254, f"email_{i}", fields)
        if email and not text.is_email(email):
            fields[f"email_{i}"] = "not_an_email"
        clean.append(Holder(name, text.normal_email(email) if email and f"email_{i}" not in fields else ""))
    if fields:
        raise Invalid(fields)
    return clean


def _line(value: str, most: int, field: str, fields: dict[str, str]) -> str:
    try:
        return " ".join(text.clean(value, most).split())
    except text.BadText as error:
        fields[field] = "too_long" if len(value) > most else "unreadable"
        del error
        return ""
