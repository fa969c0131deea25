"""What staff and partners read about organizations that take part."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # organization
    "Edit details": "Angaben bearbeiten",
    "1 ticket has no name yet": "1 Ticket hat noch keinen Namen",
    "{n} tickets have no name yet": "{n} Tickets haben noch keinen Namen",
    "Badges are printed with the names that stand here. Until the doors open they can be changed.": (
        "Badges werden mit den Namen gedruckt, die hier stehen. Bis die Türen öffnen, lassen sie sich ändern."
    ),
    "Write the names": "Namen eintragen",
    "See the tickets": "Tickets ansehen",
    "Without a name": "Ohne Namen",
    "Latest orders": "Neuste Bestellungen",
    "All {n}": "Alle {n}",
    "Orders that were placed for this organization show up here. The organizer says so on the order.": (
        "Bestellungen für diese Organisation erscheinen hier. Der Veranstalter trägt es bei der Bestellung ein."
    ),
    "Details & billing": "Angaben & Rechnung",
    "Invoices to": "Rechnungen an",
    "Nothing is written down yet.": "Noch ist nichts eingetragen.",
    "Add the billing address": "Rechnungsadresse hinzufügen",
    "Its details and open invitations are gone. It has no orders and no people.": (
        "Angaben und offene Einladungen sind dann weg. Sie hat keine Bestellungen und keine Personen."
    ),
    "Delete {name}": "{name} löschen",
    # organization form
    "Takes part as": "Nimmt teil als",
    "Billing": "Rechnung",
    "The address of your bookkeeping.": "Die Adresse Ihrer Buchhaltung.",
    "Add the organization": "Organisation hinzufügen",
    # organization orders
    "Everything that was bought for {name}.": "Alles, was für {name} gekauft wurde.",
    # organization people
    "They see this organization and nothing else of {tenant}.": (
        "Sie sehen diese Organisation und sonst nichts von {tenant}."
    ),
    "Nobody acts for this organization yet": "Noch handelt niemand für diese Organisation",
    "Invite its contact as organization admin: they bring the others.": (
        "Laden Sie ihre Kontaktperson als Organisationsadmin ein: Sie bringt die anderen."
    ),
    "An organization admin invites others and changes the billing details.": (
        "Ein Organisationsadmin lädt andere ein und ändert die Rechnungsangaben."
    ),
    "Remove {name} from {organization}?": "{name} aus {organization} entfernen?",
    # organization ticket
    "Who uses this ticket?": "Wer benutzt dieses Ticket?",
    "As it stands on the badge.": "Wie es auf dem Badge steht.",
    "With it the person finds the ticket under My tickets.": (
        "Damit findet die Person das Ticket unter «Meine Tickets»."
    ),
    # organization tickets
    "{n} without a name": "{n} ohne Namen",
    "No tickets yet": "Noch keine Tickets",
    "Tickets of orders that were placed for this organization show up here, to be named one by one.": (
        "Tickets aus Bestellungen für diese Organisation erscheinen hier, um sie einzeln zu benennen."
    ),
    # organizations
    "Partner organizations": "Partnerorganisationen",
    "Exhibitors, sponsors, partners and clubs that take part in your events.": (
        "Aussteller, Sponsoren, Partner und Vereine, die an Ihren Veranstaltungen mitwirken."
    ),
    "By kind": "Nach Art",
    "Nobody takes part yet": "Noch wirkt niemand mit",
    "An exhibitor or sponsor that stands here sees its own orders, names its people and keeps its billing details itself.": (
        "Aussteller und Sponsoren, die hier stehen, sehen ihre Bestellungen, benennen ihre Leute und pflegen ihre "
        "Rechnungsangaben selbst."
    ),
    "New": "Neu",
    # organization frame
    "with {tenant}": "mit {tenant}",
    "Club": "Verein",
    "Other": "Andere",
    # their list as a file
    "Street": "Strasse",
    "City": "Ort",
    "Vat number": "MWST-Nummer",
    "Billing email": "Rechnungs-E-Mail",
}
