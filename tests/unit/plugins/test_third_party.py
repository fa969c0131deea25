"""A plugin that a stranger publishes: installed as a folder with metadata, found, migrated, served, and uninstalled again.

Each test runs in a process of its own, because a plugin's models stay in the registry for good.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

PACKAGE = """
from pathlib import Path
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column
from sratix_core.plugin import Base, DataUse, PluginInfo, TenantScoped, hookimpl

info = PluginInfo("guestbook", "Guest book", "1.0", "extras")

class Entry({bases}):
    __tablename__ = "{table}"
    words: Mapped[str] = mapped_column(String(200))

@hookimpl
def register_migrations():
    return Path(__file__).parent / "migrations"

@hookimpl
def data_inventory():
    return [DataUse("words", "x_guestbook_entries.words", "remembering", "consent", "a year")]
"""
REVISION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{name}", {down!r}, None, None

def upgrade() -> None:
    {upgrade}

def downgrade() -> None:
    pass
"""
CREATE = """op.create_table(
        "x_guestbook_entries",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder on the path, as pip would leave it."""
    site = tmp_path / "site"
    meta = site / "sratix_guestbook-1.0.dist-info"
    meta.mkdir(parents=True)
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: sratix-guestbook\nVersion: 1.0\n")
    (meta / "entry_points.txt").write_text("[sratix.plugins]\nguestbook = sratix_guestbook\n")
    install(site)
    return site


def install(site: Path, bases: str = "TenantScoped, Base", table: str = "x_guestbook_entries") -> None:
    package = site / "sratix_guestbook"
    (package / "migrations").mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(PACKAGE.format(bases=bases, table=table))
    (package / "migrations" / "g1_first.py").write_text(REVISION.format(name="g1", down=None, upgrade=CREATE))


def run(script: str, *path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [*path, ROOT]))},
        cwd=path[0] if path else ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr[-3000:]


def upgrade(url: str) -> str:
    return f"""
        import sqlalchemy as sa
        from sratix_core.db import migrate
        from sratix_core.db.base import Base
        from sratix_core.plugins import PluginHost
        host = PluginHost.discover()
        migrate.upgrade("{url}", host)
        found = sa.inspect(sa.create_engine("{url}")).get_table_names()
        print("tables", sorted(t for t in found if "guestbook" in t))
        print("check", [s for s in migrate.check("{url}") if "guestbook" in s])
    """


def test_it_is_found_migrated_and_uninstalled_without_a_trace_of_trouble(site: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/third.db"
    both = "tables ['alembic_guestbook', 'x_guestbook_entries']"
    assert both in run(upgrade(url), site)
    second = REVISION.format(
        name="g2", down="g1", upgrade="op.create_index('ix', 'x_guestbook_entries', ['words'])"
    )
    (site / "sratix_guestbook" / "migrations" / "g2_second.py").write_text(second)
    assert "check []" not in run(upgrade(url), site)  # an index that no model knows is told
    gone = run(upgrade(url))
    assert both in gone, "its rows stay"
    assert "check []" in gone, "and nobody compares them"


@pytest.mark.parametrize(
    ("bases", "table", "sentence"),
    [
        ("TenantScoped, Base", "guestbook", "table guestbook must be named x_guestbook_"),
        ("TenantScoped, Base", "x_guestbooks", "table x_guestbooks must be named x_guestbook_"),
        ("Base", "x_guestbook_entries", "model Entry must be TenantScoped"),
    ],
)
def test_a_table_that_is_not_its_own_is_refused(site: Path, bases: str, table: str, sentence: str) -> None:
    install(site, bases, table)
    if bases == "Base":
        path = site / "sratix_guestbook" / "__init__.py"
        path.write_text(path.read_text().replace("String(200))", "String(200), primary_key=True)"))
    out = run("from sratix_core.plugins import PluginHost; PluginHost.discover()", site)
    assert "PluginError" in out
    assert sentence in out


def edited(site: Path, before: str, after: str) -> str:
    """What the start says to the plugin with one change."""
    path = site / "sratix_guestbook" / "__init__.py"
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    return run("from sratix_core.plugins import PluginHost; PluginHost.discover()", site)


def test_text_that_nobody_declares_is_refused(site: Path) -> None:
    said = edited(site, '"x_guestbook_entries.words"', '"elsewhere"')
    assert "Plugin guestbook: x_guestbook_entries.words may hold personal data" in said
    harmless = 'mapped_column(String(200), info={"personal": False})'
    assert edited(site, "mapped_column(String(200))", harmless) == ""


def test_a_key_over_all_tenants_is_refused(site: Path) -> None:
    said = edited(site, "mapped_column(String(200))", "mapped_column(String(200), unique=True)")
    assert (
        "a unique key of x_guestbook_entries reaches over all tenants: write it with tenant_unique." in said
    )


def test_a_foreign_key_that_could_leave_the_tenant_is_refused(site: Path) -> None:
    said = edited(site, "class Entry(", "from sqlalchemy import ForeignKey\nclass Entry(")
    assert said == ""
    said = edited(
        site, "mapped_column(String(200))", 'mapped_column(String(200), ForeignKey("tenants.slug"))'
    )
    assert "a foreign key of x_guestbook_entries could leave the tenant: write it with tenant_fk." in said


def test_one_made_for_another_core_is_refused(site: Path) -> None:
    meta = site / "sratix_guestbook-1.0.dist-info" / "METADATA"
    meta.write_text(meta.read_text() + "Requires-Dist: sratix >=7\n")
    said = run("from sratix_core.plugins import PluginHost; PluginHost.discover()", site)
    assert (
        "Plugin guestbook is made for SRAtix >=7, this is 0.1.0: install a version of it that fits." in said
    )


def test_one_that_cannot_be_loaded_stops_the_start_with_a_sentence(site: Path) -> None:
    (site / "sratix_guestbook" / "__init__.py").write_text("import nothing_of_that_name")
    out = run("from sratix_core.plugins import PluginHost; PluginHost.discover()", site)
    assert (
        "Plugin guestbook cannot be loaded: No module named 'nothing_of_that_name'. Repair or uninstall it."
        in out
    )


def test_one_under_another_name_is_refused(site: Path) -> None:
    (site / "sratix_guestbook-1.0.dist-info" / "entry_points.txt").write_text(
        "[sratix.plugins]\nvisitors = sratix_guestbook\n"
    )
    out = run("from sratix_core.plugins import PluginHost; PluginHost.discover()", site)
    assert "Plugin visitors calls itself guestbook" in out


SCRIPT = """
    import sys
    from click.testing import CliRunner
    from sratix_core.cli import main
    for line in sys.stdin.read().splitlines():
        if line == "fill":
            exec(FILL)
            continue
        done = CliRunner().invoke(main, line.split(), prog_name="sratix")
        print(done.exit_code, " ".join(done.output.split()))
"""
FILL = """
import os, sratix_guestbook
from sratix_core import runtime
from sratix_core.settings import load
from sratix_core.tenancy.scope import TenantScope
process = runtime.build(load(os.environ, {}))
tenant = process.engines.tenants.by_slug("club")
with process.engines.begin(TenantScope(tenant.id)) as db:
    db.add(sratix_guestbook.Entry(id=process.sources.ids.new(), words="Wonderful evening"))
process.engines.dispose()
"""


def sratix(home: Path, site: Path | None, *commands: str) -> list[str]:
    """Commands in one process that has the plugin installed, or not: the exit code and what was said by each."""
    environ = {
        **os.environ,
        "SRATIX_ENV": "test",
        "SRATIX_DATA_DIR": str(home),
        "PYTHONPATH": f"{site or ''}:{ROOT}",
    }
    environ["SRATIX_DATABASE_URL"] = f"sqlite:///{home}/uninstall.db"
    script = f"FILL = {FILL!r}\n" + textwrap.dedent(SCRIPT)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        input="\n".join(commands), capture_output=True, text=True, check=False, cwd=home, env=environ,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line[:2] in ("0 ", "1 ")]


def test_uninstalling_is_refused_while_it_is_on_or_holds_data_and_then_leaves_nothing(
    site: Path, tmp_path: Path
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    *_, is_on, _, holds, _ = sratix(
        home, site,
        "migrate", "tenant create club --name Club", "plugin enable guestbook club", "fill",
        "plugin uninstall guestbook --drop-data", "plugin disable guestbook club",
        "plugin uninstall guestbook", "plugin enable guestbook club",
    )  # fmt: skip
    assert is_on.startswith("1 ")
    assert "guestbook is on for club: switch it off there first" in is_on
    assert holds.startswith("1 ")
    assert "holds 1 rows in x_guestbook_entries. Nothing was deleted." in holds

    listed, dropped, after = sratix(
        home, None, "plugin list", f"plugin uninstall guestbook --export {out} --drop-data", "plugin list"
    )
    assert listed.startswith("0 ")
    assert "guestbook is switched on for 1 organizers and not installed" in listed
    assert dropped.startswith("0 ")
    assert "Deleted: 1 rows in x_guestbook_entries; 1 switches" in dropped
    assert "Wonderful evening" in (out / "x_guestbook_entries.jsonl").read_text()
    assert "not installed" not in after
    names = f"import sqlalchemy as sa; print(sa.inspect(sa.create_engine('sqlite:///{home}/uninstall.db')).get_table_names())"
    assert "guestbook" not in run(names)
