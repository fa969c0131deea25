"""Every request to the API counts against a limit and is told what is left of it.

Headers as in draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy: "key";q=600;w=60`, `RateLimit: "key";r=599;t=1`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.viewderivers import INGRESS

from sratix_core.api.devices import shown, shows_device
from sratix_core.devices.service import parse_key
from sratix_core.errors import Refused
from sratix_core.web import limits
from sratix_core.web.request import Request
from sratix_core.web.security import is_api, is_for_api

SCANNER = "/api/v1/scanner/"
"""What lies below takes devices' keys only, and says itself what is wrong with any other."""

WRONG = frozenset({"credential_unknown", "key_unknown"})

View = Callable[[Any, Request], Response]


def count(request: Request) -> None:
    """Count a request by whoever asks. Raises `TooManyRequests`, and `Refused` for a credential that opens nothing."""
    if shows_device(request) and (device := parse_key(shown(request))) is not None:
        request.limit(limits.DEVICE, str(device.id))
    elif request.path_info.startswith(SCANNER) or request.bearer is None:
        request.limit(limits.ADDRESS)
    elif (key := request.bearer.key) is not None:
        request.limit(limits.KEY[key.tier], str(key.id))
        request.limit(limits.TENANT, str(key.tenant_id))
    else:
        request.limit(limits.PERSON, str(request.bearer.identity.id))


def limited_view(view: View, info: Any) -> View:
    """Before permissions, so that being refused counts as well; wrong credentials have a smaller limit of their own."""
    if info.exception_only or not is_for_api(info):
        return view

    def limited(context: Any, request: Request) -> Response:
        if not is_api(request):
            return view(context, request)
        request.add_response_callback(tell)
        try:
            count(request)
            return view(context, request)
        except Refused as error:
            if error.code in WRONG:
                request.limit(limits.WRONG)
            raise

    return limited


def tell(request: Request, response: Response) -> None:
    """What each limit allows and what is left of it, on every answer that was counted."""
    found = request.allowances
    if found:
        policy = (f'"{a.limit.name}";q={a.limit.burst};w={math.ceil(a.limit.per)}' for a in found)
        left = (f'"{a.limit.name}";r={a.left};t={math.ceil(a.full_in)}' for a in found)
        response.headers["RateLimit-Policy"] = ", ".join(policy)
        response.headers["RateLimit"] = ", ".join(left)


def includeme(config: Configurator) -> None:
    config.add_view_deriver(limited_view, "limited", under=INGRESS, over="tenant")
