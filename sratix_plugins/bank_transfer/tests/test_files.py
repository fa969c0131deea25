"""Every bank's file is read alike, and what is no statement is refused with what to do."""

from __future__ import annotations

import time
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_bank_transfer import camt as reader
from sratix_bank_transfer import table as tables
from sratix_bank_transfer.entries import MOST_BYTES, Entry, Unreadable, keyed
from sratix_bank_transfer.uploading import judge
from sratix_core.plugin import Money
from sratix_plugins.bank_transfer.tests.statements import IBAN, Paid, camt, table

QRR = "000000000067351620000004219"


@pytest.mark.parametrize("kind", ["camt.053", "camt.054"])
@pytest.mark.parametrize("version", ["02", "04", "08"])
def test_a_batch_is_told_apart_in_every_version(kind: str, version: str) -> None:
    read = reader.read(camt(Paid("98.00", QRR), Paid("49.5", "", "Order K7XWP"), kind=kind, version=version))
    assert (read.format, read.account, read.skipped) == (kind, IBAN, 0)
    first, second = read.entries
    assert first == Entry(
        date(2027, 3, 4),
        Money(9800, "CHF"),
        payer="Ada Lovelace",
        payer_iban="DE89370400440532013000",
        reference=QRR,
        bank_reference="TX-1-00004219-98.00",
    )
    assert (second.amount, second.message, second.reference) == (Money(4950, "CHF"), "Order K7XWP", "")


OTHERS = (
    '<Ntry><Amt Ccy="CHF">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2027-03-04</Dt></BookgDt></Ntry>',
    '<Ntry><Amt Ccy="CHF">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>'
    "<BookgDt><Dt>2027-03-04</Dt></BookgDt></Ntry>",
    '<Ntry><Amt Ccy="CHF">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2027-03-04</Dt></BookgDt></Ntry>',
)


@pytest.mark.parametrize("entry", OTHERS)
def test_debits_reversals_and_what_is_not_booked_are_left_out(entry: str) -> None:
    read = reader.read(camt(Paid("98.00"), more=entry))
    assert (len(read.entries), read.skipped) == (1, 1)


def test_a_sum_without_details_says_how_many_it_is() -> None:
    entry = (
        '<Ntry><Amt Ccy="CHF">980.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2027-03-04</Dt></BookgDt>'
        "<NtryDtls><Btch><NbOfTxs>10</NbOfTxs></Btch></NtryDtls></Ntry>"
    )
    (only,) = reader.read(camt(more=entry)).entries
    assert (only.batch, only.amount) == (10, Money(98000, "CHF"))


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">%s]><Document>&z;</Document>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(25)
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'
)
PARAMETER = b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd"><Document/>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "doctype"),
        (OUTSIDE, "doctype"),
        (PARAMETER, "doctype"),
        (
            OUTSIDE.decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16"),
            "doctype",
        ),
        (b"<a>" * 200_000, "broken"),
        (b"<Document><open></Document>", "broken"),
        (b'<?xml version="1.0" encoding="klingon"?><Document/>', "broken"),
        (b"<Document/>", "other_xml"),
        (camt(Paid("1.00")).replace(b"camt.054", b"camt.052"), "other_xml"),
        (camt(Paid("1.00")).replace(b"camt.054", b"pain.001"), "other_xml"),
        (b"PK\x03\x04rest", "archive"),
        (b"\x1f\x8brest", "archive"),
        (b"%PDF-1.7", "binary"),
        (b"Datum;Betrag\0\0\0", "binary"),
        (b" \r\n ", "empty"),
        (b"x" * (MOST_BYTES + 1), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_statement_is_refused_at_once(data: bytes, reason: str) -> None:
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        judge(data)
    assert caught.value.reason == reason
    assert time.monotonic() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 5 * MOST_BYTES
    tracemalloc.stop()


@pytest.mark.parametrize(
    "broken",
    [
        (b'<Amt Ccy="CHF">98.00', b'<Amt Ccy="CHF">-98.00'),
        (b'<Amt Ccy="CHF">98.00', b'<Amt Ccy="CHF">98.005'),
        (b'<Amt Ccy="CHF">98.00', b'<Amt Ccy="CHF">NaN'),
        (b'<Amt Ccy="CHF">98.00', b'<Amt Ccy="ZZZ">98.00'),
        (b'<Amt Ccy="CHF">98.00', b'<Amt Ccy="CHF">1e400'),
        (b"2027-03-04", b"2027-13-04"),
    ],
)
def test_a_figure_that_is_none_stops_the_file(broken: tuple[bytes, bytes]) -> None:
    with pytest.raises(Unreadable, match="broken"):
        reader.read(camt(Paid("98.00")).replace(*broken))


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_a_statement_may_come_in_another_encoding(encoding: str) -> None:
    data = camt(Paid("98.00", payer="Zoë Müller")).decode().replace("UTF-8", encoding).encode(encoding)
    assert reader.read(data).entries[0].payer == "Zoë Müller"


def test_one_payment_in_two_files_has_one_key_and_two_alike_have_two() -> None:
    notice, day = (reader.read(camt(Paid("98.00", QRR), kind=kind)) for kind in ("camt.054", "camt.053"))
    assert keyed(IBAN, notice.entries)[0][0] == keyed(IBAN, day.entries)[0][0]
    same = Entry(date(2027, 3, 4), Money(9800, "CHF"), payer="Ada", message="tickets")
    keys = [key for key, _ in keyed(IBAN, [same, same])]
    assert len(set(keys)) == 2
    assert keys == [key for key, _ in keyed(IBAN, [same, same])]
    assert keyed("DE1", [same])[0][0] != keys[0]


# Tables ---------------------------------------------------------------------------------------------------------------

SWISS = [
    ["Buchungsdatum", "Avisierungstext", "Gutschrift in CHF", "Lastschrift in CHF", "Saldo"],
    ["04.03.2027", "Gutschrift Ada Lovelace, Zürich, K7XWP", "1'234.50", "", "9'999.00"],
    ["05.03.2027", "Einkauf", "", "-20.00", ""],
    ["06.03.2027", "Noch eine", "98", "", "10'097.00"],
    ["Total", "", "", "", ""],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_swiss_table_is_understood(delimiter: str, encoding: str) -> None:
    preamble = f"Konto:{delimiter}{IBAN}\r\nWährung:{delimiter}CHF\r\n"
    words = tables.decoded(table(SWISS, delimiter, preamble, encoding))
    layout = tables.guess(words, "CHF")
    assert layout.usable
    assert (layout.delimiter, layout.header, layout.dates) == (delimiter, 2, "DD.MM.YYYY")
    read = tables.read(words, layout, IBAN)
    assert [(e.booked_on, e.amount.minor) for e in read.entries] == [
        (date(2027, 3, 4), 123_450),
        (date(2027, 3, 6), 9_800),
    ]
    assert "Zürich, K7XWP" in read.entries[0].message
    assert read.skipped == 2


def test_a_german_and_an_english_table_are_understood() -> None:
    german = [["Buchungstag", "Name Zahlungsbeteiligter", "Verwendungszweck", "Betrag", "Waehrung"],
              ["04.03.27", "Ada Lovelace", "Bestellung K7XWP", "1.234,50", "EUR"]]  # fmt: skip
    words = tables.decoded(table(german))
    (entry,) = tables.read(words, tables.guess(words, "CHF"), "").entries
    assert (entry.amount, entry.payer, entry.message) == (
        Money(123_450, "EUR"),
        "Ada Lovelace",
        "Bestellung K7XWP",
    )
    english = [["Date", "Amount", "Description"], ["2027-03-04", "1,234.50", "K7XWP"]]
    words = tables.decoded(table(english, ","))
    (entry,) = tables.read(words, tables.guess(words, "CHF"), "").entries
    assert (entry.booked_on, entry.amount) == (date(2027, 3, 4), Money(123_450, "CHF"))


def test_a_table_without_heads_is_guessed_by_its_contents() -> None:
    words = "04.03.2027;Ada Lovelace K7XWP;98.00\n05.03.2027;Somebody else entirely;12.00\n"
    layout = tables.guess(words, "CHF")
    assert layout.usable
    assert [e.amount.minor for e in tables.read(words, layout, "").entries] == [9800, 1200]


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("98", 9800), ("98.5", 9850), ("98,50", 9850), ("1'234.50", 123450), ("1’234.50", 123450), ("1.234", 123400),
     ("1,234", 123400), ("1.234.567,80", 123456780), ("+12.00", 1200), ("-12,00", -1200), ("CHF 5.05", 505),
     ("1 234,5", 123450), ("12.345,6", 1234560), ("0.05", 5)],
)  # fmt: skip
def test_amounts_as_people_write_them(typed: str, minor: int) -> None:
    assert tables.amount(typed, "CHF") == Money(minor, "CHF")


@pytest.mark.parametrize("typed", ["", "x", "12.3456", "1.2.3.4a", "--5", "९८", "1e5", "=1+1"])
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert tables.amount(typed, "CHF") is None


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        if judge(data) == "csv":
            words = tables.decoded(data)
            layout = tables.guess(words, "CHF")
            if layout.usable:
                tables.read(words, layout, "")
    except Unreadable:
        pass
