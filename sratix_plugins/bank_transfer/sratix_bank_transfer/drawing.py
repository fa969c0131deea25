"""Payment part and receipt as one SVG of 210 × 105 mm (SIX, Implementation Guidelines QR-bill v2.3 and its style guide).

One unit is one millimetre. Positions, sizes of type and the size of the code are those of the guideline. The picture is a
little higher: the scissors sit on the line to cut along, half of them above the slip.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from sratix_bank_transfer import code
from sratix_bank_transfer.headings import Headings, headings
from sratix_bank_transfer.iban import grouped
from sratix_bank_transfer.measure import POINT, width, wrapped
from sratix_bank_transfer.payload import Bill, decimal, fitting, swiss
from sratix_bank_transfer.references import spaced

WIDTH, HEIGHT = 210, 105
ABOVE = 3
"""What the scissors take above the slip."""
RECEIPT = 62.0
MARGIN = 5.0
PAYMENT = RECEIPT + MARGIN
DETAILS = 118.0
LINE = 0.75 * POINT
FONT = "Arial, Helvetica, 'Liberation Sans', Frutiger, sans-serif"
BLANK_RECEIPT, BLANK_PAYMENT = (52.0, 20.0), (65.0, 25.0)
"""Fields to write a payer into, where none is known: between corner marks."""


def draw(bill: Bill, locale: str) -> str:
    """The slip. Raises ValueError when the code would be larger than version 25."""
    words, bill = headings(locale), fitting(bill)
    coded = code.shapes(swiss(bill), swiss=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT + ABOVE}mm" '
        f'viewBox="0 {-ABOVE} {WIDTH} {HEIGHT + ABOVE}" role="img" aria-label="{escape(words.payment_part)}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{_separation()}'
        f'<g font-family="{FONT}" fill="#000">{_receipt(bill, words)}'
        f'<g transform="translate({PAYMENT} 17)">{coded}</g>{_payment(bill, words)}</g></svg>'
    )


class Column:
    """Text from the top down: headings and values in their sizes, a line of spacing between blocks.

    `brief` is for addresses that would not fit: without the street, as the guideline allows, one line for each value.
    """

    def __init__(
        self, x: float, y: float, room: float, sizes: tuple[float, float, float], brief: bool
    ) -> None:
        self.x, self.y, self.room, self.brief = x, y, room, brief
        self.heading_size, self.size, self.leading = sizes
        self.drawn: list[str] = []

    def block(self, heading: str, lines: list[str]) -> None:
        """Nothing without lines."""
        if not lines:
            return
        self.heading(heading)
        for line in lines:
            parts = wrapped(line, self.size, self.room)
            for part in parts[:1] if self.brief else parts:
                self._line(part, self.size)
        self.y += self.leading * POINT

    def heading(self, text: str) -> None:
        self._line(text, self.heading_size, bold=True)

    def _line(self, text: str, size: float, *, bold: bool = False) -> None:
        self.y += self.leading * POINT
        self.drawn.append(_text(self.x, self.y, text, size, bold=bold))


def _receipt(bill: Bill, words: Headings, brief: bool = False) -> str:
    """Its title, whom and what, the amount, and where the counter stamps."""
    sizes = (6, 8, 9)
    column = Column(MARGIN, 12, 52, sizes, brief)
    column.block(words.account, [grouped(bill.iban), *bill.creditor.lines(brief)])
    column.block(words.reference, [spaced(bill.reference)])
    payer = _payer(column, bill, words, BLANK_RECEIPT)
    if column.y > 68 and not brief:
        return _receipt(bill, words, brief=True)
    amount = _amount(bill, words, MARGIN, 68, sizes, 12)
    point = words.acceptance_point
    right = RECEIPT - MARGIN - width(point, 6, bold=True)
    return "".join(
        (
            _text(MARGIN, 5 + 11 * POINT, words.receipt, 11, bold=True),
            *column.drawn,
            payer,
            amount,
            _text(right, 82 + 6 * POINT, point, 6, bold=True),
        )
    )


def _payment(bill: Bill, words: Headings, brief: bool = False) -> str:
    sizes = (8, 10, 11)
    column = Column(DETAILS, 5 - 3 * POINT, 87, sizes, brief)
    column.block(words.account, [grouped(bill.iban), *bill.creditor.lines(brief)])
    column.block(words.reference, [spaced(bill.reference)])
    column.block(words.information, [bill.message] if bill.message else [])
    payer = _payer(column, bill, words, BLANK_PAYMENT)
    if column.y > 95 and not brief:
        return _payment(bill, words, brief=True)
    return "".join(
        (
            _text(PAYMENT, 5 + 11 * POINT, words.payment_part, 11, bold=True),
            *column.drawn,
            payer,
            _amount(bill, words, PAYMENT, 68, sizes, 15),
        )
    )


def _payer(column: Column, bill: Bill, words: Headings, blank: tuple[float, float]) -> str:
    """Who pays, or corner marks around the space to write it."""
    before = len(column.drawn)
    if bill.debtor is not None:
        column.block(words.payable_by, bill.debtor.lines(column.brief))
        drawn, column.drawn = column.drawn[before:], column.drawn[:before]
        return "".join(drawn)
    column.heading(words.payable_by_blank)
    return column.drawn.pop() + _corners(column.x, column.y + 1, *blank)


def _amount(
    bill: Bill, words: Headings, x: float, y: float, sizes: tuple[float, float, float], beside: float
) -> str:
    """Currency and amount beside each other; the amount grouped by thin air, as in 1 234.50."""
    heading, size, leading = sizes
    whole, cents = decimal(bill.amount).split(".")
    figure = f"{int(whole):,}".replace(",", " ") + "." + cents
    first, second = y + heading * POINT, y + heading * POINT + leading * POINT
    return "".join(
        (
            _text(x, first, words.currency, heading, bold=True),
            _text(x + beside, first, words.amount, heading, bold=True),
            _text(x, second, bill.amount.currency, size),
            _text(x + beside, second, figure, size),
        )
    )


def _text(x: float, y: float, text: str, size: float, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size * POINT:.3f}"{weight}>{escape(text)}</text>'


def _corners(x: float, y: float, wide: float, high: float, arm: float = 3) -> str:
    right, bottom = x + wide, y + high
    marks = (
        f"M{x} {y + arm}V{y}H{x + arm}M{right - arm} {y}H{right}V{y + arm}"
        f"M{right} {bottom - arm}V{bottom}H{right - arm}M{x + arm} {bottom}H{x}V{bottom - arm}"
    )
    return f'<path d="{marks}" fill="none" stroke="#000" stroke-width="{LINE:.3f}"/>'


def _separation() -> str:
    """The lines to cut along, above and between, each with scissors."""
    lines = (
        f'<path d="M0 0H{WIDTH}M{RECEIPT:g} 0V{HEIGHT}" fill="none" stroke="#000" stroke-width="{LINE:.3f}"/>'
    )
    return lines + _scissors(f"translate({MARGIN} 0)") + _scissors(f"translate({RECEIPT:g} 12) rotate(-90)")


def _scissors(place: str) -> str:
    """Two rings and two blades along the line, 6 mm long, in outlines only: no font is needed."""
    rings = '<circle cx="1" cy="-1.1" r=".8"/><circle cx="1" cy="1.1" r=".8"/>'
    blades = '<path d="M1.7 -.7L6 1M1.7 .7L6 -1"/>'
    return f'<g transform="{place}" fill="#fff" stroke="#000" stroke-width=".3">{rings}{blades}</g>'
