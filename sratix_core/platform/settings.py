"""The settings this process runs with, to read: each with its variable, and where it came from. Secrets are never shown."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config

from sratix_core.platform.shell import screen
from sratix_core.settings import SETTINGS, Setting, Settings
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

SOURCES = {
    "default": "Default",
    "environment": "Environment",
    "file": "File",
    "ini file": "Ini file",
    "command line": "Command line",
    "made": "Made here",
}


@view_config(
    route_name="platform.settings",
    request_method="GET",
    permission=PLATFORM,
    renderer="platform/settings.jinja2",
)
def settings(request: Request) -> dict[str, Any]:
    known = request.runtime.settings
    return screen(
        request,
        [(request.t("Settings"), None)],
        rows=[row(request, setting, known) for setting in SETTINGS],
    )


def row(request: Request, setting: Setting, known: Settings) -> dict[str, Any]:
    value = getattr(known, setting.name)
    shown = " ".join(value) if isinstance(value, tuple) else str(value) if value not in (None, "") else ""
    if isinstance(value, bool):
        shown = "true" if value else "false"
    if setting.secret:
        shown = ""
    source = known.sources.get(setting.name, "default")
    return {
        "env": setting.env,
        "help": request.t(setting.help),
        "value": shown,
        "secret": setting.secret,
        "given": value not in (None, "", ()),
        "usual": source == "default",
        "source": request.t(SOURCES[source]),
    }
