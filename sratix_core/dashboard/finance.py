"""Finance at a glance: what a period came to, by day or month and by provider, what differs, how well paying works."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_EDIT, FINANCE_VIEW
from sratix_core.dashboard import payouts
from sratix_core.dashboard.case_words import CAUSES, KINDS
from sratix_core.dashboard.money_attention import plugin_cases
from sratix_core.dashboard.order_list import Titles
from sratix_core.dashboard.order_list import type_id as id_of
from sratix_core.dashboard.overview import amount_words
from sratix_core.dashboard.periods import DEFAULT, PERIODS, Period, period_of
from sratix_core.dashboard.shell import path, screen
from sratix_core.dashboard.tables import Asked
from sratix_core.events.models import Event
from sratix_core.ledger.export import standing
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.reports import OF_PROVIDERS, Report, report
from sratix_core.ledger.signing import public_key
from sratix_core.payments.figures import by_provider
from sratix_core.reconciliation.cases import Wanted, listed, open_count
from sratix_core.reconciliation.kinds import CaseState
from sratix_core.reconciliation.models import Comparison, FinanceCase, MovementKind
from sratix_core.values.locale import format_date, format_month
from sratix_core.values.money import Money, format_money
from sratix_core.web.paying_words import paying_row
from sratix_core.web.request import Request

MOST_EVENTS = 50
MOST_CASES = 3
PARTS = (
    ("Overview", "dashboard.finance"),
    ("Differences", "dashboard.finance_cases"),
    ("Ledger", "dashboard.ledger"),
    ("Statements", "dashboard.statements"),
    ("Webhooks", "dashboard.webhooks"),
)
STATS = (
    ("Ticket sales", "revenue", "without VAT"),
    ("VAT", "tax", "with the sales"),
    ("Received", "received", "from buyers"),
    ("Sent back", "refunds", "to buyers"),
    ("Fees of providers", "fees", "kept by them"),
    ("Paid out", "payouts", "to your bank"),
)


def tabs(request: Request, here: str) -> list[tuple[str, str, int | None, bool]]:
    """The parts of Finance, with how many cases are open."""
    n = open_count(request.ctx)
    return [
        (
            request.t(text),
            path(request, route),
            n if n and route == "dashboard.finance_cases" else None,
            route == here,
        )
        for text, route in PARTS
    ]


def whose(request: Request, titles: Titles, cash: str) -> str:
    """Whose cash it is, in words; play money is called so."""
    name, _, mode = cash.partition(":")
    return f"{titles[name]} ({request.t('test')})" if mode else titles[name]


@view_config(
    route_name="dashboard.finance",
    request_method="GET",
    permission=FINANCE_VIEW,
    renderer="dashboard/finance.jinja2",
)
def finance(request: Request) -> dict[str, Any]:
    ctx, t = request.ctx, request.t
    asked = Asked(
        request, path(request, "dashboard.finance"), ("period", "event", "currency", "from", "to"), (), ""
    )
    newest = select(Event.id, Event.name, Event.currency).order_by(Event.starts_at.desc()).limit(MOST_EVENTS)
    events = list(request.db.execute(newest))
    event_id = id_of(asked["event"])
    kinds = sorted({e.currency for e in events} | {ctx.tenant.currency})
    own = next((e.currency for e in events if e.id == event_id), ctx.tenant.currency)
    currency = asked["currency"] if asked["currency"] in kinds else own
    period = period_of(
        asked["period"], asked.day("from"), asked.day("to"), ctx.clock.now(), ctx.tenant.timezone
    )
    edges = period.edges()
    made = report(ctx, currency, edges, event_id)
    cases = listed(ctx, Wanted(state=CaseState.OPEN, event_id=event_id), None, MOST_CASES).rows
    titles = Titles(request)
    days = bool(asked["from"] or asked["to"])
    chosen = "" if days else asked["period"] if asked["period"] in PERIODS else DEFAULT
    compared = ctx.db.scalar(select(Comparison.compared_at))
    return screen(
        request,
        crumbs=[(t("Finance"), None)],
        tabs=tabs(request, "dashboard.finance"),
        standing=standing(ctx),
        public_key=public_key(ctx),
        compared_at=compared,
        books_href=path(request, "dashboard.finance_books"),
        read_href=path(request, "dashboard.statements") if request.may(FINANCE_EDIT) else "",
        cases=[case_row(request, titles, case) for case in cases],
        cases_href=path(request, "dashboard.finance_cases") + (f"?event={event_id}" if event_id else ""),
        attention=plugin_cases(request),
        periods=[
            (t(text), asked.link(period=name, **{"from": "", "to": ""}), name == chosen)
            for name, (text, _) in PERIODS.items()
        ],
        days={"from": asked["from"], "to": asked["to"], "keep": asked.keep("from", "to", "period"),
              "clear_href": asked.link(**{"from": "", "to": ""})},
        list_href=asked.here,
        filters=[
            asked.filter(t("Event"), "event", [(e.name, str(e.id)) for e in events]),
            *([asked.filter(t("Currency"), "currency", [(c, c) for c in kinds])] if len(kinds) > 1 else []),
        ],
        words=_span(request, period),
        empty=ctx.db.scalars(select(LedgerEntry.id).limit(1)).first() is None,
        stats=_stats(request, made),
        chart=_chart(request, period, made),
        providers=_providers(request, titles, made),
        payouts=payouts.latest(request, lambda cash: whose(request, titles, cash)),
        payouts_href=f"{path(request, 'dashboard.statements')}?kind={MovementKind.PAYOUT}",
        paying=[paying_row(request, whose(request, titles, name), found)
                for name, found in sorted(by_provider(ctx.db, edges[0], edges[-1], event_id).items())],
    )  # fmt: skip


def case_row(request: Request, titles: Titles, case: FinanceCase) -> dict[str, Any]:
    """A case as lists show it."""
    words, icon, tone = KINDS[case.kind]
    provider = whose(request, titles, f"{case.provider}:test" if case.mode == "test" else case.provider)
    return {
        "title": request.t(words, provider=provider if case.provider else request.t("the provider")),
        "icon": icon,
        "tone": tone,
        "amount": case.amount if case.amount_minor else None,
        "cause": request.t(CAUSES[case.cause]),
        "found_at": case.found_at,
        "due_at": case.due_at,
        "state": case.state,
        "kind": case.kind,
        "href": path(request, "dashboard.finance_case", case=case.id),
    }


def _span(request: Request, period: Period) -> str:
    zone, locale = period.timezone, request.locale_name
    first, last = (
        format_date(datetime.combine(day, time(12), ZoneInfo(zone)), zone, locale)
        for day in (period.first, period.last)
    )
    return f"{first} – {last}"


def _stats(request: Request, made: Report) -> list[dict[str, Any]]:
    t, locale = request.t, request.locale_name
    rows = [
        {
            "label": t(label),
            **amount_words(Money(made.totals[name], made.currency), locale),
            "detail": t(detail),
        }
        for label, name, detail in STATS
    ]
    owes = {1: "buyers owe you", 0: "nobody owes anything", -1: "you owe buyers"}
    sign = (made.owed > 0) - (made.owed < 0)
    rows.append(
        {
            "label": t("Outstanding"),
            **amount_words(Money(abs(made.owed), made.currency), locale),
            "detail": t(owes[sign]),
        }
    )
    if made.value_owed:
        rows.append(
            {
                "label": t("On gift cards, not spent"),
                **amount_words(Money(made.value_owed, made.currency), locale),
                "detail": t("you owe it until then"),
            }
        )
    if made.totals["disputed"] or made.totals["chargebacks"]:
        held = Money(made.totals["disputed"] + made.totals["chargebacks"], made.currency)
        lost = format_money(Money(made.totals["chargebacks"], made.currency), locale)
        rows.append(
            {
                "label": t("Disputes"),
                **amount_words(held, locale),
                "detail": t("{amount} of it lost", amount=lost),
            }
        )
    return rows


def _chart(request: Request, period: Period, made: Report) -> dict[str, Any] | None:
    """What came in less what went back, bucket by bucket; all figures in the table."""
    if not any(bucket["received"] for bucket in made.buckets):
        return None
    t, zone, locale = request.t, period.timezone, request.locale_name
    unit = Money(1, made.currency).decimal()
    starts = period.buckets()[:-1]

    def name(day: Any) -> str:
        at = datetime.combine(day, time(12), ZoneInfo(zone))
        return format_month(at, zone, locale) if period.by_month else format_date(at, zone, locale, "short")

    def words(minor: int) -> str:
        return format_money(Money(minor, made.currency), locale)

    shown = ("revenue", "tax", "received", "refunds", "fees", "payouts")
    heads = {key: label for label, key, _ in STATS}
    peak = max(range(len(starts)), key=lambda n: made.buckets[n]["received"])
    return {
        "id": "received",
        "title": t("Received"),
        "finding": t(
            "{amount} came in; the best month was {when} with {most}."
            if period.by_month
            else "{amount} came in; the best day began {when} with {most}.",
            amount=words(made.totals["received"]),
            most=words(made.buckets[peak]["received"]),
            when=name(starts[peak]),
        ),
        "points": [
            {"label": name(day), "value": float(max(0, bucket["received"]) * unit)}
            for day, bucket in zip(starts, made.buckets, strict=True)
        ],
        "table": {
            "head": [t("Month") if period.by_month else t("Day"), *(t(heads[key]) for key in shown)],
            "rows": [
                [name(day), *(words(bucket[key]) for key in shown)]
                for day, bucket in reversed(list(zip(starts, made.buckets, strict=True)))
            ],
        },
    }


def _providers(request: Request, titles: Titles, made: Report) -> list[dict[str, Any]]:
    def row(name: str) -> dict[str, Any]:
        figures = {key: Money(made.providers[name][key], made.currency) for key in OF_PROVIDERS}
        return {"name": whose(request, titles, name), **figures}

    return sorted(map(row, made.providers), key=lambda found: -found["received"].minor)
