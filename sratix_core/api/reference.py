"""The document and the page that shows it, for everybody: it says nothing about any organizer."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import msgspec
from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.api.answers import raw_answer
from sratix_core.api.framework import OPERATIONS
from sratix_core.api.openapi import Operations, document
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@cache
def encoded(operations: Operations) -> bytes:
    return msgspec.json.encode(document(operations))


@view_config(route_name="reference.openapi", request_method="GET", permission=PUBLIC)
def openapi(request: Request) -> Response:
    return raw_answer(
        request, encoded(request.registry[OPERATIONS]), 200, {"Cache-Control": "public, no-cache"}
    )


@view_config(
    route_name="reference.docs", request_method="GET", permission=PUBLIC, renderer="api/reference.jinja2"
)
def docs(request: Request) -> dict[str, Any]:
    """Every operation with a form that tries it, in the reader's own name."""
    operations: Operations = request.registry[OPERATIONS]
    return {
        "about": document(operations)["info"],
        "groups": groups(operations),
        "token": get_csrf_token(request),
        "shape": shape,
        "coded": coded,
    }


@cache
def groups(operations: Operations) -> dict[str, list[dict[str, Any]]]:
    """The operations by tag, each with its method, its path and a body to begin with."""
    doc = document(operations)
    found: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in doc["tags"]}
    schemas = doc["components"]["schemas"]
    for path, methods in doc["paths"].items():
        for method, operation in methods.items():
            row = {**operation, "method": method.upper(), "path": path, "body": "", "answers": ""}
            row["parameters"] = [
                {**p, "choices": _choices(p["schema"], schemas)} for p in operation["parameters"]
            ]
            if "requestBody" in operation:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                row["body"] = json.dumps(sample(schema, schemas), indent=2, ensure_ascii=False)
            good = next(r for status, r in operation["responses"].items() if status < "3")
            content = good.get("content", {})
            row["answers"] = (
                shape(content["application/json"]["schema"])
                if "application/json" in content
                else "".join(content)
            )
            found[operation["tags"][0]].append(row)
    return found


def _choices(schema: dict[str, Any], schemas: dict[str, Any]) -> list[str]:
    """What a parameter may be, where that is a list of words."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    if schema.get("type") == "boolean":
        return ["true", "false"]
    return [str(v) for v in schema.get("enum", ())]


CODE = re.compile(r"`([^`]+)`")


def coded(words: str) -> Markup:
    """Words of the document, what stands between backticks as code."""
    parts = enumerate(CODE.split(words))
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else escape(p) for n, p in parts)


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


SAMPLES = {
    "uuid": "00000000-0000-0000-0000-000000000000",
    "date-time": "2027-03-10T09:00:00Z",
    None: "",
}


def sample(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """The smallest value of a schema that a person would begin with: what is required, or all where nothing is."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    if "default" in schema:
        return schema["default"]
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], schemas)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required") or schema.get("properties", {})
        return {n: sample(s, schemas) for n, s in schema.get("properties", {}).items() if n in wanted}
    if kind == "array":
        return [sample(schema["items"], schemas)]
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    return False if kind == "boolean" else SAMPLES.get(schema.get("format"), "")


def includeme(config: Configurator) -> None:
    config.add_route("reference.openapi", "/api/v1/openapi.json")
    config.add_route("reference.docs", "/api/docs")
