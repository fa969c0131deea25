"""A tenant's folder is read strictly and can be applied as often as one likes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sratix_core.audit.models import AuditEntry
from sratix_core.catalog.models import CapacityPool, TicketType
from sratix_core.db.base import scoped_tables
from sratix_core.events.models import Event, EventSession
from sratix_core.files.models import StoredFile
from sratix_core.files.store import read as read_file
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.apply import apply
from sratix_core.tenants.files import BadTenantFile, read
from tests.support import make_runtime

FOLDERS = Path(__file__).parents[3] / "tenants"
LOOKING = SystemScope("a test counts rows")


@pytest.fixture
def runtime(tmp_path: Path) -> Runtime:
    return make_runtime(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small tenant, to be changed."""
    copy = tmp_path / "alpine-drones"
    shutil.copytree(FOLDERS / "alpine-drones", copy)
    return copy


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rows(runtime: Runtime) -> dict[str, int]:
    with runtime.engines.begin(LOOKING, write=False) as db:
        return {t.name: db.scalar(select(func.count()).select_from(t)) or 0 for t in scoped_tables()}


@pytest.mark.parametrize("name", ["demo", "alpine-drones"])
def test_applying_twice_changes_nothing(runtime: Runtime, name: str) -> None:
    files = read(FOLDERS / name)
    assert apply(runtime, files)
    before = rows(runtime)
    assert apply(runtime, files) == []
    assert rows(runtime) == before


def test_the_conference_has_what_its_folder_says(runtime: Runtime) -> None:
    apply(runtime, read(FOLDERS / "demo"))
    info = runtime.engines.tenants.by_slug("swiss-robotics")
    assert info is not None
    with runtime.engines.begin(TenantScope(info.id), write=False) as db:
        event = db.scalars(select(Event).where(Event.slug == "swiss-robotics-day-2027")).one()
        sessions = list(db.scalars(select(EventSession).where(EventSession.event_id == event.id)))
        types = db.scalars(
            select(TicketType).where(TicketType.event_id == event.id).order_by(TicketType.position)
        )
        names = [t.name for t in types]
        logo = db.get_one(StoredFile, info.logo_file_id)
        assert logo.public
        assert read_file(runtime.context(info, db), logo) == (FOLDERS / "demo/brand/mark.svg").read_bytes()
        assert event.hero_file_id is not None
        assert event.texts["de"]["tagline"]
    assert len({s.track for s in sessions if s.track}) == 3
    assert len(sessions) >= 12
    assert len(names) == 6
    assert info.enabled_plugins == {"email_smtp", "bank_transfer", "pdf_tickets", "stripe"}


def test_what_differs_is_written_and_nothing_else(runtime: Runtime, folder: Path) -> None:
    apply(runtime, read(folder))
    edit(folder / "tenant.toml", "#2e7d4f", "#1f6f43")
    edit(folder / "events/drohnentag-pontresina.toml", "capacity = 24", "capacity = 30")
    said = apply(runtime, read(folder))
    assert said == ["tenant alpine-drones", "drohnentag-pontresina: ticket type Flugplatz"]
    with runtime.engines.begin(LOOKING, write=False) as db:
        assert db.scalar(select(CapacityPool.capacity).where(CapacityPool.name == "Flugplatz")) == 30


def test_a_sale_paused_in_the_dashboard_stays_paused(runtime: Runtime, folder: Path) -> None:
    apply(runtime, read(folder))
    info = runtime.engines.tenants.by_slug("alpine-drones")
    assert info is not None
    with runtime.engines.begin(TenantScope(info.id)) as db:
        db.scalars(select(TicketType).where(TicketType.name == "Flugplatz")).one().status = "paused"
    edit(folder / "events/drohnentag-pontresina.toml", '"85.00"', '"90.00"')
    apply(runtime, read(folder))
    with runtime.engines.begin(TenantScope(info.id), write=False) as db:
        kind = db.scalars(select(TicketType).where(TicketType.name == "Flugplatz")).one()
        assert (kind.status, kind.price_minor) == ("paused", 9000)


def test_what_applying_did_is_in_the_journal(runtime: Runtime, folder: Path) -> None:
    apply(runtime, read(folder))
    with runtime.engines.begin(LOOKING, write=False) as db:
        actions = set(db.scalars(select(AuditEntry.action)))
    assert {"event.created", "event.published", "ticket_type.saved", "session.saved"} <= actions


EVENT = "events/drohnentag-pontresina.toml"
MISTAKES = [
    ("tenant.toml", 'slug = "alpine-drones"', "slog = 1", ["tenant.toml", "slog"]),
    ("tenant.toml", 'name = "Alpine Drohnen"', "name = 3", ["tenant.toml", "tenant.name"]),
    ("tenant.toml", "[[venues]]", "[[venues", ["tenant.toml", "TOML"]),
    ("tenant.toml", "brand/mark.svg", "../../etc/passwd", ["tenant.toml", "tenant.logo"]),
    (EVENT, "starts = 2027-04-17T09:00:00\n", "", [EVENT, "starts"]),
    (EVENT, '"Kongresszentrum Rondo"', '"Rondo"', [EVENT, "venue", "Rondo"]),
    (
        EVENT,
        'speakers = ["Flurin Capaul"]',
        'speakers = ["Nobody"]',
        [EVENT, "sessions[0].speakers", "Nobody"],
    ),
    (EVENT, 'pools = ["Saal Bernina"]', 'pools = ["Saal"]', [EVENT, "ticket_types[0].pools", "Saal"]),
    (EVENT, 'name = "Flugplatz"', 'name = "Besuch"', [EVENT, "ticket_types", "twice"]),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"), MISTAKES, ids=[m[2][:20] or "missing" for m in MISTAKES]
)
def test_a_mistake_is_told_with_file_and_key(
    folder: Path, file: str, old: str, new: str, told: list[str]
) -> None:
    edit(folder / file, old, new)
    with pytest.raises(BadTenantFile) as caught:
        read(folder)
    assert all(part in str(caught.value) for part in told), str(caught.value)


REFUSED = [
    ("tenant.toml", 'slug = "alpine-drones"', 'slug = "dashboard"', "slug (reserved)"),
    ("tenant.toml", "CH56 0483", "CH57 0483", "plugins.bank_transfer"),
    (EVENT, '"85.00"', '"eighty"', "amount"),
    (EVENT, "ends = 2027-04-17T17:00:00", "ends = 2027-04-17T07:00:00", "ends_at (ends_before_start)"),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), REFUSED, ids=[r[2][:20] for r in REFUSED])
def test_a_value_that_a_room_refuses_is_told_with_its_place(
    runtime: Runtime, folder: Path, file: str, old: str, new: str, told: str
) -> None:
    edit(folder / file, old, new)
    with pytest.raises(BadTenantFile) as caught:
        apply(runtime, read(folder))
    assert told in str(caught.value)
    assert str(folder) in str(caught.value)
