"""Decisions on organizers: what each does at once, that it is done once, and what it leaves alone."""

from __future__ import annotations

from sqlalchemy import update

from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.tenants.models import Member, Tenant
from tests.builders import World
from tests.functional.platform.people import LOOKING, House
from tests.functional.platform.threads import together
from tests.functional.shop.market import form_to, make_stall, path_of, post, to_payment
from tests.support import fingerprint


def pending(house: House, slug: str = "") -> World:
    world = house.market.tenant(slug)
    house.market.member(world)
    with house.runtime.engines.begin(LOOKING) as db:
        db.execute(update(Tenant).where(Tenant.id == world.tenant.id).values(status="pending"))
    return world


def decide(house: House, world: World, to: str) -> str:
    return f"/platform/tenants/{world.tenant.slug}/status/{to}/"


def test_two_who_approve_at_once_approve_once(house: House) -> None:
    world = pending(house)
    admins = [house.person(admin=True)[1] for _ in range(4)]
    answers = together(*[lambda a=a: post(a, decide(house, world, "active")) for a in admins])
    assert sorted(a.status_int for a in answers) == [303, 409, 409, 409]
    assert house.acts(world.tenant.id).count("tenant.approved") == 1
    owner = house.all(Member, Member.tenant_id == world.tenant.id)[0]
    assert len(house.all(Message, Message.recipient == owner.email)) == 1


def test_approve_and_reject_at_once_is_one_of_the_two(house: House) -> None:
    world = pending(house)
    one, two = (house.person(admin=True)[1] for _ in range(2))
    answers = together(
        lambda: post(one, decide(house, world, "active")),
        lambda: post(two, decide(house, world, "rejected"), {"reason": "no"}),
    )
    assert sorted(a.status_int for a in answers) == [303, 409]
    assert len(house.acts(world.tenant.id)) == 1


def test_a_rejection_can_be_looked_at_again_before_it_is_reversed(house: House) -> None:
    world, admin = pending(house), house.person(admin=True)[1]
    post(admin, decide(house, world, "rejected"), {"reason": "no"}, status=303)
    post(admin, decide(house, world, "active"), status=409)
    post(admin, decide(house, world, "pending"), status=303)
    post(admin, decide(house, world, "active"), status=303)
    assert house.acts(world.tenant.id) == ["tenant.rejected", "tenant.reopened", "tenant.approved"]


def test_a_reason_is_asked_for_and_shown_to_the_owner_but_not_in_the_journal(house: House) -> None:
    world = pending(house)
    admin = house.person(admin=True)[1]
    before = fingerprint(house.runtime.engines)
    for reason in ("", "   ", "x" * 301):
        answer = post(admin, decide(house, world, "rejected"), {"reason": reason})
        assert answer.status_int == 422
        assert answer.html.find(class_="error-summary") is not None
    assert fingerprint(house.runtime.engines) == before
    page = admin.get(f"/platform/tenants/{world.tenant.slug}/")
    form = form_to(page, "/status/rejected/")
    form["reason"] = "Selling Ms Keller's tickets twice"
    assert form.submit().status_int == 303
    assert "Keller" in admin.get(f"/platform/tenants/{world.tenant.slug}/")
    assert "Keller" not in admin.get(f"/platform/tenants/{world.tenant.slug}/journal/")


def test_suspended_while_somebody_buys(house: House) -> None:
    """The purchase stops with a sentence, no order is made, no seat is lost, and it goes on where it stood."""
    world = house.market.tenant()
    stall = make_stall(world)
    admin, buyer, owner = (
        house.person(admin=True)[1],
        house.market.browser(),
        house.market.member(world),
    )
    page = to_payment(buyer, stall, Free=2)
    form_of_admin = form_to(admin.get(f"/platform/tenants/{world.tenant.slug}/"), "/status/suspended/")
    form_of_admin["reason"] = "A complaint"
    assert form_of_admin.submit().status_int == 303
    answer = form_to(page, "/pay/").submit(status=503)
    assert "This organizer is paused." in answer
    owner.get(f"/dashboard/{world.tenant.slug}/events/", status=503)
    assert stall.count(Order) == 0
    assert stall.taken("Free") == 2, "the hold stays until its time is up"
    assert post(admin, decide(house, world, "active")).status_int == 303
    bought = form_to(page, "/pay/").submit(status=303)
    buyer.get(path_of(bought), status=200)
    assert stall.count(Order) == 1
    assert stall.taken("Free") == 2
    assert house.acts(world.tenant.id).count("tenant.suspended") == 1


def test_suspending_and_buying_at_once_leaves_nothing_half(house: House) -> None:
    world = house.market.tenant()
    stall = make_stall(world, types={"Free": {"capacity": 40}})
    admin = house.person(admin=True)[1]
    forms = [form_to(to_payment(house.market.browser(), stall, Free=1), "/pay/") for _ in range(6)]
    answers = together(
        *[lambda f=f: f.submit(status="*").status_int for f in forms],
        lambda: post(admin, decide(house, world, "suspended"), {"reason": "x"}).status_int,
    )
    assert answers[-1] == 303
    assert set(answers[:-1]) <= {303, 503}
    assert stall.count(Order) == answers[:-1].count(303)
    assert stall.taken("Free") == 6


def test_what_cannot_follow_is_refused_and_does_nothing(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant()
    before = fingerprint(house.runtime.engines)
    for to in ("active", "rejected", "pending", "platform", "gone"):
        assert post(admin, decide(house, world, to), {"reason": "x"}).status_int == 409
        admin.get(decide(house, world, to), status=404)
    assert fingerprint(house.runtime.engines) == before


def test_the_list_finds_by_the_beginning_and_pages_by_key(house: House) -> None:
    admin = house.person(admin=True)[1]
    for n in range(60):
        house.market.tenant(f"many-{n:02}")
    first = admin.get("/platform/tenants/?q=MANY")
    seen = [a.text for a in first.html.select("tbody a")]
    assert len(seen) == 50
    second = first.click("Older")
    rest = [a.text for a in second.html.select("tbody a")]
    assert len(rest) == 10
    assert not set(seen) & set(rest)
    assert [a.text for a in second.click("Newer").html.select("tbody a")] == seen
    assert "Nothing matches" in admin.get("/platform/tenants/?q=any-0")
    with house.runtime.engines.counted() as statements:
        admin.get("/platform/tenants/?q=many")
    many = len(statements)
    with house.runtime.engines.counted() as statements:
        admin.get("/platform/tenants/?q=many-01")
    assert many == len(statements), "as many statements for fifty rows as for one"
