"""Paying by card: on the shop's page, and waiting for the payment service."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "I have not paid yet: go on": "Je n’ai pas encore payé : continuer",
    "No money moves. Use a test card of the payment service.": (
        "Aucun argent ne circule. Utilisez une carte de test du service de paiement."
    ),
    "Not paid yet": "Pas encore payé",
    "Order {code}. What you type here goes to the payment service, not to us.": (
        "Commande {code}. Ce que vous saisissez ici va au service de paiement, pas à nous."
    ),
    "Pay {price}": "Payer {price}",
    "Pay {price} now": "Payer {price} maintenant",
    "The payment service does not answer. If you have paid, nothing is lost: we go on asking and mail your tickets.": (
        "Le service de paiement ne répond pas. Si vous avez payé, rien n’est perdu : nous continuons à demander et vous "
        "envoyons les billets."
    ),
    "The payment service has not confirmed {price} yet. This page asks again by itself; you may also close it, the tickets come by mail.": (
        "Le service de paiement n’a pas encore confirmé {price}. Cette page redemande d’elle-même ; vous pouvez aussi la "
        "fermer, les billets arrivent par e-mail."
    ),
    "This is a test.": "Ceci est un test.",
    "To the order": "Vers la commande",
    "Waiting for your payment": "En attente de votre paiement",
    "We are waiting for your payment.": "Nous attendons votre paiement.",
    "Your seats are held until {when}.": "Vos places sont réservées jusqu’à {when}.",
    "The payment service does not answer at the moment. Nothing was changed: try again in a minute.": (
        "Le service de paiement ne répond pas pour le moment. Rien n’a changé : réessayez dans une minute."
    ),
    "That is more than the order's price, which is {most}. Write a smaller amount.": (
        "C’est plus que le prix de la commande, soit {most}. Indiquez un montant plus petit."
    ),
    "This order's way of paying can't send money back by itself. Transfer it, then record it here.": (
        "Ce moyen de paiement ne peut pas rembourser de lui-même. Virez le montant, puis saisissez-le ici."
    ),
    "A refund of this payment is on its way. Wait until it has arrived, then look again.": (
        "Un remboursement de ce paiement est en route. Attendez son arrivée, puis vérifiez."
    ),
    "This order is not paid online. Its page says how to pay.": (
        "Cette commande ne se paie pas en ligne. Sa page dit comment payer."
    ),
    "This way of paying is not set up: its keys are missing. The organizer enters them in the plugin's settings.": (
        "Ce moyen de paiement n’est pas configuré : ses clés manquent. L’organisateur les saisit dans les réglages du plugin."
    ),
    "The signature does not fit. Compare the endpoint's signing secret with the one in the plugin's settings.": (
        "La signature ne correspond pas. Comparez le secret de signature du point d’accès avec celui des réglages du plugin."
    ),
    "An event may have {most} bytes. Nothing was kept of this one.": (
        "Un message peut avoir {most} octets. Rien n’a été gardé de celui-ci."
    ),
    "No organization has exactly this name, or several have. Write it as your list has it.": (
        "Aucune organisation ne porte exactement ce nom, ou plusieurs le portent. Écrivez-le comme dans votre liste."
    ),
    "Begins later": "Commence plus tard",
    "Used up": "Entièrement utilisé",
    "Stripe's restricted key lacks a right. Add it at Stripe, or use the secret key.": (
        "Il manque un droit à la clé restreinte de Stripe. Ajoutez-le chez Stripe ou utilisez la clé secrète."
    ),
    "Stripe does not know this key. Copy it once more from the API keys page at Stripe.": (
        "Stripe ne connaît pas cette clé. Copiez-la encore une fois depuis la page des clés API de Stripe."
    ),
    "Stripe refused the question. Check that the keys are those of the account the payment was made with.": (
        "Stripe a refusé la demande. Vérifiez que les clés sont celles du compte qui a encaissé le paiement."
    ),
    "The payment did not go through. Nothing was charged: try again, or another card.": (
        "Le paiement n’a pas abouti. Rien n’a été débité : réessayez ou prenez une autre carte."
    ),
    "The payment service does not answer at the moment. Nothing was charged: try again in a minute.": (
        "Le service de paiement ne répond pas pour le moment. Rien n’a été débité : réessayez dans une minute."
    ),
    "You left the payment. Nothing was charged, and your seats are still held.": (
        "Vous avez quitté le paiement. Rien n’a été débité, et vos places restent réservées."
    ),
    "Card details": "Données de la carte",
    "One moment…": "Un instant…",
    "Pay now": "Payer maintenant",
    "Paying on this page needs JavaScript: the fields come from the payment service.": (
        "Payer sur cette page demande JavaScript : les champs viennent du service de paiement."
    ),
    "That did not work. Try again or use another card.": (
        "Cela n’a pas fonctionné. Réessayez ou utilisez une autre carte."
    ),
    "The payment fields could not be loaded. Check your connection or a blocker of scripts, then load the page again.": (
        "Les champs de paiement n’ont pas pu être chargés. Vérifiez votre connexion ou un bloqueur de scripts, puis rechargez la page."
    ),
}
