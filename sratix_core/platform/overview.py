"""The platform at a glance: what needs somebody, how the installation does, and how much goes through it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.analytics.whole import Day, by_day
from sratix_core.audit.models import AuditEntry
from sratix_core.events.models import Event
from sratix_core.health import host, pulse, signs
from sratix_core.health.signs import Sign
from sratix_core.platform.journal import names_of
from sratix_core.platform.shell import count_up_to, failed, said, screen, waiting
from sratix_core.tenants.models import Tenant, TenantStatus
from sratix_core.values.locale import format_date
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

ICONS = {
    "web": "server", "database": "database", "redis": "zap", "jobs": "layers", "seals": "history", "mail": "mail",
    "disk": "hard-drive", "backup": "download", "plugins": "blocks", "tls": "shield-check",
}  # fmt: skip
MARKS = {"ok": "circle-check", "off": "circle", "warn": "triangle-alert", "bad": "circle-alert"}
LEADS = {"jobs": "platform.jobs", "seals": "platform.jobs", "mail": "platform.jobs"}
"""Where somebody looks who wants to know more of a sign."""

WEEK, MONTH = 7, 30
LATEST = 6


@view_config(
    route_name="platform", request_method="GET", permission=PLATFORM, renderer="platform/overview.jinja2"
)
def overview(request: Request) -> dict[str, Any]:
    runtime = request.runtime
    now = runtime.sources.clock.now()
    felt = pulse.take(request.db, now, runtime.plugins.infos)
    seen = signs.signs(runtime.settings, runtime.engines.dialect, host.look(runtime.settings), felt, now)
    days = by_day(request.db, [now.date() - timedelta(days=n) for n in range(MONTH)])
    active = select(Tenant.id).where(Tenant.status == TenantStatus.ACTIVE)
    return screen(
        request,
        [(request.t("Overview"), None)],
        words=request.t("Active organizations: {n}", n=said(count_up_to(request, active))),
        attention=attention(request, seen),
        tiles=[tile(request, sign) for sign in seen],
        stats=stats(request, days, now),
        chart=chart(request, days, now.date()),
        latest=latest(request),
    )


def tile(request: Request, sign: Sign) -> dict[str, Any]:
    """A sign in the reader's language."""
    t = request.t
    return {
        "key": sign.key,
        "icon": ICONS[sign.key],
        "mark": MARKS[sign.level],
        "tone": {"off": "mute"}.get(sign.level, sign.level),
        "name": t(sign.name),
        "state": t(sign.state),
        "figure": sign.figure,
        "unit": t(sign.unit) if sign.unit else "",
        "words": t(sign.words, **sign.data),
        "todo": t(sign.todo, **sign.data) if sign.todo else "",
        "href": request.route_path(LEADS[sign.key]) if sign.key in LEADS else "",
    }


def attention(request: Request, seen: list[Sign]) -> list[dict[str, Any]]:
    """What needs an administrator now, the worst first."""
    t, found = request.t, []
    pending, dead = waiting(request), failed(request)
    for sign in sorted(seen, key=lambda s: s.level != "bad"):
        if sign.level in ("warn", "bad") and not (sign.key == "jobs" and sign.level == "warn"):
            shown = tile(request, sign)
            found.append(
                {
                    "icon": shown["icon"],
                    "tone": sign.level,
                    "fact": t("{name}: {state}.", name=shown["name"], state=shown["state"].lower()),
                    "consequence": f"{shown['words']} {shown['todo']}",
                    "action": (t("Look"), shown["href"]) if shown["href"] else None,
                }
            )
    if dead:
        found.append(
            {
                "icon": "layers",
                "tone": "bad",
                "fact": t("Jobs given up: {n}", n=said(dead)),
                "consequence": t("Mails or other work that did not get through."),
                "action": (t("Look"), request.route_path("platform.jobs")),
            }
        )
    if pending:
        found.append(
            {
                "icon": "user-plus",
                "tone": "warn",
                "fact": t("Sign-ups wait: {n}", n=said(pending)),
                "consequence": t("Nobody sees them before you decide."),
                "action": (t("Decide"), request.route_path("platform.tenants", _query={"view": "pending"})),
            }
        )
    return found


def stats(request: Request, days: dict[date, Day], now: datetime) -> list[dict[str, Any]]:
    """This week beside the last 30 days: new organizations and events, orders and tickets."""
    t, today = request.t, now.date()

    def made(column: Any, since: int) -> str:
        rows = select(column).where(column >= now - timedelta(days=since))
        return said(count_up_to(request, rows))

    def summed(name: str, since: int, until: int = 0) -> int:
        inside = (today - timedelta(days=since), today - timedelta(days=until))
        return sum(getattr(day, name) for at, day in days.items() if inside[0] < at <= inside[1])

    found: list[dict[str, Any]] = [
        {
            "label": t(label),
            "value": made(column, WEEK),
            "detail": t("{n} in 30 days", n=made(column, MONTH)),
            "values": None,
        }
        for label, column in (("New organizations", Tenant.created_at), ("New events", Event.created_at))
    ]
    for label, name in (("Orders paid", "orders"), ("Tickets issued", "tickets")):
        series = [summed(name, n + 1, n) for n in range(MONTH - 1, -1, -1)]
        found.append(
            {
                "label": t(label),
                "value": f"{summed(name, WEEK)}",
                "detail": t("{n} in 30 days", n=summed(name, MONTH)),
                "values": series if any(series) else None,
            }
        )
    return found


def chart(request: Request, days: dict[date, Day], today: date) -> dict[str, Any] | None:
    """Tickets by day over the last month, None without any."""
    t = request.t
    every = [today - timedelta(days=n) for n in range(MONTH - 1, -1, -1)]
    counts = [days.get(day, Day()) for day in every]
    if not any(each.tickets or each.orders for each in counts):
        return None
    noons = [datetime.combine(day, time(12), UTC) for day in every]
    names = [format_date(noon, "UTC", request.locale_name, "short") for noon in noons]
    return {
        "id": "per-day",
        "title": t("Tickets issued per day"),
        "finding": t("{n} tickets in 30 days.", n=sum(each.tickets for each in counts)),
        "points": [
            {"label": name, "value": max(each.tickets, 0), "tone": "now" if day == today else ""}
            for day, name, each in zip(every, names, counts, strict=True)
        ],
        "table": {
            "head": [t("Day"), t("Tickets"), t("Orders")],
            "rows": [
                [name, str(each.tickets), str(each.orders)] for name, each in zip(names, counts, strict=True)
            ],
        },
    }


def latest(request: Request) -> list[dict[str, Any]]:
    """The last acts of the platform, for the timeline."""
    home = request.platform.home.id
    rows = request.db.scalars(
        select(AuditEntry)
        .where(AuditEntry.tenant_id == home)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(LATEST)
    ).all()
    names = names_of(request, rows)
    return [
        {
            "text": row.action,
            "icon": "eye" if row.impersonator_id else "history",
            "at": row.at,
            "detail": names.get(row.actor_id, row.actor_kind),
        }
        for row in rows
    ]
