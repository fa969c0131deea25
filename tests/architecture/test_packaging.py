"""Wheels of the core and of every bundled plugin hold all they need, and run away from the checkout.

They are built from a copy, because setuptools leaves a build folder behind that would feed the next wheel old files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import PLUGINS, ROOT

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "build", "dist", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis", "*.db*"
)
PLUGIN_NAMES = sorted(path.parent.name for path in PLUGINS.glob("*/setup.cfg"))
# A distribution may come before the plugin in it does.
REGISTERED = [name for name in PLUGIN_NAMES if "sratix.plugins" in (PLUGINS / name / "setup.cfg").read_text()]

SRATIX = "from sratix_core.cli import main; main()"
PROBE = """
import pathlib, sys
import sratix_core
from sratix_core.db import migrate
home = pathlib.Path(sratix_core.__file__).parent
assert str(home).startswith(sys.argv[1]), home
for folder in ("templates", "static", "db/migrations"):
    assert any(path.is_file() for path in (home / folder).rglob("*")), folder
"""


def run(*command: str, cwd: Path, **environ: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as a fresh clone would have it."""
    target = tmp_path_factory.mktemp("clone") / "sratix"
    shutil.copytree(ROOT, target, symlinks=True, ignore=LEFT_OUT)
    return target


@pytest.fixture(scope="module")
def wheels(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Distribution folder name (`.` for the core) to its wheel."""
    home = tmp_path_factory.mktemp("wheels")
    found = {}
    for name in [".", *PLUGIN_NAMES]:
        out = home / f"out-{name.strip('.') or 'core'}"
        source = copy if name == "." else copy / "sratix_plugins" / name
        run(
            sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(out), str(source), cwd=home
        )  # fmt: skip
        (found[name],) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def site(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheels unpacked as pip does it, to be put before everything on the path."""
    target = tmp_path_factory.mktemp("site")
    files = [str(path) for path in wheels.values()]
    run(
        sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target), *files, cwd=target
    )  # fmt: skip
    return target


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def files_of(folder: Path) -> set[str]:
    """Files below a source folder, linked folders included, as the wheel should name them from that folder on."""
    found = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found |= {
            Path(place, name).relative_to(folder).as_posix() for name in files if not name.startswith(".")
        }
    return found


def test_the_core_wheel_holds_every_file(copy: Path, wheels: dict[str, Path]) -> None:
    wanted = {f"sratix_core/{name}" for name in files_of(copy / "sratix_core")}
    assert {"templates", "static", "db"} <= {name.split("/")[1] for name in wanted}
    assert wanted - set(names(wheels["."])) == set()


def test_the_core_wheel_holds_the_core_only(wheels: dict[str, Path]) -> None:
    tops = {name.split("/")[0] for name in names(wheels["."])}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"sratix_core"}


def test_the_demo_travels_with_the_core(copy: Path, wheels: dict[str, Path]) -> None:
    inside = names(wheels["."])
    for name in files_of(copy / "tenants"):
        assert any(entry.endswith(f"/{name}") for entry in inside), f"tenants/{name} is not in the wheel"


@pytest.mark.parametrize("plugin", PLUGIN_NAMES)
def test_a_plugin_wheel_holds_every_file(copy: Path, wheels: dict[str, Path], plugin: str) -> None:
    package = f"sratix_{plugin}"
    inside = set(names(wheels[plugin]))
    wanted = {f"{package}/{name}" for name in files_of(copy / "sratix_plugins" / plugin / package)}
    assert wanted
    assert wanted - inside == set()
    assert any(name.endswith("entry_points.txt") for name in inside)
    assert not any(name.startswith(("sratix_core/", "tests/")) for name in inside)


def test_the_wheels_import_away_from_the_checkout(site: Path, tmp_path: Path) -> None:
    run(sys.executable, "-c", PROBE, str(site), cwd=tmp_path, PYTHONPATH=str(site))


def test_the_wheels_migrate_an_empty_database_away_from_the_checkout(site: Path, tmp_path: Path) -> None:
    environ = {"PYTHONPATH": str(site), "SRATIX_ENV": "test", "SRATIX_DATA_DIR": str(tmp_path / "var")}
    run(sys.executable, "-c", SRATIX, "migrate", cwd=tmp_path, **environ)
    listed = run(sys.executable, "-c", SRATIX, "plugin", "list", cwd=tmp_path, **environ)
    for plugin in REGISTERED:
        assert plugin in listed
