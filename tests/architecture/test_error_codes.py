"""Every code a room or a page raises has its sentence: nobody is told only that something cannot be done."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sratix_core.web.messages import SENTENCES
from tests.architecture.source import CORE, PLUGINS

RAISED = {"Refused", "Conflict", "Unavailable", "SoldOut"}
KEPT = {"errors", "fields", "problems"}


def _words(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _codes(tree: ast.AST) -> Iterator[str]:
    """Codes passed to an error, put beside a field, or given to `Form.fail`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in RAISED and node.args:
                yield from _words(node.args[0])
            elif name == "fail" and len(node.args) == 2:
                yield from _words(node.args[1])
            elif name == "Invalid":
                for fields in (a for a in node.args if isinstance(a, ast.Dict)):
                    yield from (w for value in fields.values for w in _results(value))
        elif isinstance(node, ast.Assign) and _is_kept(node.targets[0]):
            yield from _results(node.value)


def _is_kept(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript) and getattr(target.value, "id", "") in KEPT


def _results(value: ast.expr) -> Iterator[str]:
    """The strings an expression may become; not those it compares with."""
    if isinstance(value, ast.IfExp):
        yield from _results(value.body)
        yield from _results(value.orelse)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def test_every_code_has_a_sentence() -> None:
    sources = [*CORE.rglob("*.py"), *PLUGINS.glob("*/sratix_*/**/*.py")]
    said = {
        code: str(path.relative_to(CORE.parent))
        for path in sources
        for code in _codes(ast.parse(path.read_text(encoding="utf-8")))
        if " " not in code  # a plugin's check of its own settings answers a whole sentence
    }
    assert len(said) > 30
    assert {code: path for code, path in said.items() if code not in SENTENCES} == {}
