"""`Idempotency-Key` on every write under /api/v1/: the first answer again instead of a second effect.

Below the permission and the form token, so that a replay is for whoever may do it now. Only answers below 400 are kept:
a refused request changed nothing and may be sent again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response
from sqlalchemy.exc import DBAPIError

from sratix_core.api.devices import device_context, shows_device
from sratix_core.context import TenantContext
from sratix_core.errors import Conflict, Refused
from sratix_core.idempotency import service
from sratix_core.idempotency.service import Answer, Asked
from sratix_core.web.problems import is_busy
from sratix_core.web.request import Request
from sratix_core.web.security import is_api, is_for_api
from sratix_core.web.unit import READING, is_writing, only_reads

HEADER = "Idempotency-Key"
LONGEST = 255
KEPT = ("Content-Type", "Location", "ETag", "Link")
"""Headers that belong to the answer rather than to the exchange."""

View = Callable[[Any, Request], Response]


class InFlight:
    """What this process is doing right now: the second of two at once is told so, instead of waiting in a thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._doing: set[tuple[int, str, bytes]] = set()

    @contextmanager
    def one(self, tenant_id: int, asked: Asked) -> Iterator[None]:
        """Raises `Conflict("idempotency_in_flight")` when the same request is here already."""
        name = (tenant_id, asked.principal, asked.key_hash)
        with self._lock:
            if name in self._doing:
                raise Conflict("idempotency_in_flight", seconds=service.RETRY_SECONDS)
            self._doing.add(name)
        try:
            yield
        finally:
            with self._lock:
                self._doing.discard(name)


def key_of(request: Request) -> str | None:
    """The key, without the quotes of a structured header. Raises `Refused("idempotency_key_bad")`."""
    raw = request.headers.get(HEADER)
    if raw is None:
        return None
    key = raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw
    if not key or len(key) > LONGEST or " " in key or not (key.isascii() and key.isprintable()):
        raise Refused("idempotency_key_bad")
    return str(key)


def asked_by(request: Request, key: str) -> tuple[TenantContext, Asked] | None:
    """The request by name; None on an address that belongs to no tenant, where a key means nothing."""
    if request.tenant is None and shows_device(request):
        device_context(request)
    if request.tenant is None:
        return None
    ctx: TenantContext = request.ctx
    said = (request.method, request.path_info, request.query_string)
    fingerprint = service.fingerprint(*(part.encode() for part in said), request.body)
    return ctx, Asked(f"{ctx.actor.kind}:{ctx.actor.id or ctx.actor.ip_hash}", key, fingerprint)


def claim(ctx: TenantContext, asked: Asked) -> Any:
    """As the service's; a claim of another process that takes longer than the lock's patience is in flight, too."""
    try:
        return service.claim(ctx, asked)
    except DBAPIError as error:
        if not is_busy(error):
            raise
        raise Conflict("idempotency_in_flight", seconds=service.RETRY_SECONDS) from error


def idempotent_view(view: View, info: Any) -> View:
    first: Callable[[Request], None] | None = info.options.get("first")
    if info.exception_only or (first is None and (only_reads(info) or not is_for_api(info))):
        return view

    def once(context: Any, request: Request) -> Response:
        if first is not None:
            first(request)
        if request.method in READING or not is_api(request) or not is_writing(request):
            return view(context, request)
        key = key_of(request)
        named = asked_by(request, key) if key is not None else None
        if named is None:
            return view(context, request)
        ctx, asked = named
        with request.registry["in_flight"].one(ctx.tenant.id, asked):
            found = claim(ctx, asked)
            if isinstance(found, Answer):
                return replayed(found)
            request.claimed = found
            response = view(context, request)
            if response.status_code < 400:
                headers = {name: response.headers[name] for name in KEPT if name in response.headers}
                service.finish(ctx, found, Answer(response.status_code, headers, response.body))
            return response

    return once


idempotent_view.options = ("first",)  # type: ignore[attr-defined]


def replayed(answer: Answer) -> Response:
    """The stored answer, marked as such."""
    response = Response(body=answer.body, status=answer.status)
    del response.headers["Content-Type"]
    response.headers.update(answer.headers)
    response.headers["Idempotent-Replayed"] = "true"
    return response


def includeme(config: Configurator) -> None:
    config.registry["in_flight"] = InFlight()
    # The id of the claim, where the request names itself: an act that checkpoints finds by it what it did before.
    config.add_request_method(lambda _: None, "claimed", reify=True)
    config.add_view_deriver(idempotent_view, "idempotent", under="csrf", over="owrapped_view")
