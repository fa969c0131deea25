"""The frame around a person's own pages: the dashboard's, with their tickets as the context."""

from __future__ import annotations

from typing import Any

from sratix_core.web.contexts import contexts
from sratix_core.web.request import Request

NAV = (
    ("my", "Coming up", "ticket"),
    ("my.past", "Past", "history"),
    ("my.orders", "My orders", "receipt"),
    ("my.methods", "Payment methods", "credit-card"),
    ("my.settings", "My settings", "settings"),
)
BELONGS = {"my.ticket": "my", "my.method_removal": "my.methods"}
DONE = {
    "saved": "Saved.",
    "kept": "The card is kept for your next order.",
    "removed": "The card is removed.",
    "silent": "The payment service does not answer at the moment. Nothing was changed: try again in a minute.",
}


def my_screen(request: Request, title: str | None = None, **page: Any) -> dict[str, Any]:
    """The variables of `dashboard/frame.jinja2` together with the page's own."""
    t, here = request.t, request.matched_route.name
    current = BELONGS.get(here, here)
    items = [
        {
            "label": t(text),
            "icon": icon,
            "href": request.route_path(route),
            "count": None,
            "hot": False,
            "current": route == current,
        }
        for route, text, icon in NAV
    ]
    done = DONE.get(request.GET.get("done", ""))
    return {
        "shell": {
            **contexts(request, mine=True),
            "title": t("My tickets"),
            "subtitle": request.identity.email,
            "logo_url": None,
            "mark": "ticket",
            "events": [],
            "events_href": None,
            "new_event_href": None,
            "nav": [{"label": None, "items": items}],
            "search_href": None,
            "person": {"name": request.identity.name, "email": request.identity.email},
            "account_href": request.route_path("account.password"),
            "logout_href": request.route_path("account.logout"),
        },
        "crumbs": [(t("My tickets"), request.route_path("my")), *([(title, None)] if title else [])],
        "flash": [{"text": t(done)}] if done else [],
        **page,
    }
