"""All invitations of an organizer: found by address and by what became of them, page by page, and as a file."""

from __future__ import annotations

import csv
import io
import re

import pytest

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import ROLES
from sratix_core.members.invitations import invite, revoke
from tests.functional.shop.market import Market, Stall, form_to, make_stall, path_of
from tests.support import TestApp

BY = Grants("the test", ROLES["owner"])


@pytest.fixture(scope="module")
def stall(market: Market) -> Stall:
    """An organizer with sixty invitations: some taken back, some over, one address of its own."""
    stall = make_stall(market.tenant())
    with stall.world.open() as ctx:
        old = [invite(ctx, BY, f"old-{n}@example.org", "staff", [], "en") for n in range(4)]
        revoke(ctx, old[0].id)
    stall.world.later(days=8)
    with stall.world.open() as ctx:
        for n in range(55):
            invite(ctx, BY, f"guest-{n:02}@example.org", "staff", [], "en")
        invite(ctx, BY, "zora@example.org", "volunteer", [], "en")
    return stall


@pytest.fixture
def owner(market: Market, stall: Stall) -> TestApp:
    return market.member(stall.world)


def room(stall: Stall) -> str:
    return f"/dashboard/{stall.world.tenant.slug}/members/invitations/"


def addresses(page: object) -> list[str]:
    return re.findall(r"[\w-]+@example\.org", page.html.find("table").text)  # type: ignore[attr-defined]


def test_the_newest_stand_first_and_the_pages_meet(stall: Stall, owner: TestApp) -> None:
    first = owner.get(room(stall))
    older = first.html.find("a", rel="next")["href"]
    second = owner.get(older)
    assert addresses(first)[:2] == ["zora@example.org", "guest-54@example.org"]
    assert (len(addresses(first)), len(addresses(second))) == (50, 10)
    assert len({*addresses(first), *addresses(second)}) == 60
    assert addresses(owner.get(second.html.find("a", rel="prev")["href"])) == addresses(first)
    owner.get(room(stall) + "?cursor=nonsense", status=404)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("state=expired", 3), ("state=revoked", 1), ("state=waiting&q=zo", 1), ("q=OLD-", 4), ("q=guest-1", 10)],
)
def test_the_address_says_what_is_shown(stall: Stall, owner: TestApp, asked: str, found: int) -> None:
    assert len(addresses(owner.get(f"{room(stall)}?{asked}"))) == found


def test_what_nobody_has_says_so(stall: Stall, owner: TestApp) -> None:
    assert "Nothing matches" in owner.get(room(stall) + "?state=accepted")
    assert "Nothing matches" in owner.get(room(stall) + "?q=nobody")


def test_the_file_has_every_page_of_what_is_shown(stall: Stall, owner: TestApp, market: Market) -> None:
    file = form_to(owner.get(room(stall) + "?q=guest"), "/exports/").submit(status=200)
    rows = list(csv.DictReader(io.StringIO(file.body.decode("utf-8-sig"))))
    assert [row["E-mail"] for row in rows] == [f"guest-{n:02}@example.org" for n in range(55)]
    assert {row["State"] for row in rows} == {"Waiting"}
    with stall.world.open() as ctx:
        from sratix_core.audit.queries import Filters, listed

        entry = listed(ctx, Filters(action="export.made")).rows[0]
    assert entry.data == {"list": "invitations", "rows": 55}


def test_a_button_of_the_list_leads_back_to_it(stall: Stall, owner: TestApp) -> None:
    page = owner.get(room(stall) + "?q=zora")
    answer = form_to(page, "/revocation/").submit(status=303)
    assert path_of(answer) == room(stall) + "?done=uninvited"
    assert "Taken back" in owner.get(room(stall) + "?q=zora").html.find("table").text


def test_the_members_show_the_newest_and_lead_to_all(stall: Stall, owner: TestApp) -> None:
    page = owner.get(room(stall).removesuffix("invitations/"))
    assert page.text.count("/revocation/") == 5
    assert "All invitations" in page
