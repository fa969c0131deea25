"""One attempt to hand a mail over, and what its end means: sent, later, refused, or unknown.

`unknown` is the gap of SMTP: the whole message has left and the answer did not come. It is tried again under the
same Message-ID, so that the reader's program can see that both are one (INVARIANTS J3).
"""

from __future__ import annotations

import contextlib
import smtplib

from zope.interface import implementer

from sratix_core.plugin import IMessageTransport, Mail, SendResult, TenantContext
from sratix_email_smtp.folder import MailFolder
from sratix_email_smtp.message import BadMail, build, needs_utf8
from sratix_email_smtp.server import NotEncrypted, Server


class Answered(Exception):
    """The server said no, with this code."""

    def __init__(self, code: int, step: str) -> None:
        self.code, self.step = code, step
        super().__init__(code, step)


class AnswerLost(Exception):
    """The message was sent to its end, and nothing came back."""


@implementer(IMessageTransport)
class SmtpTransport:
    """Through a server, one connection per mail."""

    name = "email_smtp"

    def __init__(self, server: Server) -> None:
        self._server = server

    def send(self, ctx: TenantContext, mail: Mail) -> SendResult:
        try:
            raw = build(mail, ctx.clock.now()).as_bytes()
            link = self._server.connect()
            try:
                hand_over(link, mail, raw)
            finally:
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    link.quit()
        except BadMail as error:
            return SendResult("refused", str(error))
        except Answered as no:
            final = 500 <= no.code < 600
            return SendResult("refused" if final else "later", f"{no.code} after {no.step}")
        except AnswerLost:
            return SendResult("unknown", "the connection ended before the server confirmed")
        except NotEncrypted:
            return SendResult("later", "the server offers no encryption")
        except smtplib.SMTPAuthenticationError as error:
            return SendResult("later", f"{error.smtp_code} after AUTH")
        except smtplib.SMTPResponseException as error:
            return SendResult("later", f"{error.smtp_code} after EHLO")
        except (smtplib.SMTPException, OSError) as error:
            return SendResult("later", f"no connection: {type(error).__name__}")
        return SendResult("sent", "250")


def hand_over(link: smtplib.SMTP, mail: Mail, raw: bytes) -> None:
    """MAIL, RCPT, DATA by hand: `smtplib.sendmail` does not tell whether the message had left. Raises on any no."""
    utf8 = needs_utf8(mail)
    if utf8 and not link.has_extn("smtputf8"):
        raise Answered(553, "EHLO")  # RFC 6531: this server cannot carry the address, and never will
    options = ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else []
    if link.has_extn("size"):
        options.append(f"SIZE={len(raw)}")
    if utf8:
        link.command_encoding = "utf-8"
    _expect(link.mail(mail.sender, options), "MAIL", 250)
    _expect(link.rcpt(mail.to), "RCPT", 250, 251)
    _expect(link.docmd("DATA"), "DATA", 354)
    link.send(_dotted(raw))
    try:
        answer = link.getreply()
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        raise AnswerLost from error
    _expect(answer, "the message", 250)


def _expect(answer: tuple[int, bytes], step: str, *good: int) -> None:
    if answer[0] not in good:
        raise Answered(answer[0], step)


def _dotted(raw: bytes) -> bytes:
    """A line that starts with a dot gets a second one, and a lone dot ends it all (RFC 5321 §4.5.2)."""
    body = raw.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


@implementer(IMessageTransport)
class FolderTransport:
    """Into a folder, for trying out."""

    name = "email_folder"

    def __init__(self, folder: MailFolder) -> None:
        self._folder = folder

    def send(self, ctx: TenantContext, mail: Mail) -> SendResult:
        try:
            self._folder.put(mail.message_id, build(mail, ctx.clock.now()).as_bytes())
        except BadMail as error:
            return SendResult("refused", str(error))
        except OSError as error:
            return SendResult("later", f"the mail folder cannot be written: {error.strerror}")
        return SendResult("sent", "written to the mail folder")
