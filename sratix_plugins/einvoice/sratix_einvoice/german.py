"""The German of this plugin."""

GERMAN = {
    "Electronic invoices": "Elektronische Rechnungen",
    "EN 16931 data (Factur-X, ZUGFeRD) inside the PDF and as a file.": (
        "Daten nach EN 16931 (Factur-X, ZUGFeRD) im PDF und als Datei."
    ),
}
