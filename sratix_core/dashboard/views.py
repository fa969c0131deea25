"""Saving a list under a name, and forgetting it."""

from __future__ import annotations

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import EVENT_VIEW
from sratix_core.dashboard.shell import path, the_event
from sratix_core.search import views
from sratix_core.web.forms import Form
from sratix_core.web.request import Request

LISTS = ("dashboard.orders", "dashboard.attendees")


@view_config(route_name="dashboard.views", request_method="POST", permission=EVENT_VIEW)
def save(request: Request) -> HTTPSeeOther:
    event, form = the_event(request), Form(request.POST)
    of, name = form.choice("list", LISTS), form.text("name", views.LONGEST_NAME)
    query = views.cleaned(request.POST.get("query", ""))
    if len(query) > views.LONGEST_QUERY:
        form.fail("query", "too_long")
    form.check()
    assert of is not None
    assert name is not None
    views.save(request.ctx, request.identity.id, of, name, query)
    here = path(request, of, event)
    return HTTPSeeOther(f"{here}?{query}" if query else here)


@view_config(route_name="dashboard.views_removal", request_method="POST", permission=EVENT_VIEW)
def remove(request: Request) -> HTTPSeeOther:
    event, form = the_event(request), Form(request.POST)
    of, name = form.choice("list", LISTS), form.text("name", 60)
    form.check()
    assert of is not None
    assert name is not None
    views.remove(request.ctx, request.identity.id, of, name)
    return HTTPSeeOther(path(request, of, event) + "?done=removed")
