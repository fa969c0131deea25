"""What went wrong and what to do next."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "This request could not be read": "Cette demande n’est pas lisible",
    "Sign in to go on": "Connectez-vous pour continuer",
    "Not allowed": "Non autorisé",
    "Nothing here": "Il n’y a rien ici",
    "Not possible at this address": "Impossible à cette adresse",
    "That did not work": "Cela n’a pas fonctionné",
    "Too large": "Trop volumineux",
    "Check what you entered": "Vérifiez votre saisie",
    "One moment": "Un instant",
    "Something broke on our side": "Quelque chose a cassé de notre côté",
    "Back in a moment": "De retour dans un instant",
    "Part of the address or the form is not readable text. Go back and type it again.": (
        "Une partie de l’adresse ou du formulaire n’est pas du texte lisible. Revenez en arrière et saisissez-la à nouveau."
    ),
    "The text has characters that cannot be stored. Remove them and send it again.": (
        "Le texte contient des caractères qui ne peuvent pas être enregistrés. Retirez-les et renvoyez-le."
    ),
    "The page was open too long or came from another site. Reload it and send the form again.": (
        "La page était ouverte depuis trop longtemps ou venait d’un autre site. Rechargez-la et renvoyez le formulaire."
    ),
    "Your role does not include this. Ask an owner of the organization to add it.": (
        "Votre rôle ne le permet pas. Demandez-le à un propriétaire de l’organisation."
    ),
    "This has been taken away. Start again from the event page.": (
        "Cela n’existe plus. Recommencez depuis la page de l’événement."
    ),
    "Nothing was saved. Try again; if it happens twice, send us the reference.": (
        "Rien n’a été enregistré. Réessayez ; si cela se répète, envoyez-nous la référence."
    ),
    "Some fields need another look.": "Quelques champs sont à revoir.",
    "This address does not take that kind of content.": "Cette adresse n’accepte pas ce type de contenu.",
    "This address does not take that kind of request.": "Cette adresse n’accepte pas ce type de demande.",
    "This address cannot answer in the format you asked for.": (
        "Cette adresse ne peut pas répondre dans le format demandé."
    ),
    "The address is wrong, or what was here is gone. Check the link.": (
        "L’adresse est fausse, ou ce qui était ici n’y est plus. Vérifiez le lien."
    ),
    "This cannot be done right now.": "Ce n’est pas possible pour le moment.",
    "Your sign-in has ended. Sign in again to go on.": (
        "Votre connexion a pris fin. Connectez-vous à nouveau pour continuer."
    ),
    "That is larger than 10 MB. Send something smaller.": (
        "Cela dépasse 10 Mo. Envoyez quelque chose de plus petit."
    ),
    "Too many requests from your connection. Wait {seconds} seconds and try again.": (
        "Trop de demandes depuis votre connexion. Attendez {seconds} secondes et réessayez."
    ),
    "Many people are buying at this moment. Wait a few seconds and try again.": (
        "Beaucoup de personnes achètent en ce moment. Attendez quelques secondes et réessayez."
    ),
    "A part we depend on does not answer. Try again in a minute.": (
        "Un service dont nous dépendons ne répond pas. Réessayez dans une minute."
    ),
    "You have {most} saved views of this list. Forget one, then save this one.": (
        "Vous avez {most} vues enregistrées de cette liste. Oubliez-en une, puis enregistrez celle-ci."
    ),
    "Somebody changed this at the same time. Reload and look again.": (
        "Quelqu’un a changé cela en même temps. Rechargez la page et vérifiez."
    ),
    "No shop answers at this address. Check the link with the organizer.": (
        "Aucune billetterie ne répond à cette adresse. Vérifiez le lien auprès de l’organisateur."
    ),
    "No organizer has this address. Check the link.": (
        "Aucun organisateur n’a cette adresse. Vérifiez le lien."
    ),
    "This organizer is paused. Orders are safe; ask the organizer when it returns.": (
        "Cet organisateur est en pause. Les commandes sont en sécurité ; demandez-lui quand il revient."
    ),
    "This address cannot be called. Write a public one with https://, as in https://example.org/hook.": (
        "Cette adresse ne peut pas être appelée. Écrivez une adresse publique avec https://, comme https://example.org/hook."
    ),
    "The other side could not be reached, nothing was sent. Try again in a minute.": (
        "L’autre côté n’était pas joignable, rien n’a été envoyé. Réessayez dans une minute."
    ),
    "The other side gave no clear answer, it may have done it. Look there before you try again.": (
        "L’autre côté n’a pas répondu clairement, c’est peut-être fait. Vérifiez là-bas avant de réessayer."
    ),
    "E-mail and password do not match. {left} tries left, then a pause.": (
        "L’e-mail et le mot de passe ne correspondent pas. Encore {left} essais, puis une pause."
    ),
    "Too many tries. Wait {seconds} seconds, then try again.": (
        "Trop d’essais. Attendez {seconds} secondes, puis réessayez."
    ),
    "This e-mail already has an account.": "Cet e-mail a déjà un compte.",
    "Use at least 10 characters.": "Utilisez au moins 10 caractères.",
    "Use at most 200 characters.": "Utilisez 200 caractères au plus.",
    "This password is on the lists that are tried first. Choose another.": (
        "Ce mot de passe est sur les listes essayées en premier. Choisissez-en un autre."
    ),
    "The password contains your e-mail. Choose another.": (
        "Le mot de passe contient votre e-mail. Choisissez-en un autre."
    ),
    "Fill this in.": "Remplissez ce champ.",
    "Write a whole address, for example nina@example.ch.": (
        "Écrivez une adresse complète, par exemple nina@example.ch."
    ),
    "This is too long.": "C’est trop long.",
    "Write a whole number.": "Écrivez un nombre entier.",
    "This number is outside what is possible here.": "Ce nombre n’est pas possible ici.",
    "Choose one of the listed options.": "Choisissez une des options proposées.",
    "Write an amount, for example 49.00.": "Écrivez un montant, par exemple 49.00.",
    "Write a date and time, for example 2027-03-10 09:00.": (
        "Écrivez une date et une heure, par exemple 2027-03-10 09:00."
    ),
    "Write a date, for example 2027-03-10.": "Écrivez une date, par exemple 2027-03-10.",
    "Clocks skip this time that night. Choose another.": (
        "Les horloges sautent cette heure cette nuit-là. Choisissez-en une autre."
    ),
    "Use lower-case letters, digits and single hyphens.": (
        "Utilisez des minuscules, des chiffres et des traits d’union simples."
    ),
    "This address is reserved. Choose another.": "Cette adresse est réservée. Choisissez-en une autre.",
    "This address is already in use. Choose another.": (
        "Cette adresse est déjà prise. Choisissez-en une autre."
    ),
    "Add the ending, for example .ch or .com.": "Ajoutez la fin, par exemple .ch ou .com.",
    "Between {least} and {most} are possible here.": "De {least} à {most} sont possibles ici.",
    "This must be after the beginning.": "Cela doit venir après le début.",
    "Write a colour like #0b6fa4.": "Écrivez une couleur comme #0b6fa4.",
    "No hyphen at the beginning or the end, and never two in a row.": (
        "Pas de trait d’union au début ni à la fin, et jamais deux de suite."
    ),
    "Something here has this name already. Choose another.": (
        "Ce nom existe déjà ici. Choisissez-en un autre."
    ),
    "The body is not the JSON this address takes. Compare it with the documentation.": (
        "Le contenu n’est pas le JSON que cette adresse accepte. Comparez-le avec la documentation."
    ),
    "This key or token opens nothing: it is wrong, has ended or was revoked. Use a new one.": (
        "Cette clé ou ce jeton n’ouvre rien : il est faux, échu ou révoqué. Utilisez-en un nouveau."
    ),
    "This key does not include this. Ask for a key that does.": (
        "Cette clé ne le permet pas. Demandez-en une qui le permet."
    ),
    "Choose at least one thing that the key may do.": "Choisissez au moins une chose que la clé permet.",
    "A key may do only what you may do yourself. Choose less.": (
        "Une clé ne permet que ce que vous pouvez vous-même. Choisissez moins."
    ),
    "A refund with this reference is already recorded. Check the statement.": (
        "Un remboursement avec cette référence est déjà saisi. Vérifiez le relevé."
    ),
    "Nothing is owed back for this order. Cancel it first if it should not stand.": (
        "Rien n’est à rembourser pour cette commande. Annulez-la d’abord si elle ne doit pas tenir."
    ),
    "That is more than is owed back, which is {most}. Write a smaller amount.": (
        "C’est plus que ce qui est à rembourser, soit {most}. Indiquez un montant plus petit."
    ),
    "There are {most} working keys. Revoke one that is no longer used.": (
        "Il y a {most} clés valables. Révoquez-en une qui ne sert plus."
    ),
    "An Idempotency-Key has 1 to 255 printable ASCII characters and no space. Send a new one.": (
        "Une Idempotency-Key a 1 à 255 caractères ASCII imprimables, sans espace. Envoyez-en une nouvelle."
    ),
    "This Idempotency-Key belongs to another request. Use a new key for a new request.": (
        "Cette Idempotency-Key appartient à une autre demande. Utilisez une nouvelle clé pour une nouvelle demande."
    ),
    "The same request is being done right now. Wait {seconds} seconds and send it again.": (
        "La même demande est en cours de traitement. Attendez {seconds} secondes et renvoyez-la."
    ),
    "This name is not known here. Compare it with the documentation.": (
        "Ce nom n’est pas connu ici. Comparez-le avec la documentation."
    ),
    "Write a moment with its zone, for example 2027-03-10T09:00:00Z.": (
        "Écrivez un instant avec son fuseau, par exemple 2027-03-10T09:00:00Z."
    ),
    "This is another kind of value than the address takes. Compare it with the documentation.": (
        "Ce n’est pas le type de valeur que cette adresse accepte. Comparez avec la documentation."
    ),
    "The list has too few or too many entries.": "La liste a trop peu ou trop d’entrées.",
    "Send this once.": "Envoyez cela une seule fois.",
    "This cursor fits another list or another filter. Begin again without it.": (
        "Ce curseur appartient à une autre liste ou à un autre filtre. Recommencez sans lui."
    ),
    "Somebody changed this since you read it. Read it again and repeat your change.": (
        "Quelqu’un a changé cela depuis votre lecture. Relisez, puis refaites votre changement."
    ),
    "Send either the code or the ticket_id.": "Envoyez soit le code, soit le ticket_id.",
    "Too much has been deleted since then. Load the whole list again.": (
        "Trop d’entrées ont été supprimées depuis. Rechargez toute la liste."
    ),
    "This key opens nothing. Pair the scanner again and use the new key.": (
        "Cette clé n’ouvre rien. Associez le scanner à nouveau et utilisez la nouvelle clé."
    ),
    "The number of names does not fit the number of tickets. Go back and start again.": (
        "Le nombre de noms ne correspond pas au nombre de billets. Revenez en arrière et recommencez."
    ),
    "The currency stays, because there are prices in it.": (
        "La monnaie reste, parce que des prix l’utilisent."
    ),
    "Another organizer uses this host name.": "Un autre organisateur utilise ce nom d’hôte.",
    "This file is too large. Choose a smaller one.": (
        "Ce fichier est trop volumineux. Choisissez-en un plus petit."
    ),
    "Choose a picture: PNG, JPEG or WebP.": "Choisissez une image : PNG, JPEG ou WebP.",
    "Demo accounts open on the machine itself only. Make your own with: sratix user create": (
        "Les comptes de démonstration n’ouvrent que sur la machine elle-même. Créez le vôtre avec : sratix user create"
    ),
    "Enter a name, or choose “I will fill this in later”.": (
        "Saisissez un nom, ou choisissez « Je l’indiquerai plus tard »."
    ),
    "Enter a name, or choose “this one is for me”.": (
        "Saisissez un nom, ou choisissez « Celui-ci est pour moi »."
    ),
    "Choose a time zone from the list, for example Europe/Zurich.": (
        "Choisissez un fuseau horaire de la liste, par exemple Europe/Zurich."
    ),
    "The price must be in the currency of the event.": "Le prix doit être dans la monnaie de l’événement.",
    "Write an amount from 0 upwards.": "Indiquez un montant à partir de 0.",
    "The most per order must be at least the least, and at most 100.": (
        "Le maximum par commande doit être au moins égal au minimum, et de 100 au plus."
    ),
    "No free order code was found. Try again.": "Aucun code de commande libre n’a été trouvé. Réessayez.",
    "This file lies in a storage that is not set up here. Tell the operator.": (
        "Ce fichier se trouve dans un stockage qui n’est pas configuré ici. Dites-le à l’exploitant."
    ),
    "These tickets are gone. Look at the event page for what is left.": (
        "Ces billets sont partis. La page de l’événement montre ce qui reste."
    ),
    "These tickets are not on sale now. The event page says when they are.": (
        "Ces billets ne sont pas en vente maintenant. La page de l’événement dit quand."
    ),
    "This event sells no tickets at the moment.": "Cet événement ne vend pas de billets pour le moment.",
    "These seats are no longer held. Choose your tickets again.": (
        "Ces places ne sont plus réservées. Choisissez à nouveau vos billets."
    ),
    "One buyer may have no more tickets of this type.": (
        "Une personne ne peut pas avoir plus de billets de ce type."
    ),
    "That is more than one order may have. Place a second order.": (
        "C’est plus que permis par commande. Passez une deuxième commande."
    ),
    "This extra needs a ticket in the same order. Add one.": (
        "Ce supplément demande un billet dans la même commande. Ajoutez-en un."
    ),
    "There are no seats left for this.": "Il n’y a plus de places pour cela.",
    "This shop takes no payments at the moment. Your seats stay held; write to the organizer.": (
        "Cette billetterie ne prend pas de paiements pour le moment. Vos places restent réservées ; écrivez à l’organisateur."
    ),
    "The order has moved on in the meantime. Reload and look again.": (
        "La commande a changé entre-temps. Rechargez la page et vérifiez."
    ),
    "Somebody changed this order at the same time. Reload and look again.": (
        "Quelqu’un a changé cette commande en même temps. Rechargez la page et vérifiez."
    ),
    "This order can only be cancelled by the organizer. Write to them.": (
        "Seul l’organisateur peut annuler cette commande. Écrivez-lui."
    ),
    "This payment is already recorded.": "Ce paiement est déjà saisi.",
    "The amount is not what the order asks for. Check both.": (
        "Le montant n’est pas celui de la commande. Vérifiez les deux."
    ),
    "The ticket has moved on in the meantime. Reload and look again.": (
        "Le billet a changé entre-temps. Rechargez la page et vérifiez."
    ),
    "Somebody changed this ticket at the same time. Reload and look again.": (
        "Quelqu’un a changé ce billet en même temps. Rechargez la page et vérifiez."
    ),
    "This ticket was already used at the door.": "Ce billet a déjà servi à l’entrée.",
    "This ticket's code was replaced too often. Void it and issue a new one.": (
        "Le code de ce billet a été remplacé trop souvent. Annulez le billet et émettez-en un nouveau."
    ),
    "The order has no valid ticket to show.": "La commande n’a aucun billet valable à montrer.",
    "A stored secret cannot be read with the present key. Enter it again.": (
        "Un secret enregistré n’est pas lisible avec la clé actuelle. Saisissez-le à nouveau."
    ),
    "Files cannot be stored at the moment. Tell the operator.": (
        "Les fichiers ne peuvent pas être enregistrés pour le moment. Dites-le à l’exploitant."
    ),
    "The file cannot be read at the moment. Try again in a minute.": (
        "Le fichier n’est pas lisible pour le moment. Réessayez dans une minute."
    ),
    "Many PDFs are being made. Try again in a minute.": (
        "Beaucoup de PDF sont en préparation. Réessayez dans une minute."
    ),
    "The PDF could not be made. The ticket page works without it.": (
        "Le PDF n’a pas pu être produit. La page du billet suffit."
    ),
    "This installation cannot make PDFs. The ticket page works without them.": (
        "Cette installation ne produit pas de PDF. La page du billet suffit."
    ),
    "That is too much for one PDF. Choose fewer tickets.": (
        "C’est trop pour un seul PDF. Choisissez moins de billets."
    ),
}
