"""Who may give what to whom: roles everywhere and in events, roles of the tenant's own, and an owner always."""

from __future__ import annotations

import uuid

import pytest

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import (
    ATTENDEE_VIEW,
    EVENT_EDIT,
    EVENT_VIEW,
    MEMBER_EDIT,
    ORDER_VIEW,
    ROLES,
    SETTINGS_EDIT,
)
from sratix_core.context import Actor, TenantContext
from sratix_core.errors import Invalid, NotFound
from sratix_core.members.grants import membership
from sratix_core.members.queries import list_members
from sratix_core.members.roles import delete_role, holders, save_role
from sratix_core.members.service import LastOwner, MoreThanHeld, change_roles, remove
from sratix_core.tenants.service import add_member
from tests.builders import World, make_event

NOBODY = Grants("nothing", frozenset())


class Team:
    """People of one tenant; each acts in a unit of work of their own."""

    def __init__(self, world: World) -> None:
        self.world = world

    def add(self, role: str) -> tuple[uuid.UUID, Actor]:
        user_id = self.world.process.sources.ids.new()
        with self.world.open() as ctx:
            row = add_member(
                ctx.db, ctx.sources, ctx.tenant.id, user_id, role, role.title(), f"{user_id}@example.org"
            )
            return row.id, Actor("user", user_id)

    def held(self, actor: Actor) -> Grants:
        with self.world.open() as ctx:
            found = membership(ctx.db, actor.id)  # type: ignore[arg-type]
        return NOBODY if found is None else found.grants


@pytest.fixture
def team(world: World) -> Team:
    return Team(world)


def role(ctx: TenantContext, name: str, *permissions: str) -> str:
    return save_role(ctx, NOBODY, name, permissions).key


def test_grants_come_with_one_statement(team: Team) -> None:
    _, owner = team.add("owner")
    member, person = team.add("volunteer")
    with team.world.open(owner) as ctx:
        one, two = make_event(ctx, "one"), make_event(ctx, "two")
        change_roles(
            ctx, NOBODY, member, role(ctx, "Look", EVENT_VIEW), {one.id: "staff", two.id: "event_admin"}
        )
    with team.world.process.engines.counted() as statements, team.world.open(write=False) as ctx:
        grants = membership(ctx.db, person.id).grants  # type: ignore[union-attr,arg-type]
    assert len([s for s in statements if "set_config" not in s]) == 1
    assert grants.everywhere == {EVENT_VIEW}
    assert grants.allows(ATTENDEE_VIEW, one.id)
    assert not grants.allows(EVENT_EDIT, one.id)
    assert grants.allows(EVENT_EDIT, two.id)
    assert not grants.allows(SETTINGS_EDIT, two.id)  # an event has no settings of the organization
    assert grants.events_with(ATTENDEE_VIEW) == {one.id, two.id}


def test_nobody_gives_more_than_they_hold(team: Team) -> None:
    _, owner = team.add("owner")
    other, _ = team.add("staff")
    with team.world.open(owner) as ctx:
        key = role(ctx, "People", *ROLES["staff"], MEMBER_EDIT)
    me, helper = team.add(key)
    for wanted in ("owner", "event_admin"):
        with pytest.raises(MoreThanHeld), team.world.open(helper) as ctx:
            change_roles(ctx, NOBODY, other, wanted, {})
        with pytest.raises(MoreThanHeld), team.world.open(helper) as ctx:
            change_roles(ctx, NOBODY, me, wanted, {})
    with pytest.raises(MoreThanHeld), team.world.open(helper) as ctx:
        save_role(ctx, NOBODY, "All", ROLES["owner"])
    with pytest.raises(MoreThanHeld), team.world.open(helper) as ctx:
        change_roles(ctx, NOBODY, other, "staff", {make_event(ctx, "mine").id: "event_admin"})
    with team.world.open(helper) as ctx:
        change_roles(ctx, NOBODY, other, "volunteer", {})


def test_nobody_takes_away_what_they_do_not_hold(team: Team) -> None:
    boss, owner = team.add("owner")
    team.add("owner")
    with team.world.open(owner) as ctx:
        made = save_role(ctx, NOBODY, "People", [*ROLES["staff"], MEMBER_EDIT])
        strong = save_role(ctx, NOBODY, "Strong", [EVENT_EDIT])
    _, helper = team.add(made.key)
    for act in (
        lambda ctx: remove(ctx, NOBODY, boss),
        lambda ctx: change_roles(ctx, NOBODY, boss, "staff", {}),
        lambda ctx: delete_role(ctx, NOBODY, strong.id),
        lambda ctx: save_role(ctx, NOBODY, "Strong", [EVENT_VIEW], strong.id),
    ):
        with pytest.raises(MoreThanHeld), team.world.open(helper) as ctx:
            act(ctx)


def test_the_last_owner_stays(team: Team) -> None:
    only, owner = team.add("owner")
    with pytest.raises(LastOwner), team.world.open(owner) as ctx:
        remove(ctx, NOBODY, only)
    with pytest.raises(LastOwner), team.world.open(owner) as ctx:
        change_roles(ctx, NOBODY, only, "staff", {})
    team.add("owner")
    with team.world.open(owner) as ctx:
        remove(ctx, NOBODY, only)
    assert team.held(owner) == NOBODY


def test_a_role_is_given_where_it_belongs_only(team: Team) -> None:
    _, owner = team.add("owner")
    member, _ = team.add("staff")
    with team.world.open(owner) as ctx:
        event = make_event(ctx)
        for everywhere, inside, field in (
            ("exhibitor", {}, "role"),
            ("attendee", {}, "role"),
            ("super_admin", {}, "role"),
            ("no such role", {}, "role"),
            ("", {}, "role"),
            ("", {event.id: "owner"}, f"event-{event.id}"),
        ):
            with pytest.raises(Invalid) as refused:
                change_roles(ctx, NOBODY, member, everywhere, inside)
            assert set(refused.value.fields) == {field}
        with pytest.raises(NotFound):
            change_roles(ctx, NOBODY, member, "", {uuid.UUID(int=7): "staff"})


def test_a_changed_role_counts_for_everybody_and_a_deleted_one_for_nobody(team: Team) -> None:
    _, owner = team.add("owner")
    with team.world.open(owner) as ctx:
        made = save_role(ctx, NOBODY, "Box office", [EVENT_VIEW, ORDER_VIEW])
        event = make_event(ctx)
    assert made.key == "box-office"
    _, here = team.add("box-office")
    member, there = team.add("volunteer")
    with team.world.open(owner) as ctx:
        change_roles(ctx, NOBODY, member, "volunteer", {event.id: "box-office"})
        assert holders(ctx)["box-office"] == 2
        save_role(ctx, NOBODY, "Box office", [EVENT_VIEW], made.id)
    assert team.held(here).everywhere == {EVENT_VIEW}
    assert not team.held(there).allows(ORDER_VIEW, event.id)
    with team.world.open(owner) as ctx:
        assert delete_role(ctx, NOBODY, made.id) == 2
    assert team.held(here).everywhere == frozenset()
    assert team.held(there).events == {}


@pytest.mark.parametrize(
    ("name", "permissions", "field"),
    [
        ("", [EVENT_VIEW], "name"),
        ("owner", [EVENT_VIEW], "name"),
        ("STAFF", [EVENT_VIEW], "name"),
        ("x" * 61, [EVENT_VIEW], "name"),
        ("Fine", [], "permissions"),
        ("Fine", ["platform.admin"], "permissions"),
    ],
)
def test_a_role_needs_a_name_of_its_own_and_known_permissions(
    team: Team, name: str, permissions: list[str], field: str
) -> None:
    _, owner = team.add("owner")
    with team.world.open(owner) as ctx, pytest.raises(Invalid) as refused:
        save_role(ctx, NOBODY, name, permissions)
    assert set(refused.value.fields) == {field}


def test_the_list_goes_on_where_it_stopped_and_costs_the_same_on_every_page(team: Team) -> None:
    for n in range(7):
        team.add(("staff", "volunteer", "owner")[n % 3])
    seen, cursor, costs = [], None, set()
    while True:
        with team.world.process.engines.counted() as statements, team.world.open(write=False) as ctx:
            page, cursor = list_members(ctx, cursor, limit=3)
        costs.add(len(statements))
        seen += [(m.name, m.id) for m in page]
        if cursor is None:
            break
    assert len(seen) == 7
    assert seen == sorted(set(seen))
    assert len(costs) == 1
    with pytest.raises(NotFound), team.world.open(write=False) as ctx:
        list_members(ctx, "not a cursor")
