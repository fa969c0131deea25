"""Laying a letter out: HTML for mail programs and the same in plain text, from `templates/email/`."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from sratix_core.messages.letters import Letter
from sratix_core.values.colours import ink_on, legible

PAPER, NIGHT = "#ffffff", "#17191d"
"""What the accent's text stands on, by day and in the dark."""


@cache
def _environment() -> Environment:
    # Mail is HTML and plain text from the same folder: escape the one, never the other.
    return Environment(
        loader=PackageLoader("sratix_core", "templates/email"),
        autoescape=select_autoescape(enabled_extensions=("html.jinja2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def lay_out(letter: Letter) -> tuple[str, str]:
    """The letter as (plain text, HTML)."""
    environment = _environment()
    colours = {
        "accent": letter.accent,
        "ink": ink_on(letter.accent),
        "link": legible(letter.accent, PAPER),
        "night_link": legible(letter.accent, NIGHT),
    }
    text = environment.get_template("letter.txt.jinja2").render(letter=letter)
    html = environment.get_template("letter.html.jinja2").render(letter=letter, **colours)
    return text.strip() + "\n", html
