"""The demo loads once, tells the truth about its past, and shows something on every page."""

from __future__ import annotations

import importlib
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sratix_core import demo
from sratix_core.accounts import passwords
from sratix_core.accounts.models import User
from sratix_core.audit.chain import streams
from sratix_core.catalog.availability import OfferState, offers
from sratix_core.catalog.models import CapacityPool, TicketType
from sratix_core.checkin.models import Scan
from sratix_core.checkin.queries import occupancy
from sratix_core.cli.serve import welcome
from sratix_core.db.base import scoped_tables
from sratix_core.demo.chance import Chance
from sratix_core.demo.dates import moved, weeks_for
from sratix_core.demo.load import FOLDERS, SOLD
from sratix_core.demo.plan import Planner
from sratix_core.demo.sales import CONFERENCE
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug, public_events
from sratix_core.jobs.models import Job, JobState
from sratix_core.messages.models import Message, MessageState
from sratix_core.orders.models import Order
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.files import read
from sratix_core.tenants.models import Tenant
from sratix_core.tickets.models import LIVE, Ticket
from tests.support import NOON, make_runtime

LOOKING = SystemScope("a test looks at the demo")
SLUGS = ("swiss-robotics", "alpine-drones")
CORE = Path(demo.__file__).parents[1]

Loaded = tuple[Runtime, demo.DemoAccounts]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    runtime = make_runtime(tmp_path_factory.mktemp("demo"))
    assert demo.is_empty(runtime)
    return runtime, demo.load(runtime)


def counts(runtime: Runtime) -> dict[str, int]:
    with runtime.engines.begin(LOOKING, write=False) as db:
        return {t.name: db.scalar(select(func.count()).select_from(t)) or 0 for t in scoped_tables()}


def test_every_invariant_holds(loaded: Loaded) -> None:
    rooms = sorted(path.parent.name for path in CORE.glob("*/invariants.py"))
    assert {"audit", "catalog", "checkin", "jobs", "orders"} <= set(rooms)
    with loaded[0].engines.begin(LOOKING, write=False) as db:
        for room in rooms:
            for check in importlib.import_module(f"sratix_core.{room}.invariants").CHECKS:
                assert check.run(db).faults == (), check.id


def test_a_later_start_says_the_passwords_again(loaded: Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    runtime, made = loaded
    welcome(runtime)
    said = capsys.readouterr().out
    assert all(f"{who.email} " in said and who.password in said for who in made.accounts)
    assert f"{runtime.settings.base_url}/swiss-robotics/" in said


def test_the_conference_has_sold_what_it_should(loaded: Loaded) -> None:
    with loaded[0].engines.begin(LOOKING, write=False) as db:
        rows = db.execute(
            select(TicketType.name, func.count())
            .join(
                Ticket, (Ticket.tenant_id == TicketType.tenant_id) & (Ticket.ticket_type_id == TicketType.id)
            )
            .join(Event, (Event.tenant_id == Ticket.tenant_id) & (Event.id == Ticket.event_id))
            .where(Event.slug == CONFERENCE.slug, Ticket.state.in_(LIVE))
            .group_by(TicketType.name)
        )
        sold = {row[0]: row[1] for row in rows}
        house = db.scalar(select(CapacityPool.capacity).where(CapacityPool.name == "Kongresshaus"))
    assert sold == {
        "Early Bird": 150, "Regular": 386, "Student": 143, "Exhibitor pass": 88,
        "Workshop: legged locomotion": 27, "Robotics Night": 74,
    }  # fmt: skip
    assert house == 940


def test_orders_are_in_every_state_and_in_the_past(loaded: Loaded) -> None:
    with loaded[0].engines.begin(LOOKING, write=False) as db:
        orders = list(db.scalars(select(Order)))
    states = Counter(order.state for order in orders)
    assert set(states) == {"paid", "awaiting_payment", "expired", "cancelled"}
    assert states["paid"] >= 300
    assert states["awaiting_payment"] >= 8
    moments = [o.created_at for o in orders]
    assert max(moments) <= NOON
    assert max(moments) - min(moments) > timedelta(weeks=10)
    assert all(o.buyer_email.endswith(".example") for o in orders)


def test_early_bird_is_over_and_the_rest_is_on_sale(loaded: Loaded) -> None:
    runtime, _ = loaded
    info = runtime.engines.tenants.by_slug("swiss-robotics")
    assert info is not None
    with runtime.engines.begin(TenantScope(info.id), write=False) as db:
        ctx = runtime.context(info, db)
        event = public_events(ctx)[0]
        states = {o.ticket_type.name: o.state for o in offers(ctx, event)}
    assert states.pop("Early Bird") in {OfferState.SOLD_OUT, OfferState.ENDED}
    assert set(states.values()) == {OfferState.ON_SALE}


def test_the_past_evening_has_arrivals_and_refusals(loaded: Loaded) -> None:
    runtime, _ = loaded
    info = runtime.engines.tenants.by_slug("swiss-robotics")
    assert info is not None
    with runtime.engines.begin(TenantScope(info.id), write=False) as db:
        ctx = runtime.context(info, db)
        event = event_by_slug(ctx, "robotics-meetup-winterthur")
        seen = occupancy(ctx, event)
        reasons = set(db.scalars(select(Scan.reason).where(Scan.event_id == event.id)))
        gates = db.scalar(select(func.count(Scan.gate_id.distinct())))
    assert event.ends_at < NOON
    assert seen.arrived >= 100
    assert seen.exits >= 5
    assert seen.refused >= 10
    assert {"ok", "again", "left", "already_in", "void", "replaced", "other_event", "unreadable"} <= reasons
    assert gates == 2


def test_nothing_is_left_to_send(loaded: Loaded) -> None:
    runtime, _ = loaded
    with runtime.engines.begin(LOOKING, write=False) as db:
        assert set(db.scalars(select(Job.state))) == {JobState.DONE}
        assert set(db.scalars(select(Message.state))) == {MessageState.SENT}
        for model in streams().values():
            assert db.scalar(select(func.count()).select_from(model).where(model.seq.is_(None))) == 0
    assert not (runtime.settings.data_dir / "mail").exists()


def test_each_tenant_sees_its_own_rows_and_no_others(loaded: Loaded) -> None:
    runtime, _ = loaded
    totals = counts(runtime)
    mine: Counter[str] = Counter()
    for slug in SLUGS:
        info = runtime.engines.tenants.by_slug(slug)
        assert info is not None
        with runtime.engines.begin(TenantScope(info.id), write=False) as db:
            for table in scoped_tables():
                own = select(func.count()).select_from(table).where(table.c.tenant_id == info.id)
                mine[table.name] += db.scalar(own) or 0
            assert {e.tenant_id for e in db.scalars(select(Event))} == {info.id}
    assert {name: n for name, n in totals.items() if n} == {name: n for name, n in mine.items() if n}


def test_accounts_work_and_are_kept_as_hashes_only(loaded: Loaded) -> None:
    runtime, made = loaded
    path = runtime.settings.data_dir / "demo-accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with runtime.engines.begin(LOOKING, write=False) as db:
        for who in made.accounts:
            user = db.scalars(select(User).where(User.email == who.email)).one()
            assert user.password_hash is not None
            assert who.password not in user.password_hash
            assert passwords.verify(user.password_hash, who.password, runtime.settings.env)
    assert len({who.password for who in made.accounts}) == len(made.accounts) == 6
    lines = "\n".join(made.lines())
    assert all(who.password in lines for who in made.accounts)
    assert "http://localhost/swiss-robotics/" in lines


def test_loading_again_changes_nothing_and_says_the_same(loaded: Loaded) -> None:
    runtime, made = loaded
    before = counts(runtime)
    assert demo.load(runtime) == made
    assert counts(runtime) == before
    assert not demo.is_empty(runtime)
    with runtime.engines.begin(LOOKING, write=False) as db:
        assert sorted(db.scalars(select(Tenant.slug))) == sorted(SLUGS)


def test_the_same_people_buy_on_every_machine() -> None:
    def plan() -> list[object]:
        locales, end = ("en", "de"), NOON
        planner = Planner(Chance("x"), CONFERENCE, locales, "Europe/Zurich", end - timedelta(weeks=14), end)
        return [*planner.purchases()]

    assert plan() == plan()


@pytest.mark.parametrize("folder", SOLD)
def test_on_no_day_somebody_buys_more_than_they_may(folder: str) -> None:
    """Who buys what follows from the day the demo is loaded on: every day of a year has to be one it loads on."""
    files = read(FOLDERS / folder)
    most = {(e.slug, t.name): t.max_per_order for e in files.events for t in e.ticket_types}
    for sales in SOLD[folder]:
        for days in range(400):
            end = NOON + timedelta(days=days)
            begin = end - timedelta(weeks=14)
            plan = Planner(
                Chance(sales.slug), sales, files.document.tenant.locales, "Europe/Zurich", begin, end
            )
            for purchase in plan.purchases():
                for name, units in purchase.wanted.items():
                    assert 1 <= units <= most[sales.slug, name], (end, name, units)


@pytest.mark.parametrize("day", [datetime(2026, 1, 5, tzinfo=UTC), datetime(2027, 3, 2, tzinfo=UTC)])
def test_dates_stay_as_written_while_they_lie_ahead(day: datetime) -> None:
    files = read(FOLDERS / "demo")
    main = next(e for e in moved(files, day, frozenset()).events if e.slug == CONFERENCE.slug)
    assert main in files.events


@pytest.mark.parametrize("day", range(0, 800, 37))
def test_a_demo_that_would_be_over_lies_three_months_ahead_again(day: int) -> None:
    now = datetime(2027, 3, 4, 12, tzinfo=UTC) + timedelta(days=day)
    files = read(FOLDERS / "demo")
    past = frozenset(s.slug for s in SOLD["demo"] if s.over)
    meetup, main = moved(files, now, past).events
    assert timedelta(weeks=11) < main.starts.replace(tzinfo=UTC) - now < timedelta(weeks=14)
    assert timedelta(weeks=2) < now - meetup.starts.replace(tzinfo=UTC) < timedelta(weeks=5)
    assert main.starts.weekday() == 2
    assert main.slug == f"swiss-robotics-day-{main.starts.year}"
    assert str(main.starts.year) in main.name


def test_weeks_are_whole() -> None:
    now = datetime(2027, 6, 1, tzinfo=UTC)
    starts = datetime(2027, 3, 10, 7, tzinfo=UTC)
    ahead = starts + timedelta(weeks=weeks_for(starts, now, False)) - now
    assert timedelta(weeks=12) <= ahead < timedelta(weeks=13)
