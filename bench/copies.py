"""From a thousand orders to a million: PostgreSQL copies the rows itself, each copy with ids and codes of its own.

Column lists come from the catalog, so a table that gains a column needs nothing here. Triggers and foreign keys are off
meanwhile: every copied row points at copied rows. The journal is not copied; nothing measured reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from sratix_core.values.codes import ORDER_ALPHABET

FIRST = 1_000
"""Orders that `sratix seed` wrote; each is copied."""

STEP = "((30 * 86400.0 / {first}) / {copies} * k) * interval '1 second'"
"""A copy is a little younger than the one before it, all of them older than the next original."""

OWN_ID = "overlay(overlay({0}::text placing lpad(to_hex(k), 5, '0') from 32) placing '8' from 15)::uuid"
"""The original's as version 8, its last 20 bits replaced by the number of the copy: sorted like the originals."""

COPIED: dict[str, dict[str, str]] = {
    "orders": {
        "id": OWN_ID.format("t.id"),
        "code": "{code}",
        "buyer_email": "'copy' || k || '-' || t.buyer_email",
        "created_at": "t.created_at + {step}",
        "updated_at": "t.updated_at + {step}",
        "paid_at": "t.paid_at + {step}",
    },
    "order_lines": {"id": OWN_ID.format("t.id"), "order_id": OWN_ID.format("t.order_id")},
    "attendees": {"id": OWN_ID.format("t.id"), "email": "'copy' || k || '-' || t.email"},
    "tickets": {
        "id": OWN_ID.format("t.id"),
        "order_id": OWN_ID.format("t.order_id"),
        "order_line_id": OWN_ID.format("t.order_line_id"),
        "attendee_id": OWN_ID.format("t.attendee_id"),
        "created_at": "t.created_at + {step}",
        "updated_at": "t.updated_at + {step}",
    },
    "payments": {
        "id": OWN_ID.format("t.id"),
        "order_id": OWN_ID.format("t.order_id"),
        "reference": "t.reference || '-' || k",
        "received_at": "t.received_at + {step}",
    },
    "search_terms": {"id": OWN_ID.format("t.id"), "ref": OWN_ID.format("t.ref")},
}
"""By table, the columns that differ between a row and its copies. A table that isn't there is left out."""


LARGEST = "search_terms"
"""Twenty million rows. Nothing points at them, so their indexes are made afterwards, which takes a fraction of the time."""


def multiply(connection: Connection, copies: int) -> None:
    """Make `copies` of every order where there is one. Raises whatever the database says, and is then not half done."""
    if copies > 1:
        run = connection.exec_driver_sql
        run("SET session_replication_role = replica")
        for table in _present(connection):
            again = _bare(connection) if table == LARGEST else []
            run(_copy(connection, table, copies), execution_options={"no_parameters": True})
            for statement in again:
                run(statement)
        run(f"UPDATE capacity_pools SET taken = taken * {copies}, capacity = taken * {copies} + 100000")
        run("SET session_replication_role = DEFAULT")
    connection.exec_driver_sql("VACUUM (ANALYZE)")


def _bare(connection: Connection) -> list[str]:
    """Drop the keys and indexes of the largest table; the statements that bring them back."""
    run = connection.exec_driver_sql
    keys = run(
        f"""SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = '{LARGEST}'::regclass AND contype IN ('p', 'u')"""
    ).all()
    for name, _ in keys:
        run(f"ALTER TABLE {LARGEST} DROP CONSTRAINT {name}")
    indexes = run(f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{LARGEST}'").all()
    for name, _ in indexes:
        run(f"DROP INDEX {name}")
    run("SET maintenance_work_mem = '1GB'")
    made = [f"ALTER TABLE {LARGEST} ADD CONSTRAINT {name} {words}" for name, words in keys]
    return [*made, *(words for _, words in indexes)]


def _present(connection: Connection) -> Iterator[str]:
    for table in COPIED:
        if connection.exec_driver_sql("SELECT to_regclass(%s)", (table,)).scalar() is not None:
            yield table


def _copy(connection: Connection, table: str, copies: int) -> str:
    query = """SELECT column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'"""
    columns = list(connection.exec_driver_sql(query, (table,)).scalars())
    words = {"step": STEP.format(first=FIRST, copies=copies), "code": _code()}
    own = {name: sql.format(**words) for name, sql in COPIED[table].items() if name in columns}
    values = ", ".join(own.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    numbered = f"(SELECT *, row_number() OVER (ORDER BY id) AS n FROM {table})"
    return (
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {numbered} t "
        f"CROSS JOIN generate_series(1, {copies - 1}) k ORDER BY t.n, k"
    )


def _code() -> str:
    """The walk of `demo.seed_rows.order_codes`, continued behind the originals."""
    letters = len(ORDER_ALPHABET)
    left = f"((({FIRST} + 1 + (k - 1) * {FIRST} + t.n) * 7368787) % {letters**5})"
    return " || ".join(
        f"substr('{ORDER_ALPHABET}', ({left} / {letters**place} % {letters})::int + 1, 1)"
        for place in range(5)
    )
