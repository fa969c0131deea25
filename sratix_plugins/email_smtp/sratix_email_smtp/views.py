"""/dev/mail: what would have been sent, for whoever sits at this machine. Registered only where no mail server is set."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from typing import Any

from sratix_core.plugin import PUBLIC, NotFound, installation
from sratix_email_smtp.folder import MailFolder

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def folder_of(request: Any) -> MailFolder:
    """The folder, for whoever sits at this machine. Raises `NotFound` for all others."""
    if not request.is_local:
        raise NotFound("page")
    return MailFolder(installation(request).data_dir / "mail")


def mail_of(request: Any) -> EmailMessage:
    mail = folder_of(request).read(request.matchdict["name"])
    if mail is None:
        raise NotFound("mail")
    return mail


def content(part: Any) -> bytes:
    """The bytes of one part of a mail; a part that holds other parts has none of its own."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def mailbox(request: Any) -> dict[str, Any]:
    folder = folder_of(request)
    return {"mails": [(name, mail) for name in folder.names() if (mail := folder.read(name)) is not None]}


def mail(request: Any) -> dict[str, Any]:
    found = mail_of(request)
    text, page = found.get_body(("plain",)), found.get_body(("html",))
    files = [
        {"number": n, "name": part.get_filename() or f"part {n}", "type": part.get_content_type()}
        for n, part in enumerate(found.iter_attachments())
    ]
    return {
        "name": request.matchdict["name"],
        "mail": found,
        "text": text.get_content() if text is not None else "",
        "has_html": page is not None,
        "files": files,
    }


def html(request: Any) -> Any:
    """The HTML part alone, in a sandbox without scripts; inline pictures travel inside the page."""
    found = mail_of(request)
    page = found.get_body(("html",))
    if page is None:
        raise NotFound("mail")
    shown = page.get_content()
    for part in found.walk():
        cid = (part.get("Content-ID") or "").strip("<>")
        if cid and part.get_content_maintype() == "image":
            data = base64.b64encode(content(part)).decode()
            shown = shown.replace(f"cid:{cid}", f"data:{part.get_content_type()};base64,{data}")
    response = request.response
    response.content_type, response.charset = "text/html", "utf-8"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.text = shown
    return response


def attachment(request: Any) -> Any:
    """A file of the mail, always as a download."""
    parts = list(mail_of(request).iter_attachments())
    number = int(request.matchdict["number"])
    if number >= len(parts):
        raise NotFound("file")
    response = request.response
    response.content_type = "application/octet-stream"
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = "sandbox"
    response.body = content(parts[number])
    return response


def includeme(config: Any) -> None:
    config.add_route("email_smtp.mailbox", "/dev/mail")
    config.add_route("email_smtp.mail", "/dev/mail/{name}")
    config.add_route("email_smtp.html", "/dev/mail/{name}/html")
    config.add_route("email_smtp.file", r"/dev/mail/{name}/files/{number:\d{1,3}}")
    templates = "sratix_email_smtp:templates"
    for name, view, page in (
        ("mailbox", mailbox, f"{templates}/mailbox.jinja2"),
        ("mail", mail, f"{templates}/mail.jinja2"),
        ("html", html, None),
        ("file", attachment, None),
    ):
        config.add_view(
            view, route_name=f"email_smtp.{name}", renderer=page, request_method="GET", permission=PUBLIC
        )
