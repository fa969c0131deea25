"""Page templates compiled before the first page, in a child: what compiling leaves behind would stay as long as the server, 3 MB.

Done once after an installation or upgrade, by the first process that starts; the others wait for it (2 s).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import structlog
from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import bc_magic
from pyramid.router import Router
from pyramid_jinja2 import IJinja2Environment  # type: ignore[import-untyped]

from sratix_core.runtime import Runtime

TEMPLATES = Path(__file__).parents[1] / "templates"
MAIL = "email/"
"""Drawn by `messages/layout.py`, with an environment of its own."""

log = structlog.get_logger("sratix.templates")


def ahead(app: Router) -> None:
    """Have every page template compiled, where compiled ones are kept. One that cannot be is left to the page that asks for it."""
    environment: Environment = app.registry.getUtility(IJinja2Environment, name=".jinja2")
    cache = environment.bytecode_cache
    if not isinstance(cache, FileSystemBytecodeCache):
        return
    files = dict(_files(app.registry["runtime"]))
    wanted, stamp = _fingerprint(files), Path(cache.directory, "complete")
    with Path(cache.directory, "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_text() != wanted:
            _in_a_child(environment, list(files))
            stamp.write_text(wanted)


def _files(process: Runtime) -> Iterator[tuple[str, Path]]:
    """Every page template by the name that pages call it."""
    for file in sorted(TEMPLATES.rglob("*.jinja2")):
        name = file.relative_to(TEMPLATES).as_posix()
        if not name.startswith(MAIL):
            yield name, file
    for module in process.plugins.modules.values():
        home = Path(str(module.__file__)).parent
        for file in sorted(home.glob("templates/**/*.jinja2")):
            yield f"{module.__name__}:{file.relative_to(home).as_posix()}", file


def _fingerprint(files: dict[str, Path]) -> str:
    digest = hashlib.sha256(bc_magic)
    for name, file in files.items():
        found = file.stat()
        digest.update(f"{name} {file} {found.st_mtime_ns} {found.st_size}\n".encode())
    return digest.hexdigest()


def _in_a_child(environment: Environment, names: list[str]) -> None:
    """Compile into the cache. No thread runs yet and no connection is open, so that a fork is safe."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        for name in names:
            try:
                environment.get_template(name)
            except Exception as error:  # an author's mistake, which the page will tell
                log.warning("template_not_compiled", template=name, error=str(error))
    finally:
        os._exit(0)
