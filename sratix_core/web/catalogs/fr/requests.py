"""Invoices that a payment service sends: what buyers read about them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "We keep your seats until {when}. After that they go back to the others.": (
        "Nous gardons vos places jusqu’au {when}. Ensuite, elles sont rendues aux autres."
    ),
    "Have the invoice sent": "Se faire envoyer la facture",
    "No invoice of this order waits to be paid. Reload and look again.": (
        "Aucune facture de cette commande n’attend d’être payée. Rechargez la page et vérifiez."
    ),
    "The invoice could not be made. Nothing is charged: try again, or write to the organizer.": (
        "La facture n’a pas pu être établie. Rien n’est débité : réessayez ou écrivez à l’organisateur."
    ),
    "Your order is placed. The invoice follows by mail, as soon as the payment service answers.": (
        "Votre commande est passée. La facture suit par e-mail, dès que le service de paiement répond."
    ),
    "Your order is placed. The invoice is on its way to you by mail.": (
        "Votre commande est passée. La facture est en route par e-mail."
    ),
}
