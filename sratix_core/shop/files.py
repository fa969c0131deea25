"""Public files of a tenant: pictures of the shop, answered so that whatever they hold can run nothing."""

from __future__ import annotations

from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.errors import NotFound
from sratix_core.files.models import StoredFile
from sratix_core.files.store import read
from sratix_core.shop.frame import uuid_in
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@view_config(route_name="files", request_method="GET", permission=PUBLIC)
def public_file(request: Request) -> Response:
    """The bytes never change under an id, so a browser keeps them for good."""
    file = request.db.get(StoredFile, uuid_in(request, "file"))
    if file is None or not file.public:
        raise NotFound("file")
    response = Response(content_type=file.content_type)
    response.etag = file.sha256.hex()[:32]
    response.conditional_response = True
    response.body = read(request.ctx, file)
    if file.content_type == "image/svg+xml":
        response.charset = "utf-8"
        response.encode_content()
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Disposition"] = (
        "attachment" if not file.content_type.startswith("image/") else "inline"
    )
    return response
