"""Endpoints declared once: method, path, permission, what goes in and what comes out. Routes, views and the document follow.

A handler is given a `Call` (the context, the path's ids, the parsed query and body) and returns the answer's struct.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from pyramid.config import Configurator
from pyramid.response import Response

from sratix_core.api.answers import answer
from sratix_core.api.parsing import read_body, read_query
from sratix_core.api.preconditions import must_match
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, NotFound
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug
from sratix_core.plugins import PluginError, PluginHost
from sratix_core.web.gate import ROUTES
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

ROOT = "/api/v1"
TENANT = "/tenants/{tenant}"
EVENT = TENANT + "/events/{event}"
HOLE = re.compile(r"\{(\w+)\}")
Security = Literal["member", "person", "anybody", "device", "body", "public"]
"""Who may call: a member with the permission, whoever is signed in, has a credential, is a scanner, knows a secret; everybody."""
Handler = Callable[["Call"], Any]


@dataclass(frozen=True)
class Endpoint:
    """One operation. `errors` are the codes of its refusals, `fields` says where a room's field stands in the body.

    `gives` is the media type of an answer that is a file and not JSON.
    `plugin` is whose it is, where that is not the core.
    `finds` looks up who asks where that is no member, before the body is read: a stranger learns nothing about its shape.
    `first` runs before the request's own unit of work, for what has to be counted in another.
    """

    handler: Handler
    method: str
    path: str
    permission: str
    summary: str
    tag: str
    answers: Any = None
    gives: str = ""
    query: Any = None
    body: Any = None
    status: int = 200
    errors: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    security: Security = "member"
    writes: bool | None = None
    finds: Callable[[Request], Any] | None = None
    first: Callable[[Request], None] | None = None
    route: str = ""
    plugin: str = ""

    @property
    def name(self) -> str:
        """The operation's id: the name of the function that does it."""
        return self.handler.__name__

    @property
    def route_name(self) -> str:
        return self.route or "v1:" + self.path

    @property
    def holes(self) -> list[str]:
        return HOLE.findall(self.path)


ENDPOINTS: list[Endpoint] = []
"""Every operation of the core, in the order of the document; filled as the modules of `api.v1` are imported."""

OPERATIONS = "api_operations"
"""Registry key: every operation of this process, those of its plugins included."""


@dataclass
class Call:
    """One request to one endpoint, read and permitted."""

    request: Request
    endpoint: Endpoint
    query: Any
    body: Any
    found: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ctx(self) -> TenantContext:
        ctx: TenantContext = self.request.ctx
        return ctx

    @cached_property
    def event(self) -> Event:
        """The event of the address, in any state. Raises `NotFound`."""
        return event_by_slug(self.ctx, self.word("event"))

    def word(self, name: str) -> str:
        return str(self.request.matchdict[name])

    def id(self, name: str) -> uuid.UUID:
        """An id of the path; what is none is as unknown as one nobody has."""
        try:
            return uuid.UUID(self.word(name))
        except ValueError as error:
            raise NotFound(name) from error

    def created(self, *parts: object) -> None:
        """Say where the new thing is: below this collection."""
        base = self.ctx.settings.base_url.rstrip("/")  # not the Host header, which anybody may write
        self.headers["Location"] = base + "/".join((self.request.path.rstrip("/"), *map(str, parts)))


def endpoint(
    method: str, path: str, permission: str, summary: str, *, tag: str, **more: Any
) -> Callable[[Handler], Handler]:
    """Declare the function below as an operation; `more` are the other fields of `Endpoint`."""

    def declare(handler: Handler) -> Handler:
        ENDPOINTS.append(Endpoint(handler, method, path, permission, summary, tag, **more))
        return handler

    return declare


def operations_of(host: PluginHost) -> tuple[Endpoint, ...]:
    """The core's operations and those of the installed plugins, each below `/tenants/{tenant}/x/<plugin>`.

    Raises `PluginError` for what is no operation of a member's, or goes by a name that another one has.
    """
    found, names = list(ENDPOINTS), {e.name for e in ENDPOINTS}
    for plugin, declared in host.collect("register_operations"):
        if not isinstance(declared, Endpoint) or declared.security != "member" or declared.route:
            raise PluginError(f"Plugin {plugin}: register_operations returns Endpoint(…) for members.")
        if declared.name in names:
            raise PluginError(f"Plugin {plugin}: there is an operation {declared.name}: call it otherwise.")
        names.add(declared.name)
        found.append(replace(declared, path=f"{TENANT}/x/{plugin}{declared.path}", plugin=plugin))
    return tuple(found)


def reading_of(declared: Endpoint, among: Iterable[Endpoint]) -> Endpoint | None:
    """What reads the thing that an operation changes or takes away; None for other operations."""
    if declared.method not in ("PATCH", "DELETE"):
        return None
    return next((e for e in among if e.method == "GET" and e.path == declared.path), None)


def view_of(declared: Endpoint, reading: Endpoint | None) -> Callable[[Any, Request], Response]:
    """The Pyramid view of an endpoint; `reading` is what reads the thing it changes."""

    def view(context: Any, request: Request) -> Response:
        found = declared.finds(request) if declared.finds is not None else None
        query, body = (
            read_query(request, declared.query),
            read_body(request, declared.body, odd=declared.security == "device"),
        )
        call = Call(request, declared, query, body, found)
        try:
            if reading is not None and "If-Match" in request.headers:
                must_match(call, reading)
            result = declared.handler(call)
        except Invalid as error:
            raise _placed(error, dict(declared.fields)) from error
        return answer(request, result, declared.status, call.headers)

    view.__qualname__ = view.__name__ = declared.name
    return view


def _placed(error: Invalid, places: dict[str, str]) -> Invalid:
    """The same error with the paths of the body instead of a room's names; `name_*` fits `name_0`."""
    fields = {}
    for name, code in error.fields.items():
        stem, _, number = name.rpartition("_")
        if f"{stem}_*" in places and number.isdigit():
            fields[places[f"{stem}_*"].replace("*", number)] = code
        else:
            fields[places.get(name, name)] = code
    data = {k: v for k, v in error.data.items() if k != "fields"}
    return Invalid(fields, **data)


def includeme(config: Configurator) -> None:
    """Give every endpoint its view; the operations of one path share a route."""
    operations = config.registry[OPERATIONS] = operations_of(config.registry["runtime"].plugins)
    owners: dict[str, str] = config.registry.setdefault(ROUTES, {})
    known: set[str] = set()
    for declared in operations:
        if declared.route_name not in known:
            known.add(declared.route_name)
            config.add_route(declared.route_name, ROOT + declared.path)
        if declared.plugin:
            owners[declared.route_name] = declared.plugin  # the gate asks whose it is
        options: dict[str, Any] = {"first": declared.first}
        if declared.writes is not None:
            options["writes"] = declared.writes
        if declared.security not in ("member", "person", "anybody"):
            options["csrf"] = False  # a device key, a secret or nobody: no cookie is looked at
        config.add_view(
            view_of(declared, reading_of(declared, operations)),
            route_name=declared.route_name,
            request_method=declared.method,
            permission=declared.permission if declared.security in ("member", "person") else PUBLIC,
            **options,
        )
