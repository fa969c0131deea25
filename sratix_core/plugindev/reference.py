"""The reference pages, made from the code: `python -m sratix_core.plugindev.reference docs/reference` writes them.

A test compares them, so that no page lags behind.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

from sratix_core import hookspecs
from sratix_core.cli import main
from sratix_core.plugins.interfaces import SETTING_TYPES

MADE = "Made from the code by `python -m sratix_core.plugindev.reference docs/reference`; do not edit.\n"


def pages() -> dict[str, str]:
    """File name to text."""
    return {"plugins.md": "\n".join(_plugins()) + "\n", "commands.md": "\n".join(_commands()) + "\n"}


def hooks() -> Iterator[tuple[str, str, str]]:
    """Name, signature and sentence of every hook, in the order of the contract."""
    for name, function in vars(hookspecs).items():
        if inspect.isfunction(function) and hasattr(function, "sratix_spec"):
            found = inspect.signature(function)
            answer = str(found.return_annotation)
            arguments = ", ".join(found.parameters)
            yield (
                name,
                f"{name}({arguments}) -> {answer}",
                (inspect.getdoc(function) or "").replace("\n", " "),
            )


def _plugins() -> Iterator[str]:
    yield from (
        "# Reference for plugins",
        "",
        MADE,
        "[The guide](../plugins.md) says what each hook's answer looks like.",
        "",
    )
    yield from ("## Hooks", "")
    for name, signature, sentence in hooks():
        kind = " Told as a fact." if name in hookspecs.FACTS else ""
        yield f"- `{signature}`: {sentence}{kind}"
    yield from ("", "## Page slots", "", "| slot | where | subject |", "|---|---|---|")
    yield from (f"| `{slot}` | {where} | {subject} |" for slot, (where, subject) in hookspecs.SLOTS.items())
    yield from ("", "## Types of settings", "", "| type | what is stored |", "|---|---|")
    yield from (f"| `{name}` | {text} |" for name, text in SETTING_TYPES.items())
    yield from ("", "## What `sratix_core.plugin` has", "")
    plugin = import_module("sratix_core.plugin")  # described here, used by plugins only
    for name in sorted(plugin.__all__, key=str.lower):
        thing = getattr(plugin, name)
        documented = (
            inspect.isroutine(thing) or inspect.isclass(thing) or type(thing).__name__ == "InterfaceClass"
        )
        sentence = (inspect.getdoc(thing) or "").split("\n")[0] if documented else ""
        yield f"- `{name}`" + (f": {sentence}" if sentence else "")


def _commands() -> Iterator[str]:
    yield from (
        "# Reference of commands",
        "",
        MADE,
        "[The operator's guide](../operators-guide.md) says when to use which.",
        "",
    )
    yield from _command(main, "sratix")


def _command(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _command(below, f"{path} {name}")
        return
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (f"## `{path}`", "", f"`{path} {usage}`", "", command.get_short_help_str(200), "")
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            yield f"- `{', '.join(option.opts)}`" + (f": {option.help}" if option.help else "")
    yield ""


if __name__ == "__main__":
    for file, text in pages().items():
        (Path(sys.argv[1]) / file).write_text(text, encoding="utf-8")
