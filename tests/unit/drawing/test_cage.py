"""The drawing process: opens nothing but data:, knows no secrets, ends when it takes too much, and says why it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sratix_core.drawing import cage, child
from sratix_core.errors import Unavailable


def test_no_address_in_the_page_or_its_style_is_opened(
    listener: tuple[int, list[bytes]], tmp_path: Path
) -> None:
    port, heard = listener
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    places = [
        f"http://127.0.0.1:{port}/a",
        f"http://localhost:{port}/",
        f"ftp://127.0.0.1:{port}/",
        f"file://{secret}",
    ]
    nested = (
        "data:image/svg+xml," + f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{places[0]}'/></svg>"
    )
    html = "".join(
        f'<link rel="stylesheet" href="{a}"><link rel="attachment" href="{a}"><img src="{a}"><object data="{a}"></object>'
        f'<embed src="{a}"><a rel="attachment" href="{a}">x</a><img srcset="{a} 2x">'
        for a in [*places, nested.replace('"', "'")]
    )
    css = "".join(
        f'@import url("{a}"); @font-face {{ font-family: F; src: url("{a}"); }}'
        f'p {{ background: url("{a}"); content: url("{a}"); list-style: url("{a}"); }}'
        for a in places
    )
    drawn = cage.draw_pdf(f'<base href="{places[0]}">{html}<p>still a page</p>', css)
    assert heard == []
    assert b"SECRET" not in drawn


def test_settings_and_secrets_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRATIX_SECRET_KEY", "must not travel")
    seen: dict[str, str] = {}

    def remember(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(options["env"])  # type: ignore[call-overload]
        return subprocess.CompletedProcess(command, 0, b"%PDF-1.7", b"")

    monkeypatch.setattr(subprocess, "run", remember)
    cage.draw_pdf("<p>", "")
    assert set(seen) <= set(cage.KEPT)
    assert "must not travel" not in seen.values()


def inside(statement: str) -> subprocess.CompletedProcess[str]:
    """Run a statement in a process that has entered the cage."""
    script = f"""
import sys; sys.path.insert(0, {str(Path(child.__file__).parent)!r})
import child
child.cage()
sys.addaudithook(child.refuse)
{statement}
"""
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "statement",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.fork()",
        "import urllib.request; urllib.request.urlopen('file:///etc/passwd')",
    ],
)
def test_there_is_no_way_out(statement: str) -> None:
    assert "PermissionError" in inside(statement).stderr


def test_too_much_memory_or_time_ends_it() -> None:
    assert "MemoryError" in inside("bytearray(2 << 30)").stderr
    assert (
        inside(
            "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
        ).returncode
        < 0
    )


class Process:
    """Stands for the child."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: int, out: bytes = b"") -> None:
        monkeypatch.setattr(
            subprocess, "run", lambda command, **o: subprocess.CompletedProcess(command, code, out, b"")
        )


@pytest.mark.parametrize(
    ("code", "out", "reason"),
    [
        (child.ENGINE_MISSING, b"", "pdf_engine_missing"),
        (child.CANNOT_DRAW, b"", "pdf_failed"),
        (-24, b"", "pdf_too_long"),
        (-9, b"", "pdf_too_long"),
        (0, b"not a pdf", "pdf_failed"),
    ],
)
def test_each_end_has_its_name(monkeypatch: pytest.MonkeyPatch, code: int, out: bytes, reason: str) -> None:
    Process(monkeypatch, code, out)
    with pytest.raises(Unavailable) as caught:
        cage.draw_pdf("", "")
    assert caught.value.code == reason


def test_a_third_one_at_the_same_time_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(cage, "SECONDS", 0.1)
    with cage._turns, pytest.raises(Unavailable) as caught:
        cage.draw_pdf("", "")
    assert caught.value.code == "pdf_busy"


def test_the_health_page_names_the_packages_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    Process(monkeypatch, child.ENGINE_MISSING)
    ok, sentence = cage.engine_answers()
    assert not ok
    assert "apt install libpango-1.0-0" in sentence


def test_the_engine_answers_here() -> None:
    assert os.path.exists(child.__file__)
    assert cage.engine_answers() == (True, "PDFs can be drawn.")


def test_the_limits_are_those_that_the_documentation_says() -> None:
    assert (child.CPU_SECONDS, child.MEMORY, child.FILE_SIZE) == (8, 1 << 30, 16 << 20)
