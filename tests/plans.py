"""What PostgreSQL does for a statement, asked as the role that runs it, with the planner left alone.

The pages that a plan touches are counted while it runs: they would grow with the table, and may not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from sratix_core.tenancy import prebuilt
from sratix_core.tenancy.engines import Engines

Plan = dict[str, Any]

KEY = """CREATE FUNCTION pg_temp.key(kind int, n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT (lpad(to_hex(n), 12, '0') || '7' || lpad(to_hex(kind), 19, '0'))::uuid $$"""
"""`pg_temp.key(kind, n)` is the id of the nth row of a kind, in the order of n."""


def fill(engines: Engines, rows: str, given: dict[str, Any], tables: Collection[str]) -> None:
    """Run the statements of `rows` as the owner, and gather statistics about `tables`."""
    with engines.owner.begin() as connection:
        connection.exec_driver_sql("SET LOCAL app.scope = 'migration'")
        connection.exec_driver_sql(KEY)
        for statement in filter(str.strip, rows.split(";\n")):
            connection.exec_driver_sql(statement, given)
    with engines.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            connection.exec_driver_sql(f"VACUUM ANALYZE {table}")


@contextmanager
def explained(engines: Engines, tables: Collection[str]) -> Iterator[list[Plan]]:
    """The plans of all statements inside that read one of `tables`, run in their own transaction by their own role."""
    plans: list[Plan] = []

    def ask(cursor: Any, statement: str, parameters: Any) -> None:
        if statement.lstrip().startswith("SELECT") and any(table in statement for table in tables):
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters)
            plans.append(cursor.fetchone()[0][0]["Plan"])

    def executed(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        ask(cursor, statement, parameters)

    def handed_over(conn: Any, statement: str, asked: prebuilt.Asked) -> None:
        """A prebuilt statement goes past the engine's events."""
        write = asked.compiled._bind_processors
        for row in asked.compiled_parameters:
            values = {k: write[k](value) if k in write else value for k, value in row.items()}
            ask(conn.connection.cursor(), statement, values)

    targets = {engines.readers, engines.writers, engines.system}
    for target in targets:
        event.listen(target, "before_cursor_execute", executed)
    patched = pytest.MonkeyPatch()
    patched.setattr(prebuilt, "judge", handed_over)
    try:
        yield plans
    finally:
        patched.undo()
        for target in targets:
            event.remove(target, "before_cursor_execute", executed)


def nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def judge(plans: list[Plan], tables: Collection[str], *, sorts: int, pages: int) -> None:
    """No table is read through, no more than `sorts` rows are sorted, and at most `pages` pages of 8 kB are touched."""
    assert plans
    for plan in plans:
        for node in nodes(plan):
            assert not (node["Node Type"] == "Seq Scan" and node["Relation Name"] in tables), node
            if node["Node Type"] in {"Sort", "Incremental Sort"}:
                assert node["Plans"][0]["Actual Rows"] <= sorts, node
        assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] <= pages, plan
