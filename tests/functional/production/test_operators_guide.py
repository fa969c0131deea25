"""The operator's guide, followed: its blocks marked `run` are run in their order, all others are at least proper shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.functional.production.conftest import Place
from tests.functional.production.serving import environment, sratix

GUIDE = Path(__file__).parents[3] / "docs" / "operators-guide.md"
BLOCK = re.compile(r"^```sh( run)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(runnable: bool) -> list[str]:
    found = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    return [text for mark, text in found if bool(mark) is runnable]


def test_the_guide_can_be_followed(place: Place, tmp_path: Path) -> None:
    runtime = place("sqlite")
    sratix(runtime, "migrate")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = environment(runtime) | {"PATH": path, "BACKUPS": str(tmp_path / "backups")}
    said = []
    for block in blocks(runnable=True):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        said.append(done.stdout)
    text = "".join(said)
    for sentence in (
        "Robotics Club is at",
        "manifest.json\n",
        "The books are right.",
        "The schema is up to date.",
    ):
        assert sentence in text
    assert "robotics" in sratix(runtime, "tenant", "list")
    assert len(list((tmp_path / "backups").glob("*.sratix"))) == 2


def test_every_other_block_is_proper_shell() -> None:
    assert len(blocks(runnable=False)) >= 4
    for block in blocks(runnable=False):
        subprocess.run(["bash", "-n", "-c", block], check=True)
