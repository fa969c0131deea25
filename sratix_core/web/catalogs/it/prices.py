"""Prices, VAT and promo codes."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "For businesses of the European Union, such as ATU13585627. Some prices are then without VAT; you see them in the next step.": (
        "Per imprese dell’Unione europea, per esempio ATU13585627. Alcuni prezzi sono allora senza IVA; li vede nel passo "
        "seguente."
    ),
    "Reverse charge": "Inversione contabile",
    "Without VAT: your business owes it.": "Senza IVA: la deve la Sua impresa.",
    "This VAT number cannot be right. Compare it, or leave the field empty: the price is then with VAT.": (
        "Questo numero IVA non può essere giusto. Lo confronti o lasci vuoto il campo: il prezzo è allora con IVA."
    ),
    "This order was priced without VAT for {number}. Keep that number, or cancel the order and buy anew.": (
        "Questo ordine ha prezzi senza IVA per {number}. Mantenga quel numero, o annulli l’ordine e acquisti di nuovo."
    ),
    "Write the business that has this VAT number.": "Indichi l’impresa che ha questo numero IVA.",
    "The price cannot be worked out at the moment. Nothing is held and nothing charged; try again in a minute.": (
        "Al momento il prezzo non si può calcolare. Nulla è riservato né addebitato; riprovi tra un minuto."
    ),
    "{name} is kept by a plugin. Change it there, or disable it here.": (
        "{name} è gestito da un plugin. Lo cambi lì o lo disattivi qui."
    ),
    "Code {code} is on": "Codice {code} attivo",
    "It opens tickets and takes nothing off.": "Apre dei biglietti e non dà sconti.",
    "It opens tickets that others do not see.": "Apre biglietti che altri non vedono.",
    "Take off": "Togliere",
    "I have a promo code": "Ho un codice promozionale",
    "Promo code": "Codice promozionale",
    "Apply": "Applicare",
    "Early price or discount for several": "Prezzo anticipato o sconto quantità",
    "Code {code}": "Codice {code}",
    "{rate} VAT": "IVA {rate}",
    "on {amount}": "su {amount}",
    "Rounded to coins": "Arrotondamento",
    "{rate} VAT within: {amount}": "di cui IVA {rate}: {amount}",
    "{value} off, in the next step.": "{value} di sconto, nel passo seguente.",
    "{value} off the order, in the next step.": "{value} di sconto sull’ordine, nel passo seguente.",
    "{value} off each ticket, in the next step.": "{value} di sconto su ogni biglietto, nel passo seguente.",
    "{value} for each ticket, in the next step.": "{value} per ogni biglietto, nel passo seguente.",
    "usually": "invece di",
    "for the first {n}": "per i primi {n}",
    "for the first {n}, until {when}": "per i primi {n}, fino a {when}",
    "this price until {when}": "questo prezzo fino a {when}",
    "Prices include VAT.": "Prezzi IVA inclusa.",
    "VAT is added to these prices.": "A questi prezzi si aggiunge l’IVA.",
    "{fee} comes on top; you see it before you pay.": (
        "Si aggiunge: {fee}. L’importo è indicato prima di pagare."
    ),
    "The price of these seats has just changed. Look at it once more, then order.": (
        "Il prezzo di questi posti è appena cambiato. Lo ricontrolli e poi ordini."
    ),
    "There is no such code for this event. Check how it is spelled.": (
        "Questo codice non esiste per questo evento. Verifichi come è scritto."
    ),
    "{name} can't be used yet. Try again when it has begun.": (
        "{name} non vale ancora. Riprovi quando sarà iniziato."
    ),
    "{name} has run out. Take it off, or use another.": "{name} è scaduto. Lo tolga o ne usi un altro.",
    "{name} has been used as often as it may. Use another, or go on without.": (
        "{name} è stato usato quanto è permesso. Ne usi un altro o continui senza."
    ),
    "{name} is not for these tickets. Choose others, or go on without it.": (
        "{name} non vale per questi biglietti. Ne scelga altri o continui senza codice."
    ),
    "{name} needs at least {least} tickets. Choose more, or go on without it.": (
        "{name} richiede almeno {least} biglietti. Ne scelga di più o continui senza codice."
    ),
    "{name} needs an order of at least {least}. Choose more, or go on without it.": (
        "{name} richiede un ordine di almeno {least}. Ne scelga di più o continui senza codice."
    ),
    "{name} makes nothing cheaper here. Go on without it.": (
        "{name} qui non riduce alcun prezzo. Continui senza codice."
    ),
    "You have used {name} as often as one buyer may. Take it off to go on.": (
        "Ha usato {name} quanto è permesso a una persona. Lo tolga per continuare."
    ),
    "{name} needs the code that opened it. Keep that code, or give the seats back.": (
        "{name} richiede il codice che lo ha aperto. Mantenga il codice o liberi i posti."
    ),
    "These were many wrong codes. Wait {minutes} minutes, or go on without one.": (
        "Troppi codici errati. Attenda {minutes} minuti o continui senza codice."
    ),
    "Use 2 to 40 letters and digits, with - _ or . between them.": (
        "Usi da 2 a 40 lettere e cifre, con - _ o . in mezzo."
    ),
    "This event has that code already. Choose another spelling.": (
        "Questo evento ha già quel codice. Scelga un’altra grafia."
    ),
    "{taken} uses are taken. Allow at least as many.": (
        "{taken} utilizzi sono già presi. Ne permetta almeno altrettanti."
    ),
    "{name} was used. Disable it instead, so that the books keep their reason.": (
        "{name} è stato usato. Lo disattivi, così la contabilità conserva il motivo."
    ),
    "None of these is new. Put one code on each line.": (
        "Nessuno di questi è nuovo. Scriva un codice per riga."
    ),
    "Choose at least one hidden ticket type that this code opens.": (
        "Scelga almeno un tipo di biglietto nascosto che questo codice apre."
    ),
    "A code that only opens tickets takes nothing off. Leave this empty.": (
        "Un codice che apre solo biglietti non dà sconti. Lasci vuoto."
    ),
    "An event can have {most} codes. Delete some that nobody used.": (
        "Un evento può avere {most} codici. Ne elimini alcuni mai usati."
    ),
    "Write a percentage from 0 to 100, with at most two decimals; a discount takes more than 0.": (
        "Inserisca una percentuale da 0 a 100 con al massimo due decimali; uno sconto è più di 0."
    ),
    "Write an amount above 0.": "Inserisca un importo superiore a 0.",
    "Say until when this price holds, or for how many.": (
        "Indichi fino a quando vale questo prezzo o per quanti."
    ),
    "A price for the first ones needs a number above at How many there are.": (
        "Un prezzo per i primi richiede sopra un numero per la quantità disponibile."
    ),
    "Two discounts begin at the same number. Keep one.": (
        "Due sconti iniziano allo stesso numero. Ne mantenga uno."
    ),
}
