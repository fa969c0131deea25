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
DRIVERS = frozenset({"sqlite3", "psycopg", "psycopg2", "pymysql", "asyncpg"})
EVERYWHERE = frozenset({"listen", "listens_for", "event"})
CHANCE = frozenset({"random", "secrets"})
CLOCKS = frozenset({"now", "utcnow", "today", "uuid1", "uuid4", "time", "urandom"})
CLOCK_OWNERS = frozenset({"datetime", "date", "uuid", "time", "os"})
LIBRARY = frozenset({"sa", "sqlalchemy", "orm"})
RAW = frozenset({"connection", "get_bind", "exec_driver_sql", "bind"})


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
        if ours == "sqlalchemy" and (name in EVERYWHERE or module.endswith(".event")):
            yield "sessions", "listens to the sessions of every tenant: take a hook."
        if ours in DRIVERS:
            yield "sessions", f"imports {ours}: use ctx.db, which is the tenant's."
        if ours in CHANCE:
            yield "sources", f"imports {ours}: use ctx.random."
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = ast.unparse(node.func.value)
        called, last = node.func.attr, owner.split(".")[-1]
        if called == "commit" or (called == "begin" and owner.endswith("engines")):
            yield "sessions", f"calls {owner}.{called}(): the request or the job commits."
        if (called in SESSIONS | EVERYWHERE and last in LIBRARY | EVERYWHERE) or (
            called in RAW and last in ("db", "session")
        ):
            yield (
                "sessions",
                f"calls {owner}.{called}(): use ctx.db and its statements, which are the tenant's.",
            )
        if called in CLOCKS and last in CLOCK_OWNERS:
            yield "sources", f"calls {owner}.{called}(): use ctx.clock.now(), ctx.ids.new() or ctx.random."


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        yield from ((alias.name, "") for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        yield from ((node.module or "", alias.name) for alias in node.names)
