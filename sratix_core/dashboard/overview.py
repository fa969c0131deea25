"""One event at a glance: what needs a person, the figures, the curve, the capacity, what happens by itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import (
    EVENT_EDIT,
    EVENT_VIEW,
    FINANCE_VIEW,
    MONEY_VIEW,
    ORDER_EDIT,
    ORDER_VIEW,
)
from sratix_core.catalog.models import PoolKind
from sratix_core.checkin.queries import arrivals_by_day
from sratix_core.dashboard.attention import attention, coming
from sratix_core.dashboard.mass_acts import running
from sratix_core.dashboard.money_attention import of_event
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import NotFound
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.service import move
from sratix_core.orders import figures
from sratix_core.orders.queries import list_orders
from sratix_core.orders.rows import OrderRow
from sratix_core.shop.frame import address
from sratix_core.values.locale import format_date
from sratix_core.values.money import Money, format_money
from sratix_core.web.request import Request

CURVE_DAYS = 60
Points = list[tuple[datetime, int]]


@view_config(
    route_name="dashboard.event",
    request_method="GET",
    permission=EVENT_VIEW,
    renderer="dashboard/overview.jinja2",
)
def overview(request: Request) -> dict[str, Any]:
    event, ctx, t = the_event(request), request.ctx, request.t
    totals = figures.figures_of(ctx, [event])[event.id]
    pools = figures.by_pool(ctx, event)
    points = figures.sales_by_day(ctx, event, min(ctx.clock.now(), event.ends_at), CURVE_DAYS)
    may_edit, sees_orders = request.may(EVENT_EDIT), request.may(ORDER_VIEW)
    sees_money = request.may(MONEY_VIEW)
    public = event.status in {EventStatus.PUBLISHED, EventStatus.CANCELLED}
    shop = address(request, "shop.event", event)
    status = "dashboard.event_status"
    return screen(
        request,
        event,
        [(t("Overview"), None)],
        place=event.venue.name if event.venue else "",
        until=_until(request, event),
        shop_href=shop if public else None,
        attention=attention(request, event, pools, totals)
        + of_event(request, event)
        + running(request, event),
        finance_href=f"{path(request, 'dashboard.finance')}?event={event.id}"
        if request.grants.allows(FINANCE_VIEW)
        else "",
        stats=_stats(request, event, totals, points if sees_money else None) if sees_orders else [],
        sales=_sales(request, event, points) if sees_money else None,
        sees_money=sees_money,
        sees_orders=sees_orders,
        arrivals=_arrivals(request, event),
        pools=[
            {"name": p.pool.name, "taken": p.pool.taken, "held": p.held, "capacity": p.pool.capacity}
            for p in _shown(pools)
        ],
        pool_words=_pool_words(request, pools),
        pools_href=path(request, "dashboard.types", event),
        coming=coming(request, event, totals),
        latest=[_latest(request, event, o) for o in list_orders(ctx, event, limit=6).orders]
        if sees_orders
        else [],
        orders_href=path(request, "dashboard.orders", event),
        add_types_href=path(request, "dashboard.type_new", event),
        edit_href=path(request, "dashboard.event_edit", event) if may_edit else "",
        publish_href=path(request, status, event, status="published")
        if may_edit and event.status == "draft"
        else "",
        cancel_href=path(request, status, event, status="cancelled")
        if may_edit and event.status == "published"
        else "",
        call_off_href=path(request, "dashboard.event_cancellation", event)
        if may_edit and request.may(ORDER_EDIT) and sees_money and event.status in {"published", "cancelled"}
        else "",
        archive_href=path(request, status, event, status="archived")
        if may_edit
        and (event.status in {"draft", "cancelled"} or event.ends_at < ctx.clock.now())
        and event.status != "archived"
        else "",
    )


def _until(request: Request, event: Event) -> str:
    now = request.ctx.clock.now()
    days = (event.starts_at - now).days
    if event.ends_at <= now:
        return str(request.t("Over"))
    if event.starts_at <= now:
        return str(request.t("Today"))
    return str(
        request.t("In one day")
        if days == 1
        else request.t("In {n} days", n=days)
        if days
        else request.t("In a few hours")
    )


def _shown(pools: list[figures.PoolCount]) -> list[figures.PoolCount]:
    """The whole event first, then what is limited inside it, the largest first."""
    order = {PoolKind.EVENT: 0, PoolKind.SHARED: 1, PoolKind.TICKET_TYPE: 2, PoolKind.SESSION: 3}
    return sorted(pools, key=lambda p: (order[PoolKind(p.pool.kind)], -p.pool.capacity))[:8]


def _pool_words(request: Request, pools: list[figures.PoolCount]) -> str:
    whole = [p for p in pools if p.pool.kind == PoolKind.EVENT] or [
        p for p in pools if p.pool.kind == PoolKind.TICKET_TYPE
    ]
    held = sum(p.held for p in whole)
    taken = sum(p.pool.taken for p in whole) - held
    free = sum(p.pool.capacity - p.pool.taken for p in whole)
    return str(request.t("{sold} sold · {held} held · {free} free", sold=taken, held=held, free=free))


def _stats(
    request: Request, event: Event, totals: figures.Figures, points: Points | None
) -> list[dict[str, Any]]:
    """Counts for whoever sees orders; `points` and amounts for whoever sees money."""
    t, locale = request.t, request.locale_name
    paid, waiting = t("{n} paid orders", n=totals.paid), t("{n} orders", n=totals.waiting)
    tickets = {
        "label": t("Tickets sold"),
        "value": str(totals.tickets),
        "after": f"/ {totals.capacity}" if totals.capacity else "",
        "detail": t("valid tickets"),
    }
    rows: list[dict[str, Any]]
    if points is None:
        rows = [
            {**tickets, "detail": ""},
            {"label": t("Paid orders"), "value": str(totals.paid)},
            {"label": t("Awaiting payment"), "value": str(totals.waiting)},
        ]
        return [{"values": None, **row} for row in rows]
    curve = [v for _, v in points[-30:]]
    week = curve[-1] - curve[-8] if len(curve) > 7 else 0
    average = totals.revenue_minor // totals.paid if totals.paid else 0
    rows = [
        {
            "label": t("Sales"),
            **amount_words(Money(totals.revenue_minor, event.currency), locale),
            "trend": ("up", amount_words(Money(week, event.currency), locale)["value"]) if week else None,
            "detail": t("this week"),
            "values": curve,
        },
        tickets,
        {"label": t("Average order"), **amount_words(Money(average, event.currency), locale), "detail": paid},
        {
            "label": t("Awaiting payment"),
            **amount_words(Money(totals.waiting_minor, event.currency), locale),
            "detail": waiting,
        },
    ]
    return [{"values": None, **row} for row in rows]


def amount_words(money: Money, locale: str) -> dict[str, str]:
    text = format_money(money, locale)
    return {"before": money.currency, "value": text.replace(money.currency, "").strip()}


def _sales(request: Request, event: Event, points: Points) -> dict[str, Any] | None:
    if not points or points[-1][1] == 0:
        return None
    locale = request.locale_name
    unit = Money(1, event.currency).decimal()
    total = format_money(Money(points[-1][1], event.currency), locale)

    def day(at: datetime) -> str:
        return format_date(at - timedelta(minutes=1), event.timezone, locale, "short")

    return {
        "id": "sales",
        "title": request.t("Sales"),
        "finding": request.t(
            "{total} paid so far, {week} of it in the last seven days.",
            total=total,
            week=format_money(Money(points[-1][1] - points[-8][1], event.currency), locale),
        ),
        "points": [{"label": day(at), "value": float(v * unit)} for at, v in points],
        "table": {
            "head": [request.t("Day"), request.t("Paid in all")],
            "rows": [[day(at), format_money(Money(v, event.currency), locale)] for at, v in points[::-1]],
        },
    }


def _arrivals(request: Request, event: Event) -> dict[str, Any] | None:
    """First entries by day and ticket type; None before anybody came."""
    names, days = arrivals_by_day(request.ctx, event)
    if not days:
        return None
    t, zone, locale = request.t, event.timezone, request.locale_name
    rows = [
        (format_date(datetime.combine(day, time(12), ZoneInfo(zone)), zone, locale, "short"), counts)
        for day, counts in days
    ]
    return {
        "id": "arrivals",
        "title": t("Arrivals"),
        "finding": t("{n} people came at least once.", n=sum(sum(counts) for _, counts in rows)),
        "points": [{"label": label, "value": sum(counts)} for label, counts in rows],
        "table": {
            "head": [t("Day"), *names, t("In all")],
            "rows": [[label, *map(str, counts), str(sum(counts))] for label, counts in rows],
        },
    }


def _latest(request: Request, event: Event, order: OrderRow) -> dict[str, Any]:
    return {
        "code": order.code,
        "href": path(request, "dashboard.order", event, code=order.code),
        "buyer": order.buyer_name,
        "what": ", ".join(order.lines),
        "state": order.state,
        "total": order.total if request.may(MONEY_VIEW) else None,
        "at": order.created_at,
    }


@view_config(route_name="dashboard.event_status", request_method="POST", permission=EVENT_EDIT)
def change_status(request: Request) -> HTTPSeeOther:
    """Publish, cancel, archive, or take back to a draft."""
    event = the_event(request)
    try:
        target = EventStatus(request.matchdict["status"])
    except ValueError as error:
        raise NotFound("status") from error
    move(request.ctx, event, target)
    return HTTPSeeOther(path(request, "dashboard.event", event) + f"?done={target.value}")
