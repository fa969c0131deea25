"""Runs the drawing process and says what went wrong in terms of the product. Never more than two at a time per process."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore

from sratix_core.drawing import child
from sratix_core.errors import Unavailable
from sratix_core.plugins.invoicing import InvoiceAttachment

CHILD = Path(child.__file__)
SECONDS = 30.0
AT_ONCE = 2
KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "HOME",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
)

_turns = BoundedSemaphore(AT_ONCE)


def draw_pdf(
    html: str,
    css: str,
    attachments: Sequence[InvoiceAttachment] = (),
    *,
    identifier: bytes = b"",
    archival: bool = False,
) -> bytes:
    """The PDF of one page description; `archival` is PDF/A-3b, whose attachments say what they are.

    `identifier` stands in its trailer, so that the same document is known again. Raises `Unavailable`: `pdf_engine_missing`,
    `pdf_busy` (two are being drawn), `pdf_too_long`, `pdf_failed`.
    """
    carried = [asdict(each) | {"data": base64.b64encode(each.data).decode()} for each in attachments]
    order = {
        "html": html,
        "css": css,
        "attachments": carried,
        "identifier": identifier.hex(),
        "archival": archival,
    }
    done = _run(json.dumps(order).encode())
    if done.returncode == child.ENGINE_MISSING:
        raise Unavailable("pdf_engine_missing")
    if done.returncode < 0:  # a limit of the cage ended it
        raise Unavailable("pdf_too_long")
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise Unavailable("pdf_failed")
    return done.stdout


def engine_answers() -> tuple[bool, str]:
    """For the health page: whether a PDF could be drawn now."""
    try:
        code = _run(b"", "--check").returncode
    except Unavailable:
        return True, "PDFs are being drawn right now."
    if code == child.ENGINE_MISSING:
        return (
            False,
            "The library Pango is missing: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0.",
        )
    return code == 0, "PDFs can be drawn." if code == 0 else "The process that draws PDFs does not start."


def _run(order: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    if not _turns.acquire(timeout=SECONDS / 2):
        raise Unavailable("pdf_busy")
    try:
        return subprocess.run(  # noqa: S603 -- our own file, by our own interpreter
            [sys.executable, "-I", str(CHILD), *arguments],
            input=order,
            capture_output=True,
            timeout=SECONDS,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
            cwd="/",
            close_fds=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable("pdf_too_long") from error
    finally:
        _turns.release()
