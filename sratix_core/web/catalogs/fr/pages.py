"""Signing in, error pages, and the components every surface shares."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Undo": "Annuler la dernière action",
    "Your account": "Votre compte",
    "open": "ouvrir",
    "Name": "Nom",
    "State": "État",
    "Event": "Événement",
    "Sign in": "Se connecter",
    "with your e-mail and password": "avec votre e-mail et votre mot de passe",
    "E-mail": "E-mail",
    "Password": "Mot de passe",
    "Stay signed in on this device for 7 days": "Rester connecté 7 jours sur cet appareil",
    "Looking for a ticket you bought? The link is in your confirmation e-mail, no account needed.": (
        "Vous cherchez un billet acheté ? Le lien se trouve dans l’e-mail de confirmation, aucun compte n’est nécessaire."
    ),
    "New password": "Nouveau mot de passe",
    "Every other browser will be signed out.": "Tous les autres navigateurs seront déconnectés.",
    "Password until now": "Mot de passe actuel",
    "At least 10 characters; a sentence is easiest to remember.": (
        "Au moins 10 caractères ; une phrase se retient le mieux."
    ),
    "Change password": "Changer le mot de passe",
    "Back to the dashboard": "Retour au tableau de bord",
    "Invitation": "Invitation",
    "invites you as {role}.": "vous invite en tant que {role}.",
    "All events, now and later.": "Tous les événements, actuels et futurs.",
    "You are signed in as {me}. The invitation went to {email}: sign out, then open the link again.": (
        "Vous êtes connecté en tant que {me}. L’invitation est allée à {email} : déconnectez-vous, puis rouvrez le lien."
    ),
    "Sign out": "Se déconnecter",
    "Accept the invitation": "Accepter l’invitation",
    "You have an account with this address. Sign in, then accept.": (
        "Cette adresse a déjà un compte. Connectez-vous, puis acceptez."
    ),
    "Your name": "Votre nom",
    "Choose a password": "Choisissez un mot de passe",
    "Your logins": "Vos connexions",
    "Browsers that are signed in as {email}.": "Navigateurs connectés en tant que {email}.",
    "Signed out there.": "Déconnecté à cet endroit.",
    "Unknown browser": "Navigateur inconnu",
    "this browser": "ce navigateur",
    "signed in": "connecté",
    "last seen": "vu la dernière fois",
    "Sign out everywhere else": "Se déconnecter partout ailleurs",
    "You don't know one of them? Sign it out and choose a new password. Times are UTC.": (
        "L’un d’eux vous est inconnu ? Déconnectez-le et choisissez un nouveau mot de passe. Heures en UTC."
    ),
    "Go to {name}": "Vers {name}",
    "Go to the start page": "Vers la page d’accueil",
    "Reference": "Référence",
    "Show as": "Afficher comme",
    "Chart": "Graphique",
    "Table": "Tableau",
    "optional": "facultatif",
    "One thing to correct": "Une indication à corriger",
    "{n} things to correct": "{n} indications à corriger",
    "Keep it": "Conserver",
    "Clear": "Vider",
    "Newer": "Plus récents",
    "First": "Premier",
    "Last": "Dernier",
    "Older": "Plus anciens",
    "Orders": "Commandes",
    "1 ticket": "1 billet",
    "{n} tickets": "{n} billets",
    "{id} copied": "{id} copié",
    "Copy {id}": "Copier {id}",
    "{name}: {taken} of {capacity}": "{name} : {taken} sur {capacity}",
    "{n} held": "{n} réservées",
}
