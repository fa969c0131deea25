"""Events: what a draft must say, how an event moves through its life, and who finds it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import select

from sratix_core.audit.models import AuditEntry
from sratix_core.checkin.models import Gate
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.drafts import EventDraft
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.queries import event_by_slug, list_events, localized, public_events, shown_event
from sratix_core.events.service import create_event, move, update_event, venue_by_id
from sratix_core.events.states import MOVES
from sratix_core.events.venues import VenueDraft, save_venue
from sratix_core.tickets.keys import public_key
from tests.builders import World, again, make_event, make_sale, make_type, make_world, publish

S = EventStatus
ALLOWED = {
    (S.DRAFT, S.PUBLISHED),
    (S.DRAFT, S.ARCHIVED),
    (S.PUBLISHED, S.DRAFT),
    (S.PUBLISHED, S.CANCELLED),
    (S.PUBLISHED, S.ARCHIVED),
    (S.CANCELLED, S.ARCHIVED),
    (S.ARCHIVED, S.DRAFT),
}
WAYS = {
    S.DRAFT: (),
    S.PUBLISHED: (S.PUBLISHED,),
    S.CANCELLED: (S.PUBLISHED, S.CANCELLED),
    S.ARCHIVED: (S.ARCHIVED,),
}


def local(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 -- local, as typed


def in_state(ctx: TenantContext, status: EventStatus, slug: str = "robotics") -> Event:
    event = make_event(ctx, slug)
    make_type(ctx, event)
    for step in WAYS[status]:
        event = move(ctx, event, step)
    return event


@pytest.mark.parametrize(("current", "target"), list(product(EventStatus, EventStatus)))
def test_an_event_makes_these_moves_and_no_others(
    world: World, current: EventStatus, target: EventStatus
) -> None:
    with world.open() as ctx:
        event = in_state(ctx, current)
        if (current, target) in ALLOWED:
            assert move(ctx, event, target).status == target
        else:
            with pytest.raises(Refused, match="event_state"):
                move(ctx, event, target)
    assert {(a, b) for a, targets in MOVES.items() for b in targets} == ALLOWED


def test_publishing_needs_something_to_sell(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        with pytest.raises(Refused, match="event_needs_ticket_type"):
            publish(ctx, event)
        make_type(ctx, event)
        assert publish(ctx, event).published_at == world.clock.now()


def test_the_first_publication_is_remembered(world: World) -> None:
    with world.open() as ctx:
        event, _ = make_sale(ctx)
        first = event.published_at
        world.later(days=1)
        move(ctx, event, S.DRAFT)
        assert publish(ctx, event).published_at == first


def test_a_move_is_judged_by_what_is_stored_not_by_what_was_read(world: World) -> None:
    with world.open() as ctx:
        event, _ = make_sale(ctx)
    with world.open() as ctx:
        move(ctx, again(ctx, event), S.CANCELLED)

    def withdraw_as_if_published() -> None:
        with world.open() as ctx:
            stale = again(ctx, event)
            stale.__dict__["status"] = S.PUBLISHED
            move(ctx, stale, S.DRAFT)

    with pytest.raises(Refused, match="event_state"):
        withdraw_as_if_published()


def test_a_new_event_has_its_key_and_one_gate(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        assert public_key(ctx, event.id, 0) is not None
        assert public_key(ctx, event.id, 1) is None
        assert ctx.db.scalars(select(Gate.name).where(Gate.event_id == event.id)).all() == ["Main entrance"]


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        ({"name": ""}, {"name": "required"}),
        ({"name": "n" * 161}, {"name": "too_long"}),
        ({"name": "a\0b"}, {"name": "unreadable"}),
        ({"tagline": "\ud800"}, {"tagline": "unreadable"}),
        ({"description": "d" * 20_001}, {"description": "too_long"}),
        ({"currency": "XXQ"}, {"currency": "unknown_choice"}),
        ({"currency": ""}, {"currency": "unknown_choice"}),
        ({"ends": local(2027, 3, 10, 9)}, {"ends_at": "ends_before_start"}),
        ({"venue_id": uuid.UUID(int=7)}, {"venue_id": "unknown_choice"}),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused_by_field(
    world: World, draft: dict[str, object], fields: dict[str, str]
) -> None:
    with world.open() as ctx, pytest.raises(Invalid) as error:
        make_event(ctx, **draft)  # type: ignore[arg-type]
    assert error.value.fields == fields


@pytest.mark.parametrize(
    "slug", ["Robotics", "robo tics", "-robotics", "robotics-", "ro--bo", "r" * 64, "röbo", "r\0"]
)
def test_an_address_has_one_spelling(world: World, slug: str) -> None:
    with world.open() as ctx, pytest.raises(Invalid) as error:
        make_event(ctx, slug)
    assert list(error.value.fields) == ["slug"]


@pytest.mark.parametrize("timezone", ["Mars/Olympus", "", "../etc/passwd", "Europe/Zurich\0"])
def test_an_unknown_time_zone_is_refused(world: World, timezone: str) -> None:
    with world.open() as ctx, pytest.raises(Invalid):
        make_event(ctx, timezone=timezone)


def test_an_hour_that_does_not_exist_is_refused_by_its_field(world: World) -> None:
    with world.open() as ctx, pytest.raises(Invalid) as error:
        make_event(ctx, starts=local(2027, 3, 28, 2, 30), ends=local(2027, 3, 28, 17))
    assert list(error.value.fields) == ["starts_at"]


def test_times_are_stored_in_utc_as_they_were_meant(world: World) -> None:
    with world.open() as ctx:
        event = again(ctx, make_event(ctx, starts=local(2027, 3, 27, 9), ends=local(2027, 3, 28, 9)))
        assert event.starts_at == datetime(2027, 3, 27, 8, tzinfo=UTC)
        assert event.ends_at == datetime(2027, 3, 28, 7, tzinfo=UTC)


def test_an_address_is_taken_in_this_tenant_only(world: World) -> None:
    with world.open() as ctx:
        make_event(ctx)
        with pytest.raises(Invalid) as error:
            make_event(ctx)
        assert error.value.fields == {"slug": "slug_taken"}
    with make_world(world.process).open() as ctx:
        make_event(ctx)


def test_an_address_is_made_from_the_name_where_none_is_given(world: World) -> None:
    with world.open() as ctx:
        assert make_event(ctx, "", name="Schöne Roboter 2027").slug == "schone-roboter-2027"


def test_changing_an_event_keeps_its_own_address_and_is_written_down(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        world.later(hours=1)
        draft = EventDraft(
            "New name", "robotics", local(2027, 3, 10, 9), local(2027, 3, 11, 17), "Europe/Zurich", "EUR"
        )
        update_event(ctx, event, draft)
        assert (event.name, event.currency, event.updated_at) == ("New name", "EUR", world.clock.now())
        acts = ctx.db.scalars(select(AuditEntry.action).where(AuditEntry.target_id == event.id)).all()
        assert acts == ["event.created", "event.updated"]


def test_the_currency_stays_once_something_has_a_price(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        make_type(ctx, event, 100)
        draft = EventDraft(
            "Robotics", "robotics", local(2027, 3, 10, 9), local(2027, 3, 11, 17), "Europe/Zurich", "EUR"
        )
        with pytest.raises(Invalid) as error:
            update_event(ctx, event, draft)
        assert error.value.fields == {"currency": "currency_fixed"}


@pytest.mark.parametrize("status", EventStatus)
def test_visitors_see_published_and_cancelled_events(world: World, status: EventStatus) -> None:
    with world.open() as ctx:
        event = in_state(ctx, status)
        if status in {S.PUBLISHED, S.CANCELLED}:
            assert shown_event(ctx, event.slug).id == event.id
        else:
            with pytest.raises(NotFound):
                shown_event(ctx, event.slug)
        assert [e.id for e in public_events(ctx)] == ([event.id] if status == S.PUBLISHED else [])
        assert [e.id for e in list_events(ctx)] == [event.id]


def test_the_public_list_has_what_is_public_and_not_over(world: World) -> None:
    with world.open() as ctx:
        late = in_state(ctx, S.PUBLISHED, "late")
        early = make_event(ctx, "early", starts=local(2027, 3, 2, 9), ends=local(2027, 3, 2, 17))
        make_type(ctx, early)
        publish(ctx, early)
        secret = make_event(ctx, "secret", is_public=False)
        make_type(ctx, secret)
        publish(ctx, secret)
        assert [e.slug for e in public_events(ctx)] == ["early", "late"]
        world.later(days=2)
        assert [e.slug for e in public_events(ctx)] == ["late"]
        assert shown_event(ctx, "secret").id == secret.id
        assert late.slug == "late"


def test_an_event_of_another_tenant_is_unknown(world: World) -> None:
    with world.open() as ctx:
        make_event(ctx)
    with make_world(world.process).open() as ctx, pytest.raises(NotFound):
        event_by_slug(ctx, "robotics")


def test_words_come_in_the_readers_language_or_in_that_they_were_written_in(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx, texts={"de": {"name": "Robotik"}})
        said = [localized(event, "name", locale) for locale in ("de", "de-CH", "de_CH", "fr", "")]
        assert said == ["Robotik", "Robotik", "Robotik", "Robotics", "Robotics"]
        assert localized(event, "tagline", "de") == ""


def test_a_venue_is_checked_written_and_found(world: World) -> None:
    with world.open() as ctx:
        venue = save_venue(ctx, VenueDraft(" Kongresshaus ", city="Zürich", country="ch", capacity=800))
        assert (venue.name, venue.country) == ("Kongresshaus", "CH")
        assert venue_by_id(ctx, venue.id) is venue
        event = make_event(ctx, venue_id=venue.id)
        assert again(ctx, event).venue.name == "Kongresshaus"
        save_venue(ctx, VenueDraft("Volkshaus"), venue)
        assert (venue.name, venue.city, venue.capacity) == ("Volkshaus", "", None)
        for draft, field in (
            (VenueDraft(""), "name"),
            (VenueDraft("x", country="CHE"), "country"),
            (VenueDraft("x", capacity=0), "capacity"),
            (VenueDraft("x", city="\0"), "city"),
        ):
            with pytest.raises(Invalid) as error:
                save_venue(ctx, draft)
            assert list(error.value.fields) == [field]
    with make_world(world.process).open() as ctx, pytest.raises(NotFound):
        venue_by_id(ctx, venue.id)


def test_an_event_is_made_by_its_draft_alone(world: World) -> None:
    with world.open() as ctx:
        draft = EventDraft("A", "a", local(2027, 1, 1), local(2027, 1, 2), "UTC", "jpy")
        assert create_event(ctx, draft).currency == "JPY"
