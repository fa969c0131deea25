"""What is for sale: ticket types."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import Moment, Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import Money, Texts, amount_of, checked_texts, given, picked
from sratix_core.api.v1.prices import TypePricing, pricing_out, rules_in
from sratix_core.catalog.models import (
    PoolKind,
    TicketType,
    TicketTypePool,
    TypeStatus,
    Visibility,
)
from sratix_core.catalog.service import (
    TypeDraft,
    save_ticket_type,
    ticket_type_by_id,
)

TAG = "Tickets for sale"
WORDS = ("name", "description")
PLAIN = (*WORDS, "sales_start", "sales_end", "min_per_order", "max_per_order", "max_per_buyer", "status",
         "visibility", "is_addon", "position")  # fmt: skip
FIELDS = (("pools", "pool_ids"), ("steps", "pricing.steps"), ("bulk", "pricing.bulk"),
          ("tax", "pricing.tax_bp"), ("sells", "pricing.sells"), ("open_price", "pricing.open_price"))  # fmt: skip
PerOrder = Annotated[int, Meta(ge=1, le=100)]
PerBuyer = Annotated[int, Meta(ge=1, le=1000)]
Position = Annotated[int, Meta(ge=0, le=10_000)]
PoolIds = Annotated[
    list[uuid.UUID], Meta(max_length=50, description="Shared pools that every unit draws on.")
]
Capacity = Annotated[
    int, Meta(ge=0, le=1_000_000, description="Units of this type alone, null for no such limit.")
]


class TicketTypeOut(msgspec.Struct):
    """Something one can buy. `left` is null where nothing limits it."""

    id: uuid.UUID
    name: str
    description: str
    texts: Texts
    price: Money
    capacity: int | None
    pool_ids: list[uuid.UUID]
    left: int | None
    sales_start: datetime | None
    sales_end: datetime | None
    min_per_order: int
    max_per_order: int
    max_per_buyer: int | None
    status: TypeStatus
    visibility: Visibility
    is_addon: bool
    position: int
    pricing: TypePricing
    created_at: datetime
    updated_at: datetime


class TicketTypeIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    price: Money
    description: str = ""
    texts: Texts = {}
    capacity: Capacity | None = None
    pool_ids: PoolIds = []
    sales_start: Moment | None = None
    sales_end: Moment | None = None
    min_per_order: PerOrder = 1
    max_per_order: PerOrder = 10
    max_per_buyer: PerBuyer | None = None
    status: TypeStatus = TypeStatus.ACTIVE
    visibility: Visibility = Visibility.PUBLIC
    is_addon: bool = False
    position: Position = 0
    pricing: TypePricing = TypePricing()


class TicketTypePatch(msgspec.Struct, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    price: Money | UnsetType = UNSET
    description: str | UnsetType = UNSET
    texts: Texts | UnsetType = UNSET
    capacity: Capacity | UnsetType | None = UNSET
    pool_ids: PoolIds | UnsetType = UNSET
    sales_start: Moment | UnsetType | None = UNSET
    sales_end: Moment | UnsetType | None = UNSET
    min_per_order: PerOrder | UnsetType = UNSET
    max_per_order: PerOrder | UnsetType = UNSET
    max_per_buyer: PerBuyer | UnsetType | None = UNSET
    status: TypeStatus | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    is_addon: bool | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    pricing: TypePricing | UnsetType = UNSET


class TypeQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    status: TypeStatus | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET


def types_out(call: Call, types: Sequence[TicketType]) -> list[TicketTypeOut]:
    """With what each draws on: two statements, however many types there are."""

    def out(kind: TicketType) -> Any:
        pools = [d.pool for d in kind.draws]
        own = next((p for p in pools if p.kind == PoolKind.TICKET_TYPE), None)
        return picked(
            kind,
            TicketTypeOut,
            price=Money(kind.price_minor, kind.currency),
            capacity=own.capacity if own else None,
            pool_ids=sorted(p.id for p in pools if p is not own),
            pricing=pricing_out(kind),
            left=min((p.capacity - p.taken for p in pools), default=None),
        )

    return [out(t) for t in types]


DRAWS = selectinload(TicketType.draws).joinedload(TicketTypePool.pool)


def one_type(call: Call, type_id: uuid.UUID) -> TicketTypeOut:
    """A type of the event as the answer. Raises `NotFound`."""
    kind = ticket_type_by_id(call.ctx, call.event, type_id)
    loaded = select(TicketType).where(TicketType.id == kind.id).options(DRAWS)
    return types_out(call, call.ctx.db.scalars(loaded.execution_options(populate_existing=True)).all())[0]


@endpoint(
    "GET",
    EVENT + "/ticket-types",
    EVENT_VIEW,
    "List ticket types in their order",
    tag=TAG,
    query=TypeQuery,
    answers=page_of(TicketTypeOut),
)
def list_ticket_types(call: Call) -> Any:
    query, asked = select(TicketType).where(TicketType.event_id == call.event.id).options(DRAWS), call.query
    if asked.status is not UNSET:
        query = query.where(TicketType.status == asked.status)
    if asked.visibility is not UNSET:
        query = query.where(TicketType.visibility == asked.visibility)
    sort = Sort(TicketType.position, TicketType.id, int)
    if (moment := since(call)) is not None:
        query, sort = query.where(TicketType.updated_at >= moment), Sort(TicketType.updated_at, TicketType.id)
    return page(call, query, sort, lambda rows: types_out(call, rows))


@endpoint(
    "POST",
    EVENT + "/ticket-types",
    EVENT_EDIT,
    "Add a ticket type",
    tag=TAG,
    body=TicketTypeIn,
    answers=TicketTypeOut,
    status=201,
    errors=("sold_out",),
    fields=FIELDS,
)
def create_ticket_type(call: Call) -> TicketTypeOut:
    body = call.body
    draft = TypeDraft(
        **{n: getattr(body, n) for n in PLAIN},
        price=amount_of(body.price, "price"),
        capacity=body.capacity,
        pool_ids=tuple(body.pool_ids),
        texts=checked_texts(call.ctx.tenant, body.texts, WORDS, {}),
        rules=rules_in(body.pricing, call.event.currency),
    )
    kind = save_ticket_type(call.ctx, call.event, draft)
    call.created(kind.id)
    return one_type(call, kind.id)


@endpoint(
    "GET", EVENT + "/ticket-types/{type}", EVENT_VIEW, "One ticket type", tag=TAG, answers=TicketTypeOut
)
def get_ticket_type(call: Call) -> TicketTypeOut:
    return one_type(call, call.id("type"))


@endpoint(
    "PATCH",
    EVENT + "/ticket-types/{type}",
    EVENT_EDIT,
    "Change a ticket type; carts and orders keep their prices",
    tag=TAG,
    body=TicketTypePatch,
    answers=TicketTypeOut,
    errors=("sold_out", "capacity_taken"),
    fields=FIELDS,
)
def change_ticket_type(call: Call) -> TicketTypeOut:
    kind, new = ticket_type_by_id(call.ctx, call.event, call.id("type")), given(call.body)
    before = one_type(call, kind.id)
    draft = TypeDraft(
        **{n: new.get(n, getattr(kind, n)) for n in PLAIN},
        price=amount_of(new.get("price", before.price), "price"),
        capacity=new.get("capacity", before.capacity),
        pool_ids=tuple(new.get("pool_ids", before.pool_ids)),
        texts=checked_texts(call.ctx.tenant, new.get("texts", {}), WORDS, kind.texts),
        rules=rules_in(new.get("pricing", before.pricing), call.event.currency),
    )
    save_ticket_type(call.ctx, call.event, draft, kind)
    return one_type(call, kind.id)
