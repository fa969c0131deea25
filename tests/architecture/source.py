"""Reading our own source: which files are ours, what they import, what they say. Shared by the tests in this folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "sratix_core"
PLUGINS = ROOT / "sratix_plugins"
VENDORED = ("static/vendor/", "static/fonts/")


@dataclass(frozen=True)
class Import:
    """One imported module or `module.name`; both are listed for `from module import name`."""

    target: str
    line: int


@cache
def python_files() -> tuple[Path, ...]:
    """Every module of the core and the bundled plugins, without tests and generated folders."""
    skipped = {"tests", "build", "node_modules", "__pycache__"}
    found = [*CORE.rglob("*.py"), *PLUGINS.rglob("*.py")]
    return tuple(sorted(path for path in found if not skipped & set(path.relative_to(ROOT).parts)))


@cache
def template_files() -> tuple[Path, ...]:
    """Every Jinja template of the core and the plugins."""
    folders = [ROOT / "templates", *PLUGINS.glob("*/sratix_*/templates")]
    return tuple(sorted(path for folder in folders for path in folder.rglob("*.*") if path.is_file()))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_name(path: Path) -> str:
    """`sratix_core/orders/service.py` is `sratix_core.orders.service`; a plugin's name starts at its package."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    if parts[0] == "sratix_plugins":
        parts = parts[2:]
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


def _is_typing_guard(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _walk_runtime(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not _is_typing_guard(child):
            yield child
            yield from _walk_runtime(child)


def imports(path: Path) -> list[Import]:
    """What a module imports when it runs; imports for type checkers alone don't count."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    found: list[Import] = []
    for node in _walk_runtime(tree(path)):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found.append(Import(module, node.lineno))
            found += [Import(f"{module}.{alias.name}", node.lineno) for alias in node.names]
    return found
