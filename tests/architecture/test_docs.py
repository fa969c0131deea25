"""The guides say what the code does: every setting, command and hook has its heading, and no heading is left over."""

from __future__ import annotations

import inspect
import re

import click
import pytest

from sratix_core import hookspecs
from sratix_core.cli import main
from sratix_core.plugindev import reference
from sratix_core.settings import SETTINGS
from tests.architecture.source import ROOT

OPERATORS = ROOT / "docs" / "operators-guide.md"
PLUGINS = ROOT / "docs" / "plugins.md"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def sections(page: str, pattern: str) -> dict[str, str]:
    """Headings of a page that match, each with the text below it up to the next heading."""
    found = re.split(r"^(#{2,4} .+)$", page, flags=re.MULTILINE)[1:]
    pairs = zip(found[::2], found[1::2], strict=True)
    return {hit.group(1): text for title, text in pairs if (hit := re.fullmatch(pattern, title))}


def commands(group: click.Command, prefix: str = "") -> list[str]:
    """`sratix tenant create` as "tenant create", for everything that `--help` lists."""
    if not isinstance(group, click.Group):
        return [prefix]
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            found += commands(command, f"{prefix} {name}".strip())
    return found


def hooks() -> dict[str, str]:
    """Every hook with its argument list, as the docs must write it: `order_paid(ctx, order)`."""
    found = {}
    for name, value in vars(hookspecs).items():
        members = vars(value).items() if inspect.isclass(value) else [(name, value)]
        for member, function in members:
            if inspect.isfunction(function) and hasattr(function, "sratix_spec"):
                arguments = [each for each in inspect.signature(function).parameters if each != "self"]
                found[member] = f"{member}({', '.join(arguments)})"
    return found


def test_every_setting_has_its_heading_and_its_help() -> None:
    described = sections(OPERATORS.read_text(encoding="utf-8"), r"#{2,4} `(SRATIX_[A-Z_]+)`")
    assert list(described) == [setting.env for setting in SETTINGS]
    silent = [setting.env for setting in SETTINGS if setting.help not in described[setting.env]]
    assert silent == [], "the guide repeats the help of a setting word for word, then says more"


def test_every_command_has_its_heading() -> None:
    described = sections(OPERATORS.read_text(encoding="utf-8"), r"#{2,4} `sratix ([a-z -]+)`")
    assert sorted(described) == sorted(commands(main))


def test_every_hook_has_its_heading_with_the_exact_arguments() -> None:
    described = sections(PLUGINS.read_text(encoding="utf-8"), r"#{2,4} `([a-z_]+\([a-z_, ]*\))`")
    assert hooks(), "hookspecs.py names no hook that pluggy knows"
    assert sorted(described) == sorted(hooks().values())


@pytest.mark.parametrize("name", sorted(reference.pages()))
def test_the_reference_is_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == reference.pages()[name], "python -m sratix_core.plugindev.reference docs/reference"


def test_every_slot_that_a_page_asks_for_is_in_the_contract() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "sratix_core").rglob("*.py"))
    asked = {slot for text in sources for slot in re.findall(r"page_slot\([^)]*slot=\"([a-z._]+)\"", text)}
    assert asked == set(hookspecs.SLOTS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: object) -> None:
    text = page.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    gone = [link for link in links if not (page.parent / link).exists()]  # type: ignore[attr-defined]
    assert gone == [], "\n".join(gone)


def test_the_two_commands_of_the_readme_are_scripts() -> None:
    for name in set(re.findall(r"script/[a-z]+", (ROOT / "README.md").read_text(encoding="utf-8"))):
        path = ROOT / name
        assert path.stat().st_mode & 0o111, f"{name} is named in the README and cannot be run"
