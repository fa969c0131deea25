"""Giving tickets back: the event's rules, and what comes back."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Until {when}: {percent} % of the price.": "Jusqu’au {when} : {percent} % du prix.",
    "After that nothing comes back.": "Ensuite, rien n’est remboursé.",
    "{amount} per order stay with the organizer.": "{amount} par commande restent à l’organisateur.",
    "You give tickets back yourself, on the page of your order.": (
        "Vous rendez vous-même vos billets, sur la page de la commande."
    ),
    "{percent} %, because it is not later than {when}.": (
        "{percent} %, car il n’est pas plus tard que le {when}."
    ),
    "Nothing, because it is too late for every step of the event's rules.": (
        "Rien, car il est trop tard selon les règles de l’événement."
    ),
    "The order's fees of {amount} are part of it.": "Les frais de commande de {amount} en font partie.",
    "The order's fees of {amount} are not.": "Les frais de commande de {amount} n’en font pas partie.",
    "Less {amount}, which the organizer keeps per order.": (
        "Moins {amount}, que l’organisateur garde par commande."
    ),
    "All of it, because the organizer decided so.": "Le tout, sur décision de l’organisateur.",
    "Nothing, because the organizer decided so.": "Rien, sur décision de l’organisateur.",
    "Giving tickets back": "Rendre des billets",
    "Give tickets back": "Rendre des billets",
    "Which tickets do you give back?": "Quels billets rendez-vous ?",
    "See what comes back": "Voir ce qui est remboursé",
    "No ticket of this order can be given back.": "Aucun billet de cette commande ne peut être rendu.",
    "Whoever has been let in keeps the ticket. Ask the organizer.": (
        "Une personne déjà entrée garde son billet. Écrivez à l’organisateur."
    ),
    "Give one ticket back?": "Rendre un billet ?",
    "Give {n} tickets back?": "Rendre {n} billets ?",
    "Paid for it": "Payé pour cela",
    "Stays with the organizer": "Reste à l’organisateur",
    "Comes back to you": "Vous est remboursé",
    "The whole order ends with it.": "Toute la commande prend fin ainsi.",
    "The ticket admits nobody from then on and its seat goes to somebody else. This cannot be undone.": (
        "Le billet ne sera plus valable et sa place reviendra à quelqu’un d’autre. C’est définitif."
    ),
    "The tickets admit nobody from then on and their seats go to others. This cannot be undone.": (
        "Les billets ne seront plus valables et leurs places reviendront à d’autres. C’est définitif."
    ),
    "The money goes back the way you paid; on a card it takes five to ten working days.": (
        "Le remboursement suit le chemin de votre paiement ; sur une carte, il prend cinq à dix jours ouvrables."
    ),
    "The organizer transfers the money to you.": "L’organisateur vous vire le montant.",
    "Give back for {price}": "Rendre pour {price}",
    "Give back for nothing": "Rendre sans remboursement",
    "{price} comes back to you.": "{price} vous sont remboursés.",
    "Nothing of the price comes back.": "Rien du prix n’est remboursé.",
    "{price} stays with the organizer by the rules of the event.": (
        "{price} restent à l’organisateur selon les règles de l’événement."
    ),
    "The mail of this says when and how it arrives.": (
        "L’e-mail à ce sujet dit quand et comment le montant arrive."
    ),
    "One ticket given back": "Un billet rendu",
    "{n} tickets given back": "{n} billets rendus",
    "Choose at least one ticket.": "Choisissez au moins un billet.",
    "Given back": "Rendu",
    "Taken off since": "Déduit depuis",
    "{price} comes back": "{price} sont remboursés",
    "What comes back has changed since you looked. Look at the amount again.": (
        "Le remboursement a changé depuis que vous l’avez vu. Regardez encore une fois le montant."
    ),
    "There is a step with this number of days already. Choose another.": (
        "Il y a déjà une étape avec ce nombre de jours. Choisissez-en un autre."
    ),
    "Whoever comes later can't get more back. Lower the share of the shorter notice.": (
        "Qui s’y prend plus tard ne peut pas recevoir plus. Réduisez la part du délai plus court."
    ),
    "Type the address of the event exactly as it stands there.": (
        "Tapez l’adresse de l’événement exactement comme elle est écrite."
    ),
    "This event is being cancelled already. Its page shows how far it is.": (
        "Cet événement est déjà en cours d’annulation. Sa page montre où cela en est."
    ),
    "This order has an invoice, which cannot grow. Place a new order for the other type and give this ticket back.": (
        "Cette commande a une facture, qui ne peut pas augmenter. Passez une nouvelle commande pour l’autre type et rendez ce billet."
    ),
    "The new type costs {amount} more. Write the reference of the money, or waive the difference.": (
        "Le nouveau type coûte {amount} de plus. Indiquez la référence du paiement ou renoncez à la différence."
    ),
    "This event is not being cancelled. Begin on its page first.": (
        "Cet événement n’est pas en cours d’annulation. Commencez d’abord sur sa page."
    ),
    "Somebody has just paused it or let it go on. Reload and look again.": (
        "Quelqu’un vient de suspendre ou de reprendre. Rechargez la page et vérifiez."
    ),
    "Given back. A mail with the amount is on its way to you.": (
        "Rendu. Un e-mail avec le montant est en route."
    ),
}
