"""The sentences of `messages.py` about invoices and VAT numbers."""

from __future__ import annotations

from collections.abc import Mapping

INVOICES: Mapping[str, str] = {
    "invoicing_not_set_up": "Invoices need a sender first. Fill in the legal name and the address below Invoices, Sender & numbers.",
    "nothing_to_invoice": "There is nothing to invoice here: it is free, or on an invoice already.",
    "invoice_mixed": "These orders have two currencies, or prices with and without VAT. Issue their invoices one by one.",
    "invoice_credited": "Some of this invoice was credited already. Look at its credit notes.",
    "invoice_issued": "The invoice is written already. Ask the organizer to correct it.",
    "invoice_by_organizer": "The organizer writes the invoices here. Ask them for yours.",
    "invoice_not_drawn": "The file is being drawn. Try again in a minute.",
    "invoice_undrawn": "No file was drawn of this document, or drawing it failed. Have it drawn again.",
    "invoice_not_mailed": "Only invoices and credit notes are mailed. Download the proforma and send it yourself.",
    "invoice_mail_underway": "A mail with this document is on its way. Wait until it has arrived or failed.",
    "no_invoice_pdf": "Nothing draws this document as a PDF. Switch a plugin on that draws invoices first.",
    "no_recipient": "Nobody's e-mail address is known for this. Fill in the organization's billing e-mail first.",
    "invoice_settled": "Nothing of this invoice is open any more. Send the money back, or assign it to an order.",
    "not_an_invoice": "Only an invoice can be corrected. Look at the invoice it belongs to.",
    "not_invoiced": "This order is on no invoice that something is left of. Issue one first.",
    "credit_too_large": "That is more than is left of the invoice. Write a smaller amount.",
    "too_many_orders": "That is more than {most} orders. Choose fewer days.",
    "organization_unclear": "No organization has exactly this name, or several have. Write it as your list has it.",
    "days_needed": "Choose the first and the last day.",
    "vat_number_unusable": "This VAT number cannot be right. Compare it, or leave the field empty: the price is then with VAT.",
    "vat_number_priced": "This order was priced without VAT for {number}. Keep that number, or cancel the order and buy anew.",
    "company_of_vat_number": "Write the business that has this VAT number.",
    "vat_number": "The check digits of this VAT number are wrong. Compare it with the register.",
    "prefix": "Use letters, digits, hyphens, dots and slashes.",
    "prefix_used": "The other series has numbers that begin like this. Choose another beginning.",
    "no_e_invoice": "An electronic invoice needs the recipient's country. Correct the invoice with a whole address.",
}
