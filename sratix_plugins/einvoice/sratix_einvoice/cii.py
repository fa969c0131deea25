"""An invoice as Cross Industry Invoice (UN/CEFACT D16B) in the profile of EN 16931-1:2017. BT numbers are the standard's."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from sratix_core.plugin import InvoiceDocument, InvoiceLine, InvoiceParty, InvoiceTax, Money

PROFILE, SCHEMA = "urn:cen.eu:en16931:2017", "FACTUR-X_EN16931"
TYPES = {"invoice": "380", "credit_note": "381"}
UNIT = "C62"  # one, UN/ECE Recommendation 20
REASONS = {"AE": ("Reverse charge", "VATEX-EU-AE"), "O": ("Not subject to VAT", "VATEX-EU-O")}
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot say."""


def xml(document: InvoiceDocument) -> bytes:
    """The data, valid against the XSD of Factur-X. Raises what drafthorse raises for anything that is not."""
    from drafthorse.models.document import Document

    said = Document()
    said.context.guideline_parameter.id = PROFILE
    said.header.id = _words(document.label)
    said.header.type_code = TYPES[document.kind]
    said.header.issue_date_time = document.issued_on
    _note(said, document)
    _party(said.trade.agreement.seller, document.seller, document)
    _party(said.trade.agreement.buyer, document.buyer, document)
    if document.buyer.reference:
        said.trade.agreement.buyer_reference = _words(document.buyer.reference)
    if document.delivered_on:
        said.trade.delivery.event.occurrence = document.delivered_on
    for number, line in enumerate(document.lines, 1):
        said.trade.items.add(_line(number, line))
    _settlement(said.trade.settlement, document)
    return bytes(said.serialize(schema=SCHEMA))


def _words(text: str) -> str:
    return UNREADABLE.sub("", text)


def _note(said: Any, document: InvoiceDocument) -> None:
    from drafthorse.models.note import IncludedNote

    if words := _words(document.footer):
        note = IncludedNote()
        note.content = words
        said.header.notes.add(note)


def _party(party: Any, of: InvoiceParty, document: InvoiceDocument) -> None:
    """BG-4 and BG-7. Where nothing is subject to VAT, nobody's VAT number may stand there (BR-O-02)."""
    from drafthorse.models.party import TaxRegistration

    party.name = _words(of.title)
    if of.company and of.name:
        party.contact.person_name = _words(of.name)
    party.address.postcode, party.address.line_one = _words(of.postal_code), _words(of.street)
    party.address.city_name, party.address.country_id = _words(of.city), of.country
    if of.email:
        party.electronic_address.uri_ID = ("EM", of.email)
    number = re.sub(r"[^A-Z0-9]", "", of.vat_number.upper())
    if number and not any(tax.category == "O" for tax in document.taxes):
        number = number if number[:2].isalpha() else of.country + number
        party.tax_registrations.add(TaxRegistration(id=("VA", number)))
    elif of is document.seller:
        party.id = _words(of.title)  # BR-CO-26: a seller without a number is known by something else


def _line(number: int, line: InvoiceLine) -> Any:
    """BG-25. The price is of all pieces together (BT-149), so that price × quantity is the net amount exactly."""
    from drafthorse.models.tradelines import LineItem

    item, quantity = LineItem(), Decimal(line.quantity)
    item.document.line_id = str(number)
    item.product.name = _words(line.text) or str(number)
    if line.detail:
        item.product.description = _words(line.detail)
    item.agreement.net.amount = line.net.decimal()
    item.agreement.net.basis_quantity = (quantity, UNIT)
    item.delivery.billed_quantity = (quantity, UNIT)
    _tax(item.settlement.trade_tax, line.category, line.tax_bp)
    item.settlement.monetary_summation.total_amount = line.net.decimal()
    return item


def _tax(tax: Any, category: str, bp: int) -> None:
    tax.type_code, tax.category_code = "VAT", category
    if category != "O":
        tax.rate_applicable_percent = Decimal(bp) / 100


def _rate(found: InvoiceTax) -> Any:
    """BG-23."""
    from drafthorse.models.accounting import ApplicableTradeTax

    tax = ApplicableTradeTax()
    _tax(tax, found.category, found.tax_bp)
    tax.basis_amount, tax.calculated_amount = found.net.decimal(), found.tax.decimal()
    if found.category in REASONS:
        tax.exemption_reason, tax.exemption_reason_code = REASONS[found.category]
    return tax


def _settlement(settlement: Any, document: InvoiceDocument) -> None:
    from drafthorse.models.payment import PaymentMeans, PaymentTerms

    currency = document.total.currency
    settlement.currency_code = currency
    slip = document.slip
    if slip and slip.iban and document.due.minor:
        means = PaymentMeans()
        means.type_code, means.payee_account.iban = "30", slip.iban
        settlement.payment_means.add(means)
        if slip.reference:
            settlement.payment_reference = slip.reference
    for found in document.taxes:
        settlement.trade_tax.add(_rate(found))
    if document.due.minor and document.kind == "invoice":
        terms = PaymentTerms()
        if document.due_on:
            terms.due = document.due_on
        else:
            terms.description = "Payable now"  # BR-CO-25: what is owed has a term
        settlement.terms.add(terms)
    if document.refers_to:
        label, day = document.refers_to
        settlement.invoice_referenced_document.issuer_assigned_id = _words(label)
        settlement.invoice_referenced_document.issue_date_time = day
    _sums(settlement.monetary_summation, document, currency)


def _sums(sums: Any, document: InvoiceDocument, currency: str) -> None:
    """BG-22. A credit note is settled with the order, so nothing of it is said to be paid; it is due to the buyer."""
    net, total = document.net.decimal(), (document.net + document.tax).decimal()
    due = document.total if document.kind == "credit_note" else document.due
    sums.line_total = sums.tax_basis_total = net
    sums.tax_total = (document.tax.decimal(), currency)
    sums.grand_total = total
    if document.rounding.minor:
        sums.rounding_amount = document.rounding.decimal()
    paid: Money = document.total - due
    if paid.minor:
        sums.prepaid_total = paid.decimal()
    sums.due_amount = due.decimal()
