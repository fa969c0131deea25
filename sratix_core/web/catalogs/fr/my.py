"""The pages under `/my/`: tickets, orders, cards and settings of whoever is signed in."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Payment methods": "Moyens de paiement",
    "Cards for your next order. Each is kept by a payment service for one organizer, and only you can pay with it.": (
        "Des cartes pour votre prochaine commande. Chacune est conservée par un service de paiement pour un organisateur, et "
        "vous seul pouvez payer avec."
    ),
    "kept by {service}": "conservée par {service}",
    "test mode, no money moves": "mode test, aucun argent ne circule",
    "Add a card": "Ajouter une carte",
    "The payment service does not answer at the moment.": (
        "Le service de paiement ne répond pas pour le moment."
    ),
    "Your cards are safe there. Load the page again in a minute.": (
        "Vos cartes y sont en sécurité. Rechargez la page dans une minute."
    ),
    "Good until {until}": "Valable jusqu’à {until}",
    "No longer good: {until}": "N’est plus valable : {until}",
    "Remove {card}?": "Retirer {card} ?",
    "Remove this card?": "Retirer cette carte ?",
    "Remove": "Retirer",
    "Remove card": "Retirer la carte",
    "It can no longer be used for orders here. What you have bought stays, and refunds still reach the card.": (
        "Elle ne peut plus servir pour des commandes ici. Vos achats restent, et les remboursements arrivent encore sur la carte."
    ),
    "No card is kept.": "Aucune carte n’est conservée.",
    "No organizer here keeps cards": "Aucun organisateur ne conserve de cartes ici",
    "Once you have bought from one that does, you can keep a card for the next time.": (
        "Après un achat chez un organisateur qui le propose, vous pouvez conserver une carte pour la prochaine fois."
    ),
    "Another card": "Une autre carte",
    "Keep this card for next time": "Conserver cette carte pour la prochaine fois",
    "{organizer} has {provider} keep it for your account {email}. You can remove it at any time.": (
        "{organizer} la fait conserver par {provider} pour votre compte {email}. Vous pouvez la retirer en tout temps."
    ),
    "As it stands on the badge. It can be changed until the door.": (
        "Tel qu’il figure sur le badge. Il peut être changé jusqu’à l’entrée."
    ),
    "A ticket appears here as soon as it is bought with your address or names it. The link in the mail works as well.": (
        "Un billet apparaît ici dès qu’il est acheté avec votre adresse ou à votre nom. Le lien dans l’e-mail fonctionne aussi."
    ),
    "Each leads to its page: pay, change names, documents.": (
        "Chacune mène à sa page : payer, changer les noms, documents."
    ),
    "Events you had a ticket for stay here.": (
        "Les événements pour lesquels vous aviez un billet restent ici."
    ),
    "Everything that was bought with {email}, or names it.": (
        "Tout ce qui a été acheté avec {email} ou à cette adresse."
    ),
    "Its orders, tickets and people.": "Ses commandes, billets et personnes.",
    "My orders": "Mes commandes",
    "My settings": "Mes réglages",
    "My tickets": "Mes billets",
    "No orders yet": "Pas encore de commandes",
    "Nothing is coming up": "Rien à venir",
    "Nothing is over yet": "Rien de passé pour l’instant",
    "Number": "Numéro",
    "Of these pages in this browser, and kept with your account.": (
        "De ces pages dans ce navigateur, et retenue avec votre compte."
    ),
    "Order {code}": "Commande {code}",
    "Past": "Passé",
    "Place": "Lieu",
    "Save": "Enregistrer",
    "The code appears here when the money has arrived.": (
        "Le code apparaît ici dès que le paiement est arrivé."
    ),
    "The order is not paid yet.": "La commande n’est pas encore payée.",
    "The organizer writes to everybody who has a ticket.": (
        "L’organisateur écrit à toutes les personnes qui ont un billet."
    ),
    "Ticket": "Billet",
    "What is coming up": "À venir",
    "What you buy with {email} shows up here.": "Ce que vous achetez avec {email} apparaît ici.",
    "Who comes?": "Qui vient ?",
    "takes part in the events of {name}": "participe aux événements de {name}",
    "until": "jusqu’au",
    "Coming up": "À venir",
    "Saved.": "Enregistré.",
    "The card is kept for your next order.": "La carte est conservée pour votre prochaine commande.",
    "The card is removed.": "La carte est retirée.",
}
