"""The German of the plugin's page."""

GERMAN = {
    "E-mail": "E-Mail",
    "Sends mail through your SMTP server, or keeps it in a folder while there is none.": (
        "Sendet Mails über Ihren SMTP-Server, oder legt sie in einen Ordner, solange keiner da ist."
    ),
}
