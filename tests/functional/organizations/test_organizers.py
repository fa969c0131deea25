"""What organizers do with the organizations that take part: made, found, invited to, given orders, deleted while empty."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sratix_core.audit.models import AuditEntry
from sratix_core.organizations.models import Organization
from sratix_core.organizations.service import OrganizationDraft, save_organization
from tests.functional.api.client import Api
from tests.functional.shop.market import (
    TOKEN,
    Market,
    Stall,
    buy,
    code_in,
    form_to,
    make_stall,
    path_of,
    post,
)
from tests.support import TestApp, fingerprint


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(market.tenant())


@pytest.fixture
def owner(market: Market, stall: Stall) -> TestApp:
    return market.member(stall.world)


def room(stall: Stall) -> str:
    return f"/dashboard/{stall.world.tenant.slug}/organizations/"


def make(owner: TestApp, stall: Stall, name: str, **fields: str) -> str:
    """The address of a new organization."""
    form = form_to(owner.get(room(stall) + "new/"), "/new/")
    form["name"] = name
    for field, value in fields.items():
        form[field] = value
    return path_of(form.submit(status=303)).split("?")[0]


def test_an_organization_is_made_found_changed_and_deleted(stall: Stall, owner: TestApp) -> None:
    assert "Nobody takes part yet" in owner.get(room(stall))
    kinetik = make(owner, stall, "Kinetik Labs AG", kind="exhibitor", city="Bern", country="ch")
    make(owner, stall, "Zunft zur Schraube", kind="club")
    page = owner.get(room(stall))
    assert page.text.index("Kinetik Labs AG") < page.text.index("Zunft zur Schraube")
    assert "Zunft" not in owner.get(room(stall) + "?q=labs")
    assert "Kinetik" not in owner.get(room(stall) + "?kind=club")
    form = form_to(owner.get(kinetik + "details/"), "/details/")
    assert (form["country"].value, form["kind"].value) == ("CH", "exhibitor")
    form["name"], form["billing_email"] = "Kinetik Werke AG", "not an address"
    again = form.submit(status=422)
    assert "Add the ending" in again
    form = form_to(again, "/details/")
    assert form["name"].value == "Kinetik Werke AG"
    form["billing_email"] = "Bills@Kinetik.example.org"
    form.submit(status=303)
    assert "bills@kinetik.example.org" in owner.get(kinetik)
    assert "Kinetik" in owner.get(room(stall) + "?q=werke")
    assert "Nothing matches" in owner.get(room(stall) + "?q=labs")
    form_to(owner.get(kinetik + "deletion/"), "/deletion/").submit(status=303)
    owner.get(kinetik, status=404)
    assert "Kinetik" not in owner.get(room(stall) + "?q=werke")
    with stall.world.open() as ctx:
        acts = [
            e.action
            for e in ctx.db.query(AuditEntry).order_by(AuditEntry.id)
            if e.target_kind == "organization"
        ]
        texts = [str(e.data) for e in ctx.db.query(AuditEntry)]
    assert acts == ["organization.made"] * 2 + ["organization.changed", "organization.deleted"]
    assert not any("kinetik" in text.lower() for text in texts)


def test_pages_of_the_list_go_on_where_the_last_one_ended(stall: Stall, owner: TestApp) -> None:
    with stall.world.open() as ctx:
        for n in range(60):
            save_organization(ctx, OrganizationDraft(f"Maker {n:02}"))
    first = owner.get(room(stall))
    older = re.search(r'href="([^"]*cursor=n[^"]*)"', first.text)
    assert older is not None
    assert "Maker 49" in first
    second = owner.get(older[1].replace("&amp;", "&"))
    assert "Maker 50" in second
    assert "Maker 49" not in second
    owner.get(room(stall) + "?cursor=nonsense", status=404)
    file = form_to(first, "/exports/").submit(status=200)
    assert file.text.count("\r\n") == 61


def test_an_order_is_given_to_an_organization_and_taken_back(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    order = code_in(buy(market.browser(), stall, Free=2))
    here = make(owner, stall, "Kinetik Labs AG")
    form = form_to(owner.get(f"{stall.office}orders/{order}/"), "/organization/")
    form["organization"] = "kinetik labs ag"
    form.submit(status=303)
    assert order in owner.get(here + "orders/")
    assert "Guest 2" in owner.get(here + "tickets/")
    assert post(owner, here + "deletion/").status_int == 409
    form = form_to(owner.get(f"{stall.office}orders/{order}/"), "/organization/")
    assert form["organization"].value == "Kinetik Labs AG"
    form["organization"] = ""
    form.submit(status=303)
    assert order not in owner.get(here + "orders/")


def test_who_types_the_beginning_of_a_name_chooses_among_those_that_fit(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    order = code_in(buy(market.browser(), stall, Free=1))
    first, second = make(owner, stall, "Meyer & Sons"), make(owner, stall, "Meyer Robotics")
    make(owner, stall, "Zunft")
    page = f"{stall.office}orders/{order}/"

    def typed(name: str) -> Any:
        form = form_to(owner.get(page), "/organization/")
        form["organization"] = name
        return form.submit(status=303).follow(status=200)

    answer = typed("meyer")
    assert ("Meyer &amp; Sons" in answer, "Meyer Robotics" in answer, "Zunft" in answer) == (
        True,
        True,
        False,
    )
    chosen = next(
        f
        for f in answer.forms.values()
        if f.fields.get("organization_id") and f["organization_id"].value in second
    )
    chosen.submit(status=303)
    assert order in owner.get(second + "orders/")
    assert "No organization is called Meier" in typed("Meier")
    assert order in owner.get(second + "orders/")
    make(owner, stall, "Meyer & Sons")
    assert typed("Meyer & Sons").text.count("organization_id") == 2
    names = owner.get(page + "organization/?part=names&q=mey")
    assert [o["value"] for o in names.html.find_all("option")] == [
        "Meyer & Sons",
        "Meyer & Sons",
        "Meyer Robotics",
    ]
    assert order not in owner.get(first + "orders/")


def test_the_search_over_everything_finds_them_for_who_may_see_them(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    here = make(owner, stall, "Zephyr Robotics", kind="sponsor")
    search = f"/dashboard/{stall.world.tenant.slug}/search/?q=zeph"
    for address in (search, search + "&part=hits"):
        hit = owner.get(address).html.select_one("[data-group=Organizations] a.hit")
        assert (hit["href"], "Sponsor" in hit.text) == (here, True)
    helper = market.member(stall.world, "volunteer")
    assert "Zephyr" not in helper.get(search).html.main.text
    api = f"/api/v1/tenants/{stall.world.tenant.slug}"
    found = Api(owner, api).get("/search?q=zeph")["organizations"]
    assert [(o["name"], o["kind"]) for o in found] == [("Zephyr Robotics", "sponsor")]
    assert Api(helper, api).get("/search?q=zeph")["organizations"] == []


def test_an_order_is_not_given_to_what_another_organizer_has(
    market: Market, stall: Stall, owner: TestApp
) -> None:
    order = code_in(buy(market.browser(), stall, Free=1))
    elsewhere = market.tenant()
    with elsewhere.open() as ctx:
        foreign = save_organization(ctx, OrganizationDraft("Foreign")).id
    address = f"{stall.office}orders/{order}/organization/"
    before = fingerprint(market.runtime.engines)
    answers = [
        post(owner, address, {"organization_id": str(foreign)}),
        post(owner, address, {"organization_id": "1"}),
    ]
    assert [a.status_int for a in answers] == [422, 422]
    assert all("Foreign" not in a for a in answers)
    api = Api(owner, f"/api/v1/tenants/{stall.world.tenant.slug}")
    path = f"/events/{stall.slug}/orders/{order}"
    body = {"organization_id": str(foreign)}
    assert api.send("PATCH", path, body, status=422).json["errors"][0]["field"] == "organization_id"
    assert fingerprint(market.runtime.engines) == before


def test_programs_keep_organizations_in_step(market: Market, stall: Stall, owner: TestApp) -> None:
    api = Api(owner, f"/api/v1/tenants/{stall.world.tenant.slug}")
    made = api.post("/organizations", {"name": "Kinetik Labs AG", "kind": "sponsor"})
    other = api.post("/organizations", {"name": "Zunft", "kind": "club"})
    assert [o["name"] for o in api.pages("/organizations", 1)] == ["Kinetik Labs AG", "Zunft"]
    assert [o["id"] for o in api.get("/organizations?kind=club")["items"]] == [other["id"]]
    assert [o["id"] for o in api.get("/organizations?q=labs")["items"]] == [made["id"]]
    place = f"/organizations/{made['id']}"
    assert api.patch(place, {"city": "Bern"})["city"] == "Bern"
    type_id, events = stall.types["Free"], f"/events/{stall.slug}"
    order = api.post(
        f"{events}/orders",
        {
            "lines": [{"ticket_type_id": type_id, "quantity": 2}],
            "buyer": {"name": "Ann Miller", "email": "ann@example.org"},
            "organization_id": made["id"],
        },
    )
    assert order["organization_id"] == made["id"]
    listed = api.get(f"{events}/orders?organization_id={made['id']}")["items"]
    assert [o["code"] for o in listed] == [order["code"]]
    assert [o["code"] for o in api.get(f"{place}/orders")["items"]] == [order["code"]]
    ticket = api.get(f"{place}/tickets?limit=1")
    named = api.patch(f"{place}/tickets/{ticket['items'][0]['id']}", {"name": "Bea Keller"})
    assert named["name"] == "Bea Keller"
    assert len(api.pages(f"{place}/tickets", 1)) == 2
    assert api.send("DELETE", place, status=409).json["code"] == "organization_in_use"
    assert api.patch(f"{events}/orders/{order['code']}", {"organization_id": None})["organization_id"] is None
    stall.world.later(seconds=5)
    since = stall.world.clock.now().isoformat().replace("+00:00", "Z")
    api.delete(place)
    delta = api.get(f"/organizations?updated_since={since}")
    assert (delta["items"], [gone["id"] for gone in delta["gone"]]) == ([], [made["id"]])


def test_what_a_tenant_writes_is_shown_as_text(stall: Stall, owner: TestApp) -> None:
    evil = "<script>alert(1)</script>"
    here = make(owner, stall, evil, street=evil, reference="=1+1")
    for page in (here, here + "people/", here + "tickets/", here + "orders/", here + "details/", room(stall)):
        assert evil not in owner.get(page).text
    file = owner.post(room(stall) + "exports/", {"csrf_token": TOKEN})
    assert "'=1+1" in file.text


def test_two_organizers_have_each_their_own(market: Market, stall: Stall, owner: TestApp) -> None:
    other = market.tenant()
    with other.open() as ctx:
        foreign = save_organization(ctx, OrganizationDraft("Foreign robotics")).id
    assert "Foreign" not in owner.get(room(stall) + "?q=foreign")
    with stall.world.open() as ctx:
        assert ctx.db.get(Organization, foreign) is None
    owner.get(f"{room(stall)}{foreign}/", status=404)
