"""Payment codes as pictures: SVG for paper and pages, PNG for mail, the Swiss cross in the middle where there is one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from sratix_core.plugin import qr_modules

MOST_SWISS, MOST_EPC = 25, 13
"""The largest QR versions that each standard allows."""

SIDE = 46.0
CROSS = 7.0
Box = tuple[float, float, float, float]


def boxes() -> tuple[tuple[Box, bool], ...]:
    """The cross in a code of 46 mm: white ground, black field, white cross, each as (x, y, width, height) and whether it is dark.

    The arms have the proportions of the flag (6 to 20 of 32).
    """
    middle, field = SIDE / 2, 6.0
    wide, long = field * 6 / 32, field * 20 / 32
    return (
        ((middle - CROSS / 2, middle - CROSS / 2, CROSS, CROSS), False),
        ((middle - field / 2, middle - field / 2, field, field), True),
        ((middle - wide / 2, middle - long / 2, wide, long), False),
        ((middle - long / 2, middle - wide / 2, long, wide), False),
    )


def shapes(text: str, *, swiss: bool) -> str:
    """The code as SVG shapes of 46 × 46 units from the origin. Raises ValueError for a text that is too long."""
    rows = qr_modules(text, MOST_SWISS if swiss else MOST_EPC)
    runs = "".join(f"M{x} {y}h{n}v1h-{n}z" for y, row in enumerate(rows) for x, n in _runs(row))
    drawn = f'<path transform="scale({SIDE / len(rows):.6f})" shape-rendering="crispEdges" d="{runs}"/>'
    for (x, y, width, height), dark in boxes() if swiss else ():
        fill = "#000" if dark else "#fff"
        drawn += f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'
    return drawn


def svg(text: str, *, swiss: bool) -> str:
    """The code alone with a quiet zone of 5 mm, black on white in every theme; as large as its box."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5 -5 56 56">'
        f'<rect x="-5" y="-5" width="56" height="56" fill="#fff"/>{shapes(text, swiss=swiss)}</svg>'
    )


def png(text: str, *, swiss: bool, about: int = 600) -> bytes:
    """The same in two colours, `about` as many pixels wide, whole pixels for each module."""
    rows = qr_modules(text, MOST_SWISS if swiss else MOST_EPC)
    scale = max(2, about // (len(rows) + 8))
    side, border = len(rows) * scale, 4 * scale
    dots = [bytearray(1 if dark else 0 for dark in row for _ in range(scale)) for row in rows]
    canvas = [bytearray(line) for line in dots for _ in range(scale)]
    for (x, y, width, height), dark in boxes() if swiss else ():
        left, right = round(x * side / SIDE), round((x + width) * side / SIDE)
        for line in canvas[round(y * side / SIDE) : round((y + height) * side / SIDE)]:
            line[left:right] = bytes([dark]) * (right - left)
    blank = bytearray(side + 2 * border)
    lines = [blank] * border
    lines += [bytearray(border) + line + bytearray(border) for line in canvas]
    return _png([*lines, *([blank] * border)])


def _png(lines: list[bytearray]) -> bytes:
    """One bit a pixel, 1 is dark, in a palette of white and black (PNG, ISO/IEC 15948)."""
    width = len(lines[0])
    packed = b"".join(
        b"\0" + int("".join(map(str, line)).ljust(-(-width // 8) * 8, "0"), 2).to_bytes(-(-width // 8))
        for line in lines
    )
    head = struct.pack(">IIBBBBB", width, len(lines), 1, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", head),
        (b"PLTE", b"\xff\xff\xff\0\0\0"),
        (b"IDAT", zlib.compress(packed, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Dark stretches of a row: where they begin, how long they are."""
    start = None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None
