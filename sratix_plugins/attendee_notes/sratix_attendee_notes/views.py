"""The page of one attendee's notes: read, write, delete."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther

from sratix_attendee_notes import service
from sratix_core.plugin import (
    Invalid,
    dashboard_page,
    event_by_slug,
    id_in_address,
    plugin_settings,
    refused_fields,
    ticket_by_id,
)

READ, WRITE = "attendee_notes.read", "attendee_notes.write"
ROUTE = "/dashboard/{tenant}/x/attendee_notes/{event}/{ticket}/"


def page(request: Any) -> dict[str, Any]:
    return _shown(request, {}, {})


def write(request: Any) -> Any:
    event, ticket = _found(request)
    longest = plugin_settings(request.ctx, "attendee_notes", event)["longest"]
    try:
        service.write(request.ctx, ticket, request.POST.get("words", ""), longest)
    except Invalid as error:
        return _shown(request, dict(request.POST), refused_fields(request, error))
    return HTTPSeeOther(request.path)


def delete(request: Any) -> HTTPSeeOther:
    _, ticket = _found(request)
    service.delete(request.ctx, ticket, id_in_address(request, "note"))
    return HTTPSeeOther(request.route_path("attendee_notes.page", **request.matchdict))


def _found(request: Any) -> Any:
    event = event_by_slug(request.ctx, request.matchdict["event"])
    return event, ticket_by_id(request.ctx, event, id_in_address(request, "ticket"))


def _shown(request: Any, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    event, ticket = _found(request)
    name = ticket.attendee.name or ticket.ticket_type.name
    return dashboard_page(
        request,
        event,
        [(request.t("Attendee notes"), None)],
        name=name,
        notes=[
            {
                "words": note.words,
                "at": note.created_at,
                "delete_href": request.route_path("attendee_notes.note", **request.matchdict, note=note.id),
            }
            for note in service.notes_of(request.ctx, [ticket])
        ],
        may_write=request.has_permission(WRITE),
        reminder=plugin_settings(request.ctx, "attendee_notes", event)["reminder"],
        values=values,
        errors=errors,
    )


def includeme(config: Any) -> None:
    template = "sratix_attendee_notes:templates/page.jinja2"
    config.add_route("attendee_notes.page", ROUTE)
    config.add_route("attendee_notes.note", ROUTE + "{note}/deletion/")
    config.add_view(
        page, route_name="attendee_notes.page", request_method="GET", permission=READ, renderer=template
    )
    config.add_view(
        write, route_name="attendee_notes.page", request_method="POST", permission=WRITE, renderer=template
    )
    config.add_view(delete, route_name="attendee_notes.note", request_method="POST", permission=WRITE)
