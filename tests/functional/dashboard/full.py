"""An organizer that has one of everything, and the addresses of all of it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import EVENT_VIEW, ROLES
from sratix_core.checkin.doors import add_gate
from sratix_core.checkin.service import Sight, scan
from sratix_core.context import TenantContext
from sratix_core.credentials.keys import KeyDraft, make_key
from sratix_core.devices.service import add_device
from sratix_core.events.programme import SessionDraft, SpeakerDraft, save_session, save_speaker
from sratix_core.events.queries import event_by_slug
from sratix_core.events.venues import VenueDraft, save_venue
from sratix_core.files.store import put
from sratix_core.incidents import service as incidents
from sratix_core.invoices import settings as invoices
from sratix_core.invoices.models import InvoicePaper
from sratix_core.invoices.service import issue
from sratix_core.members.invitations import invite
from sratix_core.members.roles import save_role
from sratix_core.orders.models import Order
from sratix_core.orders.queries import order_by_code
from sratix_core.organizations.invitations import invite as invite_to
from sratix_core.organizations.people import add_person
from sratix_core.organizations.purchases import assign_order
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.payments.models import InboxEvent, InboxState
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.service import create_code
from sratix_core.reconciliation.cases import note
from sratix_core.reconciliation.finding import Found
from sratix_core.reconciliation.kinds import CaseKind, Cause
from sratix_core.reconciliation.models import FinanceCase
from sratix_core.tenants.models import Member
from sratix_core.tickets.models import MassAct
from sratix_core.tickets.service import payloads
from tests.builders import make_pool
from tests.functional.shop.market import (
    Market,
    Stall,
    buy,
    choose,
    code_in,
    form_to,
    make_stall,
    name_everyone,
    path_of,
)

ALL = Grants("the test", ROLES["owner"])
SENDER = {
    "legal_name": "Acme Events AG",
    "street": "Seestrasse 1",
    "postal_code": "8002",
    "city": "Zürich",
    "country": "CH",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32
HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Full:
    """`ids` fill the holes of route patterns; `cart` and `order` are the two kinds of secret."""

    stall: Stall
    ids: Mapping[str, str]
    cart: str
    key: str
    qr: str
    gate: str

    def address(self, pattern: str, **other: str) -> str:
        """The address of a route, with some of its ids replaced."""
        ids = {**self.ids, **({"secret": self.cart} if "/cart/" in pattern else {}), **other}
        return HOLE.sub(lambda hole: ids[hole[1]], pattern)


def make_full(market: Market, slug: str = "", event_slug: str = "robotics", name: str = "Full") -> Full:
    """One of everything: a free order that is paid, a held cart, a programme, a door with a scanner, a public file."""
    world = market.tenant(slug)
    stall = make_stall(
        world,
        event_slug,
        name=f"{name} event",
        types={"Free": {"capacity": 50}, "Paid": {"price": 4900, "capacity": 50}},
    )
    market.member(world)
    market.member(world, "volunteer")
    order, billed = buy(market.browser(), stall, Free=2), buy_as(market, stall, "bea@example.org", Paid=1)
    cart = path_of(choose(market.browser(), stall, Paid=1)).rstrip("/").rsplit("/", 1)[1]
    with world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        speaker = save_speaker(ctx, event, SpeakerDraft(f"{name} speaker"))
        session = save_session(ctx, event, SessionDraft(
            title=f"{name} session", description="", track="A", room="Hall",
            starts_at=event.starts_at, ends_at=event.ends_at, speaker_ids=[speaker.id]))  # fmt: skip
        venue = save_venue(ctx, VenueDraft(name=f"{name} hall", city="Bern"))
        gate = add_gate(ctx, event, f"{name} gate")
        device, key = add_device(ctx, event, f"{name} scanner", gate)
        api_key, _ = make_key(ctx, KeyDraft(f"{name} key", [EVENT_VIEW]), Grants("owner", ROLES["owner"]))
        bought = order_by_code(ctx, event, code_in(order))
        ticket = bought.tickets[0]
        refused = scan(ctx, event, Sight("not a code", gate=gate))
        role = save_role(ctx, ALL, f"{name} crew", [EVENT_VIEW])
        invitation = invite(ctx, ALL, f"{slug or 'guest'}@example.org", "staff", [], "en")
        organization = save_organization(ctx, OrganizationDraft(f"{name} robotics", "exhibitor"))
        assign_order(ctx, bought, organization.id)
        member_id = ctx.db.scalars(select(Member.id).where(Member.role == "owner")).first()
        person = add_person(ctx, ALL, organization.id, member_id, "exhibitor")
        guest = invite_to(
            ctx, ALL, organization.id, f"{slug or 'guest'}@partner.example.org", "partner", "en"
        )
        incident = incidents.write(ctx, event, "other", "", f"{name} incident")
        case = make_case(ctx, bought)
        webhook = make_webhook(ctx, f"{name} secret buyer")
        mass = MassAct(id=ctx.ids.new(), event_id=event.id, kind="mails", asked_at=ctx.clock.now(), total=0)
        ctx.db.add(mass)
        volunteer = select(Member.id).where(Member.role == "volunteer")
        invoices.save(ctx, SENDER)
        invoice = issue(ctx, order_by_code(ctx, event, code_in(billed)))
        drawn = put(ctx, f"{name}.pdf", "application/pdf", f"%PDF-1.7 {name}".encode(), False)
        ctx.db.add(InvoicePaper(
            id=ctx.ids.new(), invoice_id=invoice.id, output="pdf", state="ready", file_id=drawn.id,
            changed_at=ctx.clock.now()))  # fmt: skip
        ids = {
            "tenant": world.tenant.slug,
            "provider": "stripe",
            "mode": "test",
            "method": "pm_1",
            "event": stall.slug,
            "event_id": event.id,
            "venue": venue.id,
            "member": ctx.db.scalars(volunteer).first(),
            "role": role.id,
            "invitation": invitation.id,
            "incident": incident.id,
            "case": case.id,
            "webhook": webhook.id,
            "invoice": invoice.id,
            "billed": code_in(billed),
            "organization": organization.id,
            "person": person.id,
            "guest": guest.id,
            "pool": make_pool(ctx, event, 7, f"{name} pool").id,
            "type": stall.types["Free"],
            "promo": create_code(ctx, event, CodeDraft("FULL", value=1000)).id,
            "session": session.id,
            "speaker": speaker.id,
            "device": device.id,
            "key": api_key.id,
            "scan": refused.scan.id,
            "ticket": ticket.id,
            "file": put(ctx, "a.png", "image/png", PNG, True).id,
            "code": bought.code,
            "secret": order.rstrip("/").rsplit("/", 1)[1],
            "plugin": "pdf_tickets",
            "section": "organization",
            "status": "cancelled",
            "output": "pdf_tickets",
            "kind": "mails",
            "act": mass.id,
        }
        qr = payloads(ctx, event, [ticket])[ticket.id]
        return Full(stall, {k: str(v) for k, v in ids.items()}, cart, key, qr, str(gate.id))


def buy_as(market: Market, stall: Stall, email: str, **quantities: int) -> str:
    """A whole purchase by somebody of this address; the path of the order's page."""
    browser = market.browser()
    names = choose(browser, stall, **quantities).follow()
    page = name_everyone(names, sum(quantities.values()), email).follow()
    return path_of(form_to(page, "/pay/").submit(status=303))


def make_case(ctx: TenantContext, order: Order) -> FinanceCase:
    """An open difference about an order, as a comparison leaves it."""
    place = ("bank_transfer", "", order.id, order.event_id)
    found = Found(CaseKind.OWED_BACK, str(order.id), -4900, "CHF", Cause.OVER, *place)
    return note(ctx, [found])[0]


def make_webhook(ctx: TenantContext, buyer: str) -> InboxEvent:
    """A message of a provider that could not be acted on; its body names somebody."""
    event = InboxEvent(
        id=ctx.ids.new(),
        provider="stripe",
        account="acct_1/test",
        event_id=f"evt_{ctx.ids.new().hex}",
        type="checkout.session.completed",
        mode="test",
        subject="payment",
        references=["cs_test_1"],
        body=json.dumps({"customer_details": {"name": buyer}}),
        state=InboxState.FAILED,
        error="Retry: the provider's answer: unknown",
        received_at=ctx.clock.now(),
    )
    ctx.db.add(event)
    ctx.db.flush()
    return event


def unknown(kind: str, known: str) -> str:
    """Something of the same shape that nobody has."""
    if re.fullmatch(r"[0-9a-f-]{36}", known):
        return str(uuid.UUID(int=uuid.UUID(known).int ^ 0xABCDEF))
    turned = str.maketrans("abcdefghABCDEFGHJK0123456789", "bcdefghaBCDEFGHJKA1234567890")
    return known.translate(turned)
