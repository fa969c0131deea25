"""A mail is built whole, and nothing a person typed becomes a header, a recipient or a command."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from sratix_core.plugin import Attachment, Mail
from sratix_email_smtp.message import BadMail, build

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
MAIL = Mail(
    message_id="<0196-abc@tickets.example>",
    sender="tickets@tickets.example",
    sender_name="Swiss Robotics",
    to="zoe@example.ch",
    to_name="Zoë Groß",
    subject="Your tickets für Zoë",
    text="Hello Zoë\n.a line with a dot\n",
    html="<p>Hello <img src='cid:qr1'></p>",
    reply_to="office@example.ch",
    headers={"List-Unsubscribe": "<https://tickets.example/u>"},
    attachments=(
        Attachment("qr.png", "image/png", b"\x89PNG", cid="qr1"),
        Attachment("tickets.pdf", "application/pdf", b"%PDF-1.7 x"),
    ),
)


def parsed(mail: Mail) -> EmailMessage:
    message = message_from_bytes(build(mail, NOON).as_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_has_text_html_pictures_and_files_in_the_order_programs_expect() -> None:
    message = parsed(MAIL)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == MAIL.text.splitlines()
    assert [part.get_filename() for part in message.iter_attachments()] == ["tickets.pdf"]


def test_its_headers_say_who_when_and_that_no_answer_is_expected() -> None:
    message = parsed(MAIL)
    assert message["Message-ID"] == MAIL.message_id
    assert message["To"].addresses[0].display_name == "Zoë Groß"
    assert message["Subject"] == MAIL.subject
    assert message["Date"].datetime == NOON
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "office@example.ch"


def test_the_same_mail_is_the_same_message_but_for_its_boundaries() -> None:
    first, second = parsed(MAIL), parsed(MAIL)
    assert first.items()[:7] == second.items()[:7]


def test_a_caller_may_say_auto_submitted_itself() -> None:
    message = parsed(replace(MAIL, headers={"Auto-Submitted": "auto-replied"}))
    assert message.get_all("Auto-Submitted") == ["auto-replied"]


EVIL = "\r\nBcc: all@example.ch\r\n\r\nand a body"


@pytest.mark.parametrize("field", ["subject", "to_name", "sender_name"])
@pytest.mark.parametrize(
    "evil", [EVIL, EVIL.replace("\r", ""), "\x0bBcc: x@y.z", "\u2028Bcc: x@y.z", "\x00Bcc: a@b.c"]
)
def test_a_line_break_in_a_typed_text_starts_no_header(field: str, evil: str) -> None:
    message = parsed(replace(MAIL, **{field: "Nina" + evil}))
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == MAIL.text.splitlines()


@pytest.mark.parametrize(
    "address",
    [
        "", "zoe", "@example.ch", "zoe@", "a@b.ch,c@d.ch", "a@b.ch\r\nBcc: c@d.ch", "a b@example.ch", "<a@b.ch>",
        "a@b.ch>\r\nRCPT TO:<c@d.ch", "x" * 250 + "@b.ch", "a@b.ch\x00", '"a b"@c.ch', "zoe@exam\u2028ple.ch",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["to", "sender", "reply_to"])
def test_what_is_not_one_plain_address_is_refused(field: str, address: str) -> None:
    if field == "reply_to" and not address:
        return
    with pytest.raises(BadMail):
        build(replace(MAIL, **{field: address}), NOON)


@pytest.mark.parametrize("name", ["Bcc", "to", "Content-Type", "X Y", "X\r\nBcc", "", "Subject", "Received"])
def test_a_header_that_is_ours_or_malformed_is_refused(name: str) -> None:
    with pytest.raises(BadMail):
        build(replace(MAIL, headers={name: "x"}), NOON)


def test_a_value_of_a_header_stays_one_line() -> None:
    message = parsed(replace(MAIL, headers={"X-Order": "ABCDE" + EVIL}))
    assert message["Bcc"] is None


@pytest.mark.parametrize("value", ["", "abc@x", "<a b@c>", "<a@b>\r\nBcc: x@y.z", "<a>"])
def test_a_message_id_of_another_form_is_refused(value: str) -> None:
    with pytest.raises(BadMail):
        build(replace(MAIL, message_id=value), NOON)


def test_a_file_name_cannot_climb_or_break_out() -> None:
    file = Attachment("../../etc/pass\r\nX: y", "application/pdf", b"%PDF")
    message = parsed(replace(MAIL, attachments=(file,)))
    (only,) = message.iter_attachments()
    assert only.get_filename() == "..-..-etc-pass X: y"
    assert message["X"] is None


def test_an_inline_picture_without_html_is_a_file() -> None:
    message = parsed(replace(MAIL, html=None))
    assert {part.get_filename() for part in message.iter_attachments()} == {"qr.png", "tickets.pdf"}
