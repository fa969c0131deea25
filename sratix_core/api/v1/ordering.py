"""Orders that staff place for somebody: what a body says of them, and why one is refused."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.parsing import read_body
from sratix_core.api.v1.common import Money, amount_of
from sratix_core.api.v1.orders import TAG, OrderOut, order_out
from sratix_core.api.v1.promo_codes import USING
from sratix_core.api.v1.value_codes import VALUE, ValueCodes
from sratix_core.errors import Invalid
from sratix_core.orders.desk import Wanted, placing
from sratix_core.orders.placing import Buyer, Holder
from sratix_core.shop.promo import may_guess_values
from sratix_core.web.request import Request


class LineIn(msgspec.Struct, forbid_unknown_fields=True):
    ticket_type_id: uuid.UUID
    quantity: Annotated[int, Meta(ge=1, le=100)]
    price: Annotated[
        Money | None,
        Meta(
            description="What is paid for each, where the type leaves it to the buyer (`open_price`); left out for any other. "
            "One price for all of a type in an order."
        ),
    ] = None


class BuyerIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    email: str
    company: str = ""
    vat_number: Annotated[str, Meta(max_length=40)] = ""


class HolderIn(msgspec.Struct, forbid_unknown_fields=True):
    """Who a ticket is for; an empty name stays open."""

    name: str = ""
    email: str = ""


class OrderIn(msgspec.Struct, forbid_unknown_fields=True):
    """A free order, and one that `value_codes` cover, is paid at once; any other waits for its money under a `provider`."""

    lines: Annotated[list[LineIn], Meta(min_length=1, max_length=50)]
    buyer: BuyerIn
    attendees: Annotated[
        list[HolderIn], Meta(max_length=100, description="One for each ticket, or none at all.")
    ] = []
    provider: Annotated[str, Meta(max_length=40)] | None = None
    locale: Annotated[str, Meta(max_length=12, description="The organizer's first when it is left out.")] = ""
    organization_id: uuid.UUID | None = None
    promo_code: Annotated[str, Meta(max_length=60)] = ""
    value_codes: ValueCodes = []


BUYING = (
    "sold_out",
    "not_on_sale",
    "event_not_on_sale",
    "buyer_limit",
    "addon_needs_ticket",
    "no_provider",
    "price_unanswered",
    *USING,
)


BOUGHT_FIELDS = (
    ("buyer_name", "buyer.name"),
    ("buyer_email", "buyer.email"),
    ("buyer_company", "buyer.company"),
    ("buyer_vat_number", "buyer.vat_number"),
    ("name_*", "attendees[*].name"),
    ("email_*", "attendees[*].email"),
    ("names", "attendees"),
    ("quantity", "lines"),
)
"""Where the fields of an order to be placed stand in a body, whoever places it."""


def prices_in(lines: Sequence[LineIn], currency: str) -> dict[uuid.UUID, int]:
    """What is chosen to be paid for a unit of each type. Raises `Invalid` for another currency, and for two prices of one type."""
    found: dict[uuid.UUID, int | None] = {}
    for n, line in enumerate(lines):
        field = f"lines[{n}].price"
        amount = amount_of(line.price, field) if line.price is not None else None
        if amount is not None and amount.currency != currency:
            raise Invalid({field: "other_currency"})
        minor = amount.minor if amount is not None else None
        if found.setdefault(line.ticket_type_id, minor) != minor:
            raise Invalid({field: "price_twice"})
    return {kind: minor for kind, minor in found.items() if minor is not None}


@contextmanager
def at_lines(lines: Sequence[LineIn]) -> Iterator[None]:
    """What a room says of a type's price or number is said of the line that names the type."""
    try:
        yield
    except Invalid as error:
        places = {}
        for n, line in reversed(list(enumerate(lines))):
            places[f"price_{line.ticket_type_id}"] = f"lines[{n}].price"
            places[f"q_{line.ticket_type_id}"] = f"lines[{n}].quantity"
        fields = {places.get(name, name): code for name, code in error.fields.items()}
        raise Invalid(fields, **{k: v for k, v in error.data.items() if k != "fields"}) from error


def count_codes(request: Request) -> None:
    """Count a try of each code of value, as in the shop, whoever asks: staff learn no faster which codes are good."""
    codes = read_body(request, OrderIn).value_codes
    if codes:
        request.tm.abort()  # so far it was only read who asks, and a try is written in a unit of its own: SQLite has one writer
        request.tm.begin()
        may_guess_values(request, codes)


@endpoint(
    "POST",
    EVENT + "/orders",
    ORDER_EDIT,
    "Place an order for somebody",
    tag=TAG,
    body=OrderIn,
    answers=OrderOut,
    status=201,
    first=count_codes,
    errors=(*BUYING, "promo_paused", *VALUE, "value_changed"),
    fields=BOUGHT_FIELDS,
)
def create_order(call: Call) -> OrderOut:
    body = call.body
    wanted = Wanted(
        lines=[(line.ticket_type_id, line.quantity) for line in body.lines],
        buyer=Buyer(body.buyer.name, body.buyer.email, body.buyer.company),
        holders=[Holder(h.name, h.email) for h in body.attendees],
        provider=body.provider,
        locale=body.locale,
        organization_id=body.organization_id,
        promo_code=body.promo_code,
        value_codes=body.value_codes,
        prices=prices_in(body.lines, call.event.currency),
        vat_number=body.buyer.vat_number,
        hidden=True,
    )
    with at_lines(body.lines), placing(call.ctx, call.event, wanted) as order:
        call.created(order.code)
        told = order_out(call, order)
    return told
