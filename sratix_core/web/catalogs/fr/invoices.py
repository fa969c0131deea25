"""Invoices: on the buyer's page, and what went wrong with them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Invoice": "Facture",
    "being drawn": "en préparation",
    "For your bookkeeping: to the address you say.": (
        "Pour votre comptabilité : à l’adresse que vous indiquez."
    ),
    "Get the invoice": "Obtenir la facture",
    "Billing address": "Adresse de facturation",
    "Company": "Entreprise",
    "Street and number": "Rue et numéro",
    "Postal code": "Code postal",
    "Town": "Localité",
    "Country": "Pays",
    "Up to 70 characters: that is what a bill holds.": (
        "70 caractères au plus : c’est la place sur une facture."
    ),
    "Two letters, such as CH.": "Deux lettres, par exemple CH.",
    "VAT number": "Numéro de TVA",
    "Your reference": "Votre référence",
    "What your bookkeeping wants to read on a bill.": (
        "Ce que votre comptabilité souhaite lire sur une facture."
    ),
    "Save the address": "Enregistrer l’adresse",
    "Invoices need a sender first. Fill in the legal name and the address below Invoices, Sender & numbers.": (
        "Les factures demandent d’abord un expéditeur. Indiquez la raison sociale et l’adresse dans les réglages des factures."
    ),
    "There is nothing to invoice here: it is free, or on an invoice already.": (
        "Rien à facturer ici : c’est gratuit ou déjà sur une facture."
    ),
    "These orders have two currencies, or prices with and without VAT. Issue their invoices one by one.": (
        "Ces commandes ont deux monnaies, ou des prix avec et sans TVA. Établissez leurs factures une à une."
    ),
    "Some of this invoice was credited already. Look at its credit notes.": (
        "Une partie de cette facture a déjà été créditée. Regardez ses notes de crédit."
    ),
    "The invoice is written already. Ask the organizer to correct it.": (
        "La facture est déjà établie. Demandez à l’organisateur de la corriger."
    ),
    "The organizer writes the invoices here. Ask them for yours.": (
        "Ici, c’est l’organisateur qui établit les factures. Demandez-lui la vôtre."
    ),
    "The file is being drawn. Try again in a minute.": (
        "Le fichier est en préparation. Réessayez dans une minute."
    ),
    "Only an invoice can be corrected. Look at the invoice it belongs to.": (
        "Seule une facture peut être corrigée. Ouvrez la facture correspondante."
    ),
    "This order is on no invoice that something is left of. Issue one first.": (
        "Cette commande ne figure sur aucune facture dont il reste quelque chose. Établissez-en une d’abord."
    ),
    "That is more than is left of the invoice. Write a smaller amount.": (
        "C’est plus que le reste de la facture. Indiquez un montant plus petit."
    ),
    "That is more than {most} orders. Choose fewer days.": (
        "Cela fait plus de {most} commandes. Choisissez moins de jours."
    ),
    "Choose the first and the last day.": "Choisissez le premier et le dernier jour.",
    "The check digits of this VAT number are wrong. Compare it with the register.": (
        "Les chiffres de contrôle de ce numéro de TVA sont faux. Comparez-le avec le registre."
    ),
    "Use letters, digits, hyphens, dots and slashes.": (
        "Utilisez des lettres, des chiffres, des traits d’union, des points et des barres obliques."
    ),
    "The other series has numbers that begin like this. Choose another beginning.": (
        "L’autre série a des numéros qui commencent ainsi. Choisissez un autre début."
    ),
    "An electronic invoice needs the recipient's country. Correct the invoice with a whole address.": (
        "Une facture électronique demande le pays du destinataire. Corrigez la facture avec une adresse complète."
    ),
    "The plugin that draws this is switched off. Switch it on first.": (
        "Le plugin qui produit ce document est désactivé. Activez-le d’abord."
    ),
    "Nothing of this invoice is open any more. Send the money back, or assign it to an order.": (
        "Rien n’est plus ouvert sur cette facture. Remboursez le montant ou attribuez-le à une commande."
    ),
    "No file was drawn of this document, or drawing it failed. Have it drawn again.": (
        "Aucun fichier n’a été produit pour ce document, ou cela a échoué. Faites-le produire à nouveau."
    ),
    "Only invoices and credit notes are mailed. Download the proforma and send it yourself.": (
        "Seules les factures et les notes de crédit partent par e-mail. Téléchargez la pro forma et envoyez-la vous-même."
    ),
    "A mail with this document is on its way. Wait until it has arrived or failed.": (
        "Un e-mail avec ce document est en route. Attendez qu’il soit arrivé ou qu’il ait échoué."
    ),
    "Nothing draws this document as a PDF. Switch a plugin on that draws invoices first.": (
        "Rien ne produit ce document en PDF. Activez d’abord un plugin qui produit les factures."
    ),
    "Nobody's e-mail address is known for this. Fill in the organization's billing e-mail first.": (
        "Aucune adresse e-mail n’est connue pour cela. Indiquez d’abord l’e-mail de facturation de l’organisation."
    ),
    "Invoice {number}": "Facture {number}",
    "Credit note {number}": "Note de crédit {number}",
    "Proforma invoice": "Facture pro forma",
    "The billing address is saved.": "L’adresse de facturation est enregistrée.",
    "Your invoice is issued. The file is here in a moment.": (
        "Votre facture est établie. Le fichier arrive ici dans un instant."
    ),
}
