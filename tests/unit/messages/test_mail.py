"""A mail is queued with the act, made from live rows when it is sent, and sent once, whatever the other side answers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select, update

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import PRESETS, ROLES
from sratix_core.catalog.models import TicketType
from sratix_core.context import TenantContext
from sratix_core.errors import Unavailable
from sratix_core.jobs.kinds import registry_for
from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.runner import Runner
from sratix_core.members.invitations import invite, parse_token, revoke
from sratix_core.members.invitations import resend as resend_invitation
from sratix_core.messages.invariants import CHECKS
from sratix_core.messages.models import Message, MessageState
from sratix_core.messages.service import queue
from sratix_core.messages.texts import LANGUAGES, Texts, catalog
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, resend
from sratix_core.payments.receiving import mark_paid
from sratix_core.plugins import PluginInfo, hookimpl
from sratix_core.plugins.interfaces import Attachment, Mail, SendResult
from sratix_core.tenants.service import TenantDraft, create_tenant, switch_plugin
from sratix_core.tickets.models import Attendee
from sratix_core.tickets.service import void
from sratix_core.values.money import Money
from tests.builders import TESTS, TRANSFER, World, again, make_order, make_sale, transfer_plugin
from tests.worksite import Site, build_site


@dataclass
class Post:
    """A transport that remembers what it was given and answers as told."""

    name = "post"
    answers: list[SendResult | Exception] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    in_transaction: list[bool] = field(default_factory=list)

    def send(self, ctx: TenantContext, mail: Mail) -> SendResult:
        self.mails.append(mail)
        self.in_transaction.append(ctx.db.in_transaction())
        answer = self.answers.pop(0) if self.answers else SendResult("sent")
        if isinstance(answer, Exception):
            raise answer
        return answer


class Paper:
    """A ticket output."""

    name, title, content_type, broken = "paper", "PDF", "application/pdf", False

    def render(self, ctx: TenantContext, tickets: Any) -> bytes:
        if self.broken:
            raise Unavailable("paper_is_out")
        return b"%PDF for " + str(len(tickets)).encode()


@dataclass
class Office:
    """A tenant with a transport, an output, and the worker that does its jobs."""

    site: Site
    world: World
    post: Post
    paper: Paper

    def work(self) -> int:
        return Runner(self.site.runtime, registry_for(self.site.runtime.plugins)).drain()

    def messages(self) -> list[Message]:
        with self.world.open(write=False) as ctx:
            return list(ctx.db.scalars(select(Message).order_by(Message.created_at, Message.id)))

    def order(self, price: int = 4900, quantity: int = 2) -> uuid.UUID:
        with self.world.open() as ctx:
            event, ticket_type = make_sale(ctx, price)
            return make_order(ctx, event, {ticket_type: quantity}).id


def plugin(post: Post, paper: Paper) -> ModuleType:
    module = ModuleType("office_for_tests")

    @hookimpl
    def message_transports(ctx: TenantContext) -> list[Post]:
        return [post]

    @hookimpl
    def ticket_outputs(ctx: TenantContext) -> list[Paper]:
        return [paper]

    info = PluginInfo("office", "Office", "1", "message", level="system")
    module.__dict__.update(info=info, message_transports=message_transports, ticket_outputs=ticket_outputs)
    return module


@pytest.fixture
def office(urls: dict[str, str], tmp_path: Path) -> Iterator[Office]:
    post, paper = Post(), Paper()
    site = build_site(urls, tmp_path, transfer_plugin(), plugin(post, paper))
    with site.engines.begin(TESTS) as db:
        draft = TenantDraft("acme", "Acme & Söhne", accent="#ffd400", legal_line="Acme, 8005 Zürich")
        tenant = create_tenant(db, site.sources, draft)
        switch_plugin(db, site.sources, tenant.id, TRANSFER, True)
    info = site.engines.tenants.by_id(tenant.id)
    assert info is not None
    yield Office(site, World(site.runtime, info), post, paper)
    with site.everything() as db:
        assert CHECKS[0].run(db).faults == ()
    site.engines.dispose()


def test_a_free_order_is_confirmed_with_its_tickets(office: Office) -> None:
    order_id = office.order(price=0)
    assert office.work() == 1
    (mail,) = office.post.mails
    assert (mail.subject, mail.to, mail.sender_name) == (
        "Your tickets for Robotics",
        "ada@example.org",
        "Acme & Söhne",
    )
    assert "You are in, Ada." in mail.text
    assert "Your 2 tickets are booked." in mail.text
    assert "They are attached as files too." in mail.text
    assert "10–11 March 2027" in mail.text
    assert mail.attachments == (Attachment(mail.attachments[0].filename, "application/pdf", b"%PDF for 2"),)
    assert mail.html is not None
    assert "Acme &amp; Söhne" in mail.html
    assert office.post.in_transaction == [False]
    with office.world.open(write=False) as ctx:
        order = ctx.db.get_one(Order, order_id)
    url = re.search(r"https://tickets\.example/acme/robotics/orders/(\w+)/(\w+)/", mail.text)
    assert url is not None
    assert url[1] == order.code
    assert url[0] in mail.html
    (message,) = office.messages()
    assert (message.state, message.transport, message.attempts) == (MessageState.SENT, "post", 1)
    assert message.sent_at == office.world.clock.now()
    assert message.message_id == mail.message_id == f"<{message.id}@tickets.example>"


def test_an_unpaid_order_is_told_the_amount_and_the_day(office: Office) -> None:
    office.order()
    office.work()
    (mail,) = office.post.mails
    assert "2 tickets are set aside for you until 11 March 2027." in mail.text
    assert "98.00" in mail.text
    assert mail.attachments == ()


def test_paying_cancelling_voiding_and_resending_each_say_so(office: Office) -> None:
    order_id = office.order()
    office.work()
    with office.world.open() as ctx:
        mark_paid(ctx, ctx.db.get_one(Order, order_id), "ref-1", Money(9800, "CHF"))
    with office.world.open() as ctx:
        ticket = ctx.db.get_one(Order, order_id).tickets[0]
        void(ctx, ticket, "asked")
    for _ in range(2):
        with office.world.open() as ctx:
            resend(ctx, ctx.db.get_one(Order, order_id))
        office.work()
    with office.world.open() as ctx:
        cancel_order(ctx, ctx.db.get_one(Order, order_id), "asked")
    office.work()
    kinds = [message.kind for message in office.messages()]
    assert kinds[0] == "order_placed_unpaid"
    assert sorted(kinds[1:]) == sorted(
        ["order_confirmation", "ticket_voided", "tickets_resent", "tickets_resent", "order_cancelled"]
    )
    by_subject = {mail.subject.split()[0]: mail for mail in office.post.mails}
    assert "Regular was taken out of order" in by_subject["A"].text
    assert "no longer admit anyone" in by_subject["Order"].text
    assert len({mail.message_id for mail in office.post.mails}) == 6


def test_the_words_are_read_when_it_is_sent_not_when_it_was_queued(office: Office) -> None:
    order_id = office.order(price=0)
    with office.world.open() as ctx:
        ctx.db.execute(update(Attendee).values(name="Grace <b>Hopper</b>"))
        ctx.db.execute(update(Order).where(Order.id == order_id).values(locale="de"))
        ctx.db.execute(update(Message).values(locale="de-CH"))
    office.work()
    (mail,) = office.post.mails
    assert mail.html is not None
    assert mail.subject == "Ihre Tickets für Robotics"
    assert "Grace <b>Hopper</b>" in mail.text
    assert "Grace &lt;b&gt;Hopper&lt;/b&gt;" in mail.html
    assert "<b>Hopper" not in mail.html
    assert 'lang="de"' in mail.html


def test_a_mail_names_the_tickets_in_the_buyers_language(office: Office) -> None:
    order_id = office.order()
    with office.world.open() as ctx:
        ctx.db.execute(update(TicketType).values(texts={"fr": {"name": "Plein tarif"}}))
        ctx.db.execute(update(Order).where(Order.id == order_id).values(locale="fr"))
        ctx.db.execute(update(Message).values(locale="fr-CH"))
    office.work()
    (mail,) = office.post.mails
    assert mail.subject.endswith(": paiement en attente")
    assert "Plein tarif" in mail.text
    assert "Regular" not in mail.text
    assert 'lang="fr"' in (mail.html or "")


def test_a_type_that_was_renamed_since_is_called_what_it_was_sold_as(office: Office) -> None:
    order_id = office.order()
    with office.world.open() as ctx:
        ctx.db.execute(update(TicketType).values(name="Adult", texts={"de": {"name": "Erwachsene"}}))
        ctx.db.execute(update(Order).where(Order.id == order_id).values(locale="de"))
        ctx.db.execute(update(Message).values(locale="de-CH"))
    office.work()
    assert "Regular" in office.post.mails[0].text
    assert "Erwachsene" not in office.post.mails[0].text


def test_the_accent_is_legible_by_day_and_night(office: Office) -> None:
    office.order(price=0)
    office.work()
    html = office.post.mails[0].html or ""
    assert "background:#ffd400;border-radius:10px" in html
    assert "color:#14100d;text-decoration:none" in html
    assert "a{color:#ffd400}}" in html  # yellow reads on the dark card
    assert "}a{color:#ffd400}\n" not in html  # and not on the white one
    assert "<script" not in html
    assert "src=" not in html


def test_a_message_is_queued_once_however_often_it_is_asked_for(office: Office) -> None:
    order_id = office.order(price=0)
    with office.world.open() as ctx:
        order = ctx.db.get_one(Order, order_id)
        first = queue(ctx, "order_confirmation", order.buyer_email, "en", order=order)
        second = queue(ctx, "order_confirmation", order.buyer_email, "en", order=order)
        other = queue(ctx, "order_confirmation", "else@example.org", "en", order=order)
    assert first == second != other
    assert office.work() == 2
    assert [mail.to for mail in office.post.mails] == ["ada@example.org", "else@example.org"]


def test_an_order_that_is_rolled_back_mails_nobody(office: Office) -> None:
    def fail() -> None:
        with office.world.open() as ctx:
            event, ticket_type = make_sale(ctx)
            make_order(ctx, event, {ticket_type: 1})
            raise ValueError("the act fails")

    with pytest.raises(ValueError, match="the act fails"):
        fail()
    assert office.work() == 0
    assert office.messages() == []


@pytest.mark.parametrize(
    ("answer", "between"),
    [
        (SendResult("later", "451 busy"), (MessageState.QUEUED, "451 busy")),
        (SendResult("unknown", "lost after DATA"), (MessageState.UNKNOWN, "lost after DATA")),
        (OSError("wire cut"), (MessageState.UNKNOWN, "transport_failed: OSError")),
    ],
)
def test_what_may_not_have_arrived_is_sent_again_under_the_same_id(
    office: Office, answer: SendResult | Exception, between: tuple[str, str]
) -> None:
    office.post.answers = [answer]
    office.order(price=0)
    office.work()
    (message,) = office.messages()
    assert (message.state, message.error) == between
    office.world.later(hours=2)
    office.work()
    (message,) = office.messages()
    assert (message.state, message.error, message.attempts) == (MessageState.SENT, "", 2)
    assert len({mail.message_id for mail in office.post.mails}) == 1
    office.world.later(hours=2)
    assert office.work() == 0


def test_a_refused_mail_has_failed_and_is_not_tried_again(office: Office) -> None:
    office.post.answers = [SendResult("refused", "550 no such mailbox")]
    office.order(price=0)
    office.work()
    (message,) = office.messages()
    assert (message.state, message.error) == (MessageState.FAILED, "550 no such mailbox")
    office.world.later(hours=20)
    assert office.work() == 0


def test_a_server_that_never_comes_back_ends_as_failed_with_the_reason(office: Office) -> None:
    office.post.answers = [SendResult("later", "421 closed")] * 24
    office.order(price=0)
    for _ in range(24):
        assert office.work() == 1
        office.world.later(hours=2)
    (message,) = office.messages()
    with office.world.open(write=False) as ctx:
        job = ctx.db.scalars(select(Job)).one()
    assert (message.state, message.error) == (MessageState.FAILED, "421 closed")
    assert (job.state, job.last_error) == (JobState.DEAD, "421 closed")


def test_a_worker_that_dies_in_the_call_leaves_an_honest_row_and_the_mail_goes_out_again(
    office: Office,
) -> None:
    """J3: killed after the server's 250 and before the commit."""

    class Killed(BaseException):
        pass

    office.post.answers = [Killed()]  # type: ignore[list-item]
    office.post.send = _killing(office.post, Killed)  # type: ignore[method-assign]
    office.order(price=0)
    with pytest.raises(Killed):
        office.work()
    (message,) = office.messages()
    assert (message.state, message.error) == (MessageState.UNKNOWN, "in_flight")
    office.world.later(minutes=6)
    office.work()
    (message,) = office.messages()
    assert (message.state, message.attempts) == (MessageState.SENT, 2)
    assert len(office.post.mails) == 2
    assert len({mail.message_id for mail in office.post.mails}) == 1


def _killing(post: Post, killed: type[BaseException]) -> Any:
    kept = Post.send

    def send(ctx: TenantContext, mail: Mail) -> SendResult:
        if not post.mails:
            post.mails.append(mail)
            raise killed
        post.answers = []
        return kept(post, ctx, mail)

    return send


def test_an_output_that_cannot_be_made_is_left_out_and_not_promised(office: Office) -> None:
    office.paper.broken = True
    office.order(price=0)
    office.work()
    (mail,) = office.post.mails
    assert mail.attachments == ()
    assert "attached" not in mail.text


def test_every_language_has_every_sentence_and_the_same_placeholders() -> None:
    holes = re.compile(r"\{(\w+)\}")
    english = catalog("en")
    for language in LANGUAGES:
        other = catalog(language)
        assert {kind: set(words) for kind, words in other.items()} == {k: set(w) for k, w in english.items()}
        for kind, words in other.items():
            for name, sentence in words.items():
                if name != "heading":  # who is greeted by name differs by language
                    assert set(holes.findall(sentence)) == set(holes.findall(english[kind][name])), (
                        kind,
                        name,
                    )
                assert "!" not in sentence


def test_every_resend_is_a_mail_of_its_own(office: Office) -> None:
    order_id = office.order(price=0)
    office.work()
    for _ in range(3):
        with office.world.open() as ctx:
            resend(ctx, again(ctx, ctx.db.get_one(Order, order_id)))
        office.work()
        office.world.clock.move(timedelta(minutes=1))
    assert len(office.post.mails) == 4


def test_an_invitation_is_mailed_with_a_link_and_not_once_it_was_taken_back(office: Office) -> None:
    everything = Grants("the test", ROLES["owner"])
    with office.world.open() as ctx:
        kept = invite(ctx, everything, "ada@example.org", "staff", [], "de").id
        revoke(ctx, invite(ctx, everything, "eve@example.org", "staff", [], "en").id)
        resend_invitation(ctx, everything, kept)
    office.work()
    [mail] = office.post.mails
    assert mail.to == "ada@example.org"
    assert mail.subject == "Acme & Söhne lädt Sie zu Acme & Söhne ein"
    assert "als Teammitglied" in mail.text
    link = re.search(r"https://tickets\.example/account/invitations/(\S+)", mail.text)
    assert link is not None
    token = parse_token(link[1])
    assert token is not None
    assert token.invitation_id == kept
    states = {(m.recipient, m.state, m.error) for m in office.messages()}
    assert states == {
        ("ada@example.org", "failed", "subject_gone"),  # its link was replaced before it went out
        ("ada@example.org", "sent", ""),
        ("eve@example.org", "failed", "subject_gone"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_somebody_is_invited_to_has_its_name_in_every_language(language: str) -> None:
    said = Texts("roles", language)
    invited = {role.key for role in PRESETS} - {"super_admin", "attendee"}
    assert sorted(key for key in invited if not said.say(f"role_{key}")) == []
    assert catalog(language)["roles"].keys() == {f"role_{key}" for key in invited}
