"""The rules of docs/architecture.md that a machine can read: clocks, chance, SQL, commits, templates, sizes.

An exception is listed here with its reason, never silenced in the file that needs it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from hypothesis import settings

from tests.architecture.source import (
    CORE,
    PLUGINS,
    ROOT,
    imports,
    python_files,
    relative,
    template_files,
    tree,
)

LONGEST = 300
# Mail clients drop style sheets, so mail alone carries inline styles.
MAIL_TEMPLATES = ("templates/email/", "/templates/mail/", "/templates/email/")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>", re.IGNORECASE)
EVENT_HANDLER = re.compile(r"<[a-z][^>{]*\son[a-z]+\s*=", re.IGNORECASE)
STYLE = re.compile(r"""\sstyle\s*=\s*["']|<style\b""", re.IGNORECASE)

Finder = Callable[[ast.AST], bool]


def _within(path: Path, *places: str) -> bool:
    name = relative(path)
    return any(name.startswith(place) or f"/{place}" in name for place in places)


def refuse(finder: Finder, *allowed: str) -> None:
    """Fail with every place outside `allowed` where the finder says yes."""
    found = []
    for path in python_files():
        if not _within(path, *allowed):
            found += [f"{relative(path)}:{node.lineno}" for node in ast.walk(tree(path)) if finder(node)]  # type: ignore[attr-defined]
    assert found == [], "\n".join(found)


def _names(node: ast.AST, *names: str) -> bool:
    """Whether a node calls one of the names, bare or as an attribute."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    return (isinstance(called, ast.Name) and called.id in names) or (
        isinstance(called, ast.Attribute) and called.attr in names
    )


def _imports(node: ast.AST, *modules: str) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in modules for alias in node.names)
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in modules


def test_only_the_clock_knows_the_time() -> None:
    def asks(node: ast.AST) -> bool:
        if _names(node, "utcnow", "today"):
            return True
        return (
            _names(node, "now")
            and isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) in {"datetime", "datetime.datetime", "dt.datetime"}
        )

    refuse(asks, "sratix_core/values/clock.py")


def test_only_the_values_make_ids_and_chance() -> None:
    refuse(
        lambda node: _imports(node, "random", "secrets") or _names(node, "urandom"),
        "sratix_core/values/",
        "sratix_core/settings.py",  # the first start makes the installation's key before anything is injected
    )
    refuse(lambda node: _names(node, "uuid1", "uuid4", "uuid6", "uuid7"))


def test_raw_sql_stays_in_the_database_rooms() -> None:
    def writes_sql(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            return any(alias.name in {"text", "literal_column"} for alias in node.names)
        return (
            isinstance(node, ast.Attribute)
            and node.attr in {"text", "exec_driver_sql"}
            and ast.unparse(node.value) in {"sa", "sqlalchemy", "sa.sql", "connection", "conn"}
        )

    refuse(writes_sql, "sratix_core/tenancy/", "sratix_core/db/", "migrations/")


def test_nobody_commits_but_the_unit_of_work() -> None:
    def commits(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "commit"
            and not re.search(r"(\btm|transaction|manager)$", ast.unparse(node.func.value))
        )

    refuse(commits, "sratix_core/tenancy/", "sratix_core/jobs/", "sratix_core/db/")


def test_egress_is_the_only_way_out() -> None:
    ways = {
        "socket", "ssl", "http.client", "urllib.request", "urllib3", "requests", "httpx", "httpcore", "aiohttp", "ftplib",
        "xmlrpc", "telnetlib",
    }  # fmt: skip
    found = [
        f"{relative(path)}:{item.line} imports {item.target}"
        for path in python_files()
        for item in imports(path)
        if any(item.target == way or item.target.startswith(f"{way}.") for way in ways)
        and not _within(
            path,
            "sratix_core/egress/",
            "sratix_core/cli/capabilities.py",  # `sratix doctor` asks what this machine can reach at all
            "sratix_email_smtp/server.py",  # mail leaves by SMTP
            "sratix_stripe/double/",  # stands in for the outside, on loopback
        )
    ]
    assert found == [], "\n".join(found)


ASKING = {"Egress", "begin_question", "end_question", "saved_question", "Place"}
"""Who imports one of these calls the outside, or makes others call."""


def test_a_checkpoint_is_for_calling_the_outside() -> None:
    # A commit in the middle of a request gives up its all-or-nothing: only for an intent that must outlive the call.
    # The outside is called through `Egress`, or through a payment provider that was asked for its question.
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in python_files()
        if not _within(path, "sratix_core/payments/")
        and not any(item.target.rsplit(".", 1)[-1] in ASKING for item in imports(path))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "checkpoint"
    ]
    assert found == [], "\n".join(found)


def test_nothing_prints() -> None:
    refuse(
        lambda node: isinstance(node, ast.Call) and ast.unparse(node.func) == "print",
        "sratix_core/ledger/offline",
    )


def test_every_module_says_what_it_owns() -> None:
    silent = [
        relative(path)
        for path in python_files()
        if path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(tree(path)) is None
        and not _within(path, "migrations/versions/")
    ]
    assert silent == [], "\n".join(silent)


def _sources() -> Iterator[Path]:
    yield from python_files()
    yield from template_files()
    for folder in (CORE, PLUGINS):
        for suffix in ("*.js", "*.css"):
            yield from folder.rglob(suffix)


def test_no_file_is_longer_than_a_room() -> None:
    spared = ("/static/", "/tests/", "/migrations/versions/")  # vendored, tests, generated
    long = [
        f"{relative(path)}: {lines} lines"
        for path in dict.fromkeys(_sources())
        if not any(place in relative(path) for place in spared)
        and (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    ]
    assert long == [], "\n".join(long)


def test_templates_carry_no_inline_style_or_script() -> None:
    found = []
    for path in template_files():
        html = path.read_text(encoding="utf-8")
        mail = any(place in relative(path) for place in MAIL_TEMPLATES)
        rules = [INLINE_SCRIPT, EVENT_HANDLER] if mail else [INLINE_SCRIPT, EVENT_HANDLER, STYLE]
        for rule in rules:
            found += [
                f"{relative(path)}:{html.count(chr(10), 0, hit.start()) + 1} {hit.group().strip()}"
                for hit in rule.finditer(html)
            ]
    assert found == [], "\n".join(found)


def test_every_page_has_a_title() -> None:
    untitled = []
    for path in template_files():
        html = path.read_text(encoding="utf-8")
        if re.search(r"<html\b", html) and not re.search(r"<title\b", html):
            untitled.append(relative(path))
    assert untitled == [], "\n".join(untitled)


def test_nothing_is_left_for_later() -> None:
    # A library's own NotImplementedError may be caught; nothing of ours raises it.
    words = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|raise NotImpl" r"ementedError\b")
    left = [relative(path) for path in _sources() if words.search(path.read_text(encoding="utf-8"))]
    kept = [name for name in left if "static/vendor/" not in name]
    assert kept == [], "\n".join(kept)


def test_the_links_that_packaging_relies_on_are_there() -> None:
    link = CORE / "templates"
    assert link.is_symlink()
    assert link.resolve() == ROOT / "templates"


def test_no_property_is_timed_by_the_wall_clock() -> None:
    """Hypothesis calls an example that takes 200 ms a failure: a full collection takes as long, and so does waiting for a core."""
    assert settings().deadline is None


def test_what_a_test_is_told_by_its_environment_reaches_it() -> None:
    """The root conftest drops a developer's own settings; a switch that it dropped too would do nothing, unnoticed."""
    asked = re.compile(r"environ(?:\.get\(|\[)\"(SRATIX_[A-Z_]+)\"")
    folders = [ROOT / "tests", *PLUGINS.glob("*/tests")]
    read = {
        name
        for folder in folders
        for path in folder.rglob("*.py")
        for name in asked.findall(path.read_text())
    }
    kept = set(re.findall(r"\"(SRATIX_[A-Z_]+)\"", (ROOT / "conftest.py").read_text().split("BROWSERS")[0]))
    assert {name for name in read if "TEST" in name or "LONG" in name} <= kept
