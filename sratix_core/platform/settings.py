"""The settings this process runs with, to read: each with its variable, and whether it was set. Secrets are never shown."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config

from sratix_core.platform.shell import screen
from sratix_core.settings import SETTINGS, Setting, Settings, defaults
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request


@view_config(
    route_name="platform.settings",
    request_method="GET",
    permission=PLATFORM,
    renderer="platform/settings.jinja2",
)
def settings(request: Request) -> dict[str, Any]:
    known = request.runtime.settings
    usual = defaults(known)
    return screen(
        request,
        [(request.t("Settings"), None)],
        rows=[row(request, setting, known, usual.get(setting.name)) for setting in SETTINGS],
    )


def row(request: Request, setting: Setting, known: Settings, usual: Any) -> dict[str, Any]:
    value = getattr(known, setting.name)
    shown = " ".join(value) if isinstance(value, tuple) else str(value) if value not in (None, "") else ""
    if isinstance(value, bool):
        shown = "true" if value else "false"
    if setting.secret:
        shown = ""
    return {
        "env": setting.env,
        "help": request.t(setting.help),
        "value": shown,
        "secret": setting.secret,
        "given": value not in (None, "", ()),
        "usual": value == usual or (value in (None, "", ()) and usual in (None, "", ())),
    }
