"""The public shop: event page, programme, cart, checkout, and the buyer's order."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Skip to content": "Aller au contenu",
    "Change theme": "Clair ou sombre",
    "Language": "Langue",
    "Language, at the foot": "Langue, en bas de page",
    "Steps": "Étapes",
    "Events": "Événements",
    "Tickets": "Billets",
    "Seats": "Places",
    "Total": "Total",
    "Order": "Commande",
    "Organization": "Organisation",
    "{price} each": "{price} chacun",
    "What to expect": "Ce qui vous attend",
    "Programme": "Programme",
    "Times in {zone}": "Fuseau horaire : {zone}",
    "No session yet": "Aucune session pour l’instant",
    "One session": "Une session",
    "Getting there": "Comment venir",
    "Get tickets": "Prendre des billets",
    "from {price}": "dès {price}",
    "free tickets": "billets gratuits",
    "This event is cancelled.": "Cet événement est annulé.",
    "Whoever has a ticket was told by e-mail.": (
        "Les personnes qui ont un billet ont été informées par e-mail."
    ),
    "This event is over.": "Cet événement est passé.",
    "Tickets are no longer sold.": "La vente des billets est terminée.",
    "When": "Quand",
    "{start} to": "{start} au",
    "Add to calendar": "Ajouter au calendrier",
    "Where": "Où",
    "Open map": "Ouvrir le plan",
    "All {n} sessions": "Les {n} sessions",
    "Nothing is on sale yet. Look in again closer to the date.": (
        "Rien n’est encore en vente. Revenez quand la date approche."
    ),
    "No ticket chosen": "Aucun billet choisi",
    "on sale from {when}": "en vente dès le {when}",
    "One less {name}": "Un {name} de moins",
    "{name}: how many": "{name} : combien",
    "One more {name}": "Un {name} de plus",
    "Next: names. We hold your seats for {n} minutes.": (
        "Ensuite, les noms. Nous gardons vos places {n} minutes."
    ),
    "Full": "Complet",
    "{n} left": "encore {n}",
    "free": "gratuit",
    "Events by {name}": "Événements de {name}",
    "No event is on sale": "Aucun événement en vente",
    "New events appear here as soon as they are published.": (
        "Les nouveaux événements apparaissent ici dès leur publication."
    ),
    "Past events": "Événements passés",
    "All sessions of {name}": "Toutes les sessions de {name}",
    "Add all to calendar": "Tout ajouter au calendrier",
    "Tracks": "Parcours",
    "The programme appears here as it takes shape.": "Le programme apparaît ici dès qu’il prend forme.",
    "{n} of {total} seats left": "encore {n} places sur {total}",
    "With": "Avec",
    "Your order": "Votre commande",
    "Your seats": "Vos places",
    "Give the seats back": "Libérer les places",
    "Seats held for {m} minutes {s} seconds": "Places réservées encore {m} minutes {s} secondes",
    "until {when}": "délai : {when}",
    "Seats given back": "Places libérées",
    "The time for your seats ran out.": "Le temps réservé à vos places est écoulé.",
    "Your seats are given back.": "Vos places sont libérées.",
    "These seats are no longer held.": "Ces places ne sont plus réservées.",
    "They went back to the others. Nothing was ordered and nothing is owed. If there are seats left, choose them again.": (
        "Elles sont de nouveau libres pour les autres. Rien n’a été commandé, rien n’est dû. S’il reste des places, "
        "choisissez-les à nouveau."
    ),
    "Nothing was ordered and nothing is owed.": "Rien n’a été commandé, rien n’est dû.",
    "If you have placed the order, its page is in the e-mail we sent you. If not, choose your tickets again.": (
        "Si vous avez commandé, la page de la commande se trouve dans notre e-mail. Sinon, choisissez à nouveau vos billets."
    ),
    "Choose tickets again": "Choisir à nouveau",
    "Who is coming?": "Qui vient ?",
    "Names": "Noms",
    "Payment": "Paiement",
    "Confirm": "Confirmer",
    "Done": "Terminé",
    "You chose this a moment ago: here is the same cart, and nothing is held twice.": (
        "Vous venez de faire ce choix : voici le même panier, rien n’est réservé deux fois."
    ),
    "Your seats are held until {when}. Leaving the page does not lose them.": (
        "Vos places sont réservées jusqu’à {when}, même si vous quittez la page."
    ),
    "You": "Vous",
    "First and last name": "Prénom et nom",
    "Your tickets and bills go here. Nothing else does.": (
        "Vos billets et factures arrivent ici. Rien d’autre."
    ),
    "Ticket {n}": "Billet {n}",
    "This one is for me": "Celui-ci est pour moi",
    "I will fill this in later": "Je l’indiquerai plus tard",
    "You can add the name on your order page, until the doors open.": (
        "Vous pouvez ajouter le nom sur la page de la commande, jusqu’à l’ouverture des portes."
    ),
    "Continue to payment": "Continuer vers le paiement",
    "Continue": "Continuer",
    "Back to tickets": "Retour aux billets",
    "How would you like to pay?": "Comment souhaitez-vous payer ?",
    "How to pay": "Comment payer",
    "One last look": "Un dernier coup d’œil",
    "Less than two minutes left on your seats": "Moins de deux minutes pour vos places",
    "Once the order is placed they are yours, even if the clock runs out.": (
        "Une fois la commande passée, elles sont à vous, même si le temps s’écoule."
    ),
    "Payment method": "Moyen de paiement",
    "This shop takes no payments at the moment.": (
        "Cette billetterie ne prend pas de paiements pour le moment."
    ),
    "Your seats stay held. Write to the organizer, or try again later.": (
        "Vos places restent réservées. Écrivez à l’organisateur ou réessayez plus tard."
    ),
    "Tickets go to": "Les billets vont à",
    "Change names": "Changer les noms",
    "I accept": "J’accepte",
    " and ": " et ",
    "Order for {price}": "Commander pour {price}",
    "Get the tickets": "Obtenir les billets",
    "Back to names": "Retour aux noms",
    "You are in, {name}.": "C’est confirmé, {name}.",
    "Your seats are reserved, {name}.": "Vos places sont réservées, {name}.",
    "This order is cancelled.": "Cette commande est annulée.",
    "This order has lapsed.": "Cette commande est échue.",
    "Your money came late, {name}.": "Votre paiement est arrivé trop tard, {name}.",
    "Your order {code}": "Votre commande {code}",
    "paid by {how}": "paiement : {how}",
    "sent to {email}": "envoyé à {email}",
    "Tickets come when the money is here.": "Les billets arrivent dès que le paiement est là.",
    "{price} by {when}. After that the seats go back to the others.": (
        "{price} jusqu’au {when}. Ensuite, les places sont rendues aux autres."
    ),
    "The seats went back to the others.": "Les places ont été rendues aux autres.",
    "No payment arrived in time. If you have paid since, the organizer will write to you.": (
        "Aucun paiement n’est arrivé à temps. Si vous avez payé entre-temps, l’organisateur vous écrira."
    ),
    "By then the seats were gone.": "Les places étaient déjà prises.",
    "The organizer sees your payment and will write to you: other seats, or your money back.": (
        "L’organisateur voit votre paiement et vous écrira : d’autres places, ou un remboursement."
    ),
    "Doors {when}": "Ouverture des portes {when}",
    "Ticket code of {name}": "Code du billet de {name}",
    "Code as picture": "Code (PNG)",
    "Name still open": "Nom à compléter",
    "All": "Tout",
    "All tickets in one file": "Tous les billets dans un fichier",
    "Change name": "Changer le nom",
    "Add name": "Ajouter le nom",
    "Before you come": "Avant de venir",
    "Tickets paid": "Billets payés",
    "Pay the order": "Payer la commande",
    "Tickets confirmed": "Billets confirmés",
    "Name for one ticket": "Nom pour un billet",
    "Names for {n} tickets": "Noms pour {n} billets",
    "until the doors open": "jusqu’à l’ouverture des portes",
    "Every ticket has a name": "Chaque billet a un nom",
    "Documents": "Documents",
    "Mail the tickets again": "Renvoyer les billets par e-mail",
    "Cancel the order": "Annuler la commande",
    "Cancel order {code}?": "Annuler la commande {code} ?",
    "Cancel {code}": "Annuler {code}",
    "Your ticket becomes void and its seat goes to somebody else. This cannot be undone.": (
        "Votre billet n’est plus valable et sa place revient à quelqu’un d’autre. C’est définitif."
    ),
    "Your tickets become void and their seats go to others. This cannot be undone.": (
        "Vos billets ne sont plus valables et leurs places reviennent à d’autres. C’est définitif."
    ),
    "Your {n} tickets become void and their seats go to others. This cannot be undone.": (
        "Vos {n} billets ne sont plus valables et leurs places reviennent à d’autres. C’est définitif."
    ),
    "Keep the tickets": "Garder les billets",
    "Back to the order": "Retour à la commande",
    "This page is your ticket office: keep its address to yourself.": (
        "Cette page est votre guichet : gardez son adresse pour vous."
    ),
    "Something wrong? Write to us": "Un problème ? Écrivez-nous",
    "Quote {code}, it finds everything.": "Indiquez {code}, cela suffit pour tout retrouver.",
    "Who comes with this ticket?": "Qui vient avec ce billet ?",
    "Save the name": "Enregistrer le nom",
    "The mail is on its way again.": "L’e-mail est de nouveau en route.",
    "The order is cancelled.": "La commande est annulée.",
    "The name is saved.": "Le nom est enregistré.",
}
