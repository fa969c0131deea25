"""Numbers come from a list, belong to one organizer, and answer what a buyer types."""

import re
import uuid
from collections.abc import Iterator

import pytest

import sratix_member_prices
from sratix_core.plugin import EventRef, PriceCart, PriceRule
from sratix_core.plugindev import World

PAGE = "/dashboard/alpha/x/member_prices/"
SETTINGS = "/dashboard/alpha/plugins/member_prices/"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World.open(sratix_member_prices) as world:
        world.post(SETTINGS, {"percent": "20", "uses": "2"})
        world.post(PAGE, {"numbers": "SR-1001\nsr-1002\n\nSR-1001"})
        yield world


def rules(world: World, code: str, tenant: str = "alpha") -> list[PriceRule]:
    with world.ctx(tenant) as ctx:
        cart = PriceCart(EventRef(uuid.UUID(int=1), "CHF"), code=code)
        return [rule for answer in ctx.hooks.price_rules(ctx=ctx, cart=cart) for rule in answer]


def test_a_number_answers_and_anything_else_does_not(world: World) -> None:
    (rule,) = rules(world, "SR-1002")
    assert (rule.kind, rule.value, rule.answers, rule.most_uses) == ("percent", 2000, "SR-1002", 2)
    assert [rules(world, each) for each in ("SR-1003", "", "%")] == [[], [], []]
    assert rules(world, "SR-1001", "bravo") == [], "the number of another organizer's member"


def test_a_price_goes_before_a_share_and_nothing_set_is_no_rule(world: World) -> None:
    world.post(SETTINGS, {"percent": "20", "price": "80.00", "uses": "1"})
    assert [(r.kind, r.value) for r in rules(world, "SR-1001")] == [("price", 8000)]
    world.post(SETTINGS, {"percent": "0", "uses": "1"})
    assert rules(world, "SR-1001") == []
    assert world.post(SETTINGS, {"percent": "120"}).status_int == 422
    world.post(SETTINGS, {"percent": "20", "uses": "2"})


def test_numbers_are_listed_once_looked_up_and_deleted(world: World) -> None:
    page = world.get(PAGE)
    assert page.text.count("SR-1001") == 1
    assert "2 numbers" in page.text
    assert "SR-1001" not in world.get(PAGE + "?q=sr-1002").text
    deletion = re.findall(PAGE + r"[0-9a-f-]+/deletion/", page.text)[0]
    assert world.post(deletion).status_int == 303
    assert rules(world, "SR-1001") == []
    assert world.post(deletion).status_int == 404
    world.post(PAGE, {"numbers": "SR-1001"})


def test_what_is_no_number_is_said_and_the_others_are_kept(world: World) -> None:
    page = world.post(PAGE, {"numbers": "SR-2001\n<script>\n" + "x" * 50})
    assert "1 are new." in page.text
    assert "<script>\n" not in page.text
    assert rules(world, "SR-2001")
    assert world.post(PAGE, {"numbers": " \n"}).status_int == 422
    assert world.post(PAGE, {"numbers": "\n".join(map(str, range(10, 5012)))}).status_int == 422


def test_who_edits_events_sees_them_and_nobody_else(world: World) -> None:
    seen = [world.get(PAGE, role).status_int for role in ("owner", "volunteer", None)]
    assert seen == [200, 403, 303]
    theirs = re.findall(r"[0-9a-f-]+/deletion/", world.get(PAGE).text)[0]
    assert world.post(f"/dashboard/bravo/x/member_prices/{theirs}", tenant="bravo").status_int == 404
