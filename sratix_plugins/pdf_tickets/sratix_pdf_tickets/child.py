"""The caged process that draws: run by its path, it imports nothing of ours and sees neither settings nor secrets.

Reads one JSON object {"html", "css"} and writes a PDF. Ends with 3 when the engine's libraries are missing, 4 when it
cannot draw. Limits: 8 s of processor, 1 GB of memory, 16 MB per file, no sockets, no programs, nothing but data: addresses.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import warnings
from typing import Any

CPU_SECONDS = 8
MEMORY = 1 << 30
FILE_SIZE = 16 << 20
ENGINE_MISSING, CANNOT_DRAW = 3, 4
FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.Request",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pty.spawn", "ftplib.", "http.client.",
)  # fmt: skip


def cage() -> None:
    """From here on this process cannot harm or starve its neighbours. There is no way back out."""
    os.nice(10)
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 2),
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_FSIZE, FILE_SIZE, FILE_SIZE),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def refuse(event: str, arguments: Any) -> None:
    """The audit hook: sees every attempt of Python code, cannot be removed."""
    if event.startswith(FORBIDDEN) and not (
        event == "urllib.Request" and str(arguments[0]).startswith("data:")
    ):
        raise PermissionError(f"{event} is not allowed here")


def draw(html: str, css: str) -> bytes:
    """The PDF. Whatever an address in it names, only data: is ever opened."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher, fonts = URLFetcher(allowed_protocols=("data",), allow_redirects=False), FontConfiguration()
    sheet = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=html, base_url=None, url_fetcher=fetcher)
    drawn: bytes = page.write_pdf(stylesheets=[sheet], font_config=fonts)
    return drawn


def main() -> int:
    warnings.simplefilter("ignore")
    cage()
    try:
        # cffi asks the system for libraries by running ldconfig, so the engine is loaded before programs are forbidden.
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return ENGINE_MISSING
    sys.addaudithook(refuse)
    if "--check" in sys.argv:
        return 0
    order = json.load(sys.stdin)
    try:
        drawn = draw(order["html"], order["css"])
    except Exception:
        return CANNOT_DRAW
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(drawn)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
