"""The German of the plugin's page."""

GERMAN = {
    "Invoices as PDF": "Rechnungen als PDF",
    "Invoices, credit notes and proformas to print, to send and to keep.": (
        "Rechnungen, Gutschriften und Proformas zum Drucken, Senden und Aufbewahren."
    ),
}
