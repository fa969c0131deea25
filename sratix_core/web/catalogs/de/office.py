"""What staff are told when something cannot be done: planning, people, programs."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # money
    "Somebody has closed this case already. Reload to see who and why.": (
        "Jemand hat diesen Fall schon geschlossen. Laden Sie neu, um zu sehen, wer und warum."
    ),
    "Nothing is owed back for this order. Cancel it first if it should not stand.": (
        "Für diese Bestellung ist nichts zurückzuzahlen. Stornieren Sie sie zuerst, wenn sie nicht bestehen bleiben soll."
    ),
    "That is more than is owed back, which is {most}. Write a smaller amount.": (
        "Das ist mehr, als zurückzuzahlen ist, nämlich {most}. Schreiben Sie einen kleineren Betrag."
    ),
    "A refund with this reference is already recorded. Check the statement.": (
        "Eine Rückzahlung mit dieser Referenz ist schon erfasst. Prüfen Sie den Auszug."
    ),
    "This invitation is not open any more": "Diese Einladung ist nicht mehr offen",
    # many at once
    "That is more than {most} at once. Narrow the list, and do it in parts.": (
        "Das sind mehr als {most} auf einmal. Grenzen Sie die Liste ein und gehen Sie in Teilen vor."
    ),
    # planning
    "The event has moved on in the meantime. Reload and look again.": (
        "Die Veranstaltung ist inzwischen weiter. Laden Sie neu und schauen Sie nochmals."
    ),
    "Add at least one ticket type before you publish.": (
        "Legen Sie mindestens eine Ticketart an, bevor Sie veröffentlichen."
    ),
    "This pool belongs to ticket types. Take it off them first.": (
        "Dieses Kontingent gehört zu Ticketarten. Lösen Sie es zuerst von ihnen."
    ),
    "More units are taken than that. Choose at least as many.": (
        "Es sind schon mehr vergeben. Wählen Sie mindestens so viele."
    ),
    "{by} needs {title}. Switch that off first.": "{by} braucht {title}. Schalten Sie zuerst jenes aus.",
    "{title} is switched off. Switch it on first.": "{title} ist ausgeschaltet. Schalten Sie es zuerst ein.",
    "Write an address that begins with https://.": "Schreiben Sie eine Adresse, die mit https:// beginnt.",
    # people
    "You can only give, change or take away what your own role allows. Ask an owner of the organization.": (
        "Sie können nur geben, ändern oder wegnehmen, was Ihre eigene Rolle erlaubt. Fragen Sie jemanden mit der Rolle Inhaber."
    ),
    "An organization needs an owner. Make somebody else an owner first.": (
        "Eine Organisation braucht einen Inhaber. Machen Sie zuerst jemand anderen dazu."
    ),
    "This role cannot be given there. Choose another role or another scope.": (
        "Diese Rolle lässt sich dort nicht vergeben. Wählen Sie eine andere Rolle oder einen anderen Bereich."
    ),
    "Choose a role, here or in an event, or remove the person.": (
        "Wählen Sie eine Rolle, hier oder in einer Veranstaltung, oder entfernen Sie die Person."
    ),
    "Tick at least one permission.": "Kreuzen Sie mindestens eine Berechtigung an.",
    "An organization can have {most} roles of its own. Delete one first.": (
        "Eine Organisation kann {most} eigene Rollen haben. Löschen Sie zuerst eine."
    ),
    "This person is a member already. Change the role in the list.": (
        "Diese Person ist schon Mitglied. Ändern Sie die Rolle in der Liste."
    ),
    "{most} invitations are open. Take some back first.": (
        "{most} Einladungen sind offen. Nehmen Sie zuerst einige zurück."
    ),
    "Choose at least one event.": "Wählen Sie mindestens eine Veranstaltung.",
    "Two letters, such as CH.": "Zwei Buchstaben, zum Beispiel CH.",
    "This organization has people or orders. Take them off it first.": (
        "Diese Organisation hat Personen oder Bestellungen. Lösen Sie sie zuerst von ihr."
    ),
    "This event is over. Its names stay as they were.": (
        "Diese Veranstaltung ist vorbei. Ihre Namen bleiben, wie sie waren."
    ),
    "Somebody has closed this note already.": "Jemand hat diese Notiz schon geschlossen.",
    "This invitation was accepted, taken back, or is older than seven days. If you accepted it, sign in; otherwise ask for a new one.": (
        "Diese Einladung wurde angenommen, zurückgenommen oder ist älter als sieben Tage. "
        "Haben Sie sie angenommen, melden Sie sich an; sonst bitten Sie um eine neue."
    ),
    "This invitation went to {email}. Sign in with that address to accept it.": (
        "Diese Einladung ging an {email}. Melden Sie sich mit dieser Adresse an, um sie anzunehmen."
    ),
}
