"""The German of this plugin."""

GERMAN = {
    "Attendee notes": "Notizen zu Teilnehmenden",
    "Staff leave notes on attendees, beside the order.": "Ihr Team notiert etwas zu Teilnehmenden, neben der Bestellung.",
    "Longest note": "Längste Notiz",
    "In characters.": "In Zeichen.",
    "Line above the form": "Zeile über dem Formular",
    "What staff should not write.": "Was man nicht schreiben soll.",
    "Read notes on attendees": "Notizen zu Teilnehmenden lesen",
    "Write and delete notes on attendees": "Notizen zu Teilnehmenden schreiben und löschen",
    "Notes": "Notizen",
    "Notes on {name}": "Notizen zu {name}",
    "New note": "Neue Notiz",
    "Save note": "Notiz speichern",
    "No note": "Keine Notiz",
    "No note yet": "Noch keine Notiz",
    "What you write here is seen by staff only.": "Was Sie hier schreiben, sieht nur Ihr Team.",
    "Delete": "Löschen",
    # the journal
    "Attendee notes written": "Notiz zu Teilnehmenden geschrieben",
    "Attendee notes deleted": "Notiz zu Teilnehmenden gelöscht",
}
