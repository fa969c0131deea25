"""The census: every table says whose it is, and every key, foreign key and policy holds it there.

Every function returns sentences, empty when all is well; tests and `sratix doctor` print them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Enum, ForeignKeyConstraint, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Mapper

from sratix_core.db.base import Base, TenantScoped
from sratix_core.tenancy.rings import SCOPE
from sratix_core.tenancy.roles import APP_ROLE, SYSTEM_ROLE
from sratix_core.tenancy.scope import SystemScope

if TYPE_CHECKING:
    from sratix_core.tenancy.engines import Engines

READERS = frozenset({"identity", "system", "any"})


def census(metadata: MetaData = Base.metadata, mappers: Iterable[Mapper[Any]] | None = None) -> list[str]:
    """What is wrong with the models; `mappers` are those of `metadata`, by default of the product's registry."""
    if mappers is None:
        mappers = Base.registry.mappers if metadata is Base.metadata else ()
    problems = [problem for table in metadata.sorted_tables for problem in _table(table)]
    for mapper in sorted(mappers, key=lambda mapper: mapper.class_.__name__):
        problems += _relationships(mapper)
    return problems


def _table(table: Table) -> Iterator[str]:
    scope = table.info.get("scope")
    if scope == "tenant":
        yield from _scoped(table)
    elif scope == "global":
        yield from _global(table)
    else:
        yield f"{table.name} does not say whose it is: use TenantScoped or GlobalTable"
    for column in table.columns:
        if isinstance(column.type, Enum):
            yield f"{table.name}.{column.name} is an ENUM: use varchar and CHECK"
        elif isinstance(column.type, String) and not isinstance(column.type, Text) and not column.type.length:
            yield f"{table.name}.{column.name} has no length"


def _scoped(table: Table) -> Iterator[str]:
    if [c.name for c in table.primary_key.columns] != ["tenant_id", "id"]:
        yield f"{table.name}: the primary key is not (tenant_id, id)"
    own = table.columns.get("tenant_id")
    if own is None or own.nullable or not isinstance(own.type, Integer):
        yield f"{table.name}: tenant_id is not an integer that is always there"
    for constraint in table.constraints:
        columns = [c.name for c in getattr(constraint, "columns", ())]
        if isinstance(constraint, UniqueConstraint) and columns[:1] != ["tenant_id"]:
            yield f"{table.name}: unique {columns} does not lead with tenant_id"
        if isinstance(constraint, ForeignKeyConstraint):
            yield from _foreign_key(table, constraint)
    for index in table.indexes:
        if index.unique and [c.name for c in index.columns][:1] != ["tenant_id"]:
            yield f"{table.name}: unique index {index.name} does not lead with tenant_id"


def _foreign_key(table: Table, key: ForeignKeyConstraint) -> Iterator[str]:
    target = key.elements[0].target_fullname.split(".")[0]
    pairs = [(element.parent.name, element.target_fullname.split(".")[1]) for element in key.elements]
    if target == "tenants":
        if pairs != [("tenant_id", "id")] or not _is_root(table):
            yield f"{table.name}: only a TenantRoot points at tenants"
    elif pairs[0] != ("tenant_id", "tenant_id"):
        yield f"{table.name}: foreign key {[p[0] for p in pairs]} does not lead with tenant_id"


def _is_root(table: Table) -> bool:
    classes = [m.class_ for m in Base.registry.mappers if m.local_table is table]
    return not classes or any(getattr(cls, "__root__", False) for cls in classes)


def _global(table: Table) -> Iterator[str]:
    if not table.info.get("why", "").strip():
        yield f"{table.name}: a global table says why it is one"
    readers = set(table.info.get("readers", ()))
    if not readers or not readers <= READERS:
        yield f"{table.name}: readers are identity, system or any, not {sorted(readers)}"
    for key in table.foreign_key_constraints:
        if key.referred_table.info.get("scope") != "global":
            yield f"{table.name}: a global table points at a tenant's {key.referred_table.name}"


def _relationships(mapper: Mapper[Any]) -> Iterator[str]:
    for relation in mapper.relationships:
        name = f"{mapper.class_.__name__}.{relation.key}"
        if relation.secondary is not None:
            yield f"{name} uses secondary=: give the association a class with its own id"
            continue
        if not issubclass(mapper.class_, TenantScoped):
            continue
        joined = {(c.left.name, c.right.name) for c in _equalities(relation.primaryjoin)}
        if ("tenant_id", "tenant_id") not in joined:
            yield f"{name} does not join on tenant_id: use belongs_to or has_many"
        if relation.viewonly or not relation.uselist:
            continue
        if relation.passive_deletes != "all" and "delete" not in relation.cascade:
            yield f"{name} would null its children's key: passive_deletes='all' or a cascade"


def _equalities(clause: Any) -> Iterator[Any]:
    for each in getattr(clause, "clauses", [clause]):
        if hasattr(each, "left") and hasattr(each.left, "name") and hasattr(each.right, "name"):
            yield each


SCOPED_WITHOUT_POLICY = """
SELECT c.relname || ': row-level security is not forced' FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
"""
VIEWS = """
SELECT c.relname || ': a view without security_invoker shows its owner''s rows' FROM pg_class c
WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace
AND NOT coalesce('security_invoker=true' = ANY (c.reloptions) OR 'security_invoker=on' = ANY (c.reloptions), false)
"""
MATERIALIZED = """
SELECT c.relname || ': a materialized view has no row-level security' FROM pg_class c
WHERE c.relkind = 'm' AND c.relnamespace = 'public'::regnamespace
"""
DEFINERS = """
SELECT p.proname || '(): SECURITY DEFINER runs as its owner' FROM pg_proc p
WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
"""
POWERS = """
SELECT rolname || ': a runtime role must not be superuser or bypass policies' FROM pg_roles
WHERE rolname IN (%(app)s, %(system)s) AND (rolsuper OR rolbypassrls)
UNION ALL SELECT c.relname || ': owned by a runtime role' FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND pg_get_userbyid(c.relowner) IN (%(app)s, %(system)s)
UNION ALL SELECT table_name || ': a runtime role may ' || privilege_type FROM information_schema.role_table_grants
WHERE table_schema = 'public' AND grantee IN (%(app)s, %(system)s, 'PUBLIC')
AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
"""


def rls_census(connection: Connection, metadata: MetaData = Base.metadata) -> list[str]:
    """What the PostgreSQL catalogue says against the walls; run as the owner."""
    problems: list[str] = []
    for query in (SCOPED_WITHOUT_POLICY, VIEWS, MATERIALIZED, DEFINERS, POWERS):
        found = connection.exec_driver_sql(query, {"app": APP_ROLE, "system": SYSTEM_ROLE})
        problems += found.scalars()
    held = connection.exec_driver_sql(
        "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"
    )
    policies = {(table, policy) for table, policy in held}
    for table in metadata.sorted_tables:
        wanted = {"srx_system", "srx_owner"} | ({"srx_app"} if table.info.get("scope") == "tenant" else set())
        problems += [
            f"{table.name}: no policy {name}" for name in wanted if (table.name, name) not in policies
        ]
    return problems


ROLE = """
SELECT current_user, rolsuper OR rolbypassrls,
CASE WHEN EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %(system)s) THEN pg_has_role(%(system)s, 'USAGE') ELSE false END
FROM pg_roles WHERE rolname = current_user
"""


def role_problems(engines: Engines) -> list[str]:
    """Whether this process connects to PostgreSQL as roles that the policies hold; nothing on SQLite."""
    if engines.dialect != "postgresql":
        return []
    looking = {SCOPE: SystemScope("doctor asks as whom this process connects")}

    def asked(engine: Engine) -> tuple[str, bool, bool]:
        with engine.connect().execution_options(**looking) as connection:
            name, mighty, sees_all = connection.exec_driver_sql(ROLE, {"system": SYSTEM_ROLE}).one()
            return name, mighty, sees_all

    problems = []
    name, mighty, sees_all = asked(engines.writers)
    if mighty or sees_all:
        problems.append(f"SRATIX_DATABASE_URL connects as {name}, whom no policy holds: it wants {APP_ROLE}")
    name, _, sees_all = asked(engines.system)
    if not sees_all:
        problems.append(
            f"SRATIX_DATABASE_SYSTEM_URL connects as {name}, who sees no rows: it wants {SYSTEM_ROLE}"
        )
    return problems
