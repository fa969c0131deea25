"""The staff pages in German as it is written in Switzerland (ss, never ß), formal address."""

from __future__ import annotations

from sratix_bank_transfer.german_words import WORDS

GERMAN: dict[str, str] = {
    **WORDS,
    # an invoice over several orders
    "Record {amount} for this invoice": "{amount} auf diese Rechnung verbuchen",
    "Several": "Mehrere",
    "Less than is open on the invoice. Record it: the first orders are paid, the last ones wait for the rest.": (
        "Weniger, als auf der Rechnung offen ist. Verbuchen Sie: die ersten Bestellungen sind bezahlt, die letzten warten auf den Rest."
    ),
    "More than is open on the invoice. Record it: its orders are paid, the rest is owed back.": (
        "Mehr, als auf der Rechnung offen ist. Verbuchen Sie: die Bestellungen sind bezahlt, den Rest schulden Sie zurück."
    ),
    "In another currency than the invoice. Send it back, or ask who paid.": (
        "In einer anderen Währung als die Rechnung. Zurückzahlen, oder beim Zahler nachfragen."
    ),
    "Nothing of the invoice is open any more. Paid twice or credited, then send it back.": (
        "Von der Rechnung ist nichts mehr offen. Doppelt bezahlt oder gutgeschrieben? Dann zurückzahlen."
    ),
    "It came after the term. Record it: the orders get their seats if there are some.": (
        "Nach der Frist eingetroffen. Verbuchen Sie: die Bestellungen erhalten ihre Plätze, wenn es noch welche gibt."
    ),
    # why a payment waits
    "Amount and name fit this order, or the words name several. Is it for this one?": (
        "Betrag und Name passen zu dieser Bestellung, oder der Text nennt mehrere. Ist es diese?"
    ),
    "Less than the order costs. Assign it: the order waits for the rest.": (
        "Weniger, als die Bestellung kostet. Ordnen Sie zu: die Bestellung wartet auf den Rest."
    ),
    "More than the order costs. Assign it: the order is paid, the rest is owed back.": (
        "Mehr, als die Bestellung kostet. Ordnen Sie zu: sie ist bezahlt, den Rest schulden Sie zurück."
    ),
    "In another currency than the order. Send it back, or ask the buyer.": (
        "In einer anderen Währung als die Bestellung. Zurückzahlen, oder beim Käufer nachfragen."
    ),
    "The order is paid already. Was it recorded by hand, then set this aside; paid twice, then send it back.": (
        "Die Bestellung ist schon bezahlt. Von Hand erfasst? Dann weglegen. Doppelt bezahlt? Dann zurückzahlen."
    ),
    "It came after the term. Assign it: the order gets its seats if there are some.": (
        "Nach der Frist eingetroffen. Ordnen Sie zu: die Bestellung erhält ihre Plätze, wenn es noch welche gibt."
    ),
    "The order is cancelled. Assign it and pay it back there, or send it back.": (
        "Die Bestellung ist storniert. Zuordnen und dort zurückzahlen, oder gleich zurückzahlen."
    ),
    "The reference was made for another organizer. Send it back.": (
        "Die Referenz gehört einem anderen Veranstalter. Zahlen Sie zurück."
    ),
    "Its reference is an invoice's over several orders, but no invoice here has it. Ask the payer.": (
        "Die Referenz gehört zu einer Rechnung über mehrere Bestellungen, aber keine Rechnung hier hat sie. Fragen Sie den Zahler."
    ),
    "Several payments in one sum. Upload the camt.054 that tells them apart, then set this aside.": (
        "Mehrere Zahlungen in einer Summe. Laden Sie das camt.054 dazu hoch und legen Sie diese dann weg."
    ),
    "No order fits. Look for the buyer, or set it aside when it is for something else.": (
        "Keine Bestellung passt. Suchen Sie den Käufer, oder legen Sie sie weg, wenn sie für etwas anderes ist."
    ),
    # files that are refused
    "The file is empty. Download it from your bank again.": (
        "Die Datei ist leer. Laden Sie sie bei Ihrer Bank nochmals herunter."
    ),
    "The file is larger than 10 MB. Download a shorter period.": (
        "Die Datei ist grösser als 10 MB. Wählen Sie einen kürzeren Zeitraum."
    ),
    "This is a packed folder. Unpack it, then upload the files in it one by one.": (
        "Das ist ein gepackter Ordner. Entpacken Sie ihn und laden Sie die Dateien einzeln hoch."
    ),
    "This is no text. Choose camt.053, camt.054 or CSV in your e-banking; a PDF can't be read.": (
        "Das ist kein Text. Wählen Sie im E-Banking camt.053, camt.054 oder CSV; ein PDF ist nicht lesbar."
    ),
    "The file declares a document type, which no bank does. It was not opened.": (
        "Die Datei vereinbart einen Dokumenttyp, was keine Bank tut. Sie wurde nicht geöffnet."
    ),
    "The file breaks off or holds something that is no day or no amount. Download it from your bank again.": (
        "Die Datei bricht ab, oder ein Datum oder Betrag darin ist keiner. Laden Sie sie bei der Bank nochmals herunter."
    ),
    "This is XML, but no statement of account. Choose camt.053 or camt.054 in your e-banking.": (
        "Das ist XML, aber kein Kontoauszug. Wählen Sie im E-Banking camt.053 oder camt.054."
    ),
    "The file tells of several accounts. Download one for each.": (
        "Die Datei enthält mehrere Konten. Laden Sie je Konto eine herunter."
    ),
    "The file has more than 50,000 rows. Download a shorter period.": (
        "Die Datei hat mehr als 50’000 Zeilen. Wählen Sie einen kürzeren Zeitraum."
    ),
    "No columns were found. Choose CSV with semicolons or commas in your e-banking.": (
        "Keine Spalten gefunden. Wählen Sie im E-Banking CSV mit Strichpunkt oder Komma."
    ),
    # what forms answer
    "Choose the file from your bank first.": "Wählen Sie zuerst die Datei Ihrer Bank.",
    "Say which column holds the day and which the amount.": "Geben Sie an, wo das Datum und wo der Betrag steht.",
    "No order has this code. Look it up in the list of orders.": (
        "Keine Bestellung hat diesen Code. Sehen Sie in der Liste der Bestellungen nach."
    ),
    "Somebody was faster: this is how it stands now.": "Jemand war schneller: so steht es jetzt.",
    "Write the country as two letters, such as CH or DE.": "Schreiben Sie das Land mit zwei Buchstaben, etwa CH oder DE.",
    "The check digits do not match: compare it with your bank's letter.": (
        "Die Prüfziffern stimmen nicht: vergleichen Sie mit dem Schreiben Ihrer Bank."
    ),
    "This is not an IBAN: it starts with a country and two digits, such as CH93.": (
        "Das ist keine IBAN: sie beginnt mit Land und zwei Ziffern, etwa CH93."
    ),
}
