"""The form that asks who buys and who comes, read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sratix_core.checkout.taxes import FIELD as VAT_NUMBER
from sratix_core.errors import Invalid
from sratix_core.orders.buyers import Buyer, checked_buyer, checked_holders
from sratix_core.shop.frame import Localized
from sratix_core.tickets.issuing import Holder
from sratix_core.web.request import Request

if TYPE_CHECKING:
    from sratix_core.shop.checkout import Checkout, Line

__all__ = ["VAT_NUMBER", "name_errors", "read_names", "typed_values", "unit_told"]


def typed_values(request: Request) -> dict[str, str]:
    """The fields of the form as typed."""
    return {k: v for k, v in request.POST.items() if isinstance(v, str) and k != "csrf_token"}


def read_names(values: dict[str, Any], count: int) -> tuple[Buyer, list[Holder]]:
    """Buyer and one holder per ticket from the fields of the form; "this one is for me" copies the buyer."""
    buyer = Buyer(
        values.get("buyer_name", ""), values.get("buyer_email", ""), values.get("buyer_company", "")
    )
    holders = []
    for n in range(1, count + 1):
        if n == 1 and values.get("mine"):
            holders.append(Holder(buyer.name, buyer.email))
        elif n > 1 and values.get(f"later-{n}"):
            holders.append(Holder())
        else:
            holders.append(Holder(values.get(f"name-{n}", ""), values.get(f"email-{n}", "")))
    return buyer, holders


def name_errors(
    buyer: Buyer, holders: list[Holder], values: dict[str, Any], open_to: Collection[int] = ()
) -> dict[str, str]:
    """Field to code of what is missing or cannot be; those with a number in `open_to` need no name."""
    errors: dict[str, str] = {}
    try:
        checked_buyer(buyer)
    except Invalid as error:
        errors |= error.fields
    if values.get(VAT_NUMBER, "").strip() and not buyer.company.strip():
        errors["buyer_company"] = "company_of_vat_number"
    mine = bool(values.get("mine"))
    try:
        checked_holders(holders, len(holders))
    except Invalid as error:
        for field, code in error.fields.items():
            kind, _, i = field.partition("_")
            if not (mine and i == "0"):
                errors[f"{kind}-{int(i) + 1}"] = code
    for n, holder in enumerate(holders, 1):
        if (
            n not in open_to
            and not holder.name.strip()
            and not values.get(f"later-{n}")
            and not (mine and n == 1)
        ):
            errors.setdefault(f"name-{n}", "name_or_later" if n > 1 else "name_or_mine")
    return errors


def unit_told(step: Checkout, n: int, line: Line) -> dict[str, Any]:
    """What the form says of one unit."""
    name = Localized(line.ticket_type, step.request.locale_name).name
    return {"n": n, "type_name": name, "is_value": line.is_value}
