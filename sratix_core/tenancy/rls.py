"""The database's own walls: grants, row-level security and triggers, installed after every migration.

PostgreSQL has two runtime roles that own nothing, app and system; SQLite has the triggers only.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import MetaData, Table, inspect
from sqlalchemy.engine import Connection

from sratix_core.tenancy.roles import APP_ROLE, SYSTEM_ROLE, create_roles

__all__ = ["create_roles", "install"]

TENANT = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::int"
"""Fail closed: after a transaction the setting is the empty string, which is nobody."""

MIGRATION = "current_setting('app.scope', true) = 'migration'"
"""Forced policies bind the owner as well; its engine says that it migrates, or data migrations would touch no row."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION srx_content() RETURNS trigger LANGUAGE plpgsql AS $f$
DECLARE whose text := coalesce(NEW.tenant_id, OLD.tenant_id)::text;
BEGIN
  IF current_setting('app.content_counted', true) IS DISTINCT FROM whose THEN
    INSERT INTO content_versions AS known (tenant_id, id, version) VALUES (whose::int, '00000000-0000-0000-0000-000000000000', 1)
      ON CONFLICT (tenant_id, id) DO UPDATE SET version = known.version + 1;
    PERFORM set_config('app.content_counted', whose, true);
  END IF;
  RETURN NULL;
END $f$;
CREATE OR REPLACE FUNCTION srx_append_only() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' refused';
END $f$;
CREATE OR REPLACE FUNCTION srx_seal_only() RETURNS trigger LANGUAGE plpgsql AS $f$
DECLARE sealed record;
BEGIN
  sealed := NEW;
  sealed.seq := OLD.seq;
  IF OLD.seq IS NOT NULL OR NEW.seq IS NULL OR sealed *<> OLD THEN
    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = TG_TABLE_NAME || ' is sealed: only seq is set, once';
  END IF;
  RETURN NEW;
END $f$;
CREATE OR REPLACE FUNCTION srx_balanced() RETURNS trigger LANGUAGE plpgsql AS $f$
DECLARE off bigint;
BEGIN
  EXECUTE format('SELECT 1 FROM %I WHERE tenant_id = $1.tenant_id AND op_id = $1.op_id AND act = $1.act '
                 'GROUP BY currency HAVING sum(amount_minor) <> 0', TG_TABLE_NAME) INTO off USING NEW;
  IF off IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = TG_TABLE_NAME || ': the entries of a transaction must sum to 0';
  END IF;
  RETURN NULL;
END $f$;
"""

COUNT = """INSERT INTO content_versions (tenant_id, id, version) VALUES ({}.tenant_id, '00000000000000000000000000000000', 1)
ON CONFLICT (tenant_id, id) DO UPDATE SET version = version + 1"""


def install(
    connection: Connection, metadata: MetaData, *, app: str = APP_ROLE, system: str = SYSTEM_ROLE
) -> None:
    """Install or renew everything for the tables of `metadata`; run as their owner. Raises `ValueError` without roles.

    A table that isn't there is left out: a plugin may be loaded and not be one of this installation.
    """
    there = set(inspect(connection).get_table_names())
    tables = [table for table in metadata.sorted_tables if "scope" in table.info and table.name in there]
    if connection.dialect.name == "sqlite":
        for table in tables:
            for statement in _sqlite_triggers(table):
                connection.exec_driver_sql(statement)
        return
    _require_roles(connection, app, system)
    script = [FUNCTIONS, f"GRANT USAGE ON SCHEMA public TO {app}, {system};"]
    script.append(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}, {system};")
    for table in tables:
        script += _grants(table, app, system)
        script += _policies(table, app, system)
        script += _postgresql_triggers(table)
    # One round trip without parameters: the driver sends it as it is.
    connection.exec_driver_sql("\n".join(script), execution_options={"no_parameters": True})


def _require_roles(connection: Connection, app: str, system: str) -> None:
    known = connection.exec_driver_sql(
        "SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", (app, system)
    )
    missing = {app, system} - set(known.scalars())
    if missing:
        raise ValueError(
            f"The database has no role {sorted(missing)[0]}: create the three roles first (rls.create_roles)."
        )


def _quoted(table: Table) -> str:
    return f'"{table.name}"'


def _grants(table: Table, app: str, system: str) -> Iterable[str]:
    name = _quoted(table)
    yield f"REVOKE ALL ON {name} FROM PUBLIC, {app}, {system};"
    if not table.info.get("append_only"):
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {app}, {system};"
        return
    yield f"GRANT SELECT, INSERT ON {name} TO {app}, {system};"
    if table.info.get("stream"):
        yield f"GRANT UPDATE (seq) ON {name} TO {system};"


def _policies(table: Table, app: str, system: str) -> Iterable[str]:
    name = _quoted(table)
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"
    for policy in ("srx_app", "srx_app_read", "srx_system", "srx_owner"):
        yield f"DROP POLICY IF EXISTS {policy} ON {name};"
    if table.info["scope"] == "tenant":
        yield f"CREATE POLICY srx_app ON {name} TO {app} USING ({TENANT}) WITH CHECK ({TENANT});"
    else:
        readers = table.info["readers"]
        if "any" in readers:
            yield f"CREATE POLICY srx_app_read ON {name} FOR SELECT TO {app} USING (true);"
        if "any" in readers or "identity" in readers:
            asks = "current_setting('app.scope', true) = 'identity'"
            yield f"CREATE POLICY srx_app ON {name} TO {app} USING ({asks}) WITH CHECK ({asks});"
    yield f"CREATE POLICY srx_system ON {name} TO {system} USING (true) WITH CHECK (true);"
    yield f"CREATE POLICY srx_owner ON {name} TO CURRENT_USER USING ({MIGRATION}) WITH CHECK ({MIGRATION});"


def _postgresql_triggers(table: Table) -> Iterable[str]:
    name = _quoted(table)
    if table.info.get("content"):
        # Deferred: it takes the row at the commit, after every other lock, so that it can wait for nobody in a circle.
        yield f"DROP TRIGGER IF EXISTS srx_content ON {name};"
        yield (
            f"CREATE CONSTRAINT TRIGGER srx_content AFTER INSERT OR UPDATE OR DELETE ON {name} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION srx_content();"
        )
    if not table.info.get("append_only"):
        return
    on_update = "srx_seal_only" if table.info.get("stream") else "srx_append_only"
    for trigger, when, function in (
        ("srx_update", "BEFORE UPDATE ON {} FOR EACH ROW", on_update),
        ("srx_delete", "BEFORE DELETE ON {} FOR EACH ROW", "srx_append_only"),
        ("srx_truncate", "BEFORE TRUNCATE ON {} FOR EACH STATEMENT", "srx_append_only"),
    ):
        yield f"CREATE OR REPLACE TRIGGER {trigger} {when.format(name)} EXECUTE FUNCTION {function}();"
    if table.info.get("balanced"):
        yield f"DROP TRIGGER IF EXISTS srx_balanced ON {name};"
        yield (
            f"CREATE CONSTRAINT TRIGGER srx_balanced AFTER INSERT ON {name} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION srx_balanced();"
        )


def _sqlite_triggers(table: Table) -> Iterable[str]:
    name = table.name
    for operation, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        trigger = f'"srx_content_{name}_{operation.lower()}"'
        yield f"DROP TRIGGER IF EXISTS {trigger}"
        if table.info.get("content"):
            yield f"CREATE TRIGGER {trigger} AFTER {operation} ON {_quoted(table)} BEGIN {COUNT.format(row)}; END"
    if not table.info.get("append_only"):
        return
    sealing = ""
    if table.info.get("stream"):
        same = " AND ".join(f'NEW."{c.name}" IS OLD."{c.name}"' for c in table.columns if c.name != "seq")
        sealing = f"WHEN NOT (OLD.seq IS NULL AND NEW.seq IS NOT NULL AND {same})"
    for operation, condition in (("UPDATE", sealing), ("DELETE", "")):
        trigger = f'"srx_{name}_{operation.lower()}"'
        yield f"DROP TRIGGER IF EXISTS {trigger}"
        yield (
            f"CREATE TRIGGER {trigger} BEFORE {operation} ON {_quoted(table)} {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only: {operation} refused'); END"
        )
