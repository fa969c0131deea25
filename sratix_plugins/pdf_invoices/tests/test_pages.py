"""What stands on an invoice, that hostile words stay words, and that drawing opens nothing but data: addresses."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from sratix_core.drawing import cage
from sratix_core.plugin import (
    InvoiceAttachment,
    InvoiceDocument,
    InvoiceLine,
    InvoiceParty,
    InvoiceTax,
    Money,
    PaymentSlip,
    Unavailable,
)
from sratix_pdf_invoices.output import PdfInvoices, calm, page, rate, style

drawn = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def chf(minor: int) -> Money:
    return Money(minor, "CHF")


def document(**other: Any) -> InvoiceDocument:
    line = InvoiceLine(
        "Regular",
        "Robotics, 10 March 2027",
        2,
        chf(4900),
        chf(980),
        chf(8158),
        chf(662),
        chf(8820),
        810,
        "S",
        "K7MPQ2",
    )
    given: dict[str, Any] = {
        "kind": "invoice",
        "label": "INV-2027-00042",
        "locale": "en",
        "issued_on": date(2027, 3, 1),
        "due_on": date(2027, 3, 11),
        "delivered_on": date(2027, 3, 10),
        "seller": InvoiceParty(
            "", "Acme Events AG", "Seestrasse 1", "8002", "Zürich", "CH", "CHE-116.281.710 MWST"
        ),
        "buyer": InvoiceParty("Ada Lovelace", "Engines GmbH", "Hauptstrasse 5", "1010", "Wien", "AT"),
        "lines": [line],
        "taxes": [InvoiceTax("S", 810, chf(8158), chf(662))],
        "tax_included": True,
        "net": chf(8158),
        "tax": chf(662),
        "rounding": chf(0),
        "total": chf(8820),
        "due": chf(8820),
        "reverse_charge": False,
        "order_codes": ["K7MPQ2"],
        "refers_to": None,
        "reason": "",
        "footer": "Thank you",
        "digest": "ab" * 32,
    }
    return InvoiceDocument(**{**given, **other})


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "invoice.pdf"
    file.write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout


@drawn
def test_everything_the_law_asks_for_stands_on_it(tmp_path: Path) -> None:
    text = text_of(PdfInvoices().render(document(), []), tmp_path)
    for words in (
        "Acme Events AG", "CHE-116.281.710 MWST", "Engines GmbH", "AT-1010 Wien", "INV-2027-00042", "1 March 2027",
        "10 March 2027", "Regular", "49.00", "Discount −9.80", "CHF 88.20", "81.58", "6.62", "11 March 2027",
    ):  # fmt: skip
        assert words in text, words
    assert re.search(r"8\.1\s*%", text)


@drawn
def test_a_credit_note_names_its_invoice_and_asks_for_nothing(tmp_path: Path) -> None:
    note = document(
        kind="credit_note", label="CN-2027-00001", due=chf(0), refers_to=("INV-2027-00042", date(2027, 3, 1)),
        reason="cancelled", locale="de",
    )  # fmt: skip
    text = text_of(PdfInvoices().render(note, []), tmp_path)
    assert "Gutschrift" in text
    assert "Zur Rechnung INV-2027-00042 vom 1. März 2027" in text
    assert "Bitte zahlen" not in text


@drawn
def test_the_payment_part_stands_at_the_foot_of_the_last_page(tmp_path: Path) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="105mm" viewBox="0 0 210 105">'
        '<text x="70" y="50" font-size="6">SLIP</text></svg>'
    )
    lines = document().lines * 20
    long = document(lines=lines, slip=PaymentSlip("qr_bill", svg, 105, []))
    file = tmp_path / "long.pdf"
    file.write_bytes(PdfInvoices().render(long, []))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = boxes.split("<page ")[1:]
    assert len(pages) > 1
    assert ["SLIP" in each for each in pages] == [False] * (len(pages) - 1) + [True]
    top = float(re.search(r'yMin="([\d.]+)"[^>]*>SLIP', pages[-1])[1])  # type: ignore[index]
    assert 297 - 105 < top * 25.4 / 72 < 297
    assert "Acme" in pages[0].split("Regular")[0]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x>',
        "{{ 7*7 }}",
        "</style><h1>",
        '"; } body { display: none }',
        "\u202eevil\u202c",
    ],
)
def test_hostile_words_stay_words(words: str) -> None:
    party = InvoiceParty(words, words, words, "1", words, "CH", words, words, words, words)
    line = replace(document().lines[0], text=words, detail=words)
    hostile = document(buyer=party, seller=party, lines=[line], footer=words, label=words, reason=words)
    html = page(hostile)
    assert words not in html or not set(words) & set("<>\"'&")
    assert "49" not in re.findall(r"\{\{ 7\*7 \}\}", html)
    css = style(hostile)
    assert words not in css
    assert css.count("{") == css.count("}")


@drawn
def test_the_longest_names_of_combining_marks_and_from_right_to_left_are_drawn(tmp_path: Path) -> None:
    """160 code points, which is all that an address or a name may have."""
    zalgo, name = "Z" + "\u0301\u0316" * 79, ("\u0645\u062d\u0645\u062f <b>" * 18)[:160]
    lines = [replace(document().lines[0], text=name, detail=zalgo)]
    pdf = PdfInvoices().render(document(buyer=InvoiceParty(name, zalgo), lines=lines), [])
    assert "CHF 88.20" in text_of(pdf, tmp_path)


def test_marks_that_no_script_stacks_are_left_out_and_real_ones_stay() -> None:
    vowels = "\u05e9\u05bc\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd Ti\u1ebfng Vi\u1ec7t \u0e17\u0e35\u0e48"
    assert calm(vowels) == vowels
    assert calm("Z" + "\u0301" * 10_000 + "a\u0301") == "Z" + "\u0301" * 4 + "a\u0301"
    assert calm(Markup("<b>\u0301</b>")) == Markup("<b>\u0301</b>")


@drawn
def test_a_name_of_ten_thousand_marks_costs_no_more_than_any_other() -> None:
    zalgo = "Z" + "\u0301\u0316" * 5_000
    lines = [replace(document().lines[0], text=zalgo, detail=zalgo)]
    hostile = document(buyer=InvoiceParty(zalgo, zalgo, street=zalgo), lines=lines, footer=zalgo)
    assert len(page(hostile)) < len(page(document())) + 200
    assert PdfInvoices().render(hostile, []).startswith(b"%PDF-")


def test_nothing_is_fetched_whatever_a_slip_or_a_style_names(
    listener: tuple[int, list[bytes]], tmp_path: Path
) -> None:
    port, heard = listener
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    places = (f"http://127.0.0.1:{port}/", f"file://{secret}", f"ftp://127.0.0.1:{port}/")
    inside = "".join(f'<image href="{place}"/><style>@import url({place});</style>' for place in places)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="210" height="105">{inside}</svg>'
    slip = PaymentSlip("qr_bill", svg, 105, [])
    assert PdfInvoices().render(document(slip=slip), []).startswith(b"%PDF-")
    html = "".join(f'<img src="{p}"><link rel="attachment" href="{p}">' for p in places)
    css = "".join(f"@import url({p}); body {{ background: url({p}) }}" for p in places)
    assert b"SECRET" not in cage.draw_pdf(html, css)
    assert heard == []


@drawn
def test_an_attachment_is_inside_and_described(tmp_path: Path) -> None:
    extra = InvoiceAttachment(
        "factur-x.xml", "application/xml", "Invoice data", b"<?xml version='1.0'?><a/>", "urn:x#", "fx",
        [("DocumentType", "INVOICE")],
    )  # fmt: skip
    file = tmp_path / "invoice.pdf"
    file.write_bytes(PdfInvoices().render(document(), [extra]))

    def said(*command: str) -> str:
        return subprocess.run([*command, str(file)], capture_output=True, text=True, check=True).stdout

    assert "factur-x.xml" in said("pdfdetach", "-list")
    described = said("pdfinfo", "-meta")
    assert "<fx:DocumentType>INVOICE</fx:DocumentType>" in described
    assert "<pdfaid:part>3</pdfaid:part>" in described or 'pdfaid:part="3"' in described
    assert described.count("</rdf:RDF>") == 1


def test_rates_are_written_as_in_the_language() -> None:
    assert rate(810, "de", "EUR") == "8,1\u202f%"
    assert rate(810, "de", "CHF") == "8.1\u202f%"
    assert rate(2000, "en", "EUR") == "20\u202f%"


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "SECONDS", 0.01)
    with pytest.raises(Unavailable) as refused:
        PdfInvoices().render(document(), [])
    assert refused.value.code == "pdf_too_long"
