"""What staff should know of an attendee: notes beside the order, seen by nobody else."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pyramid.renderers import render

from sratix_attendee_notes import models as models
from sratix_attendee_notes.german import GERMAN
from sratix_attendee_notes.service import notes_of
from sratix_attendee_notes.views import READ, WRITE, includeme
from sratix_core.plugin import (
    ATTENDEE_VIEW,
    ORDER_EDIT,
    DataUse,
    PluginInfo,
    PluginPermission,
    PluginSetting,
    hookimpl,
)

__all__ = ["includeme", "info"]

info = PluginInfo(
    name="attendee_notes",
    title="Attendee notes",
    version="0.1.0",
    category="staff",
    description="Staff leave notes on attendees, beside the order.",
)


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def register_settings() -> list[PluginSetting]:
    return [
        PluginSetting(
            "longest", "integer", "Longest note", "In characters.", 300, low=20, high=500, per_event=True
        ),
        PluginSetting(
            "reminder", "text", "Line above the form", "What staff should not write.", per_event=True
        ),
    ]


@hookimpl
def register_permissions() -> list[PluginPermission]:
    return [
        PluginPermission(READ, "Read notes on attendees", (ATTENDEE_VIEW,)),
        PluginPermission(WRITE, "Write and delete notes on attendees", (ORDER_EDIT,)),
    ]


@hookimpl
def register_migrations() -> Path:
    return Path(__file__).parent / "migrations"


@hookimpl
def data_inventory() -> list[DataUse]:
    return [
        DataUse(
            what="notes on attendees",
            where="x_attendee_notes_notes.words",
            purpose="receiving people well",
            basis="legitimate interest",
            retention="until deleted by staff",
        )
    ]


@hookimpl
def page_slot(request: Any, slot: str, subject: Any) -> Markup | None:
    """Beside the order: its attendees, each with the notes on them."""
    if slot != "order.side" or not request.has_permission(READ):
        return None
    notes = notes_of(request.ctx, subject.tickets)
    tickets = [
        {
            "name": ticket.attendee.name or ticket.ticket_type.name,
            "words": [note.words for note in notes if note.ticket_id == ticket.id],
            "href": request.route_path("attendee_notes.page", **_place(request), ticket=ticket.id),
        }
        for ticket in subject.tickets
    ]
    shown = render("sratix_attendee_notes:templates/side.jinja2", {"tickets": tickets}, request=request)
    return Markup(shown)  # noqa: S704 -- our own template, autoescaped


def _place(request: Any) -> dict[str, str]:
    return {"tenant": request.matchdict["tenant"], "event": request.matchdict["event"]}
