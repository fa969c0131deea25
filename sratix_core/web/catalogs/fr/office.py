"""What a program or a person is told when planning, people or the door do not allow something."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Somebody has closed this case already. Reload to see who and why.": (
        "Quelqu’un a déjà clos ce cas. Rechargez la page pour voir qui et pourquoi."
    ),
    "This scan let nobody through, so there is nothing to undo.": (
        "Ce scan n’a laissé passer personne, il n’y a rien à annuler."
    ),
    "The ticket was scanned again since. Undo the newest scan first.": (
        "Le billet a été scanné depuis. Annulez d’abord le scan le plus récent."
    ),
    "Undo: {name}": "Annuler : {name}",
    "This invitation is not open any more": "Cette invitation n’est plus ouverte",
    "The list has {now} now. Look again, and confirm that number.": (
        "La liste en compte maintenant {now}. Vérifiez, puis confirmez ce nombre."
    ),
    "That is more than {most} at once. Narrow the list, and do it in parts.": (
        "Cela fait plus de {most} à la fois. Réduisez la liste et procédez par parties."
    ),
    "The event has moved on in the meantime. Reload and look again.": (
        "L’événement a changé entre-temps. Rechargez la page et vérifiez."
    ),
    "Add at least one ticket type before you publish.": (
        "Ajoutez au moins un type de billet avant de publier."
    ),
    "This pool belongs to ticket types. Take it off them first.": (
        "Ce contingent appartient à des types de billet. Détachez-le d’abord."
    ),
    "More units are taken than that. Choose at least as many.": (
        "Plus d’unités sont déjà prises. Choisissez-en au moins autant."
    ),
    "{by} needs {title}. Switch that off first.": "{by} a besoin de {title}. Désactivez d’abord l’autre.",
    "{title} is switched off. Switch it on first.": "{title} est désactivé. Activez-le d’abord.",
    "Write an address that begins with https://.": "Écrivez une adresse qui commence par https://.",
    "You can only give, change or take away what your own role allows. Ask an owner of the organization.": (
        "Vous ne pouvez donner, changer ou retirer que ce que votre rôle permet. Demandez à un propriétaire de l’organisation."
    ),
    "An organization needs an owner. Make somebody else an owner first.": (
        "Une organisation a besoin d’un propriétaire. Nommez d’abord quelqu’un d’autre."
    ),
    "This role cannot be given there. Choose another role or another scope.": (
        "Ce rôle ne peut pas être donné à cet endroit. Choisissez un autre rôle ou un autre domaine."
    ),
    "Choose a role, here or in an event, or remove the person.": (
        "Choisissez un rôle, ici ou dans un événement, ou retirez la personne."
    ),
    "Tick at least one permission.": "Cochez au moins une autorisation.",
    "An organization can have {most} roles of its own. Delete one first.": (
        "Une organisation peut avoir {most} rôles à elle. Supprimez-en un d’abord."
    ),
    "This person is a member already. Change the role in the list.": (
        "Cette personne est déjà membre. Changez le rôle dans la liste."
    ),
    "Choose at least one event.": "Choisissez au moins un événement.",
    "This organization has people or orders. Take them off it first.": (
        "Cette organisation a des personnes ou des commandes. Détachez-les d’abord."
    ),
    "This event is over. Its names stay as they were.": (
        "Cet événement est passé. Ses noms restent tels quels."
    ),
    "Somebody has closed this note already.": "Quelqu’un a déjà clos cette note.",
    "This invitation was accepted, taken back, or is older than seven days. If you accepted it, sign in; otherwise ask for a new one.": (
        "Cette invitation a été acceptée, retirée ou date de plus de sept jours. Si vous l’avez acceptée, connectez-vous ; "
        "sinon, demandez-en une nouvelle."
    ),
    "This invitation went to {email}. Sign in with that address to accept it.": (
        "Cette invitation est allée à {email}. Connectez-vous avec cette adresse pour l’accepter."
    ),
    "Tries": "Essais",
    "Only an active organization can be joined. Decide on it first.": (
        "Seule une organisation active peut être rejointe. Décidez d’abord pour elle."
    ),
    "This file was fetched already, or nobody came for it in time. Ask for a new export.": (
        "Ce fichier a déjà été retiré, ou personne n’est venu le chercher à temps. Demandez un nouvel export."
    ),
    "Answer before": "Répondre avant le",
}
