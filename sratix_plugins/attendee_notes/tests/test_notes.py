"""Notes are written and read by those who may, stay in their tenant, and are gone with the switch."""

import re
from collections.abc import Iterator

import pytest

import sratix_attendee_notes
from sratix_core.plugindev import World

WORDS = "Needs the <ramp>"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World.open(sratix_attendee_notes) as world:
        yield world


def order_page(world: World, tenant: str = "alpha") -> str:
    return f"/dashboard/{tenant}/events/fair/orders/{world.orders[tenant]}/"


def notes_page(world: World, tenant: str = "alpha") -> str:
    found = re.search(
        r"/dashboard/\w+/x/attendee_notes/fair/[0-9a-f-]+/",
        world.get(order_page(world, tenant), tenant=tenant).text,
    )
    assert found is not None
    return found[0]


def test_a_note_stands_beside_the_order_until_it_is_deleted(world: World) -> None:
    page = notes_page(world)
    assert world.post(page, {"words": WORDS}).status_int == 303
    assert "Needs the &lt;ramp&gt;" in world.get(order_page(world)).text
    deletion = re.search(page + r"[0-9a-f-]+/deletion/", world.get(page).text)
    assert deletion is not None
    assert world.post(deletion[0]).status_int == 303
    assert "ramp" not in world.get(order_page(world)).text


def test_a_note_is_as_long_as_the_setting_allows(world: World) -> None:
    world.post("/dashboard/alpha/plugins/attendee_notes/", {"longest": "20"})
    assert world.post(notes_page(world), {"words": "x" * 21}).status_int == 422
    assert world.post(notes_page(world), {"words": " "}).status_int == 422
    world.post("/dashboard/alpha/plugins/attendee_notes/", {"longest": "300"})


def test_who_may_see_attendees_reads_and_who_may_edit_orders_writes(world: World) -> None:
    page = notes_page(world)
    assert [world.get(page, role).status_int for role in ("owner", "staff", "volunteer")] == [200, 200, 403]
    assert [world.post(page, {"words": "Hello"}, role).status_int for role in ("staff", "owner")] == [
        403,
        303,
    ]


def test_another_tenant_sees_nothing(world: World) -> None:
    theirs, ours = notes_page(world), notes_page(world, "bravo")
    assert world.get(theirs, tenant="bravo").status_int == 404
    assert world.get(ours.replace("/bravo/", "/alpha/")).status_int == 404


def test_nothing_is_left_of_it_when_it_is_off(world: World) -> None:
    page = notes_page(world)
    world.switch("attendee_notes", False)
    assert world.get(page).status_int == 404
    assert "attendee_notes" not in world.get(order_page(world)).text
    world.switch("attendee_notes", True)
    assert world.get(page).status_int == 200
