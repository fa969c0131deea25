"""Making an event and changing its facts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid
from sratix_core.events.drafts import EventDraft
from sratix_core.events.models import Event
from sratix_core.events.queries import venues
from sratix_core.events.service import create_event, has_types, update_event
from sratix_core.values.locale import TIMEZONES
from sratix_core.web.forms import Form
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request

CURRENCIES = ("CHF", "EUR", "USD", "GBP", "SEK", "DKK", "NOK", "PLN", "CZK", "JPY")
TEXTS = ("name", "tagline", "description")


@view_config(
    route_name="dashboard.event_new",
    request_method="GET",
    permission=EVENT_EDIT,
    renderer="dashboard/event_form.jinja2",
)
def new(request: Request) -> dict[str, Any]:
    tenant = request.tenant
    day = (request.ctx.clock.now() + timedelta(days=60)).date().isoformat()
    values = {
        "timezone": tenant.timezone,
        "currency": tenant.currency,
        "starts_at": f"{day}T09:00",
        "ends_at": f"{day}T17:00",
        "is_public": True,
        "reentry_allowed": True,
        "exit_scans": True,
    }
    return _page(request, None, values, {})


@view_config(
    route_name="dashboard.event_new",
    request_method="POST",
    permission=EVENT_EDIT,
    renderer="dashboard/event_form.jinja2",
)
def create(request: Request) -> Any:
    try:
        event = create_event(request.ctx, _draft(request, None))
    except Invalid as error:
        return _refused(request, None, error)
    return HTTPSeeOther(path(request, "dashboard.type_new", event) + "?done=saved")


@view_config(
    route_name="dashboard.event_edit",
    request_method="GET",
    permission=EVENT_EDIT,
    renderer="dashboard/event_form.jinja2",
)
def edit(request: Request) -> dict[str, Any]:
    event = the_event(request)
    zone = ZoneInfo(event.timezone)
    names = (
        "name",
        "slug",
        "tagline",
        "description",
        "timezone",
        "currency",
        "is_public",
        "reentry_allowed",
        "exit_scans",
    )
    values: dict[str, Any] = {n: getattr(event, n) for n in names}
    values["venue_id"] = str(event.venue_id) if event.venue_id else ""
    for name in ("starts_at", "ends_at"):
        values[name] = getattr(event, name).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    for code, texts in event.texts.items():
        values |= {f"{n}-{code}": texts.get(n, "") for n in TEXTS}
    return _page(request, event, values, {})


@view_config(
    route_name="dashboard.event_edit",
    request_method="POST",
    permission=EVENT_EDIT,
    renderer="dashboard/event_form.jinja2",
)
def save(request: Request) -> Any:
    event = the_event(request)
    try:
        update_event(request.ctx, event, _draft(request, event))
    except Invalid as error:
        return _refused(request, event, error)
    return HTTPSeeOther(path(request, "dashboard.event", event) + "?done=saved")


def _refused(request: Request, event: Event | None, error: Invalid) -> dict[str, Any]:
    request.response.status_int = 422
    words = {k: sentence(code, request.locale_name) for k, code in error.fields.items()}
    return _page(request, event, {**dict(request.POST)}, words)


def _draft(request: Request, event: Event | None) -> EventDraft:
    form = Form(request.POST)
    zone = form.choice("timezone", TIMEZONES) or request.tenant.timezone
    starts, ends = (_wall(form, name) for name in ("starts_at", "ends_at"))
    venue = form.choice("venue_id", [str(v.id) for v in venues(request.ctx)], required=False)
    texts: dict[str, Any] = dict(event.texts) if event else {}
    for code in request.tenant.locales[1:]:
        translated = {
            n: form.text(f"{n}-{code}", 20_000, required=False, multiline=n == "description") for n in TEXTS
        }
        texts[code] = {
            **texts.get(code, {}),
            **{n: v for n, v in translated.items() if f"{n}-{code}" in request.POST},
        }
    before = event.currency if event else request.tenant.currency
    currency = form.choice("currency", _currencies(request, event), required=False) or before
    form.check()
    assert starts is not None
    assert ends is not None
    return EventDraft(
        name=request.POST.get("name", ""),
        slug=request.POST.get("slug", "").strip(),
        starts=starts,
        ends=ends,
        timezone=zone,
        currency=currency,
        tagline=request.POST.get("tagline", ""),
        description=request.POST.get("description", "").replace("\r\n", "\n"),
        venue_id=UUID(venue) if venue else None,
        is_public=form.flag("is_public"),
        reentry_allowed=form.flag("reentry_allowed"),
        exit_scans=form.flag("exit_scans"),
        texts=texts,
    )


def _currencies(request: Request, event: Event | None) -> list[str]:
    """What the form offers: the usual ones, and the tenant's and the event's own where they are none of these."""
    own = (request.tenant.currency, event.currency if event else "")
    return [*CURRENCIES, *(c for c in dict.fromkeys(own) if c and c not in CURRENCIES)]


def _wall(form: Form, name: str) -> datetime | None:
    """A wall time as typed; the room decides whether it exists in the event's zone."""
    raw = str(form.value(name)).strip()
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        form.fail(name, "moment" if raw else "required")
        return None
    return at.replace(tzinfo=None)


def _page(
    request: Request, event: Event | None, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    from sratix_core.values import cldr

    t, locale = request.t, request.locale_name
    home = request.route_url("shop.home", tenant=request.tenant.slug)
    return screen(
        request,
        event,
        [(t("Event page") if event else t("New event"), None)],
        is_new=event is None,
        action=path(request, "dashboard.event_edit", event)
        if event
        else path(request, "dashboard.event_new"),
        back_href=path(request, "dashboard.event", event) if event else path(request, "dashboard.events"),
        address=home,
        policy_href=path(request, "dashboard.refund_policy", event) if event else "",
        values=values,
        errors=errors,
        venues=[(str(v.id), ", ".join(p for p in (v.name, v.city) if p)) for v in venues(request.ctx)],
        venues_href=path(request, "dashboard.venues"),
        zones=sorted(TIMEZONES),
        currencies=[(c, f"{c} · {cldr.currency(c, locale)}") for c in _currencies(request, event)],
        languages=[(code, cldr.language(code, locale)) for code in request.tenant.locales[1:]],
        currency_fixed=event is not None and has_types(request.ctx, event),
    )
