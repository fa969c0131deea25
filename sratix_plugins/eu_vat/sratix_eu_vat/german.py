"""The German of this plugin."""

GERMAN = {
    "Reverse charge in the EU": "Reverse Charge in der EU",
    "Businesses of other EU states pay without VAT what is taxed where they are.": (
        "Unternehmen aus anderen EU-Staaten bezahlen ohne MwSt., was bei ihnen besteuert wird."
    ),
}
