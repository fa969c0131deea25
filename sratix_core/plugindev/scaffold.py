"""A plugin to start from, written into a folder: it installs, has a page, a setting and a table, and passes its test."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from sratix_core.plugins.checks import NAME

HERE = Path(__file__).parent / "scaffold"


class BadName(Exception):
    """The sentence says what to type instead."""


def write(name: str, into: Path) -> list[Path]:
    """Make `into/name` and return the files in it. Raises `BadName`, also when there is something of that name."""
    if not NAME.fullmatch(name):
        raise BadName(f"{name!r} is not usable as a name: write a-z, 0-9 and _, at most 31 characters.")
    folder = into / name
    if folder.exists():
        raise BadName(f"{folder} is there already: choose another name, or move it away.")
    core = version("sratix")
    major, minor, *_ = core.split(".")
    words = {
        "@NAME@": name,
        "@DASHED@": name.replace("_", "-"),
        "@TITLE@": name.replace("_", " ").capitalize(),
        "@CORE@": f"{major}.{minor},<{major}.{int(minor) + 1}",
    }
    written = []
    for source in sorted(path for path in HERE.rglob("*.txt") if path.is_file()):
        place, text = str(source.relative_to(HERE)).removesuffix(".txt"), source.read_text(encoding="utf-8")
        place = place.replace("package/", f"sratix_{name}/", 1) if place.startswith("package/") else place
        for mark, word in words.items():
            place, text = place.replace(mark, word), text.replace(mark, word)
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written
