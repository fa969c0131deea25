"""Against a server that behaves and servers that don't: what an attempt came to, and that no mail is lost or doubled silently."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from sratix_core.plugin import Mail
from sratix_email_smtp import _health, message_transports
from sratix_email_smtp import server as server_module
from sratix_email_smtp.folder import MailFolder
from sratix_email_smtp.server import BadAddress, Server
from sratix_email_smtp.transport import FolderTransport, SmtpTransport
from sratix_plugins.email_smtp.tests.test_message import MAIL, NOON

CTX: Any = SimpleNamespace(clock=SimpleNamespace(now=lambda: NOON))


class Taking:
    """Takes everything; `answers` says no at a step."""

    def __init__(self, **answers: str) -> None:
        self.got: list[Any] = []
        self.answers = answers
        self.drop: str | None = None

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append(envelope)
        if self.drop == "data":
            server.transport.abort()
        return self.answers.get("data", "250 OK")

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        if self.drop == "quit":
            server.transport.abort()
        return "221 Bye"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Serve = Callable[..., Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[Controller] = []

    def start(handler: Taking, **options: Any) -> Server:
        controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        running.append(controller)
        return Server("127.0.0.1", controller.port)

    yield start
    for controller in running:
        controller.stop()


def send(server: Server, mail: Mail = MAIL) -> tuple[str, str]:
    result = SmtpTransport(server).send(CTX, mail)
    return result.outcome, result.detail


def test_a_mail_arrives_whole(serve: Serve) -> None:
    handler = Taking()
    assert send(serve(handler)) == ("sent", "250")
    (envelope,) = handler.got
    assert envelope.mail_from == MAIL.sender
    assert envelope.rcpt_tos == [MAIL.to]
    assert b"Message-ID: <0196-abc@tickets.example>" in envelope.content
    assert b"\r\n.a line with a dot" in envelope.content


def test_letters_outside_ascii_in_an_address_need_a_server_that_takes_them(serve: Serve) -> None:
    plain, modern = Taking(), Taking()
    mail = replace(MAIL, to="zoë@example.ch")
    assert send(serve(plain, enable_SMTPUTF8=False), mail)[0] == "refused"
    assert plain.got == []
    assert send(serve(modern, enable_SMTPUTF8=True), mail) == ("sent", "250")
    assert modern.got[0].rcpt_tos == ["zoë@example.ch"]


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("mail", "421 Too busy", "later"),
        ("mail", "550 Not you", "refused"),
        ("rcpt", "450 Mailbox busy", "later"),
        ("rcpt", "451 Greylisted, come back", "later"),
        ("rcpt", "550 No such person", "refused"),
        ("rcpt", "554 Blocked", "refused"),
        ("data", "421 Shutting down", "later"),
        ("data", "452 Disk full", "later"),
        ("data", "552 Too large", "refused"),
        ("data", "554 Looks like spam", "refused"),
    ],
)
def test_a_4xx_is_tried_again_and_a_5xx_is_final(serve: Serve, step: str, answer: str, outcome: str) -> None:
    said, detail = send(serve(Taking(**{step: answer})))
    assert said == outcome
    assert detail.startswith(answer[:3])
    assert "@" not in detail, "no address reaches the log"


def test_a_drop_after_the_message_left_is_unknown_and_the_next_try_carries_the_same_id(serve: Serve) -> None:
    handler = Taking()
    handler.drop = "data"
    server = serve(handler)
    assert send(server)[0] == "unknown"
    handler.drop = None
    assert send(server)[0] == "sent"
    ids = [line for e in handler.got for line in e.content.splitlines() if line.startswith(b"Message-ID")]
    assert ids == [b"Message-ID: <0196-abc@tickets.example>"] * 2


def test_a_drop_after_the_confirmation_changes_nothing(serve: Serve) -> None:
    handler = Taking()
    handler.drop = "quit"
    assert send(serve(handler)) == ("sent", "250")
    assert len(handler.got) == 1


def test_nobody_there_is_tried_again() -> None:
    assert send(Server("127.0.0.1", free_port()))[0] == "later"


@pytest.mark.parametrize("greeting", [b"421 Closed for today\r\n", b"554 Go away\r\n", b"", b"nonsense\r\n"])
def test_a_server_that_does_not_greet_is_tried_again(greeting: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            link, _ = listening.accept()
            with link:
                link.sendall(greeting)

        thread = threading.Thread(target=answer)
        thread.start()
        outcome, _ = send(Server("127.0.0.1", listening.getsockname()[1]))
        thread.join()
    assert outcome == "later"


def test_a_server_that_falls_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert send(Server("127.0.0.1", listening.getsockname()[1]))[0] == "later"


def test_a_password_is_not_sent_in_the_clear(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = Taking()
    monkeypatch.setattr(server_module, "LOOPBACK", frozenset())
    server = replace(serve(handler), user="nina", password="secret")
    assert send(server) == ("later", "the server offers no encryption")
    assert send(replace(server, user="", security="required")) == ("later", "the server offers no encryption")
    assert handler.got == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_login_is_used_and_a_wrong_one_is_tried_again(serve: Serve) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=isinstance(data, LoginPassword) and data.password == b"p@ss", handled=False)

    handler = Taking()
    server = serve(handler, authenticator=check, auth_required=True, auth_require_tls=False)
    assert send(replace(server, user="nina", password="p@ss")) == ("sent", "250")
    outcome, detail = send(replace(server, user="nina", password="wrong"))
    assert (outcome, detail) == ("later", "535 after AUTH")
    ok, sentence = replace(server, user="nina", password="wrong").answers()
    assert not ok
    assert "wrong" not in sentence


def test_a_mail_that_cannot_be_built_is_final(serve: Serve) -> None:
    handler = Taking()
    assert send(serve(handler), replace(MAIL, to="a@b.ch\r\nRCPT TO:<c@d.ch>"))[0] == "refused"
    assert handler.got == []


@pytest.mark.parametrize(
    ("url", "host", "port", "security", "user", "password"),
    [
        ("smtp://mail.example.ch", "mail.example.ch", 25, "offered", "", ""),
        ("smtp://a%40b.ch:p%3Aw%40@h:2525", "h", 2525, "offered", "a@b.ch", "p:w@"),
        ("smtp+starttls://u:secret@h", "h", 587, "required", "u", "secret"),
        ("smtps://u:secret@h/", "h", 465, "implicit", "u", "secret"),
    ],
)
def test_the_address_of_a_server(
    url: str, host: str, port: int, security: str, user: str, password: str
) -> None:
    server = Server.parse(url)
    assert (server.host, server.port, server.security) == (host, port, security)
    assert (server.user, server.password) == (user, password)
    assert not password or password not in repr(server)


@pytest.mark.parametrize(
    "url", ["", "mail.example.ch", "http://x", "smtp://", "smtp://h:port", "smtp://h/path"]
)
def test_an_address_that_cannot_be_used_says_what_to_write(url: str) -> None:
    with pytest.raises(BadAddress, match="smtp://user:password@host:587"):
        Server.parse(url)


def test_without_a_server_mail_is_kept_in_a_folder_once_per_message(tmp_path: Path) -> None:
    transport = FolderTransport(MailFolder(tmp_path / "mail"))
    assert transport.send(CTX, MAIL).outcome == "sent"
    assert transport.send(CTX, MAIL).outcome == "sent"
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == "0196-abc-tickets.example.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700


def test_the_setting_decides_which_way_mail_goes(tmp_path: Path) -> None:
    def ctx(url: str | None) -> Any:
        return SimpleNamespace(settings=SimpleNamespace(smtp_url=url, data_dir=tmp_path))

    assert [t.name for t in message_transports(ctx(None))] == ["email_folder"]
    assert [t.name for t in message_transports(ctx("smtp://h"))] == ["email_smtp"]


def test_the_health_page_says_where_mail_goes(tmp_path: Path, serve: Serve) -> None:
    def settings(url: str | None, env: str = "production") -> Any:
        return SimpleNamespace(smtp_url=url, env=env, data_dir=tmp_path)

    assert _health(settings(None))[0] is False
    assert _health(settings(None, "development"))[0] is True
    assert _health(settings("nonsense"))[0] is False
    port = serve(Taking()).port
    assert _health(settings(f"smtp://127.0.0.1:{port}")) == (True, f"127.0.0.1:{port} takes mail.")
    assert _health(settings(f"smtp://127.0.0.1:{free_port()}"))[0] is False
