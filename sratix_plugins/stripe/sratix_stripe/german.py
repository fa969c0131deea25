"""The German of the settings; the pages' is the core's."""

from __future__ import annotations

from sratix_stripe.account import KINDS, MODES

GERMAN = {
    "Buyers pay by card at once, on Stripe's page or in fields on yours, or by an invoice that Stripe sends.": (
        "Käufer bezahlen sofort mit Karte, auf der Seite von Stripe oder in Feldern auf Ihrer, oder mit einer Rechnung von Stripe."
    ),
    "Mode": "Modus",
    "In test mode anybody can buy with Stripe's test cards.": (
        "Im Testmodus können alle mit den Testkarten von Stripe kaufen."
    ),
    "Test: nothing is charged": "Test: Nichts wird belastet",
    "Where buyers pay": "Wo Käufer bezahlen",
    "On Stripe's page": "Auf der Seite von Stripe",
    "On your own page": "Auf Ihrer eigenen Seite",
    "Begins with whsec_.": "Beginnt mit whsec_.",
    "This is not a signing secret: it begins with whsec_ and stands beside the endpoint at Stripe.": (
        "Das ist kein Signaturschlüssel: Er beginnt mit whsec_ und steht bei Stripe neben dem Endpunkt."
    ),
}
SPOKEN = {"test": "Test", "live": "Betrieb"}
KINDS_SPOKEN = {
    "secret key": "ein geheimer Schlüssel",
    "restricted key": "ein eingeschränkter Schlüssel",
    "publishable key": "ein öffentlicher Schlüssel",
    "signing secret": "ein Signaturschlüssel",
    "key of another kind": "ein Schlüssel anderer Art",
}

for _mode in MODES:
    _word = SPOKEN[_mode]
    GERMAN |= {
        f"Secret key, {_mode}": f"Geheimer Schlüssel, {_word}",
        f"Begins with sk_{_mode}_, or rk_{_mode}_ for a restricted one.": (
            f"Beginnt mit sk_{_mode}_, ein eingeschränkter mit rk_{_mode}_."
        ),
        f"Publishable key, {_mode}": f"Öffentlicher Schlüssel, {_word}",
        f"Begins with pk_{_mode}_; needed to pay on your own page.": (
            f"Beginnt mit pk_{_mode}_; nötig, um auf Ihrer eigenen Seite zu bezahlen."
        ),
        f"Signing secret of the webhook, {_mode}": f"Signaturschlüssel des Webhooks, {_word}",
    }
    for _wanted in (f"sk_{_mode}_ or rk_{_mode}_", f"pk_{_mode}_"):
        _begins = _wanted.replace(" or ", " oder ")
        GERMAN[f"This is not a key of Stripe's: it begins with {_wanted}. Copy it once more."] = (
            f"Das ist kein Schlüssel von Stripe: Er beginnt mit {_begins}. Kopieren Sie ihn noch einmal."
        )
        for _kind in (*KINDS.values(), "key of another kind"):
            GERMAN[f"This is a {_kind}. The one for this field begins with {_wanted}."] = (
                f"Das ist {KINDS_SPOKEN[_kind]}. Der für dieses Feld beginnt mit {_begins}."
            )
        for _other in set(MODES) - {_mode}:
            GERMAN[
                f"This is a key of {_other} mode. Paste it into the field for {_other} mode, "
                f"or take the one that begins with {_wanted}."
            ] = (
                f"Dieser Schlüssel ist für {SPOKEN[_other]}. Fügen Sie ihn in das Feld für {SPOKEN[_other]} ein, "
                f"oder nehmen Sie den, der mit {_begins} beginnt."
            )
