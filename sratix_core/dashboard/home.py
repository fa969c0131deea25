"""Where a person lands: their organizations, an organization's events, or the first steps to one."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW, MONEY_VIEW
from sratix_core.accounts.places import places_of, waiting_places
from sratix_core.dashboard.money_attention import of_tenant
from sratix_core.dashboard.shell import path, screen
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.queries import list_events
from sratix_core.orders.figures import Figures, figures_of
from sratix_core.organizations.places import organizations_of
from sratix_core.shop.frame import address
from sratix_core.tickets.mine import has_tickets
from sratix_core.values.money import Money
from sratix_core.web.permissions import MEMBER, SIGNED_IN
from sratix_core.web.request import Request


@view_config(
    route_name="dashboard", request_method="GET", permission=SIGNED_IN, renderer="dashboard/nowhere.jinja2"
)
def landing(request: Request) -> Any:
    """The person's first tenant, else the first organization they act for, else their tickets; a page that says what to do."""
    places = places_of(request.runtime.engines, request.identity.id)
    if places:
        return HTTPSeeOther(request.route_path("dashboard.home", tenant=places[0].slug))
    if request.identity.is_platform_admin:
        return HTTPSeeOther(request.route_path("platform"))
    for place in organizations_of(request.runtime.engines, request.identity.id):
        here = {"tenant": place.tenant_slug, "organization": place.id}
        return HTTPSeeOther(request.route_path("dashboard.organization", **here))
    waiting = waiting_places(request.runtime.engines, request.identity.id)
    oneself = request.identity.acting is None  # tickets are not lent
    if oneself and not waiting and has_tickets(request.runtime.engines, request.identity.email):
        return HTTPSeeOther(request.route_path("my"))
    return {"waiting": waiting}


@view_config(route_name="dashboard.home", request_method="GET", permission=MEMBER)
def home(request: Request) -> Any:
    """The next event that is not over, else the list, else the first steps."""
    events = list_events(request.ctx, request.grants.events_with(EVENT_VIEW))
    now = request.ctx.clock.now()
    coming = [
        e for e in events if e.ends_at >= now and e.status in {EventStatus.PUBLISHED, EventStatus.DRAFT}
    ]
    if coming:
        return HTTPSeeOther(path(request, "dashboard.event", min(coming, key=lambda e: e.starts_at)))
    return HTTPSeeOther(path(request, "dashboard.events"))


VIEWS = (
    ("All", ""),
    ("On sale", EventStatus.PUBLISHED.value),
    ("Drafts", EventStatus.DRAFT.value),
    ("Archived", EventStatus.ARCHIVED.value),
)


@view_config(
    route_name="dashboard.events",
    request_method="GET",
    permission=MEMBER,
    renderer="dashboard/events.jinja2",
)
def events(request: Request) -> Any:
    found = list_events(request.ctx, request.grants.events_with(EVENT_VIEW))
    if not found and request.may(EVENT_EDIT):
        request.override_renderer = "dashboard/home_empty.jinja2"
        return first_steps(request)
    chosen = request.GET.get("view", "")
    shown = [e for e in found if not chosen or e.status == chosen]
    figures = figures_of(request.ctx, shown)
    here = path(request, "dashboard.events")
    return screen(
        request,
        crumbs=[(request.t("Events"), None)],
        attention=of_tenant(request),
        events=[_row(request, e, figures.get(e.id, Figures())) for e in shown],
        views=[
            (
                request.t(text),
                f"{here}?view={v}" if v else here,
                sum(not v or e.status == v for e in found),
                v == chosen,
            )
            for text, v in VIEWS
        ],
        new_href=path(request, "dashboard.event_new") if request.may(EVENT_EDIT) else None,
        pages={"words": request.t("{n} events", n=len(shown)), "newer": None, "older": None},
    )


def _row(request: Request, event: Event, figures: Figures) -> dict[str, Any]:
    public = event.status in {EventStatus.PUBLISHED, EventStatus.CANCELLED}
    sees_money = request.grants.allows(MONEY_VIEW, event.id)
    return {
        "name": event.name,
        "status": event.status,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "timezone": event.timezone,
        "place": ", ".join(p for p in (event.venue.name, event.venue.city) if p) if event.venue else "",
        "sold": figures.tickets,
        "capacity": figures.capacity,
        "revenue": Money(figures.revenue_minor, event.currency) if sees_money else None,
        "href": path(request, "dashboard.event", event),
        "shop_href": address(request, "shop.event", event) if public else None,
    }


def first_steps(request: Request) -> dict[str, Any]:
    """Five steps to a published event, the next one ready to be taken."""
    t = request.t
    return screen(
        request,
        crumbs=[(t("First event"), None)],
        first_name=request.identity.name.split()[0] if request.identity.name else "",
        steps=[
            {
                "text": t("Organization"),
                "detail": f"{request.tenant.name}, {request.tenant.currency}, {request.tenant.timezone}",
                "state": "done",
                "action": (t("Change"), path(request, "dashboard.settings")),
            },
            {
                "text": t("Name, date and place"),
                "detail": t("Nobody sees the event before you publish it."),
                "state": "now",
                "action": (t("Add an event"), path(request, "dashboard.event_new")),
            },
            {
                "text": t("What do you sell?"),
                "detail": t("One ticket type is enough. A free one needs no payment setup."),
                "state": "later",
            },
            {
                "text": t("How do people pay?"),
                "detail": t("Bank transfer works at once with your IBAN."),
                "state": "later",
                "action": (t("Choose"), path(request, "dashboard.plugins")),
            },
            {
                "text": t("Look at the page, then publish"),
                "detail": t("You see exactly what visitors will see, on a phone too."),
                "state": "later",
            },
        ],
        offers=[],
    )
