"""What a web process does without: libraries that only workers, commands or single pages use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from sratix_core.settings import as_environment
from tests.builders import sqlite_settings
from tests.functional.production.conftest import SECRET, Place
from tests.functional.production.serving import environment, serving, sratix

UNLOADED = {
    *("alembic", "babel", "email.policy", "httpcore", "huey", "icalendar", "joserfc", "nh3", "PIL"),
    *("pydoc", "redis", "rich", "smtplib", "stdnum", "stripe", "weasyprint", "xml.etree.ElementTree"),
    *("sratix_core.backup", "sratix_core.demo", "sratix_core.jobs.kinds", "sratix_core.plugindev"),
    "setuptools",  # of which Pyramid asks for `pkg_resources`
}

SERVE = """
import importlib, os, sys
import sratix_core.cli
importlib.import_module("sratix_core.cli.serve")
from sratix_core.app import make_app
from sratix_core.settings import load
make_app(load(os.environ))
print(*sys.modules)
"""


READ = """
import sys
sys.argv = ["sratix", "serve"]
import sratix_core.cli.serve
import click, pyramid.router, sqlalchemy.orm
print(click.echo.__doc__, pyramid.router.Router.__call__.__doc__, sqlalchemy.orm.Session.__doc__, sratix_core.cli.serve.run.__doc__)
"""


def test_a_web_process_loads_only_what_pages_need(tmp_path: Path) -> None:
    settings = sqlite_settings(
        tmp_path, smtp_url="smtp://mail.example:25"
    )  # without one it has a page that shows mail
    kept = {"PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "ignore"}
    said = subprocess.run(
        [sys.executable, "-c", SERVE],
        env=kept | as_environment(settings),
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(said.stdout.split())
    assert "sratix_core.shop" in loaded
    assert sorted(loaded & UNLOADED) == []


def test_a_web_process_reads_what_migrate_has_prepared(place: Place) -> None:
    runtime = place("sqlite", env="production", secret_key=SECRET, smtp_url="smtp://mail.example:25")

    def written() -> dict[Path, int]:
        return {file: file.stat().st_ino for file in runtime.settings.data_dir.rglob("*.pyc")}

    sratix(runtime, "migrate")
    before = written()
    assert len(before) > 1000
    sratix(runtime, "migrate")
    assert written() == before  # what has not changed is not written again
    said = subprocess.run(
        [sys.executable, "-c", READ], env=environment(runtime), check=True, capture_output=True, text=True
    )
    assert said.stdout == ". . . Serve until told to stop.\n"
    templates = runtime.settings.data_dir / "templates"
    assert (templates / "complete").is_file()
    known = {file.name for file in templates.iterdir()}
    with serving(runtime) as server:
        host = urlsplit(runtime.settings.base_url).netloc
        assert server.get("/account/login", Host=host)[0] == 200
        status, described = server.get("/api/v1/openapi.json", Host=host)
    assert status == 200, described
    shapes = json.loads(described)["components"]["schemas"].values()
    assert sum("description" in shape for shape in shapes) > 50  # our own words are all there
    assert {file.name for file in templates.iterdir()} == known
