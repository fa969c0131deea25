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
        "boot", "version", "imports", "http", "sessions", "sources", "migrations", "start", "permissions", "hooks", "tenants", "off", "outside",
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


def says(made: Path, text: str, file: str = "__init__.py") -> None:
    path = made / "sratix_odd" / file
    path.write_text(path.read_text() + text)


def answers_no_list(made: Path) -> None:
    says(made, "\n\n@hookimpl\ndef payment_providers(ctx):\n    return {'card': 1}\n")


def calls_in_disguise(made: Path) -> None:
    said = "\n\n@hookimpl\ndef order_placed(ctx, order):\n    try:\n        __import__('socket').create_connection(('127.0.0.1', 9))\n    except OSError:\n        pass\n"
    says(made, said)


def opens_an_engine(made: Path) -> None:
    says(made, "\n\nimport sqlalchemy as sa\n\n\ndef mine():\n    return sa.create_engine('sqlite://')\n")


def takes_the_connection(made: Path) -> None:
    change(made, "views.py", "    ctx.db.add(", "    ctx.db.connection()\n    ctx.db.add(")


def brings_a_driver(made: Path) -> None:
    says(made, "\n\nimport sqlite3\n")


def reads_the_machines_clock(made: Path) -> None:
    says(made, "\n\nimport time\n\n\ndef now():\n    return time.time()\n")


LISTENS = """

from sqlalchemy import event
from sqlalchemy.orm import Session


def heard(session, context, instances):
    pass


event.listen(Session, "before_flush", heard)
"""


def listens_to_everybody(made: Path) -> None:
    says(made, LISTENS)


BEHIND_THE_GATE = """

def _straight(context, request):
    from pyramid.response import Response

    return Response("here")


def _register(config):
    config.add_route("odd.straight", "/dashboard/{tenant}/x/odd/straight")
    config.action(None, _afterwards, (config,), order=9)


def _afterwards(config):
    from pyramid.interfaces import IRequest, IRouteRequest, IView, IViewClassifier
    from zope.interface import Interface

    route = config.registry.getUtility(IRouteRequest, name="odd.straight")
    config.registry.registerAdapter(_straight, (IViewClassifier, route, Interface), IView, "")
"""


def goes_round_the_gate(made: Path) -> None:
    change(made, "views.py", "def includeme(config: Any) -> None:", f"{BEHIND_THE_GATE.strip()}\n\n\ndef includeme(config: Any) -> None:\n    _register(config)")  # fmt: skip


def alters_the_core(made: Path) -> None:
    change(
        made,
        "migrations/0001_first.py",
        "    op.create_table(",
        '    op.add_column("orders", sa.Column("odd", sa.Integer()))\n    op.create_table(',
    )


def takes_forms_without_a_token(made: Path) -> None:
    open_to_all = 'request_method="POST", csrf=False, permission="__no_permission_required__"'
    change(made, "views.py", 'request_method="POST", permission=EDIT', open_to_all)


def shows_all_in_the_slot(made: Path) -> None:
    said = (
        "\n\nSEEN = []\n\n\n@hookimpl\ndef page_slot(request, slot, subject):\n"
        "    from sqlalchemy import select\n    from sratix_odd.models import Entry\n"
        "    SEEN.extend(request.db.scalars(select(Entry.words)))\n    return ' '.join(SEEN)\n"
    )
    says(made, said)


@pytest.mark.parametrize(
    ("spoil", "name", "words"),
    [
        (opens_an_engine, "sessions", "sa.create_engine(): use ctx.db"),
        (takes_the_connection, "sessions", "ctx.db.connection(): use ctx.db"),
        (brings_a_driver, "sessions", "imports sqlite3"),
        (reads_the_machines_clock, "sources", "use ctx.clock.now()"),
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
        (
            [
                answers_no_list,
                calls_in_disguise,
                listens_to_everybody,
                takes_forms_without_a_token,
                shows_all_in_the_slot,
            ],
            {
                "hooks": "payment_providers raised TypeError",
                "outside": "it called 127.0.0.1 by itself",
                "sessions": "listens to the sessions of every tenant",
                "off": "__init__.heard runs for a tenant that has it off",
                "permissions": "takes forms without a token",
                "tenants": "page_slot shows one organizer what is another's",
            },
        ),
        (
            [goes_round_the_gate, alters_the_core],
            {
                "off": "/x/odd/straight is still there for a tenant that has it off",
                "migrations": "the revisions change what is not its own",
            },
        ),
    ],
    ids=["boot", "start", "run", "round the core", "past the core"],
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
