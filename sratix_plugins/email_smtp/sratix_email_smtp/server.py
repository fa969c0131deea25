"""The mail server as one setting names it, and a connection to it: encrypted wherever a password travels."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

SECONDS = 30.0
"""For each answer of the server; the lease of the sending job is minutes."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class BadAddress(ValueError):
    """SRATIX_SMTP_URL cannot be used; the sentence says what to write."""


class NotEncrypted(Exception):
    """The server offers no encryption, and a password or the setting asks for it."""


@dataclass(frozen=True)
class Server:
    """`smtp` encrypts when the server offers it, `smtp+starttls` insists, `smtps` is encrypted from the first byte."""

    host: str
    port: int
    security: Literal["offered", "required", "implicit"] = "offered"
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Server:
        """From `smtp[s]://user:password@host:port`; special characters in the password percent-encoded."""
        kinds = {"smtp": ("offered", 25), "smtp+starttls": ("required", 587), "smtps": ("implicit", 465)}
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise BadAddress(
                "SRATIX_SMTP_URL has no usable port: write smtp://user:password@host:587."
            ) from error
        if parts.scheme not in kinds or not host or parts.path not in {"", "/"}:
            raise BadAddress("SRATIX_SMTP_URL is not usable: write smtp://user:password@host:587.")
        security, default = kinds[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(host, port or default, security, user, password)  # type: ignore[arg-type]

    def connect(self) -> smtplib.SMTP:
        """A greeted, encrypted and logged-in connection. Raises `NotEncrypted`, `smtplib.SMTPException`, `OSError`."""
        if self.security == "implicit":
            link: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=encryption())
        else:
            link = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            link.ehlo_or_helo_if_needed()
            if self.security != "implicit" and link.has_extn("starttls"):
                link.starttls(context=encryption())
                link.ehlo()
            elif self.security == "required" or (
                self.security == "offered" and self.user and self.host not in LOOPBACK
            ):
                raise NotEncrypted
            if self.user:
                link.login(self.user, self.password)
        except BaseException:
            link.close()
            raise
        return link

    def answers(self) -> tuple[bool, str]:
        """For the health page: whether a mail could be handed over now."""
        try:
            self.connect().quit()
        except smtplib.SMTPAuthenticationError:
            return False, f"{self.host} refuses the user name or password in SRATIX_SMTP_URL."
        except NotEncrypted:
            return False, f"{self.host} offers no encryption: use smtps:// or another port."
        except (smtplib.SMTPException, OSError) as error:
            return False, f"{self.host}:{self.port} does not take mail: {type(error).__name__}."
        return True, f"{self.host}:{self.port} takes mail."


def encryption() -> ssl.SSLContext:
    """Certificates are checked against the system's authorities, also where encryption is only offered."""
    return ssl.create_default_context()
