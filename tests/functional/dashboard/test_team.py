"""Inviting, accepting, changing roles and leaving, as people do it; and the notes they write at the door."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.accounts.models import User
from sratix_core.members.invitations import link_of
from sratix_core.members.models import Invitation
from sratix_core.messages.invitation import compose_invitation
from sratix_core.messages.models import Message
from sratix_core.tenants.models import Member
from tests.functional.shop.market import SETUP, Market, Stall, form_to, make_stall, path_of, post
from tests.support import TestApp, fingerprint

PASSWORD = "eleven swans on the shore"


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(market.tenant())


@pytest.fixture
def owner(market: Market, stall: Stall) -> TestApp:
    return market.member(stall.world)


def team(stall: Stall) -> str:
    return f"/dashboard/{stall.world.tenant.slug}/members/"


def invite(
    owner: TestApp, stall: Stall, email: str, role: str = "staff", events: list[str] | None = None
) -> Any:
    form = form_to(owner.get(team(stall)), "/invitations/")
    form["email"], form["role"] = email, role
    if events is not None:
        form["where"] = "some"
        for box in form.fields["events"]:
            box.checked = box._value in events  # type: ignore[attr-defined]
    return form.submit(status="*")


def mail(stall: Stall) -> tuple[str, str]:
    """Where the newest mail goes, and the path its link leads to."""
    with stall.world.open() as ctx:
        message = ctx.db.scalars(
            select(Message).where(Message.kind == "member_invited").order_by(Message.id.desc())
        ).first()
        assert message is not None
        letter = compose_invitation(ctx, message)
        return message.recipient, letter.url.removeprefix(ctx.settings.base_url)


def role_of(stall: Stall, email: str) -> str | None:
    with stall.world.open() as ctx:
        return ctx.db.scalar(select(Member.role).where(Member.email == email, Member.status == "active"))


def event_id(stall: Stall) -> str:
    with stall.world.open() as ctx:
        from sratix_core.events.queries import event_by_slug

        return str(event_by_slug(ctx, stall.slug).id)


def test_somebody_without_an_account_joins_by_the_link(market: Market, stall: Stall, owner: TestApp) -> None:
    assert path_of(invite(owner, stall, "Mia@Example.org ")) == team(stall) + "?done=invited"
    assert "mia@example.org" in owner.get(team(stall))
    to, link = mail(stall)
    assert to == "mia@example.org"
    guest = market.browser()
    page = guest.get(link)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert stall.world.tenant.name in page
    form = form_to(page, link)
    form["name"], form["password"] = "Mia Keller", "short"
    assert "at least 10 characters" in form.submit(status=422)
    form["password"] = PASSWORD
    answer = form.submit(status=303)
    assert path_of(answer) == f"/dashboard/{stall.world.tenant.slug}/"
    guest.get(stall.office + "attendees/", status=200)
    guest.get(team(stall), status=403)
    assert role_of(stall, "mia@example.org") == "staff"
    # the link is spent
    guest.get(link, status=404)
    market.browser().get(link, status=404)
    assert "mia@example.org" in owner.get(team(stall))


def test_somebody_with_an_account_signs_in_first(market: Market, stall: Stall, owner: TestApp) -> None:
    other = market.tenant()
    known = market.member(other, "staff")
    with other.open() as ctx:
        email = ctx.db.scalars(select(Member.email)).one()
    invite(owner, stall, email, "event_admin")
    _, link = mail(stall)
    stranger = market.browser()
    page = stranger.get(link)
    assert "You have an account with this address" in page
    assert "/account/login?next=" in page
    before = fingerprint(market.runtime.engines)
    assert post(stranger, link, {"name": "Eve", "password": PASSWORD}).status_int == 409
    assert post(owner, link).status_int == 409
    assert "sign out, then open the link again" in owner.get(link)
    assert fingerprint(market.runtime.engines) == before
    form_to(known.get(link), link).submit(status=303)
    assert role_of(stall, email) == "event_admin"
    known.get(stall.office + "edit/", status=200)


def test_an_invitation_to_one_event_opens_that_event(market: Market, stall: Stall, owner: TestApp) -> None:
    other = make_stall(stall.world, "other")
    assert invite(owner, stall, "ada@example.org", "exhibitor").status_int == 422
    assert invite(owner, stall, "ada@example.org", "exhibitor", []).status_int == 422
    invite(owner, stall, "ada@example.org", "exhibitor", [event_id(stall)])
    _, link = mail(stall)
    guest = market.browser()
    form = form_to(guest.get(link), link)
    form["name"], form["password"] = "Ada", PASSWORD
    form.submit(status=303)
    guest.get(stall.office, status=200)
    guest.get(other.office, status=403)
    guest.get(stall.office + "orders/", status=403)


def test_a_new_link_ends_the_old_one_and_a_week_ends_both(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    invite(owner, stall, "a@example.org")
    _, first = mail(stall)
    form_to(owner.get(team(stall)), "/mails/").submit(status=303)
    _, second = mail(stall)
    assert first != second
    market.browser().get(first, status=404)
    market.browser().get(second, status=200)
    stall.world.clock.move(timedelta(days=7))
    market.browser().get(second, status=404)
    assert "Expired" in market.member(stall.world).get(team(stall))


def test_what_is_taken_back_opens_nothing_and_is_not_mailed(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    invite(owner, stall, "a@example.org")
    _, link = mail(stall)
    form_to(owner.get(team(stall)), "/revocation/").submit(status=303)
    market.browser().get(link, status=404)
    with stall.world.open() as ctx:
        invitation = ctx.db.scalars(select(Invitation)).one()
        with pytest.raises(Exception, match="invitation"):
            link_of(ctx, invitation)


def test_a_link_that_was_touched_is_unknown(market: Market, stall: Stall, owner: TestApp) -> None:
    invite(owner, stall, "a@example.org")
    _, link = mail(stall)
    before = fingerprint(market.runtime.engines)
    tenant = str(stall.world.tenant.id)
    for other in (
        link[:-1],
        link + "x",
        link.replace(f"_{tenant}_", "_99999_"),
        link.replace("srx_invitation", "srx_device"),
        "/account/invitations/x",
        "/account/invitations/srx_invitation_1_x_y",
    ):
        market.browser().get(other, status=404)
        assert post(market.browser(), other, {"name": "A", "password": PASSWORD}).status_int == 404
    assert fingerprint(market.runtime.engines) == before


def test_a_member_is_not_invited_again_and_strangers_all_alike(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    market.member(market.tenant())
    with market.runtime.engines.begin(SETUP, write=False) as db:
        known = db.scalars(select(User.email).order_by(User.created_at.desc(), User.id.desc())).first()
    with stall.world.open() as ctx:
        here = ctx.db.scalars(select(Member.email)).first()
    assert "is a member already" in invite(owner, stall, here).text
    said = [invite(owner, stall, email) for email in (known, "nobody-knows@example.org")]
    assert [(a.status_int, path_of(a)) for a in said] == [(303, team(stall) + "?done=invited")] * 2


def test_roles_are_changed_and_taken_away_at_the_next_click(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    staff = market.member(stall.world, "staff")
    staff.get(stall.office + "attendees/", status=200)
    with stall.world.open() as ctx:
        member_id = ctx.db.scalars(select(Member.id).where(Member.role == "staff")).one()
    page = owner.get(f"{team(stall)}{member_id}/")
    form = form_to(page, f"/{member_id}/")
    form["role"] = ""
    form[f"event-{event_id(stall)}"] = "volunteer"
    assert path_of(form.submit(status=303)) == team(stall) + "?done=saved"
    staff.get(stall.office + "attendees/", status=403)
    staff.get(stall.office + "check-in/scan/", status=200)
    assert "Remove Nina Steiner from" in owner.get(f"{team(stall)}{member_id}/removal/")
    form_to(owner.get(f"{team(stall)}{member_id}/removal/"), "/removal/").submit(status=303)
    staff.get(stall.office, status=404)


def test_the_last_owner_is_told_why_not(stall: Stall, owner: TestApp) -> None:
    with stall.world.open() as ctx:
        me = ctx.db.scalars(select(Member.id)).one()
    form = form_to(owner.get(f"{team(stall)}{me}/"), f"/{me}/")
    form["role"] = "staff"
    assert "An organization needs an owner" in form.submit(status=409)
    assert "An organization needs an owner" in post(owner, f"{team(stall)}{me}/removal/")


def test_a_role_of_ones_own_is_ticked_together(market: Market, stall: Stall, owner: TestApp) -> None:
    roles = f"/dashboard/{stall.world.tenant.slug}/roles/"
    form = form_to(owner.get(roles + "new/?from=volunteer"), "/new/")
    assert {b._value for b in form.fields["permissions"] if b.checked} == {  # type: ignore[attr-defined]
        "event.view",
        "checkin.scan",
        "incident.write",
    }
    form["name"] = "Box office"
    next(b for b in form.fields["permissions"] if b._value == "order.view").checked = True  # type: ignore[attr-defined]
    form.submit(status=303)
    clerk = market.member(stall.world, "box-office")
    clerk.get(stall.office + "orders/", status=200)
    page = owner.get(roles)
    assert "Box office" in page
    edit = re.search(r"/roles/([0-9a-f-]{36})/", page.text)
    assert edit is not None
    question = owner.get(f"{roles}{edit[1]}/deletion/")
    assert "1 people have it" in question
    form_to(question, "/deletion/").submit(status=303)
    clerk.get(stall.office + "orders/", status=403)
    owner.get(f"{roles}{uuid.UUID(int=5)}/", status=404)


def test_notes_of_what_happened(market: Market, stall: Stall, owner: TestApp) -> None:
    page = stall.office + "incidents/"
    volunteer, other = market.member(stall.world, "volunteer"), market.member(stall.world, "volunteer")
    form = form_to(volunteer.get(page), "/incidents/")
    assert "Choose one of the listed options" in form.submit(status=422)
    form["kind"], form["place"], form["text"] = "medical", "Hall 2", "A visitor fell.\nAmbulance called."
    form.submit(status=303)
    assert "A visitor fell." in volunteer.get(page)
    assert "A visitor fell." not in other.get(page)
    assert "/closure/" not in volunteer.get(page)
    close = form_to(owner.get(page), "/closure/")
    assert "Fill this in" in close.submit(status=422)
    close["outcome"] = "Taken to hospital."
    close.submit(status=303)
    assert "Taken to hospital." in volunteer.get(page + "?state=closed")
    assert "A visitor fell." not in volunteer.get(page + "?state=open")
    assert post(owner, close.action, {"outcome": "again"}).status_int == 409
