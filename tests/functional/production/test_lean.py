"""What a web process does without: libraries that only workers, commands or single pages use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sratix_core.settings import as_environment
from tests.builders import sqlite_settings

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


def test_a_web_process_loads_only_what_pages_need(tmp_path: Path) -> None:
    settings = sqlite_settings(tmp_path, smtp_url="smtp://mail.example:25")  # without one it has a page that shows mail
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
