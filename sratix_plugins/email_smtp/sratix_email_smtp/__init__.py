"""E-mail leaves through the server named in SRATIX_SMTP_URL; where none is set, it lands in a folder.

Owns how a mail is built and handed over, and in which cases trying again is right. What a mail says is the core's.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from sratix_core.plugin import (
    DataUse,
    HealthCheck,
    IMessageTransport,
    PluginInfo,
    Settings,
    TenantContext,
    hookimpl,
    installation,
)
from sratix_email_smtp.german import GERMAN

info = PluginInfo(
    name="email_smtp",
    title="E-mail",
    version=version("sratix-email-smtp"),
    category="message",
    level="system",
    description="Sends mail through your SMTP server, or keeps it in a folder while there is none.",
)


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def message_transports(ctx: TenantContext) -> list[IMessageTransport]:
    # Sending is a worker's: a web process does without the parsers of mail.
    from sratix_email_smtp.folder import MailFolder
    from sratix_email_smtp.server import Server
    from sratix_email_smtp.transport import FolderTransport, SmtpTransport

    if ctx.settings.smtp_url:
        return [SmtpTransport(Server.parse(ctx.settings.smtp_url))]
    return [FolderTransport(MailFolder(ctx.settings.data_dir / "mail"))]


@hookimpl
def health_checks() -> list[HealthCheck]:
    return [HealthCheck("e-mail", _health)]


def _health(settings: Settings) -> tuple[bool, str]:
    if not settings.smtp_url:
        folder = settings.data_dir / "mail"
        return settings.env != "production", f"SRATIX_SMTP_URL is not set: mail is only written to {folder}."
    from sratix_email_smtp.server import BadAddress, Server

    try:
        server = Server.parse(settings.smtp_url)
    except BadAddress as error:
        return False, str(error)
    return server.answers()


@hookimpl
def data_inventory() -> list[DataUse]:
    return [
        DataUse(
            what="name, e-mail address, order and tickets of buyers",
            where="the mail server named in SRATIX_SMTP_URL; the folder mail/ where none is set",
            purpose="confirmations and tickets",
            basis="contract",
            retention="not kept after sending; the folder is for trying out and is emptied by hand",
            recipient="the operator of the mail server",
        )
    ]


def includeme(config: Any) -> None:
    """The page /dev/mail, where nobody gets real mail."""
    settings = installation(config)
    if settings.env != "production" and not settings.smtp_url:
        config.include("sratix_email_smtp.views")
