"""What a phone reads from the drawn slip is, byte for byte, what the standards ask for."""

from __future__ import annotations

import io
import subprocess
import uuid
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sratix_bank_transfer import code
from sratix_bank_transfer.charset import allowed, fitted
from sratix_bank_transfer.drawing import draw
from sratix_bank_transfer.headings import headings
from sratix_bank_transfer.measure import width, wrapped
from sratix_bank_transfer.payload import Address, Bill, epc, fitting, swiss
from sratix_bank_transfer.references import (
    CODE_LETTERS,
    Subject,
    invoice_number,
    mod10,
    order_number,
    qrr,
    read,
    scor,
    spaced,
)
from sratix_core.plugin import Money

CREDITOR = Address("Acme Events GmbH", "Bahnhofstrasse", "12a", "8001", "Zürich", "CH")
DEBTOR = Address("Ada Łovelace", "Rue du Lac", "7", "1003", "Lausanne", "CH")
QR_IBAN, IBAN, GERMAN = "CH4431999123000889012", "CH9300762011623852957", "DE89370400440532013000"
NUMBER = order_number(42, "K7XWP")
LONG = Address("Ä" * 70, "Straße " * 10, "1" * 16, "9" * 16, "Ö" * 35, "LI")


def bill(currency: str, reference: str, debtor: Address | None, creditor: Address = CREDITOR) -> Bill:
    iban = QR_IBAN if reference.isdigit() else IBAN
    return Bill(iban, creditor, Money(194_975, currency), reference, "Robotics Day, K7XWP", debtor)


BILLS = [
    bill(currency, reference, debtor)
    for currency in ("CHF", "EUR")
    for reference in (qrr(NUMBER), scor(NUMBER))
    for debtor in (None, DEBTOR)
] + [bill("CHF", qrr(NUMBER), LONG, LONG)]


def seen(png: bytes) -> bytes:
    """What a scanner reads in a picture."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))
    assert [each.format for each in found] == [zxingcpp.BarcodeFormat.QRCode]
    return bytes(found[0].bytes)


def photographed(svg: str, folder: Path, box: str) -> bytes:
    """An SVG as a browser paints it, at four dots a millimetre."""
    page, picture = folder / "page.html", folder / "page.png"
    page.write_text(f'<meta charset="utf-8"><style>body{{margin:0}}svg{{{box}}}</style>{svg}')
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1680,840")
    subprocess.run(
        ["/usr/bin/chromium", *flags, f"--screenshot={picture}", f"file://{page}"],
        check=True,
        capture_output=True,
    )
    return picture.read_bytes()


def expected(bill: Bill, kind: str) -> str:
    """The lines, written out here from the guideline's table rather than by the code under test."""
    debtor = (
        ["S", DEBTOR.name, DEBTOR.street, DEBTOR.house_number, DEBTOR.postal_code, DEBTOR.town, "CH"]
        if bill.debtor
        else [""] * 7
    )
    lines = [
        "SPC",
        "0200",
        "1",
        bill.iban,
        "S",
        "Acme Events GmbH",
        "Bahnhofstrasse",
        "12a",
        "8001",
        "Zürich",
        "CH",
    ]
    lines += [""] * 7 + [
        "1949.75",
        bill.amount.currency,
        *debtor,
        kind,
        bill.reference,
        "Robotics Day, K7XWP",
        "EPD",
    ]
    assert len(lines) == 31
    return "\n".join(lines)


@pytest.mark.parametrize(
    "bill", BILLS[:-1], ids=lambda b: f"{b.amount.currency}-{b.reference[:2]}-{bool(b.debtor)}"
)
def test_a_phone_reads_the_slip_as_the_guideline_has_it(bill: Bill, tmp_path: Path) -> None:
    kind = "QRR" if bill.iban == QR_IBAN else "SCOR"
    painted = photographed(draw(bill, "de"), tmp_path, "width:1680px;height:840px")
    assert seen(painted) == expected(bill, kind).encode()
    assert seen(code.png(swiss(bill), swiss=True)) == expected(bill, kind).encode()


def test_the_scissors_on_the_upper_line_are_whole(tmp_path: Path) -> None:
    """Ten pixels are a millimetre: the picture ends above them in white, and they stand above the line."""
    picture = Image.open(
        io.BytesIO(photographed(draw(BILLS[0], "de"), tmp_path, "width:2100px;height:1080px"))
    )
    grey = picture.convert("L").crop((45, 0, 115, 1080))
    dark = [y for y in range(60) if grey.crop((0, y, 70, y + 1)).getextrema()[0] < 128]
    assert 5 < dark[0] < 15
    assert 45 < dark[-1] < 55


def test_the_largest_slip_there_is_can_be_read(tmp_path: Path) -> None:
    """What does not fit into version 25 is left out of the code and of the drawing: the message, then the payer."""
    full = Bill(QR_IBAN, LONG, Money(999_999_999_99, "CHF"), qrr(NUMBER), "é" * 140, LONG)
    fits = fitting(full)
    assert (fits.message, fits.debtor) == ("", LONG)
    painted = photographed(draw(full, "it"), tmp_path, "width:1680px;height:840px")
    assert seen(painted) == swiss(fits).encode()
    assert "é" not in draw(full, "it")


def test_the_code_of_a_sepa_transfer(tmp_path: Path) -> None:
    asked = Bill(GERMAN, CREDITOR, Money(9_800, "EUR"), scor(NUMBER), "")
    wanted = f"BCD\n002\n1\nSCT\n\nAcme Events GmbH\n{GERMAN}\nEUR98.00\n\n{scor(NUMBER)}"
    assert epc(asked) == wanted
    assert seen(code.png(epc(asked), swiss=False)) == wanted.encode()
    painted = photographed(code.svg(epc(asked), swiss=False), tmp_path, "width:600px")
    assert seen(painted) == wanted.encode()


def test_check_digits_of_published_references() -> None:
    """The examples of the guideline, and the one of ISO 11649."""
    assert mod10("21000000000313947143000901") == 7
    assert spaced("210000000003139471430009017") == "21 00000 00003 13947 14300 09017"
    assert scor(int("539007547034", 36)) == "RF18539007547034"


@given(
    st.integers(1, 9_999_999),
    st.text(CODE_LETTERS, min_size=1, max_size=12),
)
def test_a_reference_leads_back_to_one_order_of_one_tenant(tenant: int, code: str) -> None:
    number = order_number(tenant, code)
    for reference in (qrr(number), scor(number), spaced(qrr(number)), spaced(scor(number)).lower()):
        assert read(reference) == Subject("order", tenant, code)
    assert len(qrr(number)) == 27
    assert 5 <= len(scor(number)) <= 25


@given(st.integers(0, 26), st.integers(1, 9))
def test_a_slip_of_the_finger_is_no_reference(place: int, by: int) -> None:
    right = qrr(NUMBER)
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    assert read(wrong) is None


def test_an_invoice_has_a_number_of_its_own() -> None:
    key = uuid.UUID(int=7)
    number = invoice_number(42, key)
    assert read(qrr(number)) == Subject("invoice", 42, number=number)
    assert invoice_number(43, key) != number


@given(st.text())
def test_any_text_fits_a_payment(text: str) -> None:
    short = fitted(text, 35)
    assert allowed(short)
    assert len(short) <= 35
    assert "\n" not in short


@given(st.text("aiW mÄ-", max_size=90), st.sampled_from([40.0, 52.0, 87.0]))
def test_lines_are_as_wide_as_their_column_at_most(text: str, room: float) -> None:
    lines = wrapped(text, 10, room)
    assert all(width(line, 10) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("locale", "title"),
    [("de-CH", "Zahlteil"), ("fr", "Section paiement"), ("it", "Sezione pagamento"), ("en", "Payment part"), ("rm", "Payment part")],
)  # fmt: skip
def test_headings_stand_in_the_language_of_the_payer(locale: str, title: str) -> None:
    drawn = draw(BILLS[0], locale)
    assert f">{title}</text>" in drawn
    assert headings(locale).acceptance_point in drawn


def test_what_a_payer_is_called_cannot_break_the_drawing() -> None:
    hostile = Address('<script>alert("1")</script>&', "", "", "8001", "Zürich]]>", "CH")
    drawn = draw(bill("CHF", qrr(NUMBER), hostile, hostile), "en")
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
