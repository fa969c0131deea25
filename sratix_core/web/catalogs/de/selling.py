"""What staff read where it is set what is sold: ticket types, pools, prices, taxes and promo codes."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # code fields
    "What it does": "Was er bewirkt",
    "Kind": "Art",
    "How much": "Wie viel",
    "A percentage such as 10 or 8.5, or an amount in {currency}. Empty for a code that only opens tickets.": (
        "Ein Prozentsatz wie 10 oder 8.5, oder ein Betrag in {currency}. Leer für einen Code, der nur Tickets öffnet."
    ),
    "For these ticket types": "Für diese Tickettypen",
    "None ticked: for all of them.": "Keiner angekreuzt: für alle.",
    "Opens these hidden types": "Öffnet diese versteckten Typen",
    "Whoever has the code sees and buys them.": "Wer den Code hat, sieht und kauft sie.",
    "Set the visibility of a ticket type to Only your team first.": (
        "Stellen Sie zuerst die Sichtbarkeit eines Tickettyps auf «Nur Ihr Team»."
    ),
    "When and how often": "Wann und wie oft",
    "Uses of each code, in all": "Einlösungen je Code, insgesamt",
    "One order is one use. Empty: as often as anybody likes.": (
        "Eine Bestellung ist eine Einlösung. Leer: beliebig oft."
    ),
    "Uses per buyer": "Einlösungen je Käufer",
    "Counted by e-mail address.": "Gezählt nach E-Mail-Adresse.",
    "Smallest order": "Kleinste Bestellung",
    "Before the discount.": "Vor dem Rabatt.",
    "Fewest tickets": "Wenigste Tickets",
    "Note for your team": "Notiz für Ihr Team",
    # code form
    "New code": "Neuer Code",
    "1 order": "1 Bestellung",
    "{n} orders": "{n} Bestellungen",
    "{n} in carts": "{n} in Warenkörben",
    "{amount} paid with it": "{amount} damit bezahlt",
    "{amount} taken off": "{amount} nachgelassen",
    "Disable": "Ausschalten",
    "Let it be used again": "Wieder einlösbar machen",
    "Delete": "Löschen",
    "Delete {name}?": "{name} löschen?",
    "Whoever still has it is told that there is no such code.": (
        "Wer ihn noch hat, liest, dass es keinen solchen Code gibt."
    ),
    "Delete the code": "Code löschen",
    "A link that brings it along:": "Ein Link, der ihn mitbringt:",
    "Capitals and small letters are the same. Buyers type it at the checkout.": (
        "Gross- und Kleinbuchstaben gelten gleich. Käufer geben ihn beim Bezahlen ein."
    ),
    "Add the code": "Code hinzufügen",
    "A percentage off": "Ein Prozentsatz weniger",
    "An amount off the order": "Ein Betrag weniger auf die Bestellung",
    "An amount off each ticket": "Ein Betrag weniger je Ticket",
    "A price for each ticket": "Ein Preis je Ticket",
    "Nothing off, opens hidden tickets": "Kein Rabatt, öffnet versteckte Tickets",
    # codes
    "Promo codes": "Promocodes",
    "1 code": "1 Code",
    "{n} codes": "{n} Codes",
    "1 use": "1 Einlösung",
    "{n} uses": "{n} Einlösungen",
    "A code makes tickets cheaper, or opens some that others do not see.": (
        "Ein Code macht Tickets günstiger, oder er öffnet welche, die andere nicht sehen."
    ),
    "Many codes": "Viele Codes",
    "Codes that begin with": "Codes, die beginnen mit",
    "Find": "Suchen",
    "Uses": "Einlösungen",
    "Paid with it": "Damit bezahlt",
    "Taken off": "Nachgelassen",
    "from": "ab",
    "any time": "jederzeit",
    "These are the newest {n}. Search for the others, or take them as CSV.": (
        "Das sind die neusten {n}. Suchen Sie die anderen, oder holen Sie sie als CSV."
    ),
    "No code begins like this": "Kein Code beginnt so",
    "Check the spelling, or look at all codes.": "Prüfen Sie die Schreibweise, oder sehen Sie alle Codes an.",
    "All codes": "Alle Codes",
    "No promo code yet": "Noch kein Promocode",
    "Make one that many share, or hundreds that each open once.": (
        "Erstellen Sie einen für viele, oder Hunderte, die je einmal öffnen."
    ),
    "{value} off": "{value} Rabatt",
    "{value} off the order": "{value} Rabatt auf die Bestellung",
    "{value} off each ticket": "{value} Rabatt je Ticket",
    "{value} for each ticket": "{value} je Ticket",
    "opens hidden tickets": "öffnet versteckte Tickets",
    "At most": "Höchstens",
    "Note": "Notiz",
    # codes many
    "All of them alike: one for each guest, sponsor or reader.": (
        "Alle gleich: je einer für Gäste, Sponsoren oder Leserinnen und Leser."
    ),
    "Where they come from": "Woher sie kommen",
    "Draw them": "Auslosen",
    "Ten letters each that nobody guesses. You get them as a CSV file.": (
        "Je zehn Zeichen, die niemand errät. Sie erhalten sie als CSV-Datei."
    ),
    "I have a list": "Ich habe eine Liste",
    "One to a line, or the lines of a CSV file.": "Einer pro Zeile, oder die Zeilen einer CSV-Datei.",
    "How many to draw": "Wie viele auslosen",
    "At most {n} at once.": "Höchstens {n} auf einmal.",
    "They begin with": "Sie beginnen mit",
    "VIP makes VIP-7KW93XPA8H.": "VIP ergibt VIP-7KW93XPA8H.",
    "The list": "Die Liste",
    "Paste it here; of a CSV file the first column counts.": (
        "Hier einfügen; bei einer CSV-Datei zählt die erste Spalte."
    ),
    "Make the codes": "Codes erstellen",
    # prices
    "Prices & taxes": "Preise & Steuern",
    "Goes for every new cart. What somebody has in a cart, or has ordered, keeps its price.": (
        "Gilt für jeden neuen Warenkorb. Was im Warenkorb oder bestellt ist, behält seinen Preis."
    ),
    "Value added tax": "Mehrwertsteuer",
    "Prices are shown": "Preise werden gezeigt",
    "with the tax in them": "mit der Steuer darin",
    "without it, it comes on top": "ohne sie, sie kommt dazu",
    "Usual rate": "Üblicher Satz",
    "Switzerland: 8.1. Empty: no tax.": "Schweiz: 8.1. Leer: keine Steuer.",
    "its own": "eigener Satz",
    "Your fee": "Ihre Gebühr",
    "Added to orders that cost something, as a line of its own, at the usual tax rate. The three parts add up.": (
        "Kommt zu Bestellungen, die etwas kosten, als eigene Zeile, zum üblichen Steuersatz. Die drei Teile zählen zusammen."
    ),
    "For each ticket": "Je Ticket",
    "Of the price": "Vom Preis",
    "For each order": "Je Bestellung",
    "Coins": "Münzen",
    "Round totals to": "Totale runden auf",
    "0.05 where people pay in Swiss cash.": "0.05, wo man bar in Franken bezahlt.",
    "Service fee": "Servicegebühr",
    "Not at all": "Gar nicht",
    # ticket type form
    "New ticket type": "Neuer Tickettyp",
    "{n} sold. Orders keep the name and price they were bought at.": (
        "{n} verkauft. Bestellungen behalten Namen und Preis vom Kauf."
    ),
    "What one buys": "Was man kauft",
    "What it includes": "Was dazugehört",
    "0 makes it free.": "0 macht ihn kostenlos.",
    "How many there are": "Wie viele es gibt",
    "Empty: only the pools below limit it.": "Leer: Nur die Kontingente unten begrenzen ihn.",
    "Also draws on": "Braucht auch von",
    "A sale takes one from each. The emptiest decides.": "Ein Verkauf nimmt von jedem eines. Das knappste entscheidet.",
    "Only together with another ticket": "Nur zusammen mit einem anderen Ticket",
    "For a workshop or a dinner beside the admission.": "Für einen Workshop oder ein Essen neben dem Eintritt.",
    "Early prices, discounts and tax": "Frühpreise, Rabatte und Steuer",
    "Other prices for a while": "Für eine Zeit andere Preise",
    "The first line that holds decides: until its time, or for so many of this type, or both. Afterwards the price above.": (
        "Es gilt die erste passende Zeile: bis zu ihrer Zeit, für so viele dieses Typs, oder beides. Danach der Preis oben."
    ),
    "For the first": "Für die ersten",
    "Cheaper for several": "Günstiger für mehrere",
    "From so many of this type in one order, for all of them.": (
        "Ab so vielen dieses Typs in einer Bestellung, für alle davon."
    ),
    "Tax rate of its own": "Eigener Steuersatz",
    "Empty: the usual rate under Prices & taxes. 0: no tax.": (
        "Leer: der übliche Satz unter «Preise & Steuern». 0: keine Steuer."
    ),
    "Taxed where a business customer is": "Besteuert, wo ein Geschäftskunde ist",
    "For what is not admission to an event in a place, such as attending online. Businesses abroad then pay without VAT.": (
        "Für anderes als den Eintritt an einem Ort, etwa die Teilnahme online. Unternehmen im Ausland bezahlen dann ohne MwSt."
    ),
    "When and to whom": "Wann und für wen",
    "On sale from": "Im Verkauf ab",
    "Empty: from publication.": "Leer: ab der Veröffentlichung.",
    "On sale until": "Im Verkauf bis",
    "Empty: until the event begins.": "Leer: bis die Veranstaltung beginnt.",
    "At least, per order": "Mindestens, je Bestellung",
    "At most, per order": "Höchstens, je Bestellung",
    "At most, per buyer": "Höchstens, je Käufer",
    "Who sees it": "Wer ihn sieht",
    "Everybody": "Alle",
    "Whoever has its link": "Wer den Link hat",
    "Only your team": "Nur Ihr Team",
    "On sale in its window": "Im Verkauf in seiner Zeit",
    "Add ticket type": "Tickettyp hinzufügen",
    # ticket types
    "Tickets & pools": "Tickets & Kontingente",
    "A type is what one buys; a pool is how many there are. A type may draw on several pools, the emptiest decides.": (
        "Ein Typ ist, was man kauft; ein Kontingent, wie viele es gibt. Ein Typ kann von mehreren nehmen, das knappste entscheidet."
    ),
    "Set it": "Setzen",
    "Ticket types": "Tickettypen",
    "Sold": "Verkauft",
    "Draws on": "Braucht von",
    "add-on": "Zusatz",
    "no limit": "keine Grenze",
    "until the event begins": "bis die Veranstaltung beginnt",
    "No ticket type yet": "Noch kein Tickettyp",
    "One is enough. A free one needs no payment setup.": "Einer genügt. Ein kostenloser braucht keine Zahlungsart.",
    "Pools": "Kontingente",
    "drawn on by {name}": "gebraucht von {name}",
    "drawn on by {names}": "gebraucht von {names}",
    "drawn on by nothing": "von nichts gebraucht",
    "Capacity of {name}": "Kapazität von {name}",
    "No pool yet. Give a ticket type a limit, or make a pool that several share.": (
        "Noch kein Kontingent. Geben Sie einem Tickettyp eine Grenze, oder erstellen Sie eines, das mehrere teilen."
    ),
    "New shared pool": "Neues gemeinsames Kontingent",
    "Add pool": "Kontingent hinzufügen",
    # type form
    "{taken} of {capacity} taken": "{taken} von {capacity} vergeben",
}
