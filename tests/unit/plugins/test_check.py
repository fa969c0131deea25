"""`sratix plugin check` finds what is wrong with a plugin: for each check there is one that fails it, and one that passes all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sratix_core.plugindev import folder, scaffold, source

SRATIX = [sys.executable, "-W", "ignore", "-c", "from sratix_core.cli import main; main()"]


def check(made: Path) -> dict[str, tuple[bool, str]]:
    """The report: what was tried, whether it is fine, and the sentence."""
    done = subprocess.run(
        [*SRATIX, "plugin", "check", str(made)], capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stdout.splitlines() if line[:4] in ("ok  ", "NO  ")]
    assert lines, done.stderr
    found: dict[str, tuple[bool, str]] = {}
    for line in lines:
        name, _, detail = line[5:].partition(" ")
        found[name] = (line[:2] == "ok", detail.strip())
    assert done.returncode == (0 if all(ok for ok, _ in found.values()) else 1)
    return found


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A new plugin."""
    scaffold.write("odd", tmp_path)
    return tmp_path / "odd"


def change(made: Path, file: str, before: str, after: str) -> None:
    path = made / "sratix_odd" / file
    text = path.read_text()
    assert before in text, before
    path.write_text(text.replace(before, after))


def test_a_new_plugin_passes_every_check(made: Path) -> None:
    found = check(made)
    assert [name for name, (ok, _) in found.items() if not ok] == []
    assert set(found) == {
        "boot", "version", "imports", "http", "sessions", "sources", "migrations", "start", "permissions", "hooks", "tenants", "off",
    }  # fmt: skip


def undeclared(made: Path) -> None:
    change(made, "__init__.py", "x_odd_entries.words", "somewhere")


def other_version(made: Path) -> None:
    change(made, "__init__.py", 'version="0.1.0"', 'version="0.2.0"')


def reaches_past_the_facade(made: Path) -> None:
    change(
        made,
        "views.py",
        "from sqlalchemy import select",
        "from sqlalchemy import select\nfrom sratix_core.orders import service",
    )


def calls_the_outside(made: Path) -> None:
    change(
        made,
        "views.py",
        "from sqlalchemy import select",
        "import urllib.request\nfrom sqlalchemy import select",
    )


def commits(made: Path) -> None:
    change(made, "views.py", "    ctx.db.add(", "    ctx.db.commit()\n    ctx.db.add(")


def asks_the_clock(made: Path) -> None:
    change(made, "views.py", "created_at=ctx.clock.now()", "created_at=__import__('datetime').datetime.now()")


def no_way_down(made: Path) -> None:
    change(made, "migrations/0001_first.py", 'op.drop_table("x_odd_entries")', "pass")


def behind_its_models(made: Path) -> None:
    change(made, "models.py", "    created_at:", "    more: Mapped[int | None]\n    created_at:")


def asks_for_no_right(made: Path) -> None:
    change(
        made,
        "views.py",
        "permission=EDIT, renderer=template)",
        'permission="signed_in", renderer=template)',
    )


def without_any_permission(made: Path) -> None:
    change(made, "views.py", "permission=EDIT, ", "")


def remembers_for_everybody(made: Path) -> None:
    change(made, "views.py", 'EDIT = "odd.edit"', 'EDIT = "odd.edit"\nSEEN: list[str] = []')
    change(made, "views.py", "        entries=list(entries),", "        entries=_all(list(entries)),")
    change(made, "views.py", "def _shown(", "def _all(entries):\n    known = [e.words for e in entries]\n    SEEN.extend(w for w in known if w not in SEEN)\n    return [type('E', (), {'words': w}) for w in SEEN]\n\n\ndef _shown(")  # fmt: skip


HOOK = "\n\n@hookimpl\ndef {}(ctx, order):\n    {}\n"


def raises(made: Path) -> None:
    path = made / "sratix_odd" / "__init__.py"
    path.write_text(path.read_text() + HOOK.format("order_placed", "1 / 0"))


def dawdles(made: Path) -> None:
    path = made / "sratix_odd" / "__init__.py"
    path.write_text(path.read_text() + HOOK.format("order_paid", "__import__('time').sleep(0.4)"))


@pytest.mark.parametrize(
    ("spoil", "name", "words"),
    [
        (reaches_past_the_facade, "imports", "take what you need from sratix_core.plugin"),
        (calls_the_outside, "http", "urllib.request"),
        (commits, "sessions", "the request or the job commits"),
        (asks_the_clock, "sources", "use ctx.clock.now()"),
    ],
)
def test_the_source_tells_what_goes_round_the_core(
    made: Path, spoil: Callable[[Path], None], name: str, words: str
) -> None:
    assert not any(source.faults(folder.read(made)).values())
    spoil(made)
    (sentence,) = source.faults(folder.read(made))[name]
    assert words in sentence


@pytest.mark.parametrize(
    ("spoils", "wrong"),
    [
        ([undeclared], {"boot": "x_odd_entries.words may hold personal data"}),
        (
            [without_any_permission, behind_its_models],
            {"start": "declares no permission", "migrations": "add column"},
        ),
        (
            [other_version, no_way_down, asks_for_no_right, remembers_for_everybody, raises, dawdles],
            {
                "version": "info says 0.2.0, setup.cfg 0.1.0",
                "migrations": "the way down leaves x_odd_entries behind",
                "permissions": "is for staff and open to anybody",
                "tenants": "shows one organizer what is another's",
                "hooks": "order_placed raised ZeroDivisionError; order_paid took",
            },
        ),
    ],
    ids=["boot", "start", "run"],
)
def test_a_broken_plugin_fails_its_check(
    made: Path, spoils: list[Callable[[Path], None]], wrong: dict[str, str]
) -> None:
    for spoil in spoils:
        spoil(made)
    found = check(made)
    assert {name for name, (ok, _) in found.items() if not ok} == set(wrong)
    for name, words in wrong.items():
        assert words in found[name][1]


@pytest.mark.parametrize(
    ("name", "words"), [("Odd", "not usable as a name"), ("a" * 40, "not usable"), ("there", "there already")]
)
def test_a_scaffold_needs_a_name_of_its_own(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(scaffold.BadName, match=words):
        scaffold.write(name, tmp_path)
