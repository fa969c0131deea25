"""All invitations of the tenant: who was asked, what became of it, and the same as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPForbidden
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts.permissions import EXPORT, MEMBER_EDIT
from sratix_core.audit.service import record
from sratix_core.dashboard.members import role_titles
from sratix_core.dashboard.shell import path, screen
from sratix_core.dashboard.tables import Asked, Column
from sratix_core.db.keyset import Page
from sratix_core.members.invited import Standing, listed, standing
from sratix_core.members.models import Invitation
from sratix_core.web.csv import as_csv
from sratix_core.web.request import Request

ROUTE = "dashboard.invitations"
COLUMNS = (
    Column("email", "E-mail"),
    Column("role", "Role", "hide-sm"),
    Column("sent", "Sent", "c-md"),
    Column("state", "State"),
)
WORDS = {
    Standing.WAITING: ("Waiting", "info", "mail"),
    Standing.EXPIRED: ("Expired", "mute", "clock"),
    Standing.ACCEPTED: ("Accepted", "ok", "check"),
    Standing.REVOKED: ("Taken back", "mute", "ban"),
}
BATCH = 500


def _asked(request: Request) -> Asked:
    return Asked(request, path(request, ROUTE), ("q", "state"), COLUMNS, "")


def _find(request: Request, asked: Asked, **page: Any) -> Page[Invitation]:
    of = Standing(asked["state"]) if asked["state"] in set(Standing) else None
    return listed(request.ctx, of, asked["q"], **page)


@view_config(
    route_name=ROUTE, request_method="GET", permission=MEMBER_EDIT, renderer="dashboard/invitations.jinja2"
)
def invitations(request: Request) -> dict[str, Any]:
    t, asked = request.t, _asked(request)
    page, titles, now = (
        _find(request, asked, cursor=asked.cursor),
        role_titles(request),
        request.ctx.clock.now(),
    )
    export, query = path(request, "dashboard.invitations_export"), urlencode(asked.pairs())
    members = path(request, "dashboard.members")
    words = (
        t("{n} shown, by address", n=len(page.rows))
        if asked["q"]
        else t("{n} shown, newest first", n=len(page.rows))
    )
    return screen(
        request,
        crumbs=[(t("Members"), members), (t("Invitations"), None)],
        rows=[_row(request, one, titles, standing(one, now)) for one in page.rows],
        heads=asked.heads(request, ()),
        views=[
            (t("All"), asked.link(state=""), None, not asked["state"]),
            *(
                (t(word), asked.link(state=of), None, asked["state"] == of)
                for of, (word, _, _) in WORDS.items()
            ),
        ],
        q=asked["q"],
        list_href=asked.here,
        keep=asked.keep("q"),
        pages=asked.pages(words, page),
        filtered=asked.narrowed,
        invite_href=members + "#inv",
        export_href=(f"{export}?{query}" if query else export) if request.may(EXPORT) and page.rows else None,
    )


def _row(request: Request, one: Invitation, titles: dict[str, str], stands: Standing) -> dict[str, Any]:
    word, tone, icon = WORDS[stands]
    still = stands in (Standing.WAITING, Standing.EXPIRED)
    return {
        "email": one.email,
        "role": titles.get(one.role, one.role),
        "events": len(one.event_ids),
        "sent_at": one.created_at,
        "mails": one.mails,
        "word": request.t(word),
        "tone": tone,
        "icon": icon,
        "until": one.expires_at if still else None,
        "closed_at": one.closed_at,
        "mail_href": path(request, "dashboard.invitation_mail", invitation=one.id) if still else None,
        "end_href": path(request, "dashboard.invitation_end", invitation=one.id) if still else None,
    }


@view_config(route_name="dashboard.invitations_export", request_method="POST", permission=MEMBER_EDIT)
def export(request: Request) -> Response:
    """All pages of what is shown. Asks for both: to see invitations, and to take lists out."""
    if not request.grants.allows(EXPORT):
        raise HTTPForbidden
    asked, titles, now = _asked(request), role_titles(request), request.ctx.clock.now()

    def cells() -> Iterator[list[str]]:
        cursor: str | None = None
        while True:
            page = _find(request, asked, cursor=cursor, limit=BATCH)
            for one in page.rows:
                moments = (one.created_at, one.expires_at, one.closed_at)
                told = [moment.isoformat() if moment else "" for moment in moments]
                state = request.t(WORDS[standing(one, now)][0])
                yield [
                    one.email,
                    titles.get(one.role, one.role),
                    str(len(one.event_ids)),
                    state,
                    str(one.mails),
                    *told,
                ]
            cursor = page.after
            if cursor is None:
                return

    names = ("E-mail", "Role", "Events", "State", "Mails", "Sent", "Good until", "Closed")
    response, count = as_csv("invitations", [request.t(name) for name in names], cells())
    record(request.ctx, "export.made", "tenant", None, list="invitations", rows=count)
    return response
