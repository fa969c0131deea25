"""Signing up, deciding on it, and acting as somebody."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # signing up
    "You want to host events?": "Sie möchten Anlässe veranstalten?",
    "Sign up": "Anmelden als Veranstalter",
    "Host your events": "Veranstalten Sie Ihre Anlässe",
    "Look into your mail": "Schauen Sie in Ihre Mail",
    "If everything fits, a mail with a link is on its way. It is good for a day. Nothing came? Look in the spam folder.": (
        "Wenn alles passt, ist eine Mail mit einem Link unterwegs. Er gilt einen Tag. Nichts gekommen? "
        "Schauen Sie im Spam-Ordner."
    ),
    "Back to the sign-in": "Zurück zum Anmelden",
    "Your organization gets its own shop and dashboard.": "Ihre Organisation bekommt einen Shop und ein Dashboard.",
    "A person looks at every sign-up before it goes live.": "Ein Mensch schaut jede Anmeldung an, bevor sie sichtbar wird.",
    "Organization": "Organisation",
    "Address of your shop": "Adresse Ihres Shops",
    "Small letters, digits and hyphens. It stays.": "Kleinbuchstaben, Ziffern und Bindestriche. Sie bleibt.",
    "Your name": "Ihr Name",
    "Leave this empty": "Das bleibt leer",
    "You have an account?": "Sie haben ein Konto?",
    "Confirm your e-mail": "Bestätigen Sie Ihre E-Mail",
    "Your e-mail is confirmed": "Ihre E-Mail ist bestätigt",
    "{name} now waits for a look by a person. You get a mail when it is decided; until then nobody sees it.": (
        "{name} wartet nun auf den Blick eines Menschen. Sie bekommen eine Mail, wenn es entschieden ist; bis dahin "
        "sieht es niemand."
    ),
    "{name} is ready. Sign in and make your first event.": (
        "{name} ist bereit. Melden Sie sich an und legen Sie die erste Veranstaltung an."
    ),
    "{name} at /{slug}/, with {email}.": "{name} unter /{slug}/, mit {email}.",
    "Confirm": "Bestätigen",
    "The password you chose when you signed up": "Das Passwort, das Sie bei der Anmeldung gewählt haben",
    "This is not the password of the sign-up. If you did not sign up, close this page; nothing is made.": (
        "Das ist nicht das Passwort der Anmeldung. Wenn Sie sich nicht angemeldet haben, schliessen Sie diese Seite; es "
        "entsteht nichts."
    ),
    "This link was already used or is older than a day. Sign up again.": (
        "Dieser Link wurde schon gebraucht oder ist älter als ein Tag. Melden Sie sich nochmals an."
    ),
    "This address looks like one that is taken or reserved. Choose another.": (
        "Diese Adresse gleicht einer, die vergeben oder reserviert ist. Wählen Sie eine andere."
    ),
    # the platform
    "Waits for approval": "Wartet auf Freigabe",
    "Rejected": "Abgelehnt",
    "Somebody has already decided on this organization. Reload and look again.": (
        "Über diese Organisation hat schon jemand entschieden. Laden Sie neu und schauen Sie nochmals."
    ),
    "Somebody has already done this. Reload and look again.": (
        "Das hat schon jemand getan. Laden Sie neu und schauen Sie nochmals."
    ),
    "This job is no longer waiting for you. Reload and look again.": (
        "Diese Arbeit wartet nicht mehr auf Sie. Laden Sie neu und schauen Sie nochmals."
    ),
    "This is the last administrator. Make somebody else one first.": (
        "Das ist der letzte Administrator. Machen Sie zuerst jemand anderen dazu."
    ),
    "This account is switched off. Switch it on first.": "Dieses Konto ist ausgeschaltet. Schalten Sie es zuerst ein.",
    # acting as somebody
    "Acting as somebody": "Handeln als jemand",
    "You act as {name}": "Sie handeln als {name}",
    "until {time} UTC. Payments, exports, keys and settings stay closed.": (
        "bis {time} UTC. Zahlungen, Exporte, Schlüssel und Einstellungen bleiben zu."
    ),
    "End it": "Beenden",
    "This is not lent to you while you act as somebody else. End it first, at the top of the page.": (
        "Das ist Ihnen nicht geliehen, solange Sie als jemand anders handeln. Beenden Sie das zuerst, oben auf der Seite."
    ),
    "This browser already acts as somebody. Reload and look at the top of the page.": (
        "Dieser Browser handelt schon als jemand. Laden Sie neu und schauen Sie oben auf die Seite."
    ),
    "Administrators of the platform cannot be acted for. Ask them to show you.": (
        "Für Administratoren der Plattform kann niemand handeln. Bitten Sie um einen Blick über die Schulter."
    ),
}
