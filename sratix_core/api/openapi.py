"""The OpenAPI 3.1 document, made from the declared endpoints; nothing in it is written twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from sratix_core.api.framework import ROOT, Endpoint, reading_of
from sratix_core.web.messages import SENTENCES

VERSION = "1.0.0"
REF = "#/components/schemas/{name}"
JSON, PROBLEM = "application/json", "application/problem+json"
WRITING = frozenset({"POST", "PATCH", "PUT", "DELETE"})
ABOUT = (
    "All that a person can do in the dashboard. JSON is flat and snake_case; money is in minor units; times are RFC 3339 "
    "in UTC. Lists page by cursor: send `next` back as `cursor`. Errors are problem details (RFC 9457) with a stable `code` "
    "and, for input, the path of each field. An id of another organizer and one that nobody has are the same."
)
TAGS = ("Signing in", "Organizer", "Members", "API keys", "Plugins", "Events", "Venues", "Programme", "Tickets for sale",
        "Orders", "Tickets and attendees", "Figures", "Check-in", "Scanners", "Incidents", "Search", "Saved views", "Why?",
        "With a scanner's key", "Without a token")  # fmt: skip
SLUG, WORD = "^[a-z0-9][a-z0-9-]{0,62}$", "^[a-z][a-z0-9_]{0,59}$"
MEMBER: list[dict[str, list[str]]] = [{"bearer": []}, {"login": []}]
SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "member": MEMBER,
    "anybody": MEMBER,
    "person": MEMBER,
    "device": [{"scanner": []}],
}
WORDS: dict[str, tuple[str, str]] = {
    "tenant": ("The organizer's slug.", SLUG),
    "event": ("The event's slug.", SLUG),
    "code": ("The order's code.", "^[A-Z0-9]{1,12}$"),
    "secret": ("The secret of the order's page.", "^[A-Za-z0-9_-]{1,60}$"),
    "reference": ("The reference of a refusal.", "^[A-Za-z0-9-]{1,20}$"),
    "plugin": ("The plugin's name.", WORD),
    "section": ("The name of a section.", WORD),
}
"""Holes of a path that are words, with their pattern; every other one is a UUID."""


class FieldProblem(msgspec.Struct):
    """One thing in the input: where, which rule, and what to do."""

    field: str
    code: str
    detail: str


class ProblemDetails(msgspec.Struct):
    """What went wrong. `code` is stable, `detail` is for people, `reference` opens the reasons."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    reference: str
    errors: list[FieldProblem] | msgspec.UnsetType = msgspec.UNSET


ALWAYS = {
    400: "Not readable.",
    429: "Too often; `Retry-After` says when to come back.",
    503: "Not now; `Retry-After` says when to come back.",
}


Operations = tuple[Endpoint, ...]
"""All that a document tells of."""


def failures(endpoint: Endpoint, operations: Operations) -> dict[int, str]:
    """The statuses an operation may refuse with, and what each means."""
    found = dict(ALWAYS)
    found[401] = "The credential opens nothing"
    found[401] += "." if endpoint.security == "public" else ", or there is none."
    if endpoint.security in ("member", "person"):
        found[403] = "The credential does not include this."
    if endpoint.holes:
        found[404] = "No such thing for this credential."
    if reading_of(endpoint, operations) is not None:
        found[412] = "Somebody changed it since `If-Match` was read."
    found[422] = "The input cannot be used; `errors` says where and why."
    if endpoint.body is not None:
        found |= {413: "Larger than 10 MB.", 415: "The body must be application/json."}
    if endpoint.errors or endpoint.method == "POST":
        codes = (*endpoint.errors, *(["idempotency_in_flight"] if _takes_key(endpoint) else []))
        rules = "\n".join(f"- `{code}`: {SENTENCES[code]}" for code in codes)
        found[409] = f"A rule says no, or the same request is being done right now.\n{rules}".rstrip()
    return dict(sorted(found.items()))


def _shapes(operations: Operations) -> Iterator[Any]:
    yield ProblemDetails
    for endpoint in operations:
        yield from (s for s in (endpoint.query, endpoint.body, endpoint.answers) if s is not None)


def _public(name: str) -> str:
    """What a schema is called outside: `EventOut` is an `Event`."""
    return name.removesuffix("Out")


def _renamed(node: Any) -> Any:
    if isinstance(node, dict):
        kept = {k: _renamed(v) for k, v in node.items()}
        for key in ("$ref", "title"):
            if isinstance(kept.get(key), str):
                kept[key] = _public(kept[key])
        if "enum" in kept and all(isinstance(v, str) for v in kept["enum"]):
            kept.setdefault("type", "string")
        return kept
    return [_renamed(n) for n in node] if isinstance(node, list) else node


def _operation(endpoint: Endpoint, operations: Operations, schema: Any, query: Any) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done."}
    if endpoint.answers is not None:
        good["content"] = {JSON: {"schema": schema}}
    elif endpoint.gives:
        good["content"] = {endpoint.gives: {"schema": {"type": "string", "format": "binary"}}}
    responses: dict[str, Any] = {str(endpoint.status): good}
    if endpoint.method == "GET":
        good["headers"] = {
            "ETag": {"schema": {"type": "string"}, "description": "Send it back as If-None-Match."}
        }
        responses["304"] = {"description": "What `If-None-Match` names is still current."}
    elif endpoint.status == 201:
        good["headers"] = {
            "Location": {"schema": {"type": "string"}, "description": "The path of what was made."}
        }
    for status, words in failures(endpoint, operations).items():
        shape = {"schema": {"$ref": REF.format(name="ProblemDetails")}}
        responses[str(status)] = {"description": words, "content": {PROBLEM: shape}}
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "parameters": [*_path_parameters(endpoint), *query, *_headers(endpoint, operations)],
        "responses": responses,
        "security": SECURITY.get(endpoint.security, []),
    }
    if endpoint.security == "member":
        operation["description"] = f"Needs the permission `{endpoint.permission}`."
    if endpoint.plugin:
        operation["description"] += f" Of the plugin `{endpoint.plugin}`: 404 where it is off."
    return operation


def _takes_key(endpoint: Endpoint) -> bool:
    return endpoint.security in ("member", "public") and endpoint.method == "POST"


def _headers(endpoint: Endpoint, operations: Operations) -> Iterator[dict[str, Any]]:
    if _takes_key(endpoint):
        about = "A name of your own for this request: sent again, it is done once and answered the same."
        shape: dict[str, Any] = {"type": "string", "pattern": "^[!-~]{1,255}$"}
        yield _header("Idempotency-Key", about, shape)
    if reading_of(endpoint, operations) is not None:
        about = "The `ETag` you read: the change is made only if nothing has changed since."
        yield _header("If-Match", about, {"type": "string", "pattern": '^"[!#-~]{1,60}"$'})


def _header(name: str, about: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "schema": shape, "description": about}


def _path_parameters(endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    for hole in endpoint.holes:
        about, pattern = WORDS.get(hole, (f"The id of the {hole}.", ""))
        shape = {"type": "string", "pattern": pattern} if pattern else {"type": "string", "format": "uuid"}
        yield {"name": hole, "in": "path", "required": True, "schema": shape, "description": about}


def _query_parameters(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, schema in shape.get("properties", {}).items():
        schema = dict(schema)
        about = schema.pop("description", None)
        required = name in shape.get("required", ())
        parameter = {"name": name, "in": "query", "required": required, "schema": schema}
        yield {**parameter, "description": about} if about else parameter


@cache
def document(operations: Operations) -> dict[str, Any]:
    """The whole document, as plain JSON. Made once."""
    shapes = list(_shapes(operations))
    schemas, components = msgspec.json.schema_components(shapes, ref_template=REF)
    schema_of = dict(zip(map(_key, shapes), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    queries: set[str] = set()
    for endpoint in operations:
        query: list[Any] = []
        if endpoint.query is not None:
            queries.add(endpoint.query.__name__)
            query = list(_query_parameters(components[endpoint.query.__name__]))
        operation = _operation(endpoint, operations, schema_of.get(_key(endpoint.answers)), query)
        if endpoint.body is not None:
            content = {JSON: {"schema": schema_of[_key(endpoint.body)]}}
            operation["requestBody"] = {"required": True, "content": content}
        paths.setdefault(ROOT + endpoint.path, {})[endpoint.method.lower()] = operation
    made = {
        "openapi": "3.1.0",
        "info": {"title": "SRAtix", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys((*TAGS, *(e.tag for e in operations)))],
        "paths": paths,
        "components": {
            "schemas": {_public(n): s for n, s in components.items() if n not in queries},
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key or an access token.",
                },
                "login": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "sratix",
                    "description": "A signed-in browser. Writes also send the form token as `X-CSRF-Token`.",
                },
                "scanner": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The key of a paired scanner.",
                },
            },
        },
    }
    renamed: dict[str, Any] = _renamed(made)
    return renamed


def _key(shape: Any) -> str:
    """Structs and lists of them by what they are."""
    return repr(shape)
