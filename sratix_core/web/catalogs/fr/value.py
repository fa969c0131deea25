"""Gift cards: in the checkout and on the buyer's page."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "I have a gift card": "J’ai un bon cadeau",
    "I have another gift card": "J’ai un autre bon cadeau",
    "Code of the gift card": "Code du bon cadeau",
    "{amount} stay on it": "Il y reste {amount}",
    "Nothing stays on it": "Il n’y reste rien",
    "Still to pay": "Reste à payer",
    "No gift card has this code. Check how it is spelled.": (
        "Aucun bon cadeau n’a ce code. Vérifiez son orthographe."
    ),
    "This gift card is blocked. Write to the organizer, or pay another way.": (
        "Ce bon cadeau est bloqué. Écrivez à l’organisateur ou payez autrement."
    ),
    "The last day of this gift card is over. Pay another way.": (
        "Le dernier jour de ce bon cadeau est passé. Payez autrement."
    ),
    "Nothing is left on this gift card. Use another, or pay another way.": (
        "Il ne reste rien sur ce bon cadeau. Utilisez-en un autre ou payez autrement."
    ),
    "This gift card is in {currency} and can't pay here. Use another, or pay another way.": (
        "Ce bon cadeau est en {currency} et ne peut pas payer ici. Utilisez-en un autre ou payez autrement."
    ),
    "One order is paid with at most {most} gift cards. Place a second order for the others.": (
        "Une commande se paie avec {most} bons cadeaux au plus. Passez une deuxième commande pour les autres."
    ),
    "What is on this gift card has just changed. Look at the amounts once more, then order.": (
        "Le solde de ce bon cadeau vient de changer. Regardez encore une fois les montants, puis commandez."
    ),
    "This was paid by gift card and goes back to it. Switch the gift cards on, then send it back.": (
        "Ce montant a été payé par bon cadeau et y retourne. Activez les bons cadeaux, puis remboursez."
    ),
    "This gift card has changed meanwhile. Reload to see how it stands.": (
        "Ce bon cadeau a changé entre-temps. Rechargez la page pour voir où il en est."
    ),
    "A gift card can't pay for gift cards. Pay for those another way; the card pays for the rest.": (
        "Un bon cadeau ne peut pas payer des bons cadeaux. Payez ceux-ci autrement ; le bon paie le reste."
    ),
    "Gift cards of this order were spent already: at most {left} comes back. Give the order back instead.": (
        "Des bons cadeaux de cette commande ont déjà servi : au plus {left} reviennent. Reprenez plutôt la commande."
    ),
    "Nothing is left of this gift card, so nothing of it comes back.": (
        "Il ne reste rien de ce bon cadeau, rien n’en revient donc."
    ),
    "This gift card is being made at the moment. Try again in a minute.": (
        "Ce bon cadeau est en cours de création. Réessayez dans une minute."
    ),
    "Gift cards are switched off, so nobody knows what is left of those that this order sold. Switch them on first.": (
        "Les bons cadeaux sont désactivés : personne ne sait ce qui reste sur ceux de cette commande. Activez-les d’abord."
    ),
    "What is sold as a gift card has one price: remove other prices and discounts.": (
        "Ce qui est vendu comme bon cadeau a un seul prix : enlevez les autres prix et les rabais."
    ),
    "A gift card is taxed when it is spent: leave the tax empty.": (
        "Un bon cadeau est imposé lors de son utilisation : laissez la taxe vide."
    ),
    "A gift card is worth what it costs: enter a price.": (
        "Un bon cadeau vaut ce qu’il coûte : indiquez un prix."
    ),
    "Somebody has bought this already. Make another ticket type instead.": (
        "Quelqu’un l’a déjà acheté. Créez plutôt un autre type de billet."
    ),
    "Gift cards": "Bons cadeaux",
    "Gift card": "Bon cadeau",
    "{left} of {issued} left": "reste {left} sur {issued}",
    "Mail again": "Renvoyer par e-mail",
    "They are made and mailed as soon as they are paid.": "Ils sont créés et envoyés dès qu’ils sont payés.",
    "Thank you, {name}.": "Merci, {name}.",
    "Your order is placed, {name}.": "Votre commande est passée, {name}.",
    "Gift cards pay for the tickets, not for other gift cards.": (
        "Les bons cadeaux paient les billets, pas d’autres bons cadeaux."
    ),
    "Not made yet": "Pas encore créé",
    "Good": "Valable",
    "Blocked": "Bloqué",
    "Spent": "Utilisé",
    "Ended": "Échu",
    "for whom?": "pour qui ?",
    "Empty: it is mailed to you.": "Vide : il vous est envoyé.",
    "By then the order had lapsed.": "La commande était alors échue.",
    "Choose an amount for {name}.": "Choisissez un montant pour {name}.",
    "From {least} to {most}, the same for each.": "De {least} à {most}, le même pour chacun.",
    "Give gift cards back": "Rendre des bons cadeaux",
    "Give one gift card back?": "Rendre un bon cadeau ?",
    "Give something back": "Rendre quelque chose",
    "Give these back?": "Rendre tout cela ?",
    "Give {n} gift cards back?": "Rendre {n} bons cadeaux ?",
    "Giving gift cards back": "Rendre des bons cadeaux",
    "Keep it all": "Tout garder",
    "Keep the order": "Garder la commande",
    "No gift card of this order can be given back.": "Aucun bon cadeau de cette commande ne peut être rendu.",
    "Nothing of it is made. This cannot be undone.": "Rien n’en sera émis. C’est irréversible.",
    "Nothing was made of it.": "Rien n’en a été émis.",
    "Of a gift card comes back what is left on it.": "D’un bon cadeau revient ce qui y reste.",
    "One amount for all of a type in an order. Place a second order for another.": (
        "Dans une commande, un type a un seul montant. Pour un autre, passez une seconde commande."
    ),
    "Propose amounts between the price and the largest amount.": (
        "Proposez des montants entre le prix et le montant le plus élevé."
    ),
    "Spent already": "Déjà utilisé",
    "The gift card pays nothing from then on, whoever has its code. This cannot be undone.": (
        "Dès lors, le bon cadeau ne paie plus rien, quelle que soit la personne qui en a le code. C’est irréversible."
    ),
    "The gift cards pay nothing from then on, whoever has their codes. This cannot be undone.": (
        "Dès lors, les bons cadeaux ne paient plus rien, quelle que soit la personne qui en a les codes. C’est irréversible."
    ),
    "The largest amount is at least the price.": "Le montant le plus élevé est au moins égal au prix.",
    "The organizer sees your payment and will write to you.": (
        "L’organisateur voit votre paiement et vous écrira."
    ),
    "This gift card is blocked: only the organizer takes it back. Write to them.": (
        "Ce bon cadeau est bloqué : seul l’organisateur le reprend. Écrivez-lui."
    ),
    "This order is not paid by an invoice of its provider. Its page says how to pay.": (
        "Cette commande ne se paie pas par une facture de son prestataire. Sa page dit comment payer."
    ),
    "We keep your order until {when}.": "Nous gardons votre commande jusqu’au {when}.",
    "What do you give back?": "Que rendez-vous ?",
    "What is spent or blocked stays as it is, and the rules of the event may be over. Ask the organizer.": (
        "Ce qui est utilisé ou bloqué reste tel quel, et les délais de l’événement sont peut-être passés. Adressez-vous à l’organisateur."
    ),
    "What you ordered comes when the money is here.": (
        "Ce que vous avez commandé arrive dès que le paiement est là."
    ),
    "Where buyers choose the price there are no other prices and discounts: remove one of the two.": (
        "Là où l’acheteur choisit le prix, il n’y a ni autres prix ni rabais : supprimez l’un des deux."
    ),
    "Which gift cards do you give back?": "Quels bons cadeaux rendez-vous ?",
    "Whoever has the address of this page has your order: keep it to yourself.": (
        "Qui a l’adresse de cette page a votre commande : gardez-la pour vous."
    ),
    "You choose the price": "Vous choisissez le prix",
    "Your amount": "Votre montant",
    "{name} has one price: leave the amount out.": "{name} a un prix fixe : n’indiquez pas de montant.",
    "{name}: choose an amount from {least} to {most}.": "{name} : choisissez un montant de {least} à {most}.",
    "{price} by {when}. After that the order lapses.": (
        "{price} jusqu’au {when}. Ensuite, la commande est échue."
    ),
    "1 item": "1 article",
    "{n} items": "{n} articles",
    "Choose at least one.": "Choisissez-en au moins un.",
}
