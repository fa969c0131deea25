"""What each setting is for, on the platform's page."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # settings
    "SQLAlchemy address; SQLite in the data folder if empty": "SQLAlchemy-Adresse; leer: SQLite im Datenordner",
    "address of dashboard, account and path shops": "Adresse von Dashboard, Konto und Shops mit Pfad",
    "addresses whose X-Forwarded headers count": "Adressen, deren X-Forwarded-Kopfzeilen zählen",
    "an origin of its own for uploaded files": "ein eigener Ursprung für hochgeladene Dateien",
    "at least 32 characters; made on first start outside production": (
        "mindestens 32 Zeichen; ausserhalb von production beim ersten Start gemacht"
    ),
    "file: or s3: address; the data folder if empty": "file:- oder s3:-Adresse; leer: der Datenordner",
    "folder for the embedded database, files and mail": "Ordner für eingebaute Datenbank, Dateien und Mail",
    "folder where web processes of one machine share limits and counters": (
        "Ordner, in dem Webprozesse einer Maschine Grenzen und Zähler teilen"
    ),
    "how long a cart keeps its seats, in minutes": "wie viele Minuten ein Warenkorb seine Plätze hält",
    "json or text": "json oder text",
    "opens /metrics to callers from elsewhere": "öffnet /metrics für Aufrufe von anderswo",
    "file: address of a folder; below the data folder if empty": "file:-Adresse eines Ordners; leer liegt er im Datenordner",
    "test and demo only: where Stripe's API is played": "nur Test und Demo: wo die Schnittstelle von Stripe gespielt wird",
    "the key before this one, while it is changed": "der Schlüssel vor diesem, solange gewechselt wird",
    "optional; wake-ups and rate limits go through Redis when set": "freiwillig; gesetzt laufen Weckrufe und Grenzen über Redis",
    "origins that may call the API from a browser": "Ursprünge, die die API aus einem Browser rufen dürfen",
    "production, development, demo or test": "production, development, demo oder test",
    "puts the secret key, encrypted, into every backup": "legt den geheimen Schlüssel verschlüsselt in jede Sicherung",
    "request threads of one web process": "Threads für Anfragen in einem Webprozess",
    "role of workers and platform pages": "Rolle von Workern und Plattform",
    "role that owns the tables, for migrations": "Rolle, der die Tabellen gehören, für Migrationen",
    "run background jobs inside the web process": "Aufträge im Webprozess ausführen",
    "smtp://user:password@host:587; a mail folder if empty": "smtp://benutzer:passwort@host:587; leer: ein Mailordner",
    "test and demo only: file that moves the clock": "nur test und demo: Datei, die die Uhr verstellt",
    "test and demo only: hosts exempt from the address check": "nur test und demo: Hosts ohne Adressprüfung",
    "who may become an organizer: open, approval or closed": "wer Veranstalter werden darf: open, approval oder closed",
    "the platform's own key at Stripe": "der eigene Schlüssel der Plattform bei Stripe",
    "the platform's own key for real money": "der eigene Schlüssel der Plattform für echtes Geld",
    "belongs to it; for fields on the shop's page": "gehört dazu; für Felder auf der Seite des Shops",
    "belongs to it": "gehört dazu",
    "what its endpoints sign with": "womit ihre Endpunkte signieren",
    "the platform's share, in 0.01 %": "der Anteil der Plattform, in 0,01 %",
    "beside it, for each payment, in cents": "daneben, je Zahlung, in Rappen",
}
