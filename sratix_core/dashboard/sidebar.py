"""The sidebar, rendered once for the same contents: it is half of every page's markup and the same from one page to the next.

What is kept depends on nothing but the values it was rendered from, so it cannot be old: a new event is another value.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

KEPT = 256
"""Some ten kB each."""


def install(environment: Environment) -> None:
    """Give the pages `sidebar(shell)`."""

    @lru_cache(maxsize=KEPT)
    def rendered(locale: str, values: tuple[tuple[str, Any], ...]) -> Markup:
        template = environment.get_template("dashboard/_sidebar.jinja2")
        return Markup(template.render(locale=locale, **dict(values)))  # noqa: S704 -- an escaping template

    @pass_context
    def sidebar(context: Context, shell: dict[str, Any]) -> Markup:
        draw = rendered.__wrapped__ if environment.auto_reload else rendered
        drawn: list[Markup] = shell.get("drawn", [])  # a shell that is kept keeps what was drawn from it
        if not drawn or environment.auto_reload:
            drawn[:] = [draw(context["request"].locale_name, _values(shell))]
        return drawn[0]

    environment.globals["sidebar"] = sidebar


def _values(shell: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """All of the shell that the sidebar shows, as values that compare."""
    plain = (
        *("title", "subtitle", "logo_url", "mark", "platform_href", "events_href", "new_event_href"),
        *("my_href", "my_current"),
    )
    return (
        *((name, shell.get(name)) for name in plain),
        ("events", tuple((e["name"], e["note"], e["href"], e["current"]) for e in shell["events"])),
        ("tenants", tuple((p["name"], p["href"], p["current"]) for p in shell["tenants"])),
        (
            "organizations",
            tuple((o["name"], o["note"], o["href"], o["current"]) for o in shell["organizations"]),
        ),
        ("nav", tuple((area["label"], tuple(map(_item, area["items"]))) for area in shell["nav"])),
    )


def _item(item: dict[str, Any]) -> tuple[Any, ...]:
    return item["label"], item["icon"], item["href"], item["count"], item["hot"], item["current"]
