"""The one address a provider calls. It answers 2xx only once the event is committed (INVARIANTS S4)."""

from __future__ import annotations

from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.errors import Refused
from sratix_core.payments.inbox import receive
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
    request.limit(INBOUND)
    if (request.content_length or 0) > MOST:
        raise Refused("event_too_large", most=MOST)
    body = request.body
    if len(body) > MOST:
        raise Refused("event_too_large", most=MOST)
    headers = {name.lower(): value for name, value in request.headers.items()}
    names = request.matchdict
    try:
        new = receive(request.ctx, names["provider"], names["address"], headers, body)
    except BadSignature as error:
        raise Refused("bad_signature") from error
    return Response(json_body={"received": True, "repeated": not new})
