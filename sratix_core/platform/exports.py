"""An organizer's data as a file: asked for here, made in the background, fetched once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.exports import service
from sratix_core.exports.models import ExportState
from sratix_core.shop.frame import uuid_in
from sratix_core.tenants.models import Tenant
from sratix_core.tenants.review import tenant_at
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

PIECE = 256 * 1024


def rows(request: Request, of: Tenant) -> list[dict[str, Any]]:
    """The last exports, for the organizer's page; only who asked gets a way to the file."""
    now = request.platform.sources.clock.now()
    return [
        {
            "state": row.state,
            "at": row.asked_at,
            "size": row.size,
            "rows": row.rows,
            "until": row.expires_at,
            "file_href": request.route_path("platform.tenant_export", slug=of.slug, export=row.id)
            if row.state == ExportState.READY and row.asked_by == request.identity.id and row.expires_at > now
            else "",
        }
        for row in service.latest(request.platform, of.id)
    ]


@view_config(route_name="platform.tenant_exports", request_method="POST", permission=PLATFORM)
def ask(request: Request) -> HTTPSeeOther:
    found = tenant_at(request.platform, request.matchdict["slug"])
    service.ask(request.platform, found, request.identity.id)
    query = {"done": "export-asked"}
    return HTTPSeeOther(
        request.route_path("platform.tenant", slug=found.slug, _query=query, _anchor="exports")
    )


@view_config(route_name="platform.tenant_export", request_method="POST", permission=PLATFORM)
def fetch(request: Request) -> Response:
    """The file, once. Its bytes are deleted after the commit; what is being read stays readable to its end."""
    found = tenant_at(request.platform, request.matchdict["slug"])
    export_id, settings = uuid_in(request, "export"), request.runtime.settings
    file = service.take(request.platform, found.id, export_id, request.identity.id)
    response = Response(content_type="application/zip", app_iter=pieces(file))
    response.content_disposition = f'attachment; filename="{found.slug}.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    request.tm.get().addAfterCommitHook(
        lambda done: service.remove(settings, export_id) if done else file.close()
    )
    return response


def pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
