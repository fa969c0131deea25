"""The orders of an event as a data table, and the same as CSV."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts.permissions import EXPORT, MONEY_VIEW, ORDER_EDIT, ORDER_VIEW
from sratix_core.analytics import queries as rollups
from sratix_core.audit.service import record
from sratix_core.dashboard.known import the_brief, type_names
from sratix_core.dashboard.order_rows import drawn
from sratix_core.dashboard.parts import part
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.dashboard.tables import Asked, Column, day_range, saved_views, tools
from sratix_core.db.keyset import Page
from sratix_core.events.hot import Brief
from sratix_core.events.models import Event, EventStatus
from sratix_core.orders.listing import Filters, Listed, Sort, listed, sorts_for
from sratix_core.orders.rows import OrderRow
from sratix_core.orders.states import OrderState
from sratix_core.payments.models import ByHand
from sratix_core.payments.providers import title_of
from sratix_core.search.queries import MOST
from sratix_core.shop.frame import address
from sratix_core.values.money import Money, format_money
from sratix_core.web.csv import as_csv
from sratix_core.web.request import Request

ROUTE = "dashboard.orders"
BATCH = 500
TABS = (
    ("All", ""),
    ("Awaiting payment", OrderState.AWAITING_PAYMENT.value),
    ("Paid", OrderState.PAID.value),
    ("Cancelled", OrderState.CANCELLED.value),
    ("Lapsed", OrderState.EXPIRED.value),
    ("Paid too late", OrderState.PAID_AFTER_EXPIRY.value),
)
COLUMNS = (
    Column("code", "Order"),
    Column("buyer", "Buyer", sort="buyer"),
    Column("email", "E-mail", "c-md", shown=False),
    Column("company", "Organization", "c-md", shown=False),
    Column("tickets", "Tickets", "c-md"),
    Column("state", "State", "hide-sm"),
    Column("total", "Total", "r", sort="total", falls=True),
    Column("placed", "Placed", "hide-sm", sort="placed", falls=True),
    Column("provider", "Paid by", "c-md", shown=False),
    Column("paid_at", "Paid on", "c-md", shown=False),
    Column("due", "Pays by", "c-md", shown=False),
)
NAMES = ("q", "state", "type", "provider", "from", "to")


def asked_of(request: Request, event: Event | Brief, values: Mapping[str, Any] | None = None) -> Asked:
    """What the address asks of the list, or the fields of a form."""
    waiting = request.GET.get("state") == OrderState.AWAITING_PAYMENT
    seen = COLUMNS if request.may(MONEY_VIEW) else [c for c in COLUMNS if c.key != "total"]
    columns = [replace(c, shown=c.shown or (waiting and c.key == "due")) for c in seen]
    return Asked(request, path(request, ROUTE, event), NAMES, columns, "-placed", values)


def filters_of(asked: Asked, event: Event | Brief) -> Filters:
    since, until = day_range(asked, event.timezone)
    states = {value for _, value in TABS}
    return Filters(
        asked["q"],
        asked["state"] if asked["state"] in states else "",
        asked["provider"][:40],
        type_id(asked["type"]),
        since,
        until,
    )


def type_id(raw: str) -> uuid.UUID | None:
    """A type nobody has finds nothing, as one of another event does."""
    if not raw:
        return None
    try:
        return uuid.UUID(raw)
    except ValueError:
        return uuid.UUID(int=0)


def find(request: Request, event: Event | Brief, asked: Asked, **page: Any) -> tuple[Listed, tuple[str, ...]]:
    """A page of what is asked, and the sorts that can be asked for."""
    filters = filters_of(asked, event)
    sorts = sorts_for(filters)
    if not request.may(MONEY_VIEW):
        sorts = tuple(each for each in sorts if each != "total")  # an order by size tells sizes
    sort = Sort(asked.by, asked.descending) if asked.by in sorts else Sort()
    found = listed(request.ctx, event, filters, sort, **page)
    return found, () if found.more_hits else sorts


@view_config(
    route_name=ROUTE, request_method="GET", permission=ORDER_VIEW, renderer="dashboard/orders.jinja2"
)
def orders(request: Request) -> dict[str, Any]:
    event, ctx, t = the_brief(request), request.ctx, request.t
    asked = asked_of(request, event)
    found, sorts = find(request, event, asked, cursor=asked.cursor)
    sums = rollups.read(ctx, [event])[event.id]
    counts = sums.of("orders.")
    total = sum(counts.values())
    revenue = Money(sums.totals[f"minor.{OrderState.PAID}"], event.currency)
    rows, titles = found.page.rows, Titles(request)
    bulk = _bulk(request, event) if request.may(ORDER_EDIT) else []
    types, saved = type_names(request, event.id), saved_views(request, ROUTE)
    providers = [(_provider(request, name), name) for name in _providers(request)]
    seen = request.may(MONEY_VIEW), request.may(EXPORT), bool(bulk), bool(rows), found.more_hits

    def above() -> dict[str, Any]:
        return {
            "any": bool(rows),
            "pick": bool(bulk),
            "heads": asked.heads(request, sorts),
            "new_href": path(request, "dashboard.order_new", event) if bulk else "",
            "words": t("{n} orders · {amount} paid", n=total, amount=format_money(revenue, request.locale_name))
            if request.may(MONEY_VIEW)
            else t("{n} orders", n=total),
            "views": [
                (t(text), asked.link(state=value), counts.get(value, 0) if value else total, value == asked["state"])
                for text, value in TABS
                if not value or counts.get(value) or value == asked["state"]
            ],
            "q": asked["q"],
            "list_href": asked.here,
            "keep": asked.keep("q"),
            "filters": _filters(request, asked, types, providers),
            "days": {"from": asked["from"], "to": asked["to"], "keep": asked.keep("from", "to"),
                     "clear_href": asked.link(**{"from": "", "to": ""})},
            "tools": tools(request, event, ROUTE, asked, "dashboard.orders_export", saved),
            "more_hits": MOST if found.more_hits else 0,
        }  # fmt: skip

    told = (revenue, *map(tuple, (counts.items(), sorts, types.items(), providers, saved)))
    top = part(request, "dashboard/_orders_top.jinja2", (asked.contents, seen, told), above)
    foot = _foot(request, event, asked, found.page, bulk)
    columns = [(column.key, column.css) for column in asked.columns]
    lines = drawn(request, event.timezone, rows, columns, bool(bulk), asked.here, titles)
    return screen(request, event, [(t("Orders"), None)], top=top, rows=lines, foot=foot)


def _foot(
    request: Request, event: Event | Brief, asked: Asked, page: Page[OrderRow], bulk: list[dict[str, str]]
) -> Markup:
    if page.rows:
        around = (len(page.rows), page.before, page.after, bool(bulk))

        def below() -> dict[str, Any]:
            shown = request.t("{n} shown", n=len(page.rows))
            everybody = _everybody(request, event, asked) if bulk else []
            return {"pages": asked.pages(shown, page), "bulk": bulk, "everybody": everybody}

        return part(request, "dashboard/_orders_foot.jinja2", (asked.contents, around), below)
    shop_href = address(request, "shop.event", event) if event.status == EventStatus.PUBLISHED else None
    none = {"filtered": asked.narrowed, "list_href": asked.here, "shop_href": shop_href}
    return part(request, "dashboard/_orders_none.jinja2", tuple(none.values()), lambda: none)


def _filters(
    request: Request, asked: Asked, types: Mapping[uuid.UUID, str], providers: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    t = request.t
    found = [asked.filter(t("Ticket type"), "type", [(name, str(id)) for id, name in types.items()])]
    found.append(asked.filter(t("Paid by"), "provider", providers))
    return [f for f in found if len(f["options"]) > 1 or f["clear_href"]]


def _providers(request: Request) -> list[str]:
    answers = request.ctx.hooks.payment_providers(ctx=request.ctx)
    return ["free", *sorted(p.name for answer in answers for p in answer)]


def _provider(request: Request, name: str) -> str:
    if name in set(ByHand):
        return str(request.t(CASH_WORDS[ByHand(name)]))
    plain = name.replace("_", " ").capitalize()  # the plugin is off: its own words are not there
    return str(title_of(request.ctx, name, request.locale_name) or plain)


CASH_WORDS = {ByHand.BANK: "Your bank account", ByHand.TILL: "Cash"}
"""What refunds were paid from that no provider sent."""


def _bulk(request: Request, event: Event | Brief) -> list[dict[str, str]]:
    t = request.t
    return [
        {"href": path(request, "dashboard.orders_mails", event), "text": t("Send mails again"), "icon": "send"},
        {"href": path(request, "dashboard.orders_cancellations", event), "text": t("Cancel orders"), "icon": "ban"},
    ]  # fmt: skip


def _everybody(request: Request, event: Event | Brief, asked: Asked) -> list[dict[str, str]]:
    """What can be done with all that match, on all pages."""
    t, query = request.t, urlencode([(k, v) for k, v in asked.pairs() if k in asked.filters])
    return [
        {"href": path(request, "dashboard.orders_mass", event, kind=kind) + (f"?{query}" if query else ""),
         "text": text, "icon": icon}
        for kind, text, icon in (
            ("mails", t("Send all mails again"), "send"), ("cancel", t("Cancel all orders"), "ban"),
        )
    ]  # fmt: skip


class Titles(dict[str, str]):
    """What providers are called, each asked for once."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self._request = request

    def __missing__(self, name: str) -> str:
        self[name] = _provider(self._request, name)
        return self[name]


def _row(order: OrderRow, titles: Titles) -> dict[str, Any]:
    return {
        "code": order.code,
        "buyer": order.buyer_name,
        "email": order.buyer_email,
        "company": order.buyer_company,
        "tickets": ", ".join(order.lines),
        "state": order.state,
        "total": order.total,
        "placed": order.created_at,
        "provider": titles[order.provider],
        "paid_at": order.paid_at,
        "due": order.expires_at if order.state == OrderState.AWAITING_PAYMENT else None,
    }


@view_config(route_name="dashboard.orders_export", request_method="POST", permission=EXPORT)
def export(request: Request) -> Response:
    """All pages of what is shown: the same filters, sort and columns."""
    event = the_event(request)
    asked, titles = asked_of(request, event), Titles(request)

    def cells() -> Iterator[list[str]]:
        cursor: str | None = None
        while True:
            page = find(request, event, asked, cursor=cursor, limit=BATCH)[0].page
            for order in page.rows:
                row = _row(order, titles)
                yield [cell(row[c.key]) for c in asked.columns]
            cursor = page.after
            if cursor is None:
                return

    head = [request.t(c.title) for c in asked.columns]
    response, count = as_csv(f"{event.slug}-orders", head, cells())
    record(request.ctx, "export.made", "event", event.id, event_id=event.id, list="orders", rows=count)
    return response


def cell(value: Any) -> str:
    """A value as a spreadsheet takes it: plain amounts, moments in UTC."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return f"{value.decimal()} {value.currency}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
