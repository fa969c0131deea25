"""What `lean.prepare` starts: a process that becomes a web process up to its first page, and writes down what it loaded."""

from __future__ import annotations

import ast
import importlib.util
import marshal
import os
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path

import sratix_core.cli.serve  # noqa: F401  (all that serving takes)
from sratix_core.app import make_app
from sratix_core.cli.lean import COMPLETE
from sratix_core.cli.process import settings
from sratix_core.web import compiled

SHORT = "."
"""In the place of a docstring: SQLAlchemy insists that its events have one. Python keeps a single object of it."""

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def loaded() -> Iterator[tuple[str, Path]]:
    """The modules of this process that come from a file of source."""
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec is not None and spec.has_location and str(spec.origin).endswith(".py"):
            yield name, Path(spec.origin)


def shorten(node: ast.AST) -> None:
    """Shorten every docstring below a module, class or statement."""
    body: list[ast.stmt] = getattr(node, "body", [])
    if isinstance(node, DOCUMENTED) and body and isinstance(body[0], ast.Expr):
        text = body[0].value
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            text.value = SHORT
    for part in ("body", "orelse", "handlers", "finalbody"):
        for below in getattr(node, part, ()):
            if isinstance(below, ast.stmt | ast.ExceptHandler):
                shorten(below)


def bytecode(name: str, source: Path) -> bytes:
    """What Python reads for a module: PEP 552's head with time and size of the source, then its code."""
    found = source.stat()
    if name.startswith("sratix_"):
        code = SourceFileLoader(name, str(source)).get_code(name)
    else:
        tree = ast.parse(source.read_bytes())
        shorten(tree)
        code = compile(tree, str(source), "exec", dont_inherit=True)
    head = (0, int(found.st_mtime) & 0xFFFFFFFF, found.st_size & 0xFFFFFFFF)
    return importlib.util.MAGIC_NUMBER + b"".join(n.to_bytes(4, "little") for n in head) + marshal.dumps(code)


def write(kept: Path, name: str, source: Path) -> None:
    """Put a module's bytecode where Python looks for it; whole or not at all, since servers read meanwhile."""
    before, sys.pycache_prefix = sys.pycache_prefix, str(kept)
    target = Path(importlib.util.cache_from_source(str(source)))
    sys.pycache_prefix = before
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(f".{os.getpid()}")
    half.write_bytes(bytecode(name, source))
    half.replace(target)


def main(kept: Path) -> None:
    """Write what has changed since the last time."""
    app = make_app(settings())
    complete = kept / COMPLETE
    known = set(complete.read_text().splitlines()) if complete.is_file() else set()
    lines = set()
    for name, source in loaded():
        found = source.stat()
        line = f"{name} {source} {found.st_mtime_ns} {found.st_size}"
        if line not in known:
            write(kept, name, source)
        lines.add(line)
    half = kept / f"{COMPLETE}.{os.getpid()}"
    half.write_text("\n".join(sorted(lines)))
    half.replace(complete)
    compiled.ahead(app)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
