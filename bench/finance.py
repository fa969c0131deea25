"""The report of an organizer's finances, as the page of the dashboard and as the API's summary, over real books on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bench.client import Answer
from bench.copies import OWN_ID
from bench.cpu import repeated
from bench.database import Data, administrator, seeded
from bench.hot import running
from bench.paths import Paths
from bench.result import Result

ORDERS, MANY_ENTRIES = 10_000, 1_000_000
TARGET = 300
WARM = 5


def measure(home: Path, long: bool) -> Iterator[Result]:
    """Rows `finance_page` and `finance_api` over 10,000 orders; with `long` the same over a million ledger entries."""
    data = seeded(home, "srx_bench_finance", ORDERS)
    with (
        administrator().connect() as connection
    ):  # a helper of the database's is no backend, and would not be counted
        connection.exec_driver_sql(f"ALTER DATABASE {data.name} SET max_parallel_workers_per_gather = 0")
    yield from _reports(home, data, 100 if long else 30, "")
    if long:
        _multiply(data)
        yield from _reports(home, data, 30, "_million")


def _reports(home: Path, data: Data, rounds: int, size: str) -> Iterator[Result]:
    with administrator(data.name).connect() as connection:
        entries = connection.exec_driver_sql("SELECT count(*) FROM ledger_entries").scalar_one()
    with running(home, data) as (paths, meter):
        paths.sign_in()
        ways: dict[str, Callable[[], Answer]] = {"page": lambda: _page(paths), "api": lambda: _summary(paths)}
        for name, ask in ways.items():
            repeated(ask, WARM)
            with meter.measured() as used:
                waits = repeated(ask, rounds)
            split = f"web {used.web / rounds:.1f} + database {used.database / rounds:.1f}"
            detail = f"{split}, p50 {waits[rounds // 2]:.0f} ms, {entries} entries"
            yield Result(f"finance_{name}{size}", used.both / rounds, "CPU ms", TARGET, detail=detail)


def _page(paths: Paths) -> Answer:
    """Twelve months by month. Raises `RuntimeError` for a page without the revenue."""
    answer = paths.client.get(f"/dashboard/{paths.data.tenant['slug']}/finance/")
    if b"Ticket sales" not in answer.body:
        raise RuntimeError("the page shows no report")
    return answer


def _summary(paths: Paths) -> Answer:
    """The last thirty days of one event. Raises `RuntimeError` when nothing was sold in them."""
    tenant, event = paths.data.tenant, paths.data.event
    asked = f"/api/v1/tenants/{tenant['slug']}/finance/summary?event_id={event['id']}"
    answer = paths.client.get(asked, Authorization=f"Bearer {tenant['api_key']}")
    if answer.json()["revenue"]["amount"] <= 0:
        raise RuntimeError(f"no revenue was found: {answer.body!r}")
    return answer


def _multiply(data: Data) -> None:
    """Copy the entries until there are a million, each act whole, at the same times; nobody seals them."""
    own = {"id": OWN_ID.format("t.id"), "op_id": OWN_ID.format("t.op_id"), "seq": "NULL"}
    with administrator(data.name).connect() as connection:
        run = connection.exec_driver_sql
        have = run("SELECT count(*) FROM ledger_entries").scalar_one()
        columns = run(
            """SELECT column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = 'ledger_entries' AND is_generated = 'NEVER'"""
        ).scalars()
        names = list(columns)
        values = ", ".join(own.get(name, f't."{name}"') for name in names)
        into = ", ".join(f'"{name}"' for name in names)
        run("SET session_replication_role = replica")
        run(
            f"""INSERT INTO ledger_entries ({into}) SELECT {values} FROM ledger_entries t
            CROSS JOIN generate_series(1, {MANY_ENTRIES // have}) k""",
            execution_options={"no_parameters": True},
        )
        run("SET session_replication_role = DEFAULT")
        run("VACUUM (ANALYZE) ledger_entries")
