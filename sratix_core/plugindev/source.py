"""What can be read from a plugin's source: imports it must not have, and calls that go round the core."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sratix_core.plugindev.folder import Folder

HTTP = frozenset(
    {"requests", "httpx", "aiohttp", "urllib3", "pycurl", "http.client", "urllib.request", "socket"}
)
SESSIONS = frozenset(
    {"create_engine", "sessionmaker", "scoped_session", "Session", "AsyncSession", "text", "Engines"}
)
CHANCE = frozenset({"random", "secrets"})
CLOCKS = frozenset({"now", "utcnow", "today", "uuid1", "uuid4"})


def faults(folder: Folder) -> dict[str, list[str]]:
    """Sentences by check: `imports`, `http`, `sessions`, `sources`; an empty list is a clean bill."""
    found: dict[str, list[str]] = {"imports": [], "http": [], "sessions": [], "sources": []}
    for path in folder.sources:
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        where = path.relative_to(folder.place)
        for node in ast.walk(tree):
            for check, sentence in _of(node, folder.package):
                found[check].append(f"{where}:{getattr(node, 'lineno', 0)} {sentence}")
    return found


def _of(node: ast.AST, package: str) -> Iterator[tuple[str, str]]:
    for module, name in _imported(node):
        full = f"{module}.{name}" if name else module
        ours = module.split(".")[0]
        if ours == "sratix_core" and module != "sratix_core.plugin" and full != "sratix_core.plugin":
            yield "imports", f"imports {module}: take what you need from sratix_core.plugin."
        elif ours.startswith("sratix_") and ours not in ("sratix_core", package):
            yield "imports", f"imports {module}, another plugin: ask the core, or ship it yourself."
        if any(known in (module, full, ours) for known in HTTP):
            yield "http", f"imports {full}: the core makes the calls to the outside."
        if ours == "sqlalchemy" and name in SESSIONS:
            yield "sessions", f"imports {name}: use ctx.db, which is the tenant's."
        if ours in CHANCE:
            yield "sources", f"imports {ours}: use ctx.random."
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = ast.unparse(node.func.value)
        if node.func.attr == "commit" or (node.func.attr == "begin" and owner.endswith("engines")):
            yield "sessions", f"calls {owner}.{node.func.attr}(): the request or the job commits."
        if node.func.attr in CLOCKS and owner.split(".")[-1] in ("datetime", "date", "uuid"):
            yield "sources", f"calls {owner}.{node.func.attr}(): use ctx.clock.now() or ctx.ids.new()."


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        yield from ((alias.name, "") for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield from ((node.module or "", alias.name) for alias in node.names)
