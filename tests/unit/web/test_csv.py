"""A cell that a spreadsheet would run becomes text; what people wrote otherwise stays as it was, line breaks and quotes too."""

from __future__ import annotations

import csv
import io

import pytest

from sratix_core.web.csv import IN_MEMORY, as_csv, neutral


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
@pytest.mark.parametrize("rest", ["HYPERLINK(1)", "cmd|' /C calc'!A0", "SUM(A1:A9)", "1+2+cmd"])
def test_a_formula_is_text(start: str, rest: str) -> None:
    assert neutral(start + rest) == f"'{start}{rest}"


@pytest.mark.parametrize(
    "cell", ["+41 79 123 45 67", "-12.50", "+41 (0)31/123", "a=b", "Zoë", "", "2027-03-01", "x@example.org"]
)
def test_a_phone_number_and_an_amount_stay(cell: str) -> None:
    assert neutral(cell) == cell


def test_what_goes_in_comes_out_however_long() -> None:
    rows = [["a,b", 'say "x"', "two\nlines", "Zürich"]] * 40_000
    response, count = as_csv("list", ["A", "B", "C", "D"], iter(rows))
    body = b"".join(response.app_iter)
    response.app_iter.close()
    assert count == len(rows)
    assert len(body) == response.content_length > IN_MEMORY
    assert list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))[1:] == rows
