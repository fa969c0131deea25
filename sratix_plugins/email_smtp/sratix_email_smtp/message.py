"""A rendered mail as bytes of RFC 5322. Nothing a person typed can add a header or a recipient."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from sratix_core.plugin import Attachment, Mail

TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}")
OURS = frozenset(
    {
        "from", "sender", "reply-to", "to", "cc", "bcc", "date", "message-id", "subject", "mime-version",
        "content-type", "content-transfer-encoding", "content-disposition", "return-path", "received",
    }
)  # fmt: skip
"""Headers that only this module writes."""


class BadMail(ValueError):
    """A mail that must not leave; trying again would not help. `args[0]` says why, without an address."""


def one_line(value: str, most: int = 300) -> str:
    """The text without line breaks and control characters, which would start a new header."""
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in value)
    return " ".join(visible.split())[:most]


def checked_address(value: str) -> str:
    """One bare address. Raises `BadMail` for anything that could be read as two, or as a command."""
    local, at, domain = value.rpartition("@")
    bad = any(c.isspace() or unicodedata.category(c) == "Cc" or c in '<>,;:"()[]\\' for c in value)
    if bad or not at or not local or not domain or len(value) > 254:
        raise BadMail("the address cannot be used")
    return value


def build(mail: Mail, now: datetime) -> EmailMessage:
    """The message: text, HTML with its inline pictures, files. Raises `BadMail`."""
    message = EmailMessage(policy=policy.SMTPUTF8 if needs_utf8(mail) else policy.SMTP)
    try:
        message["From"] = _person(mail.sender_name, mail.sender)
        message["To"] = _person(mail.to_name, mail.to)
        if mail.reply_to:
            message["Reply-To"] = _person("", mail.reply_to)
        message["Subject"] = one_line(mail.subject)
        message["Date"] = format_datetime(now)
        message["Message-ID"] = _message_id(mail.message_id)
        for name, value in mail.headers.items():
            if not TOKEN.fullmatch(name) or name.lower() in OURS or name in message:
                raise BadMail(f"the header {one_line(name, 60)!r} may not be set")
            message[name] = one_line(value, 900)
        if "Auto-Submitted" not in message:
            message["Auto-Submitted"] = "auto-generated"  # nobody's holiday reply should come back (RFC 3834)
        message.set_content(mail.text)
        if mail.html is not None:
            message.add_alternative(mail.html, subtype="html")
    except ValueError as error:
        raise error if isinstance(error, BadMail) else BadMail("a header cannot be written") from error
    _attach(message, mail)
    return message


def needs_utf8(mail: Mail) -> bool:
    """Whether an address has letters outside ASCII, which not every server takes (RFC 6531)."""
    return not (mail.to + mail.sender + (mail.reply_to or "")).isascii()


def _person(name: str, address: str) -> Address:
    local, _, domain = checked_address(address).rpartition("@")
    return Address(one_line(name, 120), username=local, domain=domain)  # addr_spec= would refuse RFC 6531


def _message_id(value: str) -> str:
    if not re.fullmatch(r"<[A-Za-z0-9._+=-]{1,120}@[A-Za-z0-9.:-]{1,120}>", value):
        raise BadMail("the message id is not of the form <id@host>")
    return value


def _attach(message: EmailMessage, mail: Mail) -> None:
    page = message.get_body(("html",))
    for file in mail.attachments:
        kind, _, sub = file.content_type.partition("/")
        if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", file.content_type):
            raise BadMail("an attachment has no usable media type")
        if file.cid is not None and page is not None:
            cid = f"<{one_line(file.cid, 100)}>"
            page.add_related(
                file.data, maintype=kind, subtype=sub, cid=cid, filename=_name(file), disposition="inline"
            )
    for file in mail.attachments:
        if file.cid is None or page is None:
            kind, _, sub = file.content_type.partition("/")
            message.add_attachment(file.data, maintype=kind, subtype=sub, filename=_name(file))


def _name(file: Attachment) -> str:
    return one_line(file.filename, 120).replace("/", "-").replace("\\", "-") or "file"
