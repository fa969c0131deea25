"""What a supervisor and a load balancer are told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sratix_core.jobs.models import Job
from sratix_core.tenancy.scope import TenantScope
from tests.functional.web.people import make_tenant
from tests.support import make_runtime, make_test_app, runtime_of


def test_a_whole_process_is_ready(tmp_path: Path) -> None:
    app, _ = make_test_app(tmp_path)
    assert app.get("/health").json == {"ok": True}
    assert app.get("/api/v1/health").json == {"ok": True}
    checks = app.get("/health/ready", status=200).json["checks"]
    assert checks == {"database": True, "schema": True, "worker": True}


def test_work_that_nobody_does_is_seen(tmp_path: Path) -> None:
    app, engines = make_test_app(tmp_path)
    runtime = runtime_of(app)
    tenant_id = make_tenant(runtime)
    now = runtime.sources.clock.now()
    with engines.begin(TenantScope(tenant_id)) as db:
        db.add(Job(id=runtime.sources.ids.new(), kind="probe", payload={}, run_at=now, created_at=now))
    assert app.get("/health/ready", status=200).json["checks"]["worker"] is True
    runtime.sources.clock.move(timedelta(seconds=61))
    assert app.get("/health/ready", status=503).json["checks"]["worker"] is False


def test_a_database_that_lacks_a_column_is_not_ready(tmp_path: Path) -> None:
    app, engines = make_test_app(tmp_path)
    with engines.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE speakers DROP COLUMN bio")
    checks = app.get("/health/ready", status=503).json["checks"]
    assert checks == {"database": True, "schema": False, "worker": True}


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    from webtest import TestApp

    from sratix_core.app import make_app
    from sratix_core.db.base import Base

    runtime = make_runtime(tmp_path)
    with runtime.engines.owner.begin() as connection:
        Base.metadata.drop_all(connection)
    app = TestApp(make_app(runtime.settings, runtime))
    assert app.get("/health", status=200).json == {"ok": True}
    assert app.get("/health/ready", status=503).json["checks"]["database"] is False
