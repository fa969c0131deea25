"""What a guest's order looks like from outside: what is sent, what it would cost, and the order as its buyer may see it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sratix_core.api.v1.common import Money
from sratix_core.api.v1.order_lines import LineOut
from sratix_core.api.v1.ordering import BuyerIn, HolderIn, LineIn
from sratix_core.api.v1.value_codes import Code, ValueCodes
from sratix_core.orders.states import OrderState
from sratix_core.tickets.models import TicketState

Lines = Annotated[list[LineIn], Meta(min_length=1, max_length=50)]


class PublicOrderIn(msgspec.Struct, forbid_unknown_fields=True):
    """A free order, and one that `value_codes` cover, is paid at once; any other names the `provider` it is paid with, one of those
    that a quote offers."""

    lines: Lines
    buyer: BuyerIn
    attendees: Annotated[
        list[HolderIn],
        Meta(
            max_length=100,
            description="One for each ticket; all but the first may stay open. None at all: the first ticket is the buyer's.",
        ),
    ] = []
    provider: Annotated[str, Meta(max_length=40)] | None = None
    promo_code: Code = ""
    value_codes: ValueCodes = []
    locale: Annotated[
        str, Meta(max_length=12, description="The language of the request when it is left out.")
    ] = ""
    total: Annotated[
        Money | None, Meta(description="What the buyer was shown; at another price nothing is ordered.")
    ] = None


class PublicQuoteIn(msgspec.Struct, forbid_unknown_fields=True):
    lines: Lines
    promo_code: Code = ""
    value_codes: ValueCodes = []
    vat_number: Annotated[str, Meta(max_length=40)] = ""


class PublicProvider(msgspec.Struct):
    """A way to pay this amount."""

    name: str
    title: str
    help: str


class PublicValue(msgspec.Struct):
    """What one gift card or the like pays; `mark` is the end of its code, `left` what stays on it."""

    title: str
    mark: str
    amount: Money
    left: Money


class PaidValue(msgspec.Struct):
    """What gift cards or the like paid of an order, as far as it stayed."""

    title: str
    amount: Money


class PublicQuote(msgspec.Struct):
    """What an order would cost at this moment. Nothing is held by it. `due` is what is left to pay once `value` is taken off."""

    lines: list[LineOut]
    total: Money
    tax: Money
    tax_included: bool
    rounding: Money
    code_discount: Money
    value: list[PublicValue]
    due: Money
    providers: Annotated[list[PublicProvider], Meta(description="None where nothing is left to pay.")]


class InstructionOut(msgspec.Struct):
    label: str
    value: str


class Instructions(msgspec.Struct):
    """What the buyer does elsewhere to pay, in plain text."""

    intro: str
    lines: list[InstructionOut]
    note: str


class PublicPayment(msgspec.Struct):
    """What the buyer does next. `url` is where they pay, on the provider's page or on ours; it is empty where they do so outside,
    and where no payment is open: then `POST …/payments` opens one. `trouble` says why it was not opened just now.
    """

    provider: str
    title: str
    due: Money
    url: str
    instructions: Instructions | None
    trouble: Literal["", "payment_declined", "payment_unreachable"]


class PublicTicket(msgspec.Struct):
    """A ticket; `qr` is what its QR code says and `qr_url` a picture of it, both only while it is valid."""

    id: uuid.UUID
    number: str
    ticket_type_id: uuid.UUID
    type: str
    attendee_name: str
    attendee_email: str
    state: TicketState
    qr: str | None
    qr_url: str | None


class PublicOrder(msgspec.Struct):
    """An order as its buyer may see it. `url` is their page; whoever has it may do all that a buyer may."""

    code: str
    secret: str
    url: str
    state: OrderState
    buyer_name: str
    buyer_email: str
    buyer_company: str
    buyer_vat_number: str
    locale: str
    lines: list[LineOut]
    total: Money
    tax: Money
    tax_included: bool
    rounding: Money
    promo_code: str
    code_discount: Money
    created_at: datetime
    expires_at: Annotated[datetime | None, Meta(description="When its places go back if nothing was paid.")]
    paid_at: datetime | None
    closed_at: datetime | None
    can_cancel: bool
    value: list[PaidValue]
    payment: Annotated[PublicPayment | None, Meta(description="None where nothing is to be paid.")]
    tickets: list[PublicTicket]
