"""What a monitoring system is told, and who may ask."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sratix_core.db.base import Base
from sratix_core.jobs.models import Job
from sratix_core.tenancy.scope import TenantScope
from tests.functional.web.people import make_tenant
from tests.support import make_runtime, make_test_app, runtime_of

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7", "HTTP_HOST": "localhost"}
TOKEN = "a token for the monitoring system"


def test_the_outbox_is_counted_and_nobody_named(tmp_path: Path) -> None:
    app, engines = make_test_app(tmp_path)
    runtime = runtime_of(app)
    tenant_id = make_tenant(runtime)
    now = runtime.sources.clock.now()
    with engines.begin(TenantScope(tenant_id)) as db:
        db.add(Job(id=runtime.sources.ids.new(), kind="probe", payload={}, run_at=now, created_at=now))
    runtime.sources.clock.move(timedelta(seconds=90))
    app.get("/no-such-organizer-here/", status=404)
    text = app.get("/metrics", extra_environ=HERE, status=200).text
    for line in ('sratix_jobs{state="waiting"} 1', "sratix_outbox_age_seconds 90.0", "sratix_database_up 1"):
        assert f"{line}\n" in text
    assert 'method="GET",route="/{tenant}/",status="404"} 1.0' in text
    assert "no-such-organizer-here" not in text


def test_from_elsewhere_it_takes_the_token(tmp_path: Path) -> None:
    app, _ = make_test_app(tmp_path / "closed")
    app.get("/metrics", extra_environ=ELSEWHERE, status=404)
    app.get("/metrics", extra_environ=ELSEWHERE, headers={"Authorization": "Bearer "}, status=404)
    app.get("/metrics", extra_environ={**HERE, "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, status=404)
    app, _ = make_test_app(tmp_path / "open", metrics_token=TOKEN)
    app.get("/metrics", extra_environ=ELSEWHERE, headers={"Authorization": "Bearer wrong"}, status=404)
    app.get("/metrics", extra_environ=ELSEWHERE, headers={"Authorization": f"Bearer {TOKEN}"}, status=200)


def test_a_database_that_is_gone_is_said(tmp_path: Path) -> None:
    from webtest import TestApp

    from sratix_core.app import make_app

    runtime = make_runtime(tmp_path)
    app = TestApp(make_app(runtime.settings, runtime))
    with runtime.engines.owner.begin() as connection:
        Base.metadata.drop_all(connection)
    assert "sratix_database_up 0\n" in app.get("/metrics", extra_environ=HERE, status=200).text
