"""The name of a browser's next cart: a cookie that comes anew with every event page, so that the same post twice makes one cart.

The page itself must be the same for everybody, so no name can stand in its form; the script adds one for the tab.
The prefix `__Host-` keeps a neighbour's host from planting a name it knows.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType

from pyramid.response import Response

from sratix_core.events.models import Event
from sratix_core.web.csrf import once_cookie
from sratix_core.web.request import Request

SHORTEST, LONGEST = 16, 64

NO_AMOUNTS: Mapping[str, str] = MappingProxyType({})

CARTS = 6
"""How many carts one page makes of one choice, each after the one before has ended; a later one has no name."""


def give_once(request: Request, response: Response) -> None:
    """A new name with this page."""
    name, secure = once_cookie(request), request.runtime.settings.https
    response.set_cookie(
        name, request.runtime.sources.random.token(16), samesite="Lax", secure=secure, httponly=True
    )


def cart_secrets(
    request: Request,
    event: Event,
    wanted: Mapping[uuid.UUID, int],
    code: str = "",
    amounts: Mapping[str, str] = NO_AMOUNTS,
) -> list[str]:
    """The secrets of the carts that this page makes of this choice, in turn, 32 hexadecimal digits; none without a name."""
    names = (request.cookies.get(once_cookie(request), "")[:LONGEST], request.POST.get("once", "")[:LONGEST])
    if len(max(names, key=len)) < SHORTEST:
        return []
    chosen = ",".join(f"{kind}={wanted[kind]}" for kind in sorted(wanted) if wanted[kind])
    chosen += f" {code!r}" if code else ""
    meant = [
        (str(kind), amounts[str(kind)]) for kind in sorted(wanted) if wanted[kind] and str(kind) in amounts
    ]
    chosen += f" {meant!r}" if meant else ""
    messages = (f"{names!r} {event.id} {chosen} {nth}" for nth in range(CARTS))
    keys = request.runtime.keys
    return [keys.mac("cart", message.encode("utf-8", "replace")).hex()[:32] for message in messages]
