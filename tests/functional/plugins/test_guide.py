"""docs/plugins.md followed literally in an empty folder: its files written, its commands run, and its plugin works.

The same files are the bundled plugin, so the guide, the example and the tests cannot part.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BUNDLED = ROOT / "sratix_plugins" / "attendee_notes"
STEP = re.compile(r"^(?:`([\w./]+)`:\n\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str | None, str, str]]:
    """File (or None), language and text of every block of the guide's first part, in order."""
    guide = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    part = guide[guide.index("## A whole plugin") : guide.index("## Rules")]
    return [(hit[1], hit[2], hit[3]) for hit in STEP.finditer(part)]


def test_the_guide_is_the_bundled_plugin() -> None:
    files = {name: text for name, language, text in steps() if name}
    assert {Path(n).name for n in files} >= {
        "__init__.py",
        "models.py",
        "service.py",
        "views.py",
        "test_notes.py",
    }
    assert [n for n, text in files.items() if (BUNDLED / n).read_text(encoding="utf-8") != text] == []


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """The reader's shell: `pip install` goes into a folder of its own, and SRAtix keeps its data in another."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, call in {
        "sratix": "-c 'from sratix_core.cli import main; main()'",
        "pip": "-m pip",
        "python": "",
    }.items():
        (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -W ignore {call} "$@"\n')
        (tools / name).chmod(0o755)
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SRATIX_")}
    return {
        **environ,
        "PATH": f"{tools}:{environ['PATH']}",
        "PYTHONPATH": f"{tmp_path / 'site'}",
        "PIP_TARGET": str(tmp_path / "site"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it the other way round: no isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "SRATIX_ENV": "test",
        "SRATIX_DATA_DIR": str(tmp_path / "var"),
    }


def test_the_guide_leads_from_an_empty_folder_to_a_working_plugin(
    tmp_path: Path, shell: dict[str, str]
) -> None:
    desk, said = tmp_path / "desk", {}
    desk.mkdir()
    for file, language, text in steps():
        if file:
            path = desk / "attendee_notes" / file
            path.write_text(text, encoding="utf-8")
        elif language == "console":
            for line in text.splitlines():
                command = line.removeprefix("$ ")
                assert line.startswith("$ "), "a console block shows what is typed"
                program = shutil.which(shlex.split(command)[0], path=shell["PATH"])
                assert program is not None
                done = subprocess.run(
                    [program, *shlex.split(command)[1:]],
                    cwd=desk, env=shell, capture_output=True, text=True, check=False,
                )  # fmt: skip
                said[command] = done.stdout + done.stderr
                assert done.returncode == 0, f"{command}\n{said[command]}"
    assert (tmp_path / "site" / "sratix_attendee_notes" / "migrations" / "0001_notes.py").exists()
    assert "NO  " not in said["sratix plugin check attendee_notes"]
    assert "passed" in said["python -m pytest attendee_notes/tests"]
    assert "on   attendee_notes" in said["sratix plugin list --tenant club"]
    assert "0 rows in x_attendee_notes_notes" in said["sratix plugin uninstall attendee_notes --drop-data"]
