"""The dashboard is in German, whole: what its templates and views say, its tables of words, and what each plugin brings along."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from sratix_core.accounts.permissions import PERMISSIONS, PRESETS
from sratix_core.dashboard.acts import ACTIONS, KINDS, sentence_of
from sratix_core.plugins import PluginHost
from sratix_core.web.catalogs.de import SENTENCES as GERMAN

ROOT = Path(__file__).parents[3]
DASHBOARD = ROOT / "sratix_core" / "dashboard"
HOST = PluginHost.discover()
OWN: dict[str, dict[str, str]] = {
    name: dict(brought.get("de", {})) for name, brought in HOST.collect("register_sentences")
}
SAMPLES = {"style_guide.py"}
"""No page of an installation in production."""


def said_in_template(source: str) -> Iterator[str]:
    """What a template passes to `t`, each of a choice of two."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args:
            yield from _constants(call.args[0])


def _constants(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        for side in (node.expr1, node.expr2):
            if side is not None:
                yield from _constants(side)


def said_in_python(tree: ast.AST) -> Iterator[str]:
    """What code passes to `t`, its name or an attribute of a request."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args and _name(call.func) == "t":
            for part in ast.walk(call.args[0]) if isinstance(call.args[0], ast.IfExp) else (call.args[0],):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def words_of_tables(tree: ast.Module) -> Iterator[str]:
    """The sentences among a module's constants: they begin with a capital or a placeholder and go on small, or have words between."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            for part in ast.walk(statement.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and _speaks(part.value):
                    yield part.value


def _speaks(text: str) -> bool:
    return re.match(r"[A-Z{][^_=<>]*$", text) is not None and re.search(r"[a-z]{2}", text) is not None


def parsed(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        if "tests" not in path.parts and "double" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def of_templates(folder: Path) -> set[str]:
    return {
        sentence
        for page in folder.rglob("*.jinja2")
        if "double" not in page.parts
        for sentence in said_in_template(page.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("folder", ["dashboard", "components"])
def test_every_sentence_of_a_template_is_there(folder: str) -> None:
    said = of_templates(ROOT / "templates" / folder)
    assert len(said) > 20
    assert sorted(said - GERMAN.keys()) == []


def test_every_sentence_of_a_view_is_there() -> None:
    said = {sentence for _, tree in parsed(DASHBOARD) for sentence in said_in_python(tree)}
    assert len(said) > 200
    assert sorted(said - GERMAN.keys()) == []


def test_every_word_of_a_table_is_there() -> None:
    said = set()
    for path, tree in parsed(DASHBOARD):
        if path.name not in SAMPLES:
            said |= set(words_of_tables(tree))
    said |= {word for role in PRESETS for word in (role.title, role.what)}
    said |= {word for permission in PERMISSIONS for word in (permission.title, permission.area)}
    assert len(said) > 300
    assert sorted(said - GERMAN.keys()) == []


def acts(folder: Path) -> set[str]:
    """What code records in the journal by a name that stands there."""
    calls = (n for _, tree in parsed(folder) for n in ast.walk(tree) if isinstance(n, ast.Call))
    said = (
        c.args[1] for c in calls if _name(c.func) in {"record", "record_row", "recorded"} and len(c.args) > 2
    )
    found = (p.value for a in said for p in ast.walk(a) if isinstance(p, ast.Constant))
    return {name for name in found if isinstance(name, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", name)}


def test_every_act_has_words() -> None:
    recorded = acts(ROOT / "sratix_core") - acts(ROOT / "sratix_core" / "platform")
    assert len(recorded) > 60
    assert sorted(recorded - ACTIONS.keys()) == []
    assert sorted({*ACTIONS.values(), *KINDS.values()} - GERMAN.keys()) == []


@pytest.mark.parametrize("name", sorted(HOST.infos))
def test_every_sentence_of_a_plugin_is_there(name: str) -> None:
    info, folder = HOST.infos[name], ROOT / "sratix_plugins" / name
    said = {info.title, info.description} | of_templates(folder)
    for _, tree in parsed(folder):
        said |= set(said_in_python(tree))
    for owner, setting in HOST.collect("register_settings"):
        if owner == name:
            said |= {setting.title, setting.help, *(text for _, text in setting.options)}
    said |= {right.title for owner, right in HOST.collect("register_permissions") if owner == name}
    said |= {sentence_of(act) for act in acts(folder)}
    assert sorted(said - {"", "Stripe"} - GERMAN.keys() - OWN.get(name, {}).keys()) == []


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_plugin_speaks_as_the_core_does(name: str) -> None:
    """The core's words come first: other ones of a plugin's would never be seen."""
    own = OWN[name]
    assert {s: GERMAN[s] for s, german in own.items() if GERMAN.get(s, german) != german} == {}
    assert [s for s, german in own.items() if placeholders(s) != placeholders(german)] == []
    loud = re.compile(r"!|\bbitte\b|\berfolgreich|ß", re.IGNORECASE)
    assert [german for german in own.values() if loud.search(german)] == []


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_the_reader_of_templates_sees_both_of_a_choice() -> None:
    source = '{{ t("One" if n == 1 else "Many", n=n) }}{{ link(t("Inside"), x) }}{{ other("Not this") }}'
    assert set(said_in_template(source)) == {"One", "Many", "Inside"}


def test_the_reader_of_tables_knows_words_from_names() -> None:
    source = 'A = {"x.y": ("Order placed", "icon"), 1: "{n} open"}\nB = "Cache_Control"\ndef f(): return "Not this"'
    assert set(words_of_tables(ast.parse(source))) == {"Order placed", "{n} open"}
