"""/dev/mail shows what was not sent, to a browser on this machine and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from webtest import TestApp

from sratix_email_smtp.folder import MailFolder
from sratix_email_smtp.transport import FolderTransport
from sratix_plugins.email_smtp.tests.test_message import MAIL, NOON
from tests.support import make_test_app

HERE = {"REMOTE_ADDR": "127.0.0.1"}
CTX: Any = SimpleNamespace(clock=SimpleNamespace(now=lambda: NOON))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[TestApp]:
    FolderTransport(MailFolder(tmp_path / "mail")).send(CTX, MAIL)
    found, engines = make_test_app(tmp_path)
    found.extra_environ = HERE
    yield found
    engines.dispose()


def test_a_mail_can_be_read_as_text_and_as_html_and_its_file_saved(app: TestApp) -> None:
    page = app.get("/dev/mail")
    mail = page.click(MAIL.subject)
    mail.mustcontain("Hello Zoë", "zoe@example.ch")
    html = mail.click("As HTML")
    assert html.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    html.mustcontain("src='data:image/png;base64,")
    assert mail.click("tickets.pdf").body == b"%PDF-1.7 x"


def test_a_file_is_never_shown_in_the_page(app: TestApp) -> None:
    file = app.get("/dev/mail/0196-abc-tickets.example.eml/files/0")
    assert file.headers["Content-Disposition"] == "attachment"
    assert file.content_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("headers", "environ"),
    [
        ({}, {"REMOTE_ADDR": "203.0.113.9"}),
        ({"X-Forwarded-For": "127.0.0.1"}, HERE),
        ({"Forwarded": "for=127.0.0.1"}, HERE),
    ],
)
def test_nobody_else_sees_it(app: TestApp, headers: dict[str, str], environ: dict[str, str]) -> None:
    app.get("/dev/mail", headers=headers, extra_environ=environ, status=404)


def test_a_name_from_elsewhere_that_points_here_sees_nothing(app: TestApp) -> None:
    app.get("/dev/mail", headers={"Host": "evil.example"}, status=404)


@pytest.mark.parametrize(
    "name", ["..%2f..%2fsecret.eml", "nothing.eml", ".hidden.eml", "x", "..%2fmail%2f0196.eml"]
)
def test_only_stored_mails_have_an_address(app: TestApp, name: str) -> None:
    app.get(f"/dev/mail/{name}", status="4*")


@pytest.mark.parametrize("settings", [{"env": "production"}, {"smtp_url": "smtp://127.0.0.1:1"}])
def test_there_is_no_such_page_in_production_or_with_a_server(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    app, engines = make_test_app(tmp_path, **settings)
    app.get("/dev/mail/", extra_environ=HERE, status=404)
    engines.dispose()
