"""The document and the page that shows it, for everybody: it says nothing about any organizer."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.api.answers import raw_answer
from sratix_core.api.openapi import document
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@cache
def encoded() -> bytes:
    return msgspec.json.encode(document())


@view_config(route_name="reference.openapi", request_method="GET", permission=PUBLIC)
def openapi(request: Request) -> Response:
    return raw_answer(request, encoded(), 200, {"Cache-Control": "public, no-cache"})


@view_config(
    route_name="reference.docs", request_method="GET", permission=PUBLIC, renderer="api/reference.jinja2"
)
def docs(request: Request) -> dict[str, Any]:
    """Every operation with a form that tries it, in the reader's own name."""
    doc = document()
    groups: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in doc["tags"]}
    for path, operations in doc["paths"].items():
        for method, operation in operations.items():
            groups[operation["tags"][0]].append({**operation, "method": method.upper(), "path": path})
    schemas = doc["components"]["schemas"]
    return {
        "doc": doc,
        "groups": groups,
        "schemas": schemas,
        "token": get_csrf_token(request),
        "shape": shape,
    }


def shape(schema: dict[str, Any]) -> str:
    """A schema in a few words: `string uuid`, `list of Event`, `Money or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(shape(s) for s in schema["anyOf"]))
    if "enum" in schema:
        return " · ".join(str(v) for v in schema["enum"])
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {shape(schema.get('items', {}))}"
    return " ".join(filter(None, (str(kind), schema.get("format"))))


def includeme(config: Configurator) -> None:
    config.add_route("reference.openapi", "/api/v1/openapi.json")
    config.add_route("reference.docs", "/api/docs")
