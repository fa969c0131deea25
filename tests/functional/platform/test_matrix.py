"""Who may open the platform: its administrators and nobody else, on every route and method, written down by hand."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

import pytest
from sqlalchemy import select, update

from sratix_core import platform
from sratix_core.app import make_worker
from sratix_core.audit.models import SecurityLog
from sratix_core.jobs.models import Job
from sratix_core.jobs.service import enqueue
from tests.functional.dashboard.full import make_webhook
from tests.functional.platform.matrix import ANY_LOGIN, MATRIX
from tests.functional.platform.people import LOOKING, House
from tests.functional.platform.threads import together
from tests.functional.shop.market import post
from tests.support import TestApp, fingerprint

PATTERNS = dict(platform.ROUTES)
LEADS_ON = {"platform.tenant_owners", "platform.impersonations"}
NOTES = {"security_log"}


@pytest.fixture(scope="module")
def holes(house: House) -> Mapping[str, str]:
    world = house.market.tenant("acme")
    house.market.member(world)
    user_id, _ = house.person(name="Somebody")
    with world.open() as ctx:
        job = enqueue(ctx, "nothing.known")
        enqueue(ctx, "something.else")
        webhook = make_webhook(ctx, "Ann Miller").id
    return {
        "slug": "acme",
        "status": "suspended",
        "user": str(user_id),
        "to": "off",
        "owner": str(world.tenant.id),
        "job": str(job),
        "webhook": str(webhook),
        "export": str(uuid.UUID(int=5)),
    }


@pytest.fixture(scope="module")
def admin(house: House) -> TestApp:
    house.person(admin=True)  # never the last one
    return house.person(admin=True)[1]


def address(name: str, holes: Mapping[str, str], **other: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: {**holes, **other}[hole[1]], PATTERNS[name])


def test_every_route_has_its_row_and_every_row_its_route(house: House) -> None:
    methods = house.market.app.app.registry["route_methods"]
    assert {name: set(methods[name]) - {"HEAD"} for name in PATTERNS} == MATRIX


@pytest.mark.parametrize("name", [n for n, methods in MATRIX.items() if "GET" in methods])
def test_an_administrator_sees_every_page(
    house: House, holes: Mapping[str, str], admin: TestApp, name: str
) -> None:
    answer = admin.get(address(name, holes), status=303 if name in LEADS_ON else 200)
    if answer.status_int == 200:
        assert answer.html.find("h1") is not None
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_nobody_and_no_member_gets_in_or_does_anything(house: House, holes: Mapping[str, str]) -> None:
    world = house.market.tenant()
    callers = {role: house.market.member(world, role) for role in ("owner", "staff")}
    callers["of no organization"] = house.person()[1]
    nobody = house.market.browser()
    before = fingerprint(house.runtime.engines, without=NOTES)
    for name, methods in MATRIX.items():
        there = address(name, holes)
        if "GET" in methods:
            assert "/account/login" in nobody.get(there, status=303).headers["Location"], name
        if "POST" in methods:
            assert post(nobody, there, {"reason": "x"}).status_int == 401, name
        for role, browser in callers.items():
            if "GET" in methods:
                browser.get(there, status=403)
            if "POST" in methods:
                wanted = 303 if name in ANY_LOGIN else 403
                assert post(browser, there, {"reason": "x"}).status_int == wanted, (name, role)
    assert fingerprint(house.runtime.engines, without=NOTES) == before


def test_no_form_works_without_its_token(house: House, holes: Mapping[str, str], admin: TestApp) -> None:
    before = fingerprint(house.runtime.engines, without=NOTES)
    for name in (n for n, methods in MATRIX.items() if "POST" in methods):
        admin.post(address(name, holes), {}, status=403)
        admin.post(address(name, holes), {"csrf_token": "of somebody else"}, status=403)
    assert fingerprint(house.runtime.engines, without=NOTES) == before


def test_what_is_not_there_is_not_found_and_does_nothing(
    house: House, holes: Mapping[str, str], admin: TestApp
) -> None:
    other = {
        "slug": "nobody", "status": "gone", "user": str(uuid.UUID(int=7)), "to": "perhaps", "owner": "999999",
        "job": str(uuid.UUID(int=9)), "export": str(uuid.UUID(int=11)), "webhook": str(uuid.UUID(int=13)),
    }  # fmt: skip
    odd = dict.fromkeys(other, "%F0%9F%A6%A9-x")
    before = fingerprint(house.runtime.engines, without=NOTES)
    for name, methods in MATRIX.items():
        for hole in re.findall(r"\{(\w+)\}", PATTERNS[name]):
            for wrong in (other, odd):
                there = address(name, holes, **{hole: wrong[hole]})
                if "GET" in methods and name != "platform.impersonations":
                    admin.get(there, status=404)
                if "POST" in methods:
                    wanted = {404, 409} if hole == "status" else {404}
                    assert post(admin, there, {"reason": "x"}).status_int in wanted, (name, hole)
    admin.get("/platform/tenants/platform/", status=404)
    assert fingerprint(house.runtime.engines, without=NOTES) == before


@pytest.mark.parametrize(
    "query", ["before=x", "after=1~2", "before=2027-03-01~x~1", "q=%00", "q=" + "a" * 900]
)
def test_odd_queries_show_a_page(house: House, admin: TestApp, query: str) -> None:
    for name in (
        "platform.tenants",
        "platform.events",
        "platform.users",
        "platform.jobs",
        "platform.webhooks",
        "platform.journal",
    ):
        assert admin.get(f"{PATTERNS[name]}?{query}&view=nothing", status="*").status_int < 500


def test_a_platform_address_needs_the_installations_own_host(house: House, admin: TestApp) -> None:
    house.market.tenant("hosted", host="tickets.hosted.example")
    admin.get("/platform/tenants/", headers={"Host": "tickets.hosted.example"}, status=404)


def test_a_job_that_was_given_up_is_shown_with_its_error_and_runs_again(
    house: House, holes: Mapping[str, str], admin: TestApp
) -> None:
    job = uuid.UUID(holes["job"])
    waiting = admin.get("/platform/jobs/?view=waiting")
    assert "nothing.known" in waiting
    assert "something.else" in waiting
    make_worker(house.runtime, wakeups=False).drain()
    dead = house.all(Job, Job.id == job)[0]
    assert dead.state == "dead"
    page = admin.get("/platform/jobs/")
    assert "the plugin that did this work is not installed" in page
    answers = together(*[lambda: post(admin, address("platform.job_retry", holes)) for _ in range(2)])
    assert {a.status_int for a in answers} == {303}, "asking twice is no error: it waits either way"
    again = house.all(Job, Job.id == job)[0]
    assert (again.token > dead.token, again.state, again.attempts) == (True, "waiting", 0)
    for acts in (house.acts(int(holes["owner"])), house.acts()):
        assert "job.retried" in acts


def test_a_job_that_runs_or_is_done_is_left_alone(
    house: House, holes: Mapping[str, str], admin: TestApp
) -> None:
    for state in ("running", "done"):
        with house.runtime.engines.begin(LOOKING) as db:
            mine = update(Job).where(Job.id == uuid.UUID(holes["job"]))
            db.execute(mine.values(state=state), execution_options={"synchronize_session": False})
        before = fingerprint(house.runtime.engines, without=NOTES)
        assert post(admin, address("platform.job_retry", holes)).status_int == 409
        assert fingerprint(house.runtime.engines, without=NOTES) == before


def test_a_webhooks_body_is_for_administrators_its_reading_is_on_record_and_it_runs_again(
    house: House, holes: Mapping[str, str], admin: TestApp
) -> None:
    assert "Ann Miller" not in admin.get("/platform/webhooks/?view=failed&of=acme")
    there = address("platform.webhook", holes)
    assert "Ann Miller" in admin.get(there)
    with house.market.runtime.engines.begin(LOOKING, write=False) as db:
        read = db.scalars(select(SecurityLog.data).where(SecurityLog.kind == "webhook.read")).all()
    assert holes["webhook"] in [row["webhook"] for row in read]
    assert post(admin, there + "replay/").status_int == 303
    assert "Waiting" in admin.get("/platform/webhooks/?view=received")
