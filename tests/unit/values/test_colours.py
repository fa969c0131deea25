"""A brand's colour stays its own where it can be read, and moves no further than it must where it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.colours import INK, TEXT_CONTRAST, WHITE, BadColour, contrast, ink_on, legible

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_ink_follows_the_colour() -> None:
    assert ink_on("#ffd400") == INK
    assert ink_on("#0b2f6a") == WHITE


@given(COLOURS)
def test_something_can_always_be_read_on_any_colour(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= TEXT_CONTRAST


@given(COLOURS)
def test_a_brands_text_reads_by_day_and_night(colour: str) -> None:
    for paper in ("#ffffff", "#17191d"):
        assert contrast(legible(colour, paper), paper) >= TEXT_CONTRAST


def test_a_colour_that_reads_is_left_alone() -> None:
    assert legible("#0b2f6a", "#ffffff") == "#0b2f6a"


@pytest.mark.parametrize("bad", ["red", "#fff", "#12345g", "#1234567", ""])
def test_anything_else_is_refused(bad: str) -> None:
    with pytest.raises(BadColour):
        ink_on(bad)
