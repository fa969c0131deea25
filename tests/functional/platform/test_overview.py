"""The platform's start page: what it says of the installation is what doctor, metrics and readiness say, at a fixed price."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from sratix_core.analytics.whole import by_day
from sratix_core.cli.capabilities import examine
from sratix_core.health import backups
from sratix_core.jobs.models import Job, JobState
from sratix_core.messages.service import SEND
from sratix_core.settings import SETTINGS, load
from sratix_core.tenancy.guard import OURS
from sratix_core.tenancy.scope import SystemScope, TenantScope
from tests.builders import seal
from tests.functional.platform.people import House, make_house
from tests.functional.shop.market import make_stall
from tests.support import TestApp

FIGURES = SystemScope("a test reads the figures of all organizers")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return make_house(tmp_path)


def tile(admin: TestApp, key: str) -> str:
    found = admin.get("/platform/").html.find(attrs={"data-sign": key})
    return " ".join(found.get_text(" ").split())


def metric(house: House, name: str) -> float:
    said = house.market.browser().get("/metrics", extra_environ={"REMOTE_ADDR": "127.0.0.1"}).text
    return float(next(line.split()[1] for line in said.splitlines() if line.startswith(f"sratix_{name} ")))


def doctor(house: House, name: str) -> tuple[bool, str]:
    found = next(each for each in examine(house.runtime, offline=True) if each.name == name)
    return found.ok, found.detail


def leave(house: House, tenant_id: int, **values: object) -> None:
    runtime = house.runtime
    now = runtime.sources.clock.now()
    with runtime.engines.begin(TenantScope(tenant_id)) as db:
        row = {"kind": SEND, "payload": {}, "run_at": now, "created_at": now, **values}
        db.add(Job(id=runtime.sources.ids.new(), **row))


def test_a_late_job_is_late_everywhere(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant()
    seal(house.runtime.engines, house.runtime.sources)
    assert "Fine 0 waiting" in tile(admin, "jobs")
    leave(house, world.tenant.id)
    house.runtime.sources.clock.move(timedelta(minutes=5))
    assert (
        tile(admin, "jobs")
        == "Jobs Late 1 waiting The oldest is due for 5 min. Start a worker: sratix worker."
    )
    assert "Jobs: late." in admin.get("/platform/")
    assert metric(house, "outbox_age_seconds") == 300
    assert doctor(house, "Jobs") == (False, "late: 1 waiting, The oldest is due for 5 min.")
    assert house.market.browser().get("/health/ready", status=503).json["checks"]["worker"] is False


def test_a_mail_that_no_transport_took_shows(house: House) -> None:
    admin, world = house.person(admin=True)[1], house.market.tenant()
    assert "Fine 0 stuck" in tile(admin, "mail")
    later = house.runtime.sources.clock.now() + timedelta(hours=1)
    leave(house, world.tenant.id, attempts=3, run_at=later)
    leave(house, world.tenant.id, state=JobState.DEAD)
    leave(house, world.tenant.id)
    assert "Stuck 2 stuck" in tile(admin, "mail")
    assert metric(house, "mails_stuck") == 2
    assert not doctor(house, "Mail")[0]


def test_a_backup_is_late_after_a_day(house: House) -> None:
    admin, clock = house.person(admin=True)[1], house.runtime.sources.clock
    assert "None yet" in tile(admin, "backup")
    backups.note(house.runtime, backups.Backup(clock.now(), 12, 3))
    assert "Fine 0 h old 12 rows, 3 files" in tile(admin, "backup")
    clock.move(timedelta(hours=31))
    assert "Late 31 h old" in tile(admin, "backup")
    assert metric(house, "backup_age_seconds") == 31 * 3600


def test_a_journal_nobody_seals_shows(house: House) -> None:
    admin = house.person(admin=True)[1]
    make_stall(house.market.tenant())
    seal(house.runtime.engines, house.runtime.sources)
    assert "0 s behind" in tile(admin, "seals")
    make_stall(house.market.tenant())
    house.runtime.sources.clock.move(timedelta(minutes=2))
    assert "Late" in tile(admin, "seals")
    assert metric(house, "unsealed_age_seconds") >= 120


def test_the_start_page_costs_the_same_for_many_as_for_few(house: House) -> None:
    admin = house.person(admin=True)[1]
    make_stall(house.market.tenant())

    def statements() -> int:
        admin.get("/platform/")
        with house.runtime.engines.counted() as seen:
            admin.get("/platform/")
        return len([sql for sql in seen if sql not in OURS])

    few = statements()
    assert 0 < few <= 30
    for _ in range(12):
        make_stall(house.market.tenant())
    assert statements() == few


def test_settings_show_no_secret(house: House) -> None:
    admin, settings = house.person(admin=True)[1], house.runtime.settings
    page = admin.get("/platform/settings/")
    assert settings.secret_key not in page
    assert settings.database_url not in page
    assert "SRATIX_SECRET_KEY" in page
    assert str(settings.hold_minutes) in page


def test_each_setting_says_where_it_came_from(house: House) -> None:
    page = house.person(admin=True)[1].get("/platform/settings/").html
    sources = {
        row.select_one("code").text: row.select("td")[2].text.strip() for row in page.select("tbody tr")
    }
    assert sources["SRATIX_THREADS"] == "Command line"  # where a test's own settings stand
    assert sources["SRATIX_HOLD_MINUTES"] == "Default"
    assert sources["SRATIX_REDIS_URL"] == "Not set"


def test_the_nearest_source_of_a_setting_wins_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 40)
    environ = {
        "SRATIX_ENV": "demo",
        "SRATIX_HOLD_MINUTES": "20",
        "SRATIX_THREADS": "4",
        "SRATIX_BASE_URL": "",
        "SRATIX_METRICS_TOKEN_FILE": str(tmp_path / "secret"),
    }
    read = load(environ, {"threads": "2", "data_dir": str(tmp_path)}, "ini file")
    assert read.threads == 2
    assert read.sources == {setting.name: "default" for setting in SETTINGS} | {
        "env": "environment",
        "hold_minutes": "environment",
        "metrics_token": "file",
        "threads": "ini file",
        "data_dir": "ini file",
        "secret_key": "made",
    }


def test_figures_of_the_start_page_are_read_from_their_index_alone(house: House) -> None:
    with house.runtime.engines.begin(FIGURES, write=False) as db, house.runtime.engines.counted() as seen:
        by_day(db, [date(2027, 3, 10), date(2027, 3, 11)])
    asked = [sql for sql in seen if "rollups" in sql]
    assert len(asked) == 2
    if house.runtime.engines.dialect == "sqlite":
        with sqlite3.connect(house.runtime.settings.data_dir / "test.db") as file:
            for sql in asked:
                plan = file.execute("EXPLAIN QUERY PLAN " + sql, ["2027-03-10"] * sql.count("?")).fetchall()
                assert any("COVERING INDEX ix_rollups_days (bucket=? AND metric" in row[3] for row in plan)


def test_every_page_speaks_german(house: House) -> None:
    admin = house.person(admin=True)[1]
    house.market.tenant("deutsch")
    for path, word in {
        "/platform/": "Sicherung",
        "/platform/tenants/": "Organisationen",
        "/platform/tenants/deutsch/": "Inhaber einladen",
        "/platform/new-tenant/": "Zeitzone",
        "/platform/events/": "Veranstaltungen",
        "/platform/users/": "Personen",
        "/platform/jobs/": "Nichts wurde aufgegeben",
        "/platform/journal/": "Journal von der Plattform",
        "/platform/settings/": "Umgebung",
    }.items():
        page = admin.get(path, headers={"Accept-Language": "de-CH"})
        assert word in page, path
        assert page.html.html["lang"].startswith("de")
