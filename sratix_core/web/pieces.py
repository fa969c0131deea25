"""The small pieces a page shows by the hundred: icons, badges, initials, moments. In Python, because a macro costs ten times as much.

`components/ui.jinja2` hands them to the pages; what is remembered depends on nothing but its arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sratix_core.values.locale import format_datetime_short
from sratix_core.web.translate import translate

STATES = {
    "draft": ("info", "pencil", "Draft"),
    "published": ("ok", "circle-check", "Published"),
    "on_sale": ("ok", "circle-check", "On sale"),
    "over": ("mute", "flag", "Over"),
    "archived": ("mute", "layers", "Archived"),
    "sold_out": ("mute", "ban", "Sold out"),
    "not_yet": ("info", "clock", "Not yet on sale"),
    "ended": ("mute", "clock", "Sale ended"),
    "used_up": ("mute", "check", "Used up"),
    "soon": ("info", "clock", "Begins later"),
    "hidden": ("mute", "eye-off", "Hidden"),
    "awaiting_payment": ("warn", "landmark", "Awaiting payment"),
    "paid_after_expiry": ("bad", "scale", "Paid too late"),
    "reserved": ("warn", "hourglass", "Reserved"),
    "lapsed": ("mute", "clock", "Lapsed"),
    "paused": ("mute", "circle", "Paused"),
    "link": ("info", "link", "By link only"),
    "removed": ("mute", "ban", "Removed"),
    "paid": ("ok", "circle-check", "Paid"),
    "free": ("ok", "circle-check", "Free"),
    "cancelled": ("mute", "ban", "Cancelled"),
    "expired": ("mute", "clock", "Expired"),
    "failed": ("bad", "circle-x", "Failed"),
    "valid": ("ok", "circle-check", "Valid"),
    "value": ("info", "gift", "Gift card"),
    "value_waiting": ("warn", "hourglass", "Not made yet"),
    "value_open": ("ok", "circle-check", "Good"),
    "value_blocked": ("bad", "lock", "Blocked"),
    "value_spent": ("mute", "receipt", "Spent"),
    "value_ended": ("mute", "hourglass", "Ended"),
    "value_returned": ("mute", "undo-2", "Given back"),
    "void": ("mute", "ban", "Void"),
    "admit": ("ok", "check", "Admitted"),
    "refuse": ("bad", "ban", "Refused"),
    "look": ("warn", "eye", "Look"),
    "inside": ("ok", "door-open", "Inside"),
    "left": ("mute", "log-out", "Left"),
    "expected": ("mute", "circle-dashed", "Expected"),
    "queued": ("info", "clock", "Queued"),
    "sent": ("ok", "send", "Sent"),
    "bounced": ("bad", "mail", "Bounced"),
    "active": ("ok", "circle-check", "Active"),
    "enabled": ("ok", "circle-check", "On"),
    "disabled": ("mute", "circle", "Off"),
    "pending": ("warn", "hourglass", "Waits for approval"),
    "rejected": ("mute", "ban", "Rejected"),
    "suspended": ("bad", "ban", "Suspended"),
    "invited": ("info", "mail", "Invited"),
    "revoked": ("mute", "ban", "Revoked"),
    "open": ("info", "circle-dashed", "Open"),
    "received": ("ok", "circle-check", "Received"),
}
"""By state: tone, icon, word. A state is always colour, icon and word."""

SHOP_ICONS = {"link": "eye"}
"""What the shop's smaller sprite shows instead."""


@lru_cache(maxsize=1024)
def icon(sheet: str, name: str, size: str = "") -> Markup:
    """A symbol of the sprite at `sheet`; it decorates, so it has no name of its own."""
    css = f"icon {size}" if size else "icon"
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(css, sheet, name)


@lru_cache(maxsize=1024)
def _badge(sheet: str, locale: str, state: str, size: str) -> Markup:
    tone, mark, word = STATES.get(state, ("mute", "circle", ""))
    text = translate(word, locale) if word else state.replace("_", " ").capitalize()
    if "shop" in sheet:
        mark = SHOP_ICONS.get(state, mark)
    return _marked(sheet, tone, mark, text, size)


def _marked(sheet: str, tone: str, mark: str, text: str, size: str) -> Markup:
    css = f"badge {size}" if size else "badge"
    return Markup('<span class="{}" data-tone="{}">{}{}</span>').format(css, tone, icon(sheet, mark), text)


def badge(sheet: str, locale: str, state: Any, word: str = "", size: str = "") -> Markup:
    """A state as a badge; `word` replaces its own, anything unknown shows its name in grey."""
    name = str(getattr(state, "value", state))
    if not word:
        return _badge(sheet, locale, name, size)
    tone, mark, _ = STATES.get(name, ("mute", "circle", ""))
    return _marked(sheet, tone, SHOP_ICONS.get(name, mark) if "shop" in sheet else mark, word, size)


def initials(name: str | None) -> str:
    """`AM` of Ann Miller, `?` of nobody."""
    parts = (name or "?").split()
    return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else "?"


def avatar(name: str | None, size: str = "sm") -> Markup:
    """Initials in one of four colours; decoration beside the name itself."""
    css = f"avatar {size}" if size else "avatar"
    hue = len(name or "") % 4 + 1
    return Markup(f'<span class="{css}" data-hue="{hue}" aria-hidden="true">{escape(initials(name))}</span>')  # noqa: S704 -- the name is escaped


def when(locale: str, own_zone: str, at: datetime, zone: str | None = None) -> Markup:
    """An instant in the page's zone, or the one given."""
    shown = escape(format_datetime_short(at, zone or own_zone, locale))
    return Markup(f'<time datetime="{at.isoformat()}">{shown}</time>')  # noqa: S704 -- formats of ours


def for_pages(
    locale_of: Callable[[Context], str], zone_of: Callable[[Context, str | None], str]
) -> dict[str, Any]:
    """The globals from which `components/ui.jinja2` takes the pieces of one page, in its language and zone."""

    @pass_context
    def badges(context: Context, sheet: str) -> Callable[..., Markup]:
        return partial(badge, sheet, locale_of(context))

    @pass_context
    def moments(context: Context) -> Callable[..., Markup]:
        return partial(when, locale_of(context), zone_of(context, None))

    return {
        "icons": lambda sheet: partial(icon, sheet),
        "badges": badges,
        "moments": moments,
        "avatar_of": avatar,
        "initials_of": initials,
    }
