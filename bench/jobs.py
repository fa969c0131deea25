"""Durable work: 20,000 jobs while a worker is killed every 2 s and Redis is flushed, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bench.result import Result
from sratix_core.values.clock import SystemClock
from tests.concurrency.jobs.storm import own_redis, storm
from tests.schema import build_schema
from tests.worksite import build_site, postgresql_urls, server, sqlite_urls

JOBS, LONG = 20_000, 100_000
DATABASE = f"srx_bench_jobs_{os.getpid()}"


def measure(home: Path, long: bool) -> Iterator[Result]:
    yield from _storm(home, "sqlite", sqlite_urls(home), LONG if long else JOBS)
    if os.environ.get("SRATIX_TEST_PG_URL"):
        try:
            yield from _storm(
                home, "postgresql", postgresql_urls(DATABASE, recreate=True), LONG if long else JOBS
            )
        finally:
            with server() as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def _storm(home: Path, database: str, urls: dict[str, str], count: int) -> Iterator[Result]:
    folder = home / database
    folder.mkdir()
    site = build_site(urls, folder, clock=SystemClock())
    build_schema(site.engines)
    with own_redis() as redis_url:
        outcome = storm(site, folder, count, redis_url=redis_url)
    site.engines.dispose()
    yield Result(f"jobs_lost_{database}", outcome.lost + len(outcome.faults), "jobs", 0)
    yield Result(f"jobs_twice_{database}", outcome.twice, "jobs", 0)
    yield Result(f"jobs_kills_{database}", outcome.kills, "kills", 5, at_least=True)
    yield Result(f"jobs_rate_{database}", count / outcome.seconds, "jobs/s", 100, at_least=True)
