"""The addresses a provider calls. They answer 2xx only once the event is committed (INVARIANTS S4)."""

from __future__ import annotations

from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.errors import Refused
from sratix_core.payments.inbox import receive
from sratix_core.payments.routing import route
from sratix_core.plugins.paying import BadSignature
from sratix_core.web.limits import INBOUND
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

MOST = 512 * 1024
"""Bytes of one event; Stripe's are below 100 kB."""


@view_config(
    route_name="inbound.payment",
    request_method="POST",
    permission=PUBLIC,
    csrf=False,  # signed by the provider; no cookie is looked at
)
def told(request: Request) -> Response:
    """Keep an event. A repeat is answered like the first, a wrong signature changes nothing."""
    headers, body = _read(request)
    names = request.matchdict
    try:
        new = receive(request.ctx, names["provider"], names["address"], headers, body)
    except BadSignature as error:
        raise Refused("bad_signature") from error
    return Response(json_body={"received": True, "repeated": not new})


@view_config(
    route_name="inbound.platform",
    request_method="POST",
    permission=PUBLIC,
    csrf=False,  # signed by the provider; no cookie is looked at
)
def told_for_all(request: Request) -> Response:
    """Keep an event of the platform's own account with the organizer it is about. One that is nobody's here is taken and
    dropped: the provider would send it again for days."""
    headers, body = _read(request)
    names = request.matchdict
    try:
        new = route(request.runtime, names["provider"], names["mode"], headers, body)
    except BadSignature as error:
        raise Refused("bad_signature") from error
    return Response(json_body={"received": True, "repeated": new is False})


def _read(request: Request) -> tuple[dict[str, str], bytes]:
    """Headers, in lower case, and body. Raises `Refused` for one that is too large, before it is looked at."""
    request.limit(INBOUND)
    if (request.content_length or 0) > MOST:
        raise Refused("event_too_large", most=MOST)
    body = request.body
    if len(body) > MOST:
        raise Refused("event_too_large", most=MOST)
    return {name.lower(): value for name, value in request.headers.items()}, body
