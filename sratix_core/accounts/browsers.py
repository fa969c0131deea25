"""What a browser calls itself, in two words a person recognises. Never a proof of anything."""

from __future__ import annotations

# The first that is named wins: everybody claims to be Mozilla, Edge and Opera claim to be Chrome, Chrome to be Safari.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrom", "Chrome"), ("Safari", "Safari"), ("curl", "curl"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_name(user_agent: str | None) -> str:
    """`Firefox, Linux`; empty when the browser says nothing we know. At most 40 characters."""
    said = user_agent or ""
    parts = [next((name for mark, name in known if mark in said), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(part for part in parts if part)
