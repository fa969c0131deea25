"""Another ticket type after the order was paid, and the difference that is asked for."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Its provider says by itself when a refund comes back. Wait for it, or ask from the case in Finance.": (
        "Le prestataire signale de lui-même le retour d’un remboursement. Attendez, ou demandez depuis le cas dans les finances."
    ),
    "It is recorded already that this refund came back. Reload to see what is owed.": (
        "Le retour de ce remboursement est déjà saisi. Rechargez la page pour voir ce qui est dû."
    ),
    "Undo the change": "Annuler le changement",
    "A change of this order is not paid yet. Pay or record what is outstanding, or undo the change first.": (
        "Un changement de cette commande n’est pas encore payé. Payez ou saisissez le solde, ou annulez d’abord le changement."
    ),
    "Nothing is outstanding for this order any more. Reload to see how it stands.": (
        "Plus rien n’est ouvert pour cette commande. Rechargez la page pour voir où elle en est."
    ),
    "You take another ticket type yourself, on the page of your order.": (
        "Vous changez vous-même de type de billet, sur la page de la commande."
    ),
    "Another ticket type": "Un autre type de billet",
    "Ticket type": "Type de billet",
    "Other ticket type": "Autre billet",
    "Which ticket would you like instead?": "Quel billet souhaitez-vous à la place ?",
    "{holder} has {type} now.": "{holder} a maintenant {type}.",
    "{price} more": "{price} de plus",
    "nothing comes back": "rien ne revient",
    "the same price": "le même prix",
    "See what it means": "Voir ce que cela change",
    "Keep my ticket": "Garder mon billet",
    "There is no other ticket to take.": "Aucun autre billet n’est disponible.",
    "Only types that are on sale can be taken. Ask the organizer.": (
        "Seuls les types en vente peuvent être choisis. Écrivez à l’organisateur."
    ),
    "Take {type} instead of {before}?": "Prendre {type} au lieu de {before} ?",
    "Paid for {type}": "Payé pour {type}",
    "To pay": "À payer",
    "Your present ticket admits nobody from then on and its place goes to somebody else.": (
        "Votre billet actuel ne sera plus valable et sa place reviendra à quelqu’un d’autre."
    ),
    "The new one is kept for you and becomes valid with your payment.": (
        "Le nouveau vous est réservé et devient valable avec votre paiement."
    ),
    "The new one is valid at once; its code comes by mail.": (
        "Le nouveau est valable tout de suite ; son code arrive par e-mail."
    ),
    "Take it and pay {price}": "Prendre et payer {price}",
    "Take it": "Prendre",
    "Pay the difference": "Payer la différence",
    "{price} is still open": "{price} restent à payer",
    "It was due on {when}. Your new ticket is valid as soon as it is paid.": (
        "Le délai était le {when}. Votre nouveau billet est valable dès que c’est payé."
    ),
    "Pay it by {when}. Your new ticket is valid as soon as it is paid.": (
        "Payez jusqu’au {when}. Votre nouveau billet est valable dès que c’est payé."
    ),
    "Your ticket stays reserved. Write to the organizer, or try again later.": (
        "Votre billet reste réservé. Écrivez à l’organisateur ou réessayez plus tard."
    ),
    "Take the old ticket again": "Reprendre l’ancien billet",
    "Take the old ticket again?": "Reprendre l’ancien billet ?",
    "The change is undone as long as its place is free, and nothing is left to pay.": (
        "Le changement est annulé tant que la place est libre, et il ne reste rien à payer."
    ),
    "Keep the new one": "Garder le nouveau",
    "Your ticket is another one now, which costs more. It is valid as soon as this is paid.": (
        "Votre billet est maintenant un autre, qui coûte plus. Il est valable dès que c’est payé."
    ),
    "Your ticket is another one now. It is valid once the difference is paid.": (
        "Votre billet est maintenant un autre. Il est valable dès que la différence est payée."
    ),
    "Your ticket is another one now. The new code is on its way by mail.": (
        "Votre billet est maintenant un autre. Le nouveau code est en route par e-mail."
    ),
    "Your ticket is what it was before. The new code is on its way by mail.": (
        "Votre billet est redevenu ce qu’il était. Le nouveau code est en route par e-mail."
    ),
}
