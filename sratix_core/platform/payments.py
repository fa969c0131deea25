"""How paying goes over all organizers: ways to pay, weeks, amounts."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from pyramid.view import view_config

from sratix_core.payments.figures import by_provider
from sratix_core.payments.states import OPEN
from sratix_core.payments.whole import amounts, by_week
from sratix_core.platform.shell import screen
from sratix_core.values.locale import format_date
from sratix_core.values.money import Money
from sratix_core.web.paying_words import paying_row
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

WEEKS = {"4": 4, "12": 12}
USUAL = "4"
COUNTS = ("tries", "succeeded", "declined", "payments", "refunds", "disputes")


@view_config(
    route_name="platform.payments",
    request_method="GET",
    permission=PLATFORM,
    renderer="platform/payments.jinja2",
)
def payments(request: Request) -> dict[str, Any]:
    t, db = request.t, request.db
    chosen = request.GET.get("weeks", USUAL)
    chosen = chosen if chosen in WEEKS else USUAL
    now = request.runtime.sources.clock.now()
    edges = [now - timedelta(weeks=n) for n in range(WEEKS[chosen], -1, -1)]
    ways = by_provider(db, edges[0], now)
    here = request.route_path("platform.payments")
    return screen(
        request,
        [(t("Payments"), None)],
        periods=[(t("{n} weeks", n=n), f"{here}?weeks={name}", name == chosen) for name, n in WEEKS.items()],
        ways=[paying_row(request, _named(request, name), ways[name]) for name in sorted(ways)],
        weeks=[
            _week(request, format_date(begin, "UTC", request.locale_name, "short"), figures)
            for begin, figures in reversed(list(zip(edges, by_week(db, edges), strict=False)))
        ],
        sums=[
            {name: Money(figures[name], currency) for name in ("received", "refunds", "disputes")}
            for currency, figures in sorted(amounts(db, edges[0], now).items())
        ],
    )


def _named(request: Request, cash: str) -> str:
    name, _, test = cash.partition(":")
    known = request.runtime.plugins.infos.get(name)
    title = known.title if known is not None else name.replace("_", " ").capitalize()
    return f"{title} · {request.t('test mode')}" if test else title


def _week(request: Request, begins: str, figures: Counter[str]) -> dict[str, Any]:
    ended = figures["tries"] - sum(figures[state] for state in OPEN)

    def share(name: str) -> str:
        return f"{100 * figures[name] / ended:.0f} %" if ended else "–"

    counts = {name: figures[name] for name in COUNTS}
    return {"begins": begins, **counts, "rate": share("succeeded"), "decline_rate": share("declined")}
