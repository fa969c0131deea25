"""What stands around every page of a person who is signed in."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Breadcrumb": "Fil d’Ariane",
    "Theme": "Apparence",
    "Close the menu": "Fermer le menu",
    "Menu": "Menu",
    "Main": "Navigation principale",
    "Sidebar": "Barre latérale",
    "Fold the sidebar": "Replier la barre latérale",
    "account of {name}": "compte de {name}",
    "Light": "Clair",
    "Dark": "Sombre",
    "System": "Système",
    "close": "fermer",
    "{n} shown": "{n} affichés",
    "Nothing matches": "Rien ne correspond",
    "Search": "Rechercher",
    "Dashboard": "Tableau de bord",
    "All events": "Tous les événements",
    "All organizations": "Toutes les organisations",
    "New event": "Nouvel événement",
    "Organizations": "Organisations",
    "Organizer": "Organisateur",
    "Organizers": "Organisateurs",
    "Platform": "Plateforme",
    "Page, event, order code, name": "Page, événement, code de commande, nom",
    "Results": "Résultats",
    "Search everywhere for": "Rechercher partout",
    "Search or jump to": "Rechercher ou aller à",
    "choose": "choisir",
}
