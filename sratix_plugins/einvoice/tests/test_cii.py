"""The data is valid, says the amounts of the invoice, and can be read out of the PDF again."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from sratix_core.plugin import (
    InvoiceDocument,
    InvoiceLine,
    InvoiceParty,
    InvoiceTax,
    Money,
    PaymentSlip,
    Refused,
)
from sratix_einvoice.cii import xml
from sratix_einvoice.output import FacturX, XmlInvoices
from sratix_pdf_invoices.output import PdfInvoices

RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def document(**other: Any) -> InvoiceDocument:
    """Three pieces at 33.33 with 19 % in them: nothing divides."""
    line = InvoiceLine(
        "Regular", "Robotics", 3, eur(3333), eur(0), eur(8403), eur(1596), eur(9999), 1900, "S", "K7MPQ2"
    )
    given: dict[str, Any] = {
        "kind": "invoice",
        "label": "INV-2027-00042",
        "locale": "de",
        "issued_on": date(2027, 3, 1),
        "due_on": date(2027, 3, 11),
        "delivered_on": date(2027, 3, 10),
        "seller": InvoiceParty(
            "", "Acme GmbH", "Weg 1", "10115", "Berlin", "DE", "DE136695976", "a@acme.example"
        ),
        "buyer": InvoiceParty(
            "Ada", "Engines GmbH", "Gasse 5", "1010", "Wien", "AT", "ATU13585627", reference="PO 1"
        ),
        "lines": [line],
        "taxes": [InvoiceTax("S", 1900, eur(8403), eur(1596))],
        "tax_included": True,
        "net": eur(8403),
        "tax": eur(1596),
        "rounding": eur(0),
        "total": eur(9999),
        "due": eur(9999),
        "reverse_charge": False,
        "order_codes": ["K7MPQ2"],
        "refers_to": None,
        "reason": "",
        "footer": "Danke",
        "digest": "ab" * 32,
    }
    return InvoiceDocument(**{**given, **other})


def said(of: InvoiceDocument, name: str) -> list[str]:
    return [found.text or "" for found in ET.fromstring(xml(of)).iter(RAM + name)]


def test_the_amounts_are_those_of_the_invoice() -> None:
    of = document()
    assert said(of, "GrandTotalAmount") == ["99.99"]
    assert said(of, "TaxTotalAmount") == ["15.96"]
    assert said(of, "DuePayableAmount") == ["99.99"]
    price, quantity, basis = (
        Decimal(said(of, n)[0]) for n in ("ChargeAmount", "BilledQuantity", "BasisQuantity")
    )
    assert price * quantity / basis == Decimal("84.03")
    assert said(of, "BuyerReference") == ["PO 1"]


def test_what_was_paid_and_rounded_leaves_what_is_due() -> None:
    of = document(rounding=eur(1), total=eur(10000), due=eur(2500))
    assert said(of, "TotalPrepaidAmount") == ["75.00"]
    assert said(of, "RoundingAmount") == ["0.01"]
    assert said(of, "DuePayableAmount") == ["25.00"]


def test_a_credit_note_names_what_it_corrects() -> None:
    of = document(
        kind="credit_note", label="CN-2027-00001", due=eur(0), refers_to=("INV-2027-00042", date(2027, 3, 1))
    )
    assert said(of, "TypeCode")[0] == "381"
    assert "INV-2027-00042" in said(of, "IssuerAssignedID")


def test_a_reverse_charge_says_why_there_is_no_tax() -> None:
    line = replace(document().lines[0], net=eur(9999), tax=eur(0), tax_bp=0, category="AE")
    of = document(
        lines=[line],
        taxes=[InvoiceTax("AE", 0, eur(9999), eur(0))],
        net=eur(9999),
        tax=eur(0),
        reverse_charge=True,
    )
    assert "VATEX-EU-AE" in said(of, "ExemptionReasonCode")


def test_the_account_of_the_slip_is_where_to_pay() -> None:
    slip = PaymentSlip("epc", "", 0, [], iban="DE02120300000000202051", reference="RF18539007547034")
    of = document(slip=slip)
    assert said(of, "IBANID") == ["DE02120300000000202051"]
    assert said(of, "PaymentReference") == ["RF18539007547034"]
    assert said(document(slip=slip, due=eur(0)), "IBANID") == []


@pytest.mark.parametrize(
    "words",
    [
        "<b>&amp;</b>",
        "]]>",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
        "\u202e\x0b\x1f",
        "Z" + "\u0301" * 150,
    ],
)
def test_hostile_words_stay_words(words: str) -> None:
    of = document(buyer=replace(document().buyer, company=words, name=words), footer=words, label=words)
    kept = words.replace("\x0b", "").replace("\x1f", "")
    assert kept in said(of, "Name")
    assert "root:" not in xml(of).decode()


def test_what_the_standard_does_not_have_stays_out() -> None:
    for of in (document(kind="proforma"), document(buyer=InvoiceParty("Ada Lovelace"))):
        assert FacturX().attach(of) is None
        with pytest.raises(Refused):
            XmlInvoices().render(of, [])


def test_the_data_inside_the_pdf_is_the_file_beside_it() -> None:
    of = document()
    extra = FacturX().attach(of)
    assert extra is not None
    pdf = PdfReader(io.BytesIO(PdfInvoices().render(of, [extra])))
    assert pdf.attachments["factur-x.xml"] == [XmlInvoices().render(of, [])]
    described = pdf.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in described
    assert b"urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#" in described
