"""Prices, taxes and promo codes, as buyers read them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "For businesses of the European Union, such as ATU13585627. Some prices are then without VAT; you see them in the next step.": (
        "Pour les entreprises de l’Union européenne, par exemple ATU13585627. Certains prix sont alors sans TVA ; vous les "
        "voyez à l’étape suivante."
    ),
    "Reverse charge": "Autoliquidation",
    "Without VAT: your business owes it.": "Sans TVA : votre entreprise la doit.",
    "This VAT number cannot be right. Compare it, or leave the field empty: the price is then with VAT.": (
        "Ce numéro de TVA ne peut pas être juste. Comparez-le, ou laissez le champ vide : le prix est alors avec TVA."
    ),
    "This order was priced without VAT for {number}. Keep that number, or cancel the order and buy anew.": (
        "Cette commande a des prix sans TVA pour {number}. Gardez ce numéro, ou annulez la commande et recommencez."
    ),
    "Write the business that has this VAT number.": "Indiquez l’entreprise qui a ce numéro de TVA.",
    "The price cannot be worked out at the moment. Nothing is held and nothing charged; try again in a minute.": (
        "Le prix ne peut pas être calculé pour le moment. Rien n’est réservé ni débité ; réessayez dans une minute."
    ),
    "{name} is kept by a plugin. Change it there, or disable it here.": (
        "{name} dépend d’un plugin. Modifiez-le là-bas, ou désactivez-le ici."
    ),
    "Code {code} is on": "Le code {code} est actif",
    "It opens tickets and takes nothing off.": "Il donne accès à des billets et ne réduit aucun prix.",
    "It opens tickets that others do not see.": "Il donne accès à des billets que les autres ne voient pas.",
    "Take off": "Enlever",
    "I have a promo code": "J’ai un code promo",
    "Promo code": "Code promo",
    "Apply": "Appliquer",
    "Early price or discount for several": "Prix anticipé ou rabais de quantité",
    "Code {code}": "Code {code}",
    "{rate} VAT": "TVA {rate}",
    "on {amount}": "sur {amount}",
    "Rounded to coins": "Arrondi aux pièces",
    "{rate} VAT within: {amount}": "dont TVA {rate} : {amount}",
    "{value} off, in the next step.": "{value} de rabais, à l’étape suivante.",
    "{value} off the order, in the next step.": "{value} de rabais sur la commande, à l’étape suivante.",
    "{value} off each ticket, in the next step.": "{value} de rabais par billet, à l’étape suivante.",
    "{value} for each ticket, in the next step.": "{value} par billet, à l’étape suivante.",
    "usually": "sinon",
    "for the first {n}": "pour les {n} premiers",
    "for the first {n}, until {when}": "pour les {n} premiers, jusqu’au {when}",
    "this price until {when}": "ce prix jusqu’au {when}",
    "Prices include VAT.": "Les prix incluent la TVA.",
    "VAT is added to these prices.": "La TVA s’ajoute à ces prix.",
    "{fee} comes on top; you see it before you pay.": "{fee} en plus ; vous voyez le montant avant de payer.",
    "The price of these seats has just changed. Look at it once more, then order.": (
        "Le prix de ces places vient de changer. Regardez-le encore une fois, puis commandez."
    ),
    "There is no such code for this event. Check how it is spelled.": (
        "Ce code n’existe pas pour cet événement. Vérifiez son orthographe."
    ),
    "{name} can't be used yet. Try again when it has begun.": (
        "{name} n’est pas encore valable. Réessayez plus tard."
    ),
    "{name} has run out. Take it off, or use another.": (
        "{name} a expiré. Enlevez-le ou utilisez-en un autre."
    ),
    "{name} has been used as often as it may. Use another, or go on without.": (
        "{name} a été utilisé autant de fois que permis. Utilisez-en un autre ou continuez sans."
    ),
    "{name} is not for these tickets. Choose others, or go on without it.": (
        "{name} ne vaut pas pour ces billets. Choisissez-en d’autres ou continuez sans."
    ),
    "{name} needs at least {least} tickets. Choose more, or go on without it.": (
        "{name} demande au moins {least} billets. Choisissez-en plus ou continuez sans."
    ),
    "{name} needs an order of at least {least}. Choose more, or go on without it.": (
        "{name} demande une commande d’au moins {least}. Choisissez plus ou continuez sans."
    ),
    "{name} makes nothing cheaper here. Go on without it.": "{name} ne réduit rien ici. Continuez sans.",
    "You have used {name} as often as one buyer may. Take it off to go on.": (
        "Vous avez utilisé {name} autant de fois qu’une personne le peut. Enlevez-le pour continuer."
    ),
    "{name} needs the code that opened it. Keep that code, or give the seats back.": (
        "{name} demande le code qui y donne accès. Gardez ce code ou libérez les places."
    ),
    "These were many wrong codes. Wait {minutes} minutes, or go on without one.": (
        "Beaucoup de codes faux ont été saisis. Attendez {minutes} minutes ou continuez sans code."
    ),
    "Use 2 to 40 letters and digits, with - _ or . between them.": (
        "Utilisez 2 à 40 lettres et chiffres, avec - _ ou . entre eux."
    ),
    "This event has that code already. Choose another spelling.": (
        "Cet événement a déjà ce code. Choisissez une autre orthographe."
    ),
    "{taken} uses are taken. Allow at least as many.": (
        "{taken} utilisations sont prises. Autorisez-en au moins autant."
    ),
    "{name} was used. Disable it instead, so that the books keep their reason.": (
        "{name} a été utilisé. Désactivez-le, pour que les comptes gardent leur motif."
    ),
    "None of these is new. Put one code on each line.": "Aucun n’est nouveau. Écrivez un code par ligne.",
    "Choose at least one hidden ticket type that this code opens.": (
        "Choisissez au moins un type de billet masqué auquel ce code donne accès."
    ),
    "A code that only opens tickets takes nothing off. Leave this empty.": (
        "Un code qui donne seulement accès à des billets ne réduit rien. Laissez ce champ vide."
    ),
    "An event can have {most} codes. Delete some that nobody used.": (
        "Un événement peut avoir {most} codes. Supprimez-en que personne n’a utilisés."
    ),
    "Write a percentage from 0 to 100, with at most two decimals; a discount takes more than 0.": (
        "Indiquez un pourcentage de 0 à 100, avec deux décimales au plus ; un rabais dépasse 0."
    ),
    "Write an amount above 0.": "Indiquez un montant supérieur à 0.",
    "Say until when this price holds, or for how many.": (
        "Indiquez jusqu’à quand vaut ce prix, ou pour combien de billets."
    ),
    "A price for the first ones needs a number above at How many there are.": (
        "Un prix pour les premiers demande un nombre plus haut, au champ du nombre disponible."
    ),
    "Two discounts begin at the same number. Keep one.": (
        "Deux rabais commencent au même nombre. Gardez-en un."
    ),
    "{rate} VAT within": "dont TVA {rate}",
}
