"""Tables as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets see it), with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile

from pyramid.response import FileIter, Response

IN_MEMORY = 1 << 20
"""Bytes up to which a file stays in memory; a longer one goes to a temporary file, never whole into memory."""

# What a spreadsheet takes for the start of a formula, full-width forms too (OWASP, CSV injection).
_FORMULA = re.compile("[\\s\0]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[\d][\d ()./’'-]*")


def neutral(value: str) -> str:
    """A cell that stays text: a formula gets an apostrophe in front; amounts and phone numbers stay as they are."""
    return f"'{value}" if _FORMULA.match(value) and not _NUMBER.fullmatch(value) else value


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Response, int]:
    """A download called `name`, and how many rows it has; `rows` are read one by one."""
    # The response closes the file when the last byte is out.
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([neutral(cell) for cell in head])
    count = 0
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        count += 1
    text.flush()
    size = file.tell()
    file.seek(0)
    text.detach()
    response = Response(content_type="text/csv", charset="utf-8", app_iter=FileIter(file))
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response, count
