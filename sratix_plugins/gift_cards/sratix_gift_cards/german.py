"""The pages of staff in German."""

from __future__ import annotations

GERMAN = {
    "Gift cards": "Gutscheine",
    "Gift card": "Gutschein",
    "New gift cards": "Neue Gutscheine",
    "Issue gift cards": "Gutscheine ausstellen",
    "Value on a code: sold or given away, spent in the checkout, owed until then.": (
        "Guthaben auf einem Code: verkauft oder geschenkt, beim Bezahlen eingelöst, bis dahin geschuldet."
    ),
    "See gift cards and what moved on them": "Gutscheine und ihre Bewegungen sehen",
    "Issue and block gift cards, see their codes": "Gutscheine ausstellen und sperren, ihre Codes sehen",
    "All": "Alle",
    "{n} shown, newest first": "{n} gezeigt, neuste zuerst",
    "Active": "Aktiv",
    "Blocked": "Gesperrt",
    "Ended": "Beendet",
    "Sold for cash": "Bar verkauft",
    "Sold by bank": "Über die Bank verkauft",
    "Given away": "Geschenkt",
    "Sold in the shop": "Im Shop verkauft",
    "End it": "Beenden",
    "End this gift card?": "Diesen Gutschein beenden?",
    "Keep it": "Behalten",
    "{left} is left on it and becomes income. It pays nothing any more.": (
        "{left} stehen noch darauf und werden Ertrag. Der Gutschein bezahlt dann nichts mehr."
    ),
    "Issued": "Ausgestellt",
    "Spent": "Eingelöst",
    "Came back": "Zurückgekommen",
    "Still to be spent": "Noch einzulösen",
    "Nothing is left to be spent.": "Es ist nichts mehr einzulösen.",
    "Code, or its last four letters": "Code oder seine letzten vier Zeichen",
    "Code": "Code",
    "For": "Für",
    "How": "Wie",
    "Good until": "Gültig bis",
    "Left on it": "Rest",
    "No gift card here": "Kein Gutschein hier",
    "Look for another code, or choose another view.": "Suchen Sie einen anderen Code oder wählen Sie eine andere Ansicht.",
    "No gift card yet": "Noch kein Gutschein",
    "Sell one at the till, or give one away. Buyers type its code where they pay.": (
        "Verkaufen Sie einen an der Kasse oder verschenken Sie einen. Wer kauft, gibt den Code beim Bezahlen ein."
    ),
    "What is on a card is owed until it is spent. VAT is due then, with what is bought.": (
        "Was auf einem Gutschein ist, schulden Sie, bis er eingelöst wird. Die MWST fällt erst dann an, mit dem Kauf."
    ),
    "Amount on each": "Betrag auf jedem",
    "Currency": "Währung",
    "How many": "Wie viele",
    "At most {most} at once.": "Höchstens {most} auf einmal.",
    "Who pays for it?": "Wer bezahlt ihn?",
    "The money is in your account.": "Das Geld ist auf Ihrem Konto.",
    "The money is in your till.": "Das Geld ist in Ihrer Kasse.",
    "You bear it: booked as goodwill.": "Sie tragen ihn: als Kulanz gebucht.",
    "Reference": "Referenz",
    "Of the money, or why it is given.": "Des Geldes, oder warum er verschenkt wird.",
    "Last day": "Letzter Tag",
    "What is left then is yours. Many laws ask for years; without a day it never ends.": (
        "Was dann übrig ist, gehört Ihnen. Viele Gesetze verlangen Jahre; ohne Tag läuft er nie ab."
    ),
    "Choose a day that is still to come.": "Wählen Sie einen Tag, der noch kommt.",
    "Send it by mail": "Per Mail senden",
    "Name": "Name",
    "E-mail": "E-Mail",
    "Without an address you hand out the code yourself.": "Ohne Adresse geben Sie den Code selbst weiter.",
    "Words that go with it": "Worte dazu",
    "Language of the mail": "Sprache der Mail",
    "Codes": "Codes",
    "Codes of the new gift cards": "Codes der neuen Gutscheine",
    "{n} issued, {amount} each": "{n} ausgestellt, je {amount}",
    "As CSV": "Als CSV",
    "All gift cards": "Alle Gutscheine",
    "Keep these like cash.": "Bewahren Sie sie wie Bargeld auf.",
    "Take the file now. Later each code is shown on the page of its card only, and the journal says to whom.": (
        "Nehmen Sie die Datei jetzt mit. Später zeigt nur die Seite des Gutscheins seinen Code, und das Journal sagt, wem."
    ),
    "Sent to": "Gesendet an",
    "{left} of {issued} left": "noch {left} von {issued}",
    "Show the code": "Code zeigen",
    "Block": "Sperren",
    "Unblock": "Entsperren",
    "That you saw it is in the journal.": "Dass Sie ihn gesehen haben, steht im Journal.",
    "What moved on it": "Bewegungen",
    "About it": "Angaben",
    "No end": "Läuft nicht ab",
    # the journal
    "Gift card issued": "Gutschein ausgestellt",
    "Gift card blocked": "Gutschein gesperrt",
    "Gift card active": "Gutschein entsperrt",
    "Gift card code shown": "Code eines Gutscheins gezeigt",
    "Gift card mailed": "Gutschein gemailt",
    "Gift card taken back": "Gutschein zurückgenommen",
}
