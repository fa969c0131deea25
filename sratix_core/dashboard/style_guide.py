"""The style guide: every component once, in every state it has, drawn by the macros that the pages use. Not in production."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_VIEW
from sratix_core.dashboard.shell import screen
from sratix_core.errors import NotFound
from sratix_core.values.money import Money
from sratix_core.web.request import Request

TONES = ("accent", "ok", "warn", "bad", "info", "c2", "c3", "c4", "c5", "c6")
STATES = (
    "draft", "published", "on_sale", "sold_out", "hidden", "archived", "paid", "awaiting_payment", "paid_after_expiry",
    "cancelled", "expired", "failed", "valid", "void", "inside", "left", "expected", "queued", "sent", "bounced", "invited",
)  # fmt: skip
SALES = (120, 340, 290, 610, 480, 820, 760)


@view_config(
    route_name="dashboard.style_guide",
    request_method="GET",
    permission=EVENT_VIEW,
    renderer="dashboard/style_guide.jinja2",
)
def style_guide(request: Request) -> dict[str, Any]:
    """Sample data only; nothing on this page belongs to the tenant."""
    if request.runtime.settings.env == "production":
        raise NotFound
    now = request.ctx.clock.now()
    return screen(
        request,
        None,
        [("Style guide", None)],
        tones=TONES,
        states=STATES,
        sales=SALES,
        chart={
            "id": "sales",
            "title": "Sales of seven days",
            "finding": "Six tenths of the week's sales came in on the last three days.",
            "points": [{"label": f"Day {n}", "value": value} for n, value in enumerate(SALES, 1)],
            "table": {"head": ["Day", "CHF"], "rows": [[f"Day {n}", v] for n, v in enumerate(SALES, 1)]},
        },
        story=[
            {"text": "Paid", "icon": "check", "tone": "ok", "at": now, "amount": Money(67_500, "CHF")},
            {
                "text": "Order placed",
                "icon": "receipt",
                "at": now - timedelta(minutes=4),
                "detail": "By the buyer",
            },
        ],
        arrivals=[
            {"who": "A guest", "detail": "Regular · North gate", "at": now, "icon": "check", "tone": "ok"},
            {"who": "A guest", "detail": "Scanned before", "at": now, "icon": "ban", "tone": "bad"},
        ],
        errors={"email": "Add what comes after the @."},
    )
