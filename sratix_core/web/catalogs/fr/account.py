"""Signing up as an organizer, invitations, and acting as somebody."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "You want to host events?": "Vous souhaitez organiser des événements ?",
    "Sign up": "S’inscrire",
    "Host your events": "Organisez vos événements",
    "Look into your mail": "Consultez votre messagerie",
    "If everything fits, a mail with a link is on its way. It is good for a day. Nothing came? Look in the spam folder.": (
        "Si tout est en ordre, un e-mail avec un lien est en route. Il est valable un jour. Rien reçu ? Regardez dans les indésirables."
    ),
    "Back to the sign-in": "Retour à la connexion",
    "Your organization gets its own shop and dashboard.": (
        "Votre organisation reçoit sa billetterie et son tableau de bord."
    ),
    "A person looks at every sign-up before it goes live.": (
        "Une personne examine chaque inscription avant sa mise en ligne."
    ),
    "Address of your shop": "Adresse de votre billetterie",
    "Small letters, digits and hyphens. It stays.": (
        "Minuscules, chiffres et traits d’union. Elle est définitive."
    ),
    "Leave this empty": "Laissez ce champ vide",
    "You have an account?": "Vous avez un compte ?",
    "Confirm your e-mail": "Confirmez votre e-mail",
    "Your e-mail is confirmed": "Votre e-mail est confirmé",
    "{name} now waits for a look by a person. You get a mail when it is decided; until then nobody sees it.": (
        "{name} attend maintenant d’être examinée par une personne. Vous recevrez un e-mail dès la décision ; d’ici là, "
        "personne ne la voit."
    ),
    "{name} is ready. Sign in and make your first event.": (
        "{name} est prête. Connectez-vous et créez votre premier événement."
    ),
    "{name} at /{slug}/, with {email}.": "{name} sous /{slug}/, avec {email}.",
    "The password you chose when you signed up": "Le mot de passe choisi lors de l’inscription",
    "This is not the password of the sign-up. If you did not sign up, close this page; nothing is made.": (
        "Ce n’est pas le mot de passe de l’inscription. Si vous ne vous êtes pas inscrit, fermez cette page ; rien n’est créé."
    ),
    "This link was already used or is older than a day. Sign up again.": (
        "Ce lien a déjà servi ou date de plus d’un jour. Inscrivez-vous à nouveau."
    ),
    "This address looks like one that is taken or reserved. Choose another.": (
        "Cette adresse ressemble à une adresse prise ou réservée. Choisissez-en une autre."
    ),
    "Waits for approval": "En attente d’approbation",
    "Rejected": "Rejeté",
    "Somebody has already decided on this organization. Reload and look again.": (
        "Quelqu’un a déjà décidé pour cette organisation. Rechargez la page et vérifiez."
    ),
    "Somebody has already done this. Reload and look again.": (
        "Quelqu’un l’a déjà fait. Rechargez la page et vérifiez."
    ),
    "This job is no longer waiting for you. Reload and look again.": (
        "Ce travail ne vous attend plus. Rechargez la page et vérifiez."
    ),
    "This is the last administrator. Make somebody else one first.": (
        "C’est le dernier administrateur. Nommez d’abord quelqu’un d’autre."
    ),
    "This account is switched off. Switch it on first.": "Ce compte est désactivé. Activez-le d’abord.",
    "Acting as somebody": "Agir au nom de quelqu’un",
    "You act as {name}": "Vous agissez en tant que {name}",
    "until {time} UTC. Payments, exports, keys and settings stay closed.": (
        "jusqu’à {time} UTC. Paiements, exports, clés et réglages restent fermés."
    ),
    "End it": "Terminer",
    "This is not lent to you while you act as somebody else. End it first, at the top of the page.": (
        "Cela n’est pas possible tant que vous agissez au nom de quelqu’un d’autre. Terminez d’abord, en haut de la page."
    ),
    "This browser already acts as somebody. Reload and look at the top of the page.": (
        "Ce navigateur agit déjà au nom de quelqu’un. Rechargez et regardez en haut de la page."
    ),
    "Administrators of the platform cannot be acted for. Ask them to show you.": (
        "Personne ne peut agir au nom des administrateurs de la plateforme. Demandez-leur de vous montrer."
    ),
    "Owner": "Propriétaire",
    "Super admin": "Super-administration",
    "Event admin": "Responsable d’événements",
    "Staff": "Équipe",
    "Volunteer": "Bénévole",
    "Scanner": "Scanner",
    "Organization admin": "Responsable de l’organisation",
    "Exhibitor": "Exposant",
    "Sponsor": "Sponsor",
    "Partner": "Partenaire",
    "Attendee": "Participant",
}
