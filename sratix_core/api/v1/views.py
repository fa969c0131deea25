"""Lists that a person saved under a name in the dashboard: theirs alone, so a key has none."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta
from pyramid.httpexceptions import HTTPForbidden

from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.v1.common import picked
from sratix_core.errors import Invalid
from sratix_core.search import views
from sratix_core.search.models import SavedView
from sratix_core.values.text import BadText, clean
from sratix_core.web.permissions import MEMBER
from sratix_core.web.request import Request

TAG = "Saved views"


class ListName(StrEnum):
    """The lists that can be saved."""

    ORDERS = "orders"
    ATTENDEES = "attendees"


ROUTES = {name: f"dashboard.{name}" for name in ListName}
"""Views are kept by the route of the page that shows them."""


class SavedViewOut(msgspec.Struct):
    """`query` is the part of the page's address behind the question mark: filters, sort, columns."""

    id: uuid.UUID
    list: ListName
    name: str
    query: str


class SavedViewIn(msgspec.Struct, forbid_unknown_fields=True):
    """One of the same name is replaced. What was searched and the page are not kept."""

    list: ListName
    name: Annotated[str, Meta(max_length=views.LONGEST_NAME)]
    query: Annotated[str, Meta(max_length=2000)]


def _out(view: SavedView) -> SavedViewOut:
    return picked(view, SavedViewOut, list=ListName(view.list.removeprefix("dashboard.")))


def _person(request: Request) -> uuid.UUID:
    if request.identity is None:
        raise HTTPForbidden
    person: uuid.UUID = request.identity.id
    return person


@endpoint(
    "GET",
    TENANT + "/views",
    MEMBER,
    "List your saved views",
    tag=TAG,
    answers=list[SavedViewOut],
    finds=_person,
)
def list_views(call: Call) -> list[SavedViewOut]:
    return [_out(v) for v in views.of_person(call.ctx, call.found, list(ROUTES.values()))]


@endpoint(
    "POST",
    TENANT + "/views",
    MEMBER,
    "Save a view",
    tag=TAG,
    body=SavedViewIn,
    answers=SavedViewOut,
    status=201,
    errors=("views_full",),
    finds=_person,
)
def save_view(call: Call) -> SavedViewOut:
    who, body = call.found, call.body
    try:
        name = clean(body.name, views.LONGEST_NAME)
    except BadText as error:
        raise Invalid({"name": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    query = views.cleaned(body.query)
    if not name or len(query) > views.LONGEST_QUERY:
        raise Invalid({"query": "too_long"} if name else {"name": "required"})
    made = views.save(call.ctx, who, ROUTES[body.list], name, query)
    call.created(made.id)
    return _out(made)


@endpoint(
    "DELETE",
    TENANT + "/views/{view}",
    MEMBER,
    "Forget a saved view",
    tag=TAG,
    status=204,
    finds=_person,
)
def delete_view(call: Call) -> None:
    who = call.found
    view = views.view_by_id(call.ctx, who, call.id("view"))
    views.remove(call.ctx, who, view.list, view.name)
