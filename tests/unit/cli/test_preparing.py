"""Bytecode for web processes: libraries lose their docstrings and nothing else, ours keep them, Python takes it for its own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sratix_core.cli import lean
from sratix_core.cli.preparing import bytecode, shorten, write

LIBRARY = '''"""A library's own words about itself."""
import sys

class Engine:
    """Turns."""

    def turn(self):
        """Turn once."""
        assert self.oiled, "oil it"
        return "Turn once."

    if sys.version_info > (3,):
        def stop(self):
            """Stop."""

def words():
    "said"
    return "said"
'''


def shortened(source: str) -> dict[str, object]:
    tree = ast.parse(source)
    shorten(tree)
    found: dict[str, object] = {}
    exec(compile(tree, "library", "exec"), found)
    return found


def test_docstrings_are_shortened_and_everything_else_stays() -> None:
    found = shortened(LIBRARY)
    engine: type = found["Engine"]  # type: ignore[assignment]
    said = [
        found["__doc__"],
        engine.__doc__,
        engine.turn.__doc__,
        engine.stop.__doc__,
        found["words"].__doc__,
    ]
    assert said == ["."] * 5
    assert found["words"]() == "said"
    with pytest.raises(AssertionError, match="oil it"):
        engine.turn(type("Dry", (), {"oiled": False}))


def test_python_reads_what_was_written_until_the_source_changes(tmp_path: Path) -> None:
    library, kept = tmp_path / "lib" / "library.py", tmp_path / "kept"
    library.parent.mkdir()
    library.write_text(LIBRARY)
    write(kept, "library", library)

    def doc() -> str:
        asked = "import library; print(library.__doc__)"
        env = {**os.environ, "PYTHONPATH": str(library.parent), lean.HANDED_DOWN: str(kept)}
        env["PYTHONDONTWRITEBYTECODE"] = "1"
        return subprocess.run(
            [sys.executable, "-c", asked], env=env, check=True, capture_output=True, text=True
        ).stdout.strip()

    assert doc() == "."
    library.write_text(LIBRARY.replace("own words", "new words"))
    os.utime(library, (1, 1))
    assert doc() == "A library's new words about itself."


def test_our_own_modules_keep_their_words() -> None:
    assert b"libraries without their docstrings" in bytecode("sratix_core.cli.lean", Path(lean.__file__))
    assert b"libraries without their docstrings" not in bytecode("library", Path(lean.__file__))


def test_only_a_complete_folder_is_read_and_only_in_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    environ = {"SRATIX_DATA_DIR": str(tmp_path)}  # production is what it is where nothing else is said
    kept = lean.folder(tmp_path)
    kept.mkdir(parents=True)
    lean.begin(environ)
    assert sys.pycache_prefix is None
    (kept / lean.COMPLETE).touch()
    lean.begin({**environ, "SRATIX_ENV": "demo"})
    assert sys.pycache_prefix is None
    lean.begin(environ)
    assert sys.pycache_prefix == str(kept)
    monkeypatch.setattr(os, "environ", {})
    lean.hand_down()
    assert os.environ == {lean.HANDED_DOWN: str(kept)}
    lean.end()
    assert (sys.pycache_prefix, os.environ) == (None, {})


def test_a_folder_that_somebody_else_named_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    kept = lean.folder(tmp_path)
    kept.mkdir(parents=True)
    (kept / lean.COMPLETE).touch()
    lean.begin({"SRATIX_ENV": "production", "SRATIX_DATA_DIR": str(tmp_path)})
    lean.end()
    assert sys.pycache_prefix == str(tmp_path)
