"""From an invoice to a page description: plain values into our own autoescaped template, never markup of a tenant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from zope.interface import implementer

from sratix_core.plugin import (
    IInvoiceOutput,
    InvoiceAttachment,
    InvoiceDocument,
    InvoiceParty,
    Money,
    data_address,
    draw_pdf,
    font_face,
    format_date,
    format_money,
)
from sratix_pdf_invoices.sentences import words

ACCENT = "#0b6fa4"
MARKS = 4
"""Hebrew with vowels, accents and a dot needs three, Vietnamese and Thai two."""


@implementer(IInvoiceOutput)
class PdfInvoices:
    """PDF/A-3b, with whatever attachments there are."""

    name = "pdf"
    title = "PDF"
    content_type = "application/pdf"
    extension = "pdf"

    def render(self, document: InvoiceDocument, attachments: Sequence[InvoiceAttachment]) -> bytes:
        """Raises what drawing raises."""
        identifier = bytes.fromhex(document.digest)[:16]
        return draw_pdf(page(document), style(document), attachments, identifier=identifier, archival=True)


def page(document: InvoiceDocument) -> str:
    """The HTML document."""
    locale = document.locale
    said = words(locale)

    def money(amount: Money) -> str:
        return format_money(amount, locale)

    def day(when: date | None) -> str:
        return format_date(datetime.combine(when, time(12), UTC), "UTC", locale) if when else ""

    return str(
        _template().render(
            d=document,
            words=said,
            title=said[document.kind],
            money=money,
            bare=lambda amount: bare(amount, locale),
            day=day,
            rate=lambda bp: rate(bp, locale, document.total.currency),
            lines_of=lines_of,
            ask=ask(document, said, money, day),
            logo=data_address(document.logo_type, document.logo) if document.logo else "",
            slip=data_address("image/svg+xml", document.slip.svg.encode())
            if document.slip and document.slip.svg
            else "",
        )
    )


def ask(document: InvoiceDocument, said: dict[str, str], money: Any, day: Any) -> str:
    """The sentence about paying."""
    if document.kind == "credit_note":
        return said["credited"]
    if document.due.minor <= 0:
        return "" if document.kind == "proforma" else said["paid"]
    if document.due_on is None:
        return said["pay_when"].format(amount=money(document.due))
    return said["pay"].format(amount=money(document.due), date=day(document.due_on))


def bare(amount: Money, locale: str) -> str:
    """An amount without its currency, which stands in the column's head."""
    return re.sub(r"[^\d.,’'\u00a0\u202f−-]", "", format_money(amount, locale)).strip("\u00a0\u202f ")


def rate(bp: int, locale: str, currency: str) -> str:
    """`8.1 %` of 810 basis points, with the mark that the amounts have: francs are written with a point everywhere."""
    digits = f"{bp / 100:.2f}".rstrip("0").rstrip(".")
    return (digits if locale[:2] == "en" or currency == "CHF" else digits.replace(".", ",")) + "\u202f%"


def lines_of(party: InvoiceParty) -> list[str]:
    """An address as it stands on a letter."""
    place = f"{party.postal_code} {party.city}".strip()
    abroad = party.country if party.country not in ("", "CH") else ""
    found = [party.company, party.name, party.street, f"{abroad}-{place}" if abroad and place else place]
    return [line for line in found if line]


def style(document: InvoiceDocument) -> str:
    """The style sheet with the tenant's accent, the foot of every page, and Inter, which travels inside."""
    colour = document.accent if re.fullmatch(r"#[0-9a-fA-F]{6}", document.accent) else ACCENT
    said = words(document.locale)
    name = _quoted(document.seller.title)
    number = _quoted(document.label or said[document.kind])
    counter = f'"{said["page"]} " counter(page) " / " counter(pages)'
    # A payment part takes the foot of the last page to its edges, so the running words stand at the head instead.
    where = "top" if document.slip and document.slip.svg else "bottom"
    running = f'@page {{ @{where}-left {{ content: {name} " · " {number}; }} @{where}-right {{ content: {counter}; }} }}\n'
    foot = ""
    if document.slip and document.slip.svg:
        high = document.slip.height_mm
        foot = f"@page {{ margin-bottom: 12mm; }} .keep {{ height: {high - 12}mm; }} .slip {{ height: {high}mm; }}\n"
    return f"{font_face()}:root {{ --accent: {colour}; }}\n{_sheet()}{running}{foot}"


def calm(value: Any) -> Any:
    """Words with at most `MARKS` marks on a letter. More is in no script; the engine takes quadratic time to stack them."""
    if not isinstance(value, str) or value.isascii():
        return value
    kept, stacked = [], 0
    for c in value:
        stacked = stacked + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        if stacked <= MARKS:
            kept.append(c)
    return type(value)("".join(kept))


def _quoted(words: str) -> str:
    """A CSS string of any words: everything but letters and digits as an escape, so that no name ends the string."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in words[:80]) + '"'


@cache
def _template() -> Any:
    loader = PackageLoader("sratix_pdf_invoices")
    words = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=calm)
    return words.get_template("invoice.jinja2")


@cache
def _sheet() -> str:
    return (files("sratix_pdf_invoices") / "invoices.css").read_text(encoding="utf-8")
