"""What goes out by mail: the code to scan inside the letter, and the reminder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
import zxingcpp
from PIL import Image

import sratix_bank_transfer
from sratix_bank_transfer import applying
from sratix_bank_transfer.references import order_number, qrr
from sratix_core.app import make_worker
from sratix_core.jobs import kinds
from sratix_core.plugin import IMessageTransport, Mail, PluginInfo, SendResult, TenantContext, hookimpl
from sratix_core.plugins import PluginHost
from sratix_core.tenants.service import switch_plugin
from sratix_plugins.bank_transfer.tests.statements import Paid
from sratix_plugins.bank_transfer.tests.test_matching import order, paid, reference, tenant_of, the_case
from tests.builders import TESTS, World, faults, make_engines, make_process, sqlite_settings


class Post:
    """A transport that keeps what it was given."""

    name = "post"

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, ctx: TenantContext, mail: Mail) -> SendResult:
        self.mails.append(mail)
        return SendResult("sent")


def post_plugin(post: Post) -> ModuleType:
    @hookimpl
    def message_transports(ctx: TenantContext) -> list[IMessageTransport]:
        return [post]

    module = ModuleType("post_for_tests")
    module.__dict__.update(
        info=PluginInfo("post", "Post", "1", "message"), message_transports=message_transports
    )
    return module


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[tuple[World, Post]]:
    settings, post = sqlite_settings(tmp_path), Post()
    engines = make_engines(settings)
    host = PluginHost([sratix_bank_transfer, post_plugin(post)])
    world = tenant_of(replace(make_process(settings, engines), plugins=host))
    with world.process.engines.begin(TESTS) as db:
        switch_plugin(db, world.process.sources, world.tenant.id, "post", True)
    tenant = world.process.engines.tenants.by_id(world.tenant.id)
    assert tenant is not None
    yield World(world.process, tenant), post
    assert faults(world.process) == []
    engines.dispose()


def scanned(mail: Mail) -> list[str]:
    """The lines of the code that stands in a mail."""
    (picture,) = mail.attachments
    assert (picture.cid, picture.content_type) == ("payment-code", "image/png")
    assert mail.html is not None
    assert 'src="cid:payment-code"' in mail.html
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.data)).convert("L"))
    return bytes(found.bytes).decode().split("\n")


def test_the_mail_of_an_unpaid_order_and_its_reminder_carry_the_code(sent: tuple[World, Post]) -> None:
    world, post = sent
    code = order(world)
    worker = make_worker(world.process, wakeups=False)
    worker.drain()
    (mail,) = post.mails
    lines = scanned(mail)
    assert (lines[18], lines[19], lines[28]) == ("98.00", "CHF", qrr(order_number(world.tenant.id, code)))
    assert reference(world, code)[-5:] in mail.text

    paid(world, Paid("50.00", reference(world, code)))
    with world.open() as ctx:
        applying.assign(ctx, the_case(ctx), code)
    world.later(days=11, hours=1)
    kinds.remind(world.process)
    worker.drain()
    reminder = post.mails[-1]
    assert "please pay by" in reminder.subject
    assert scanned(reminder)[18] == "48.00"


def test_a_paid_order_is_not_asked_again(sent: tuple[World, Post]) -> None:
    world, post = sent
    code = order(world)
    assert paid(world, Paid("98.00", reference(world, code))) == [("applied", "")]
    world.later(days=12)
    kinds.remind(world.process)
    make_worker(world.process, wakeups=False).drain()
    assert len(post.mails) == 2
    assert post.mails[-1].attachments == ()
