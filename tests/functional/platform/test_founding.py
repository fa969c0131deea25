"""Making an organizer from the platform, inviting its owner, the list of all events, and an organizer's data as a file."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

from sqlalchemy import func, select

from sratix_core.accounts.models import User
from sratix_core.app import make_worker
from sratix_core.exports import service as exports
from sratix_core.exports.models import TenantExport
from sratix_core.members.founding import link_to
from sratix_core.members.models import Invitation
from sratix_core.messages.models import Message
from sratix_core.tenants.models import Member, Tenant
from sratix_core.tenants.platform import home_of
from tests.builders import make_event
from tests.functional.platform.people import LOOKING, House
from tests.functional.platform.threads import together
from tests.functional.shop.market import form_to, make_stall, post
from tests.support import fingerprint

NEW = "/platform/new-tenant/"


def filled(**values: str) -> dict[str, str]:
    asked = {
        "name": "Berner Velotag", "slug": "velotag", "email": "ada@velo.example.org", "locale": "de",
        "currency": "CHF", "timezone": "Europe/Zurich",
    }  # fmt: skip
    return {**asked, **values}


def link(house: House, invitation: Invitation) -> str:
    runtime = house.runtime
    whole = link_to(runtime.keys, "", invitation.tenant_id, invitation.id)
    return str(whole)


def test_an_organizer_is_made_and_its_owner_comes_by_mail(house: House) -> None:
    admin = house.person(admin=True)[1]
    form = form_to(admin.get(NEW), NEW)
    for name, value in filled().items():
        form[name] = value
    page = form.submit(status=303).follow()
    assert "Its owner gets a mail." in page
    tenant = house.all(Tenant, Tenant.slug == "velotag")[0]
    assert (tenant.status, tenant.locales, tenant.default_locale) == ("active", "de en fr it", "de")
    assert house.acts(tenant.id) == ["tenant.created", "tenant.owner_invited"]
    mail = house.all(Message, Message.kind == "owner_invited")[0]
    assert (mail.tenant_id, mail.locale) == (home_of(house.runtime).id, "de")
    invitation = house.all(Invitation, Invitation.tenant_id == tenant.id)[0]
    newcomer = house.market.browser()
    offer = newcomer.get(link(house, invitation), status=200)
    assert "Berner Velotag" in offer
    form = next(f for f in offer.forms.values() if "name" in f.fields)
    form["name"], form["password"] = "Ada Keller", "seven herons over the lake"
    form.submit(status=303)
    owner = house.all(Member, Member.tenant_id == tenant.id)[0]
    assert (owner.role, owner.status, owner.name) == ("owner", "active", "Ada Keller")
    newcomer.get("/dashboard/velotag/events/", status=200)
    house.market.browser().get(link(house, invitation), status=404)


def test_what_is_wrong_makes_nothing(house: House) -> None:
    admin = house.person(admin=True)[1]
    house.market.tenant("twilight")
    admin.get(NEW)
    before = fingerprint(house.runtime.engines)
    for wrong in (
        {"slug": "twilight"}, {"slug": "tw1light"}, {"slug": "api"}, {"slug": "No Slug"}, {"email": "nobody"},
        {"name": " "}, {"timezone": "Mars/Base"}, {"currency": "XXX"}, {"locale": "xx"}, {"name": "x" * 121},
    ):  # fmt: skip
        answer = post(admin, NEW, filled(**{"slug": "fresh", **wrong}))
        assert answer.status_int == 422, wrong
        assert answer.html.find(class_="error-summary") is not None
    assert fingerprint(house.runtime.engines) == before


def test_the_same_form_twice_at_once_makes_one(house: House) -> None:
    admins = [house.person(admin=True)[1] for _ in range(3)]
    answers = together(
        *[lambda a=a: post(a, NEW, filled(slug="twice", email="twice@velo.example.org")) for a in admins]
    )
    codes = sorted(a.status_int for a in answers)
    assert codes[0] == 303
    assert set(codes[1:]) <= {409, 422}
    assert len(house.all(Tenant, Tenant.slug == "twice")) == 1
    assert len(house.all(Message, Message.recipient == "twice@velo.example.org")) == 1


def test_an_owner_can_be_invited_again_and_the_first_link_is_dead(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant()
    there = f"/platform/tenants/{world.tenant.slug}/owners/"
    for _ in range(2):
        assert post(admin, there, {"email": "Late@Owner.example.org"}).status_int == 303
    first, second = sorted(house.all(Invitation, Invitation.tenant_id == world.tenant.id), key=lambda i: i.id)
    assert (first.state, second.state) == ("revoked", "open")
    house.market.browser().get(link(house, first), status=404)
    house.market.browser().get(link(house, second), status=200)
    mails = house.all(Message, Message.recipient == "late@owner.example.org")
    assert len(mails) == 2
    house.runtime.sources.clock.move(timedelta(days=8))
    house.market.browser().get(link(house, second), status=404)


def test_a_link_of_one_organizer_opens_nothing_at_another(house: House) -> None:
    admin, one, two = house.person(admin=True)[1], house.market.tenant(), house.market.tenant()
    post(admin, f"/platform/tenants/{one.tenant.slug}/owners/", {"email": "one@owner.example.org"})
    invitation = house.all(Invitation, Invitation.tenant_id == one.tenant.id)[0]
    elsewhere = link_to(house.runtime.keys, "", two.tenant.id, invitation.id)
    house.market.browser().get(elsewhere, status=404)


def test_nobody_is_invited_to_a_paused_organizer_or_twice(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant()
    house.market.member(world)
    member = house.all(Member, Member.tenant_id == world.tenant.id)[0]
    there = f"/platform/tenants/{world.tenant.slug}/owners/"
    assert post(admin, there, {"email": member.email}).status_int == 422
    assert post(admin, there, {"email": "no mail"}).status_int == 422
    status = f"/platform/tenants/{world.tenant.slug}/status/suspended/"
    post(admin, status, {"reason": "a complaint"}, status=303)
    answer = post(admin, there, {"email": "new@owner.example.org"})
    assert answer.status_int == 409
    assert "Only an active organization" in answer
    assert house.all(Invitation, Invitation.tenant_id == world.tenant.id) == []


def test_all_events_page_by_key_with_the_tickets_of_each(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant("many-events")
    with world.open() as ctx:
        for n in range(53):
            make_event(ctx, f"event-{n}")
    first = admin.get("/platform/events/?of=many-events")
    assert len(first.html.select("tbody tr")) == 50
    second = first.click("Older")
    assert len(second.html.select("tbody tr")) == 3
    assert len(second.click("Newer").html.select("tbody tr")) == 50
    with house.runtime.engines.counted() as many:
        admin.get("/platform/events/?of=many-events")
    with house.runtime.engines.counted() as few:
        admin.get("/platform/events/?of=many-events&view=cancelled")
    assert len(many) <= len(few) + 1, "the tickets of fifty events cost one statement"
    admin.get("/platform/events/?of=nobody", status=404)
    assert "Choose another view." in admin.get("/platform/events/?of=many-events&view=cancelled")
    for odd in ("~", "x~y~z", "2027-01-01~a~1", "2027-01-01T00:00:00~00000000-0000-0000-0000-000000000000~1"):
        admin.get("/platform/events/", {"before": odd}, status=200)


def test_an_export_holds_one_organizer_and_no_secret_and_is_fetched_once(house: House) -> None:
    user_id, admin = house.person(admin=True)
    other = house.person(admin=True)[1]
    world, stranger = house.market.tenant("exported"), house.market.tenant("stranger")
    make_stall(world)
    make_stall(stranger)
    there = "/platform/tenants/exported/"
    for _ in range(2):
        form_to(admin.get(there), "/exports/").submit(status=303)
    row = house.all(TenantExport, TenantExport.of_tenant == world.tenant.id)
    assert len(row) == 1, "one that is being made answers for both"
    assert "Being made" in admin.get(there)
    make_worker(house.runtime, wakeups=False).drain()
    export_id = house.all(TenantExport, TenantExport.of_tenant == world.tenant.id)[0].id
    path = f"{there}exports/{export_id}/file/"
    assert f"{export_id}/file" not in other.get(there)
    assert post(other, path).status_int == 404
    assert post(admin, f"/platform/tenants/stranger/exports/{export_id}/file/").status_int == 404
    answer = form_to(admin.get(there), "/file/").submit(status=200)
    assert answer.content_disposition == 'attachment; filename="exported.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["rows"]["events"] == 1
    events = [json.loads(line) for line in archive.read("tables/events.jsonl").splitlines()]
    assert [e["tenant_id"] for e in events] == [world.tenant.id]
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"token_sealed", b"secret_hash", b"private_sealed", b"password", b"key_hash"):
        assert secret not in everything
    answer = post(admin, path)
    assert answer.status_int == 409
    assert not exports.place(house.runtime.settings, export_id).exists()
    assert house.acts(world.tenant.id)[-2:] == ["tenant.export_asked", "tenant.export_taken"]
    with house.runtime.engines.begin(LOOKING, write=False) as db:
        assert db.scalar(select(func.count()).select_from(User).where(User.id == user_id)) == 1


def test_two_who_fetch_at_once_fetch_once(house: House) -> None:
    user_id, admin = house.person(admin=True)
    again = house.browser_of(user_id)
    world = house.market.tenant()
    there = f"/platform/tenants/{world.tenant.slug}/"
    post(admin, f"{there}exports/", status=303)
    make_worker(house.runtime, wakeups=False).drain()
    export_id = house.all(TenantExport, TenantExport.of_tenant == world.tenant.id)[0].id
    path = f"{there}exports/{export_id}/file/"
    answers = together(lambda: post(admin, path), lambda: post(again, path))
    assert sorted(a.status_int for a in answers)[0] == 200
    assert sorted(a.status_int for a in answers)[1] in (409, 503)


def test_what_nobody_fetches_is_deleted_after_a_day(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant()
    there = f"/platform/tenants/{world.tenant.slug}/"
    post(admin, f"{there}exports/", status=303)
    make_worker(house.runtime, wakeups=False).drain()
    row = house.all(TenantExport, TenantExport.of_tenant == world.tenant.id)[0]
    kept = exports.place(house.runtime.settings, row.id)
    assert kept.exists()
    assert exports.forget(house.runtime) == 0
    house.runtime.sources.clock.move(timedelta(days=1, seconds=1))
    assert post(admin, f"{there}exports/{row.id}/file/").status_int == 409
    assert exports.forget(house.runtime) >= 1
    assert not kept.exists()
    assert "Expired" in admin.get(there)


def test_a_paused_organizer_can_be_exported(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant()
    there = f"/platform/tenants/{world.tenant.slug}/"
    post(admin, f"{there}status/suspended/", {"reason": "leaves"}, status=303)
    post(admin, f"{there}exports/", status=303)
    make_worker(house.runtime, wakeups=False).drain()
    assert house.all(TenantExport, TenantExport.of_tenant == world.tenant.id)[0].state == "ready"
