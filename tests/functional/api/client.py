"""A caller of the API that believes nothing: every answer is held against the document before a test looks at it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from sratix_core.api.framework import ROOT, Endpoint
from sratix_core.web.messages import SENTENCES
from tests.functional.api.surface import DOCUMENT, OPERATIONS
from tests.functional.shop.market import TOKEN
from tests.support import TestApp

FORMATS = FormatChecker()


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    paths = sorted(DOCUMENT["paths"], key=lambda p: p.count("{"))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", p)), p) for p in paths]


def operation_of(method: str, path: str) -> dict[str, Any]:
    """The operation an address means."""
    for pattern, template in _patterns():
        if pattern.fullmatch(path):
            found: dict[str, Any] = DOCUMENT["paths"][template][method.lower()]
            return found
    raise AssertionError(f"{path} is not in the document")


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resource("urn:doc", Resource(DOCUMENT, DRAFT202012))


def check(method: str, path: str, answer: Any) -> None:
    """The status, the kind of content and the body of an answer are those of the document."""
    operation = operation_of(method, path)
    said = operation["responses"].get(str(answer.status_int))
    assert said is not None, (operation["operationId"], answer.status_int, answer.text[:500])
    content = said.get("content")
    if content is None:
        assert answer.body == b""
        return
    assert answer.content_type in content, (operation["operationId"], answer.content_type)
    if not answer.content_type.endswith("json"):
        return
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_absolute(content[answer.content_type]["schema"]),
    }
    Draft202012Validator(schema, registry=_registry(), format_checker=FORMATS).validate(answer.json)
    if answer.status_int == 409:
        assert answer.json["code"] in SENTENCES
        assert f"`{answer.json['code']}`" in said["description"], (operation["operationId"], answer.json)


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            k: "urn:doc" + v if k == "$ref" and str(v).startswith("#") else _absolute(v)
            for k, v in schema.items()
        }
    return [_absolute(s) for s in schema] if isinstance(schema, list) else schema


@dataclass(frozen=True)
class Api:
    """Calls in the name of whoever `browser` is; `base` is put before every path."""

    browser: TestApp
    base: str

    def send(
        self, method: str, path: str, body: Any = None, *, status: int | str = "*", **headers: str
    ) -> Any:
        address = self.base + path
        given = {"X-CSRF-Token": TOKEN, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if body is not None:
            answer = self.browser.request(
                address,
                method=method,
                body=json.dumps(body).encode(),
                content_type="application/json",
                headers=given,
                expect_errors=True,
            )
        else:
            answer = self.browser.request(address, method=method, headers=given, expect_errors=True)
        check(method, address.split("?")[0], answer)
        if status != "*":
            assert answer.status_int == status, (method, path, answer.status_int, answer.text[:800])
        return answer

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        return self.send("GET", path, status=status, **headers).json

    def post(self, path: str, body: Any = None, status: int = 201) -> Any:
        answer = self.send("POST", path, body, status=status)
        return answer.json if answer.body else None

    def patch(self, path: str, body: Any, status: int = 200) -> Any:
        return self.send("PATCH", path, body, status=status).json

    def delete(self, path: str, status: int = 204) -> None:
        self.send("DELETE", path, status=status)

    def pages(self, path: str, limit: int = 2) -> list[Any]:
        """Everything in a list, page by page."""
        sign = "&" if "?" in path else "?"
        found, cursor = [], ""
        while True:
            page = self.get(f"{path}{sign}limit={limit}{cursor}")
            assert len(page["items"]) <= limit
            found += page["items"]
            if page["next"] is None:
                return found
            cursor = f"&cursor={page['next']}"


def member_endpoints() -> list[Endpoint]:
    """The operations that ask who it is."""
    return [e for e in OPERATIONS if e.security == "member"]


def address(endpoint: Endpoint, ids: dict[str, str]) -> str:
    return ROOT + re.sub(r"\{(\w+)\}", lambda hole: ids[hole[1]], endpoint.path)
