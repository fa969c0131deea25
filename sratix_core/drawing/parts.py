"""What travels inside a page description, because the process that draws it opens no file and no address."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files


def data_address(content_type: str, data: bytes) -> str:
    """A `data:` address."""
    return f"data:{content_type};base64,{base64.b64encode(data).decode()}"


@cache
def font_face() -> str:
    """The CSS rule that brings Inter along; empty where the file is missing, and the machine's sans-serif is drawn."""
    font = files("sratix_core") / "static" / "fonts" / "inter.woff2"
    if not font.is_file():
        return ""
    source = data_address("font/woff2", font.read_bytes())
    return f'@font-face {{ font-family: "Inter"; font-weight: 100 900; src: url("{source}") format("woff2"); }}\n'
