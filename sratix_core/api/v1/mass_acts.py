"""What is done with everything that a list shows: named first, left to a worker, and how far that is."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import Money, Shown, picked, sees_money
from sratix_core.errors import Invalid, Refused
from sratix_core.orders import matching as orders
from sratix_core.orders.listing import Filters as OrderFilters
from sratix_core.orders.states import CANCELLABLE, HOLDS_UNITS, OrderState
from sratix_core.tickets.mass import MOST, act_by_id, ask, matching, not_too_many
from sratix_core.tickets.models import MassAct, MassKind
from sratix_core.tickets.queries import Filters as TicketFilters

TAG = "Events"
PATH = EVENT + "/mass-acts"
FITS = {MassKind.CANCEL: CANCELLABLE, MassKind.ORDER_MAILS: HOLDS_UNITS}
OF_ORDERS = ("state", "provider", "placed_since", "placed_until")


class Narrowed(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What the list shows: `came` narrows tickets (`void`, `mails`), state, provider and time narrow orders."""

    kind: MassKind = MassKind.ORDER_MAILS
    q: Annotated[str, Meta(max_length=100)] = ""
    ticket_type_id: uuid.UUID | UnsetType = UNSET
    came: bool | UnsetType = UNSET
    state: OrderState | UnsetType = UNSET
    provider: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET
    placed_since: Annotated[datetime, Meta(tz=True)] | UnsetType = UNSET
    placed_until: Annotated[datetime, Meta(tz=True, description="Before this moment.")] | UnsetType = UNSET


class MassActIn(Narrowed, kw_only=True):
    """`expected` is the count that was shown to whoever confirms."""

    kind: MassKind
    expected: Annotated[int, Meta(ge=1)]


class MassScopeOut(msgspec.Struct):
    """`count` is tickets for `void`, orders otherwise; as many mails leave at most. `paid` is what the orders' buyers paid."""

    count: int
    paid: Shown


class MassActOut(msgspec.Struct):
    """`seen` of `total` were come to, `done` of those it was possible for."""

    id: uuid.UUID
    kind: MassKind
    total: int
    seen: int
    done: int
    asked_at: datetime
    finished_at: datetime | None


def _given(asked: Narrowed, *names: str) -> dict[str, Any]:
    """The filters that were given. Raises `Invalid` for one that does not narrow this list."""
    others = {"came", *OF_ORDERS} - set(names)
    if wrong := {name: "unknown_choice" for name in others if getattr(asked, name) is not UNSET}:
        raise Invalid(wrong)
    return {n: v for n in names if (v := getattr(asked, n)) is not UNSET}


def _orders(asked: Narrowed) -> OrderFilters:
    given = _given(asked, *OF_ORDERS, "ticket_type_id")
    renamed = {"placed_since": "since", "placed_until": "until", "ticket_type_id": "type_id"}
    return OrderFilters(asked.q, **{renamed.get(name, name): value for name, value in given.items()})


def _tickets(asked: Narrowed) -> TicketFilters:
    given = _given(asked, "came", "ticket_type_id")
    return TicketFilters(asked.q, given.get("ticket_type_id"), given.get("came"))


def _ids(call: Call, asked: Narrowed) -> list[uuid.UUID]:
    if asked.kind in FITS:
        found = orders.ids_of(call.ctx, call.event, _orders(asked), FITS[asked.kind], MOST)
        return not_too_many(found)
    return matching(call.ctx, call.event, _tickets(asked), asked.kind)


@endpoint(
    "GET",
    EVENT + "/mass-act-scope",
    ORDER_EDIT,
    "What an act on everything listed would be about",
    tag=TAG,
    query=Narrowed,
    answers=MassScopeOut,
    errors=("too_many_at_once",),
)
def get_mass_act_scope(call: Call) -> MassScopeOut:
    asked = call.query
    if asked.kind not in FITS:
        return MassScopeOut(len(_ids(call, asked)), None)
    found = orders.scope(call.ctx, call.event, _orders(asked), FITS[asked.kind], MOST)
    if found.orders > MOST:
        raise Refused("too_many_at_once", most=MOST)
    paid = Money(found.paid_minor, call.event.currency) if sees_money(call) else None
    return MassScopeOut(found.orders, paid)


@endpoint(
    "POST",
    PATH,
    ORDER_EDIT,
    "Do something with everything listed",
    tag=TAG,
    body=MassActIn,
    answers=MassActOut,
    status=201,
    errors=("too_many_at_once", "list_changed"),
)
def start_mass_act(call: Call) -> MassActOut:
    asked = call.body
    ids = _ids(call, asked)
    if len(ids) != asked.expected:
        raise Refused("list_changed", expected=asked.expected, now=len(ids))
    act = ask(call.ctx, call.event, asked.kind, ids, call.ctx.ids.new())
    call.created(act.id)
    return picked(act, MassActOut)


@endpoint(
    "GET",
    PATH,
    ORDER_EDIT,
    "List acts on everything listed",
    tag=TAG,
    query=ListQuery,
    answers=page_of(MassActOut),
)
def list_mass_acts(call: Call) -> Any:
    mine = select(MassAct).where(MassAct.event_id == call.event.id)
    newest = Sort(MassAct.event_id, MassAct.id, uuid.UUID, descending=True)
    return page(call, mine, newest, lambda rows: [picked(act, MassActOut) for act in rows])


@endpoint("GET", PATH + "/{act}", ORDER_EDIT, "How far an act is", tag=TAG, answers=MassActOut)
def get_mass_act(call: Call) -> MassActOut:
    return picked(act_by_id(call.ctx, call.event, call.id("act")), MassActOut)
