"""Promo codes: made, found, changed, removed, with what each did."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import Moment, Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import Money, Shown, given, picked, sees_money
from sratix_core.pricing.rules import DiscountKind
from sratix_core.promotions import service
from sratix_core.promotions.drafts import CodeDraft, draft_of
from sratix_core.promotions.models import CodeState, PromoCode

TAG = "Promo codes"
CODES = EVENT + "/promo-codes"
USING = ("promo_unknown", "promo_not_yet", "promo_over", "promo_used_up", "promo_not_these", "promo_quantity",
         "promo_minimum", "promo_no_gain", "promo_buyer_limit")  # fmt: skip
"""Why a code is refused to whoever orders with it."""
Value = Annotated[
    int, Meta(ge=0, description="Basis points for `percent`, else minor units of the currency.")
]
Minor = Annotated[int, Meta(ge=0, description="Minor units of the event's currency.")]
Quantity = Annotated[int, Meta(ge=0, le=100)]
Uses = Annotated[int, Meta(ge=1, le=1_000_000, description="One order is one use.")]
PerBuyer = Annotated[int, Meta(ge=1, le=1000, description="Counted by e-mail address.")]
TypeIds = Annotated[list[uuid.UUID], Meta(max_length=200, description="None: for all types.")]
Unlocked = Annotated[list[uuid.UUID], Meta(max_length=200, description="Hidden types that the code opens.")]


class PromoCodeOut(msgspec.Struct):
    """A code. `used` counts orders that stand and open carts; `revenue` and `discount` are of orders, the first only of paid ones."""

    id: uuid.UUID
    code: str
    description: str
    kind: DiscountKind
    value: int
    type_ids: list[uuid.UUID]
    unlocked_ids: list[uuid.UUID]
    min_order_minor: int
    min_quantity: int
    starts_at: datetime | None
    expires_at: datetime | None
    max_uses: int | None
    max_uses_per_buyer: int | None
    used: int
    orders: int
    revenue: Shown
    discount: Shown
    state: CodeState
    created_at: datetime
    updated_at: datetime


class PromoCodeIn(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(max_length=160)]
    kind: DiscountKind = DiscountKind.PERCENT
    value: Value = 0
    description: str = ""
    type_ids: TypeIds = []
    unlocked_ids: Unlocked = []
    min_order_minor: Minor = 0
    min_quantity: Quantity = 0
    starts_at: Moment | None = None
    expires_at: Moment | None = None
    max_uses: Uses | None = None
    max_uses_per_buyer: PerBuyer | None = None
    state: CodeState = CodeState.ACTIVE


class PromoCodePatch(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(max_length=160)] | UnsetType = UNSET
    kind: DiscountKind | UnsetType = UNSET
    value: Value | UnsetType = UNSET
    description: str | UnsetType = UNSET
    type_ids: TypeIds | UnsetType = UNSET
    unlocked_ids: Unlocked | UnsetType = UNSET
    min_order_minor: Minor | UnsetType = UNSET
    min_quantity: Quantity | UnsetType = UNSET
    starts_at: Moment | UnsetType | None = UNSET
    expires_at: Moment | UnsetType | None = UNSET
    max_uses: Uses | UnsetType | None = UNSET
    max_uses_per_buyer: PerBuyer | UnsetType | None = UNSET
    state: CodeState | UnsetType = UNSET


class PromoCodeQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    state: CodeState | UnsetType = UNSET
    code: Annotated[str, Meta(max_length=60, description="Codes that begin like this.")] | UnsetType = UNSET


def codes_out(call: Call, codes: Sequence[PromoCode]) -> list[PromoCodeOut]:
    """With what each did, in one statement more."""
    figures = service.figures_of(call.ctx, [code.id for code in codes]) if codes else {}
    seen, currency = sees_money(call), call.event.currency

    def out(code: PromoCode) -> Any:
        did = figures.get(code.id, service.CodeFigures())
        return picked(
            code,
            PromoCodeOut,
            type_ids=sorted(code.discount.type_ids),
            unlocked_ids=sorted(code.unlocks),
            orders=did.orders,
            revenue=Money(did.revenue_minor, currency) if seen else None,
            discount=Money(did.discount_minor, currency) if seen else None,
        )

    return [out(code) for code in codes]


def the_code(call: Call) -> PromoCode:
    return service.code_by_id(call.ctx, call.event, call.id("promo"))


def draft(values: dict[str, Any]) -> dict[str, Any]:
    """Lists as the room takes them."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}


@endpoint(
    "GET", CODES, EVENT_EDIT, "List promo codes, the newest first", tag=TAG, query=PromoCodeQuery, answers=page_of(PromoCodeOut)
)  # fmt: skip
def list_promo_codes(call: Call) -> Any:
    asked = call.query
    query = service.codes_of(call.event.id, "" if asked.code is UNSET else asked.code)
    if asked.state is not UNSET:
        query = query.where(PromoCode.state == asked.state)
    sort = Sort(PromoCode.created_at, PromoCode.id, descending=True)
    if (moment := since(call)) is not None:
        query, sort = query.where(PromoCode.updated_at >= moment), Sort(PromoCode.updated_at, PromoCode.id)
    return page(call, query, sort, lambda rows: codes_out(call, rows))


@endpoint(
    "POST", CODES, EVENT_EDIT, "Make a promo code", tag=TAG, body=PromoCodeIn, answers=PromoCodeOut, status=201,
    errors=("too_many_codes",),
)  # fmt: skip
def create_promo_code(call: Call) -> PromoCodeOut:
    code = service.create_code(call.ctx, call.event, CodeDraft(**draft(msgspec.structs.asdict(call.body))))
    call.created(code.id)
    return codes_out(call, [code])[0]


@endpoint("GET", CODES + "/{promo}", EVENT_EDIT, "One promo code", tag=TAG, answers=PromoCodeOut)
def get_promo_code(call: Call) -> PromoCodeOut:
    return codes_out(call, [the_code(call)])[0]


@endpoint(
    "PATCH", CODES + "/{promo}", EVENT_EDIT, "Change a promo code; carts and orders keep what it gave them", tag=TAG,
    body=PromoCodePatch, answers=PromoCodeOut, errors=("promo_in_use",),
)  # fmt: skip
def change_promo_code(call: Call) -> PromoCodeOut:
    code = the_code(call)
    changed = service.change_code(
        call.ctx, call.event, code, replace(draft_of(code), **draft(given(call.body)))
    )
    return codes_out(call, [changed])[0]


@endpoint(
    "DELETE", CODES + "/{promo}", EVENT_EDIT, "Remove a promo code that nobody has used", tag=TAG, status=204,
    errors=("promo_was_used",),
)  # fmt: skip
def delete_promo_code(call: Call) -> None:
    service.delete_code(call.ctx, call.event, the_code(call))
