"""Writes `docs/permissions.md` from the code: the table of permissions and what every page of the dashboard and every operation of the API asks for.

`python -m tests.architecture.permissions_page` after a change.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyramid.registry import Registry

from sratix_core import dashboard
from sratix_core.accounts.permissions import IN_ORGANIZATION, PERMISSIONS, PRESETS, ROLES
from sratix_core.api import framework
from tests.architecture.source import ROOT

PAGE = ROOT / "docs" / "permissions.md"
HEAD = """# Permissions

Written by `python -m tests.architecture.permissions_page` from `sratix_core/accounts/permissions.py` and the registered views; a test compares.

A member has a role everywhere, or roles in single events, or both. A page below an event's address asks for its permission in that event; every
other page asks for it everywhere. Nobody gives, changes or takes away what they do not hold, and an organization always keeps an owner. An
organization makes roles of its own by ticking permissions; they work like the ones here.

Whoever acts for an organization that takes part in the events (an exhibitor, a sponsor, a club) has a role in it and no place in the tenant: the
addresses below that organization's answer them, everything else of the tenant is as unknown as a tenant that is not there.
"""
API_HEAD = """A person's access token has the rights of the membership, an API key those of its scopes. Amounts of orders and sales are `null` without
`money.view`."""
CALLERS = {
    "anybody": "any credential",
    "person": "whoever is signed in",
    "device": "a scanner's key",
    "body": "the secret in the body",
    "public": "nobody in particular",
}
AFTER = """
Super admins run the installation; an organization's pages are unknown to them as to everybody who is no member. Attendees need no account.
"""


def asked(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """Pattern, method and permission of every view of the dashboard, in the order of its routes."""
    views = [each["introspectable"] for each in registry.introspector.get_category("views") or ()]
    for name, pattern in dashboard.ROUTES:
        mine = [view for view in views if view["route_name"] == name]
        pairs = {
            (m, permission_of(registry, view)) for view in mine for m in _methods(view["request_methods"])
        }
        for method, permission in sorted(pairs):
            yield pattern, method, permission


def permission_of(registry: Registry, view: object) -> str:
    """What a view was registered with."""
    related = registry.introspector.related(view)
    return next(str(each["value"]) for each in related if each.category_name == "permissions")


def _methods(given: object) -> list[str]:
    found = [given] if isinstance(given, str) else list(given or ())  # type: ignore[call-overload]
    return [method for method in found if method != "HEAD"]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def render(registry: Registry) -> str:
    """The whole page."""
    members = [role for role in PRESETS if role.key in ROLES]
    lines = [HEAD, "## Roles", "", _row("Role", "Key", "What for", "Held"), _row("---", "---", "---", "---")]
    held = {
        "platform": "the installation",
        "tenant": "everywhere",
        "event": "in events",
        "organization": "in organizations that take part",
        "own": "own orders",
    }
    lines += [_row(r.title, f"`{r.key}`", r.what, ", ".join(held[s] for s in r.scopes)) for r in PRESETS]
    lines += [AFTER, "## What each role allows", ""]
    lines += [_row("Permission", "Held", *(r.title for r in members))]
    lines += [_row("---", "---", *(":-:" for _ in members))]
    for p in PERMISSIONS:
        marks = ["✓" if p.name in ROLES[r.key] else "" for r in members]
        held_in = {"tenant": "everywhere", "event": "or in events", "organization": "or in an organization"}
        lines.append(_row(f"{p.title} `{p.name}`", held_in[p.level], *marks))
    inside = [role for role in PRESETS if role.key in IN_ORGANIZATION]
    lines += ["", "## What a role allows in one organization that takes part", ""]
    lines += [_row("Permission", *(r.title for r in inside)), _row("---", *(":-:" for _ in inside))]
    for p in PERMISSIONS:
        if p.level == "organization":
            marks = ["✓" if p.name in IN_ORGANIZATION[r.key] else "" for r in inside]
            lines.append(_row(f"{p.title} `{p.name}`", *marks))
    lines += ["", "## What each page asks for", ""]
    lines += ["`signed_in` is whoever has a login, `member` whoever has a place in the organization.", ""]
    lines += [_row("Address", "Method", "Permission"), _row("---", "---", "---")]
    lines += [
        _row(f"`{pattern}`", method, f"`{permission}`") for pattern, method, permission in asked(registry)
    ]
    lines += ["", "## What each operation of the API asks for", "", API_HEAD, ""]
    lines += [_row("Address", "Method", "Operation", "Permission"), _row("---", "---", "---", "---")]
    lines += [
        _row(f"`{framework.ROOT}{e.path}`", e.method, f"`{e.name}`", asks(e))
        for e in registry[framework.OPERATIONS]
    ]
    return "\n".join(lines) + "\n"


def asks(operation: framework.Endpoint) -> str:
    """A member's permission, or who may call without one."""
    return CALLERS.get(operation.security) or f"`{operation.permission}`"


def make_registry(folder: Path) -> Registry:
    """The application's registry, over an empty database."""
    from sratix_core.app import make_app
    from tests.support import close, make_runtime

    process = make_runtime(folder)
    try:
        return make_app(process.settings, process).registry
    finally:
        close(process)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(render(make_registry(Path(made))), encoding="utf-8")
