"""Somebody who acts for one organization: they see it, and nothing else of the tenant; another organization is a random id."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from sratix_core import dashboard
from sratix_core.accounts.models import User
from sratix_core.messages.invitation import compose_invitation
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.organizations.models import Organization, OrganizationMember
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.tickets.models import Ticket
from tests.functional.dashboard.full import Full, make_full, unknown
from tests.functional.dashboard.matrix import MATRIX
from tests.functional.shop.market import SETUP, Market, form_to, path_of, post
from tests.support import TestApp, fingerprint

PATTERNS = dict(dashboard.ROUTES)
OWN = [name for name in MATRIX if "{organization}" in PATTERNS[name]]
NOTES = {"security_log"}
PASSWORD = "eleven swans on the shore"


@dataclass
class Partner:
    """One of everything, the organization in it, and a second one beside it with an order of its own."""

    full: Full
    admin: TestApp
    second: uuid.UUID

    @property
    def id(self) -> uuid.UUID:
        return uuid.UUID(self.full.ids["organization"])

    def at(self, name: str, **other: str) -> str:
        return self.full.address(PATTERNS[name], **other)


@pytest.fixture(scope="module")
def partner(market: Market) -> Partner:
    full = make_full(market)
    with full.stall.world.open() as ctx:
        second = save_organization(ctx, OrganizationDraft("The other booth", "sponsor")).id
    return Partner(full, market.acting_for(full.stall.world, uuid.UUID(full.ids["organization"])), second)


def test_the_admin_of_an_organization_opens_its_pages(partner: Partner) -> None:
    for name in OWN:
        if "GET" in MATRIX[name] and name != "dashboard.organization_deletion":
            page = partner.admin.get(partner.at(name), status=200)
            assert "Full robotics" in page, name
            assert "Partner organizations" not in page, name
    partner.admin.get(partner.at("dashboard.organization_deletion"), status=403)


def test_everything_else_of_the_tenant_is_unknown(market: Market, partner: Partner) -> None:
    nobody = market.member(None)
    before = fingerprint(market.runtime.engines, without=NOTES)
    for name, methods in MATRIX.items():
        if name in OWN or name == "dashboard":
            continue
        for method in methods:
            told = []
            for browser in (partner.admin, nobody):
                address = partner.at(name)
                answer = browser.get(address, status="*") if method == "GET" else post(browser, address)
                told.append(answer.status_int)
            assert told == [404, 404], (name, method)
    assert fingerprint(market.runtime.engines, without=NOTES) == before


def test_another_organization_of_the_tenant_is_a_random_id(market: Market, partner: Partner) -> None:
    engines = market.runtime.engines
    before = fingerprint(engines, without=NOTES)
    for name in OWN:
        for method in MATRIX[name]:
            told = []
            for one in (str(partner.second), unknown("organization", str(partner.second))):
                address = partner.at(name, organization=one)
                with engines.counted() as asked:
                    answer = (
                        partner.admin.get(address, status="*")
                        if method == "GET"
                        else post(partner.admin, address)
                    )
                told.append((answer.status_int, list(asked), "The other booth" in answer))
            assert told[0] == told[1], (name, method)
            assert told[0][0] == 404, (name, method)
    assert fingerprint(engines, without=NOTES) == before


def test_people_tickets_and_invitations_of_the_other_one_are_unknown_below_the_own_address(
    market: Market, partner: Partner
) -> None:
    with partner.full.stall.world.open() as ctx:
        theirs = OrganizationMember(
            id=ctx.ids.new(), organization_id=partner.second, user_id=ctx.ids.new(), role="sponsor",
            name="Otto", email="otto@example.org", created_at=ctx.clock.now(),
        )  # fmt: skip
        ctx.db.add(theirs)
        order = ctx.db.scalars(select(Order).where(Order.organization_id.is_(None))).first()
        ticket = (
            None if order is None else ctx.db.scalar(select(Ticket.id).where(Ticket.order_id == order.id))
        )
        person = theirs.id
    owner = market.member(partner.full.stall.world)
    form = form_to(
        owner.get(partner.at("dashboard.organization_people", organization=str(partner.second))),
        "/invitations/",
    )
    form["email"] = "guest@booth.example.org"
    form.submit(status=303)
    with partner.full.stall.world.open() as ctx:
        from sratix_core.members.models import Invitation

        guest = ctx.db.scalars(
            select(Invitation.id).where(Invitation.organization_id == partner.second)
        ).one()
        tenants = ctx.db.scalars(select(Invitation.id).where(Invitation.organization_id.is_(None))).first()
    before = fingerprint(market.runtime.engines, without=NOTES)
    tries = [("dashboard.organization_member_removal", {"person": str(person)})]
    tries += [("dashboard.organization_ticket", {"ticket": str(ticket or uuid.UUID(int=5))})]
    for one in (guest, tenants):
        tries += [
            (n, {"guest": str(one)})
            for n in ("dashboard.organization_invitation_mail", "dashboard.organization_invitation_end")
        ]
    for name, ids in tries:
        assert post(partner.admin, partner.at(name, **ids), {"name": "Eve"}).status_int == 404, name
    assert fingerprint(market.runtime.engines, without=NOTES) == before


def test_the_same_holds_for_a_program_in_their_name(market: Market, partner: Partner) -> None:
    slug = partner.full.stall.world.tenant.slug
    base, mine = f"/api/v1/tenants/{slug}", f"/organizations/{partner.id}"
    ask = partner.admin
    assert ask.get(base + mine).json["name"] == "Full robotics"
    assert ask.get(f"{base}{mine}/tickets").json["items"]
    for path in ("", "/organizations", "/events", "/members", f"/organizations/{partner.second}", "/views",
                 f"/events/{partner.full.stall.slug}/orders", f"/events/{partner.full.stall.slug}"):  # fmt: skip
        ask.get(base + path, status=404)
    denied = ask.request(
        f"{base}{mine}", method="DELETE", headers={"X-CSRF-Token": "t" * 43}, expect_errors=True
    )
    assert denied.status_int == 403
    kind = ask.request(
        f"{base}{mine}", method="PATCH", body=b'{"kind": "partner"}', content_type="application/json",
        headers={"X-CSRF-Token": "t" * 43}, expect_errors=True,
    )  # fmt: skip
    assert (kind.status_int, kind.json["code"]) == (409, "more_than_held")


def test_an_exhibitor_names_tickets_and_changes_nothing_else(market: Market, partner: Partner) -> None:
    browser = market.acting_for(partner.full.stall.world, partner.id, "exhibitor")
    form = form_to(
        browser.get(partner.at("dashboard.organization_ticket")), f"/{partner.full.ids['ticket']}/"
    )
    form["name"], form["email"] = "Bea Keller", "bea@example.org"
    form.submit(status=303)
    assert "Bea Keller" in browser.get(partner.at("dashboard.organization_tickets"))
    for name in (
        "dashboard.organization_edit",
        "dashboard.organization_invitations",
        "dashboard.organization_member_removal",
    ):
        for method in MATRIX[name]:
            answer = (
                browser.get(partner.at(name), status="*")
                if method == "GET"
                else post(browser, partner.at(name))
            )
            assert answer.status_int == 403, name
    page = browser.get(partner.at("dashboard.organization_people"))
    assert "Send the invitation" not in page


def test_the_admin_does_not_say_what_the_organization_is(partner: Partner) -> None:
    page = partner.admin.get(partner.at("dashboard.organization_edit"))
    form = form_to(page, "/details/")
    assert "kind" not in form.fields
    post(
        partner.admin,
        partner.at("dashboard.organization_edit"),
        {"name": "Full robotics", "kind": "partner"},
        status=303,
    )
    with partner.full.stall.world.open() as ctx:
        assert ctx.db.get_one(Organization, partner.id).kind == "exhibitor"


def test_an_invitation_leads_into_the_organization_alone(market: Market, partner: Partner) -> None:
    form = form_to(partner.admin.get(partner.at("dashboard.organization_people")), "/invitations/")
    form["email"], form["role"] = "Carla@Booth.example.org", "exhibitor"
    form.submit(status=303)
    with partner.full.stall.world.open() as ctx:
        message = ctx.db.scalars(
            select(Message).where(Message.kind == "organization_invited").order_by(Message.id.desc())
        ).first()
        assert message is not None
        letter = compose_invitation(ctx, message)
        link = letter.url.removeprefix(ctx.settings.base_url)
    assert "Full robotics" in letter.subject
    guest = market.browser()
    page = guest.get(link)
    assert "Full robotics" in page
    form = form_to(page, link)
    form["name"], form["password"] = "Carla Rossi", PASSWORD
    home = path_of(form.submit(status=303))
    assert home == partner.at("dashboard.organization")
    guest.get(home, status=200)
    guest.get(partner.at("dashboard.home"), status=404)
    assert path_of(guest.get("/dashboard/", status=303)) == home
    guest.get(link, status=404)
    assert "Carla Rossi" in partner.admin.get(partner.at("dashboard.organization_people"))
    members = market.member(partner.full.stall.world).get(partner.at("dashboard.members"))
    assert "Carla" not in members
    assert "carla@booth.example.org" not in members


def test_an_organization_cannot_take_the_tenants_invitation_away(market: Market, partner: Partner) -> None:
    """Both may invite one address; the open invitation of the other place stays good."""
    with partner.full.stall.world.open() as ctx:
        from sratix_core.members.models import Invitation

        tenants = ctx.db.scalars(select(Invitation).where(Invitation.organization_id.is_(None))).first()
        assert tenants is not None
        tenants_id, address = tenants.id, tenants.email
    post(
        partner.admin,
        partner.at("dashboard.organization_invitations"),
        {"email": address, "role": "partner"},
        status=303,
    )
    with partner.full.stall.world.open() as ctx:
        assert ctx.db.get_one(Invitation, tenants_id).state == "open"


def test_whoever_is_taken_off_finds_nothing_with_the_next_click(market: Market, partner: Partner) -> None:
    browser = market.acting_for(partner.full.stall.world, partner.id, "partner")
    browser.get(partner.at("dashboard.organization"), status=200)
    with partner.full.stall.world.open() as ctx:
        person = ctx.db.scalars(
            select(OrganizationMember.id)
            .where(OrganizationMember.role == "partner")
            .order_by(OrganizationMember.id.desc())
        ).first()
    form_to(
        partner.admin.get(partner.at("dashboard.organization_member_removal", person=str(person))),
        "/removal/",
    ).submit(status=303)
    browser.get(partner.at("dashboard.organization"), status=404)


def test_a_role_that_is_gone_opens_nothing(market: Market, partner: Partner) -> None:
    browser = market.acting_for(partner.full.stall.world, partner.id, "sponsor")
    with market.runtime.engines.begin(SETUP) as db:
        db.execute(
            update(OrganizationMember)
            .where(OrganizationMember.role == "sponsor", OrganizationMember.name != "Otto")
            .values(role="owner")
        )
    browser.get(partner.at("dashboard.organization"), status=403)
    browser.get(partner.at("dashboard.members"), status=404)


def test_the_switcher_shows_what_the_person_has_and_nothing_else(market: Market, partner: Partner) -> None:
    page = partner.admin.get(partner.at("dashboard.organization"))
    here = {a["href"] for a in page.html.select("details.place a")}
    assert here == {partner.at("dashboard.organization"), "/my/"}
    with market.runtime.engines.begin(SETUP, write=False) as db:
        assert db.scalar(select(User.id).limit(1)) is not None
