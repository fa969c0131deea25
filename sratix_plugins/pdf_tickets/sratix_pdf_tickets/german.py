"""The German of the plugin's page."""

GERMAN = {
    "Tickets as PDF": "Tickets als PDF",
    "One PDF with all tickets of an order, to print or to keep.": (
        "Ein PDF mit allen Tickets einer Bestellung, zum Drucken oder Aufbewahren."
    ),
}
