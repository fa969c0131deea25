"""What a session does with statements, rows and objects: filter, verify and stamp, so that all of them are one tenant's.

Ring 2 adds the tenant to ORM statements, ring 3 refuses foreign rows by whatever path they came, ring 4 foreign objects.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, SessionTransaction, object_session, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.dml import Insert, Update

from sratix_core.db.base import TenantScoped
from sratix_core.tenancy.errors import ForeignRow, ForeignWrite, NoScope, UnprovenStatement
from sratix_core.tenancy.scope import SystemScope

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

SCOPE = "sratix_scope"
"""Connection execution option that the engine's guard reads; statement options cannot spoof it."""

TELL = "SELECT set_config('app.tenant_id', %(tenant)s, true), set_config('app.scope', %(scope)s, true)"
TELL_READER = TELL + ", set_config('transaction_read_only', 'on', true)"

IDLE, COMMAND_OK = 0, 1
"""`PQTRANS_IDLE` and `PGRES_COMMAND_OK` of libpq; psycopg is not there on an embedded database."""


@lru_cache(maxsize=4096)
def _criteria(tenant_id: int) -> LoaderCriteriaOption:
    # propagate_to_loaders stays True: without it joined eager loads lose the criterion.
    return with_loader_criteria(TenantScoped, lambda cls: cls.tenant_id == tenant_id, include_aliases=True)


def stamp(obj: TenantScoped, tenant_id: int) -> None:
    """Give a new object its tenant. Raises `ForeignWrite` when it names another."""
    own = obj.__dict__.get("tenant_id")
    if own is None and inspect(obj).key is None:
        obj.tenant_id = own = tenant_id
    if own is not None and own != tenant_id:
        raise ForeignWrite(f"{type(obj).__name__} of another tenant added to this session")


# ring 2: statements ------------------------------------------------------------------------------------------------
def _scope_statement(state: ORMExecuteState) -> None:
    tenant_id = state.session.tenant_id  # type: ignore[attr-defined]
    # A column load names its row by key, a Core statement carries its own predicate; the proof judges both.
    if tenant_id is None or state.is_column_load or not state.is_orm_statement:
        return
    statement = state.statement
    if isinstance(statement, Insert):
        _stamp_insert(state, statement, tenant_id)
        return
    if isinstance(statement, Update) and isinstance(state.parameters, list):
        _stamp_rows(state, tenant_id)  # UPDATE by primary key takes no WHERE: the key carries the tenant
        return
    # Relationship loads too: objects that were added, not loaded, carry no propagated option.
    if hasattr(statement, "options") and not _has_criteria(statement):
        state.statement = statement.options(_criteria(tenant_id))


def _has_criteria(statement: Any) -> bool:
    options = getattr(statement, "_with_options", ())
    return any(isinstance(o, LoaderCriteriaOption) and o.root_entity is TenantScoped for o in options)


def _stamp_insert(state: ORMExecuteState, statement: Any, tenant_id: int) -> None:
    if statement.entity_description["table"].info.get("scope") != "tenant":
        return
    if statement._multi_values:
        raise UnprovenStatement("INSERT .. VALUES of several rows; pass the rows as parameters instead")
    if state.parameters:
        _stamp_rows(state, tenant_id)
    elif statement.select is None and not _names_tenant(statement):
        state.statement = statement.values(tenant_id=tenant_id)


def _names_tenant(statement: Any) -> bool:
    return any(getattr(key, "key", key) == "tenant_id" for key in statement._values or ())


def _stamp_rows(state: ORMExecuteState, tenant_id: int) -> None:
    rows: Any = state.parameters
    many = isinstance(rows, list | tuple)
    stamped = [{"tenant_id": tenant_id, **row} for row in (rows if many else [rows])]
    if any(row["tenant_id"] != tenant_id for row in stamped):
        raise ForeignWrite("a row names another tenant")
    state.parameters = stamped if many else stamped[0]


# ring 3: rows coming in --------------------------------------------------------------------------------------------
def _on_load(obj: TenantScoped, context: Any) -> None:
    _verify(
        obj, context.session if context is not None else object_session(obj)
    )  # merge() loads without a context


def _on_refresh(obj: TenantScoped, context: Any, attrs: Any) -> None:
    _verify(obj, context.session if context is not None else object_session(obj))


def _verify(obj: TenantScoped, session: Any) -> None:
    tenant_id = getattr(session, "_tenant_id", None)
    if tenant_id is not None and obj.__dict__.get("tenant_id", tenant_id) != tenant_id:
        raise ForeignRow(f"{type(obj).__name__} of another tenant reached this session")


# ring 4: objects ---------------------------------------------------------------------------------------------------
def _on_attach(session: ScopedSession, obj: Any) -> None:
    if session.tenant_id is None or not isinstance(obj, TenantScoped):
        return
    state = inspect(obj)
    if state.key is not None and state.session_id is None:
        raise ForeignWrite("a detached object may lie about its tenant; load it again in this session")
    stamp(obj, session.tenant_id)


def _on_flush(session: ScopedSession, context: Any, instances: Any) -> None:
    tenant_id = session.tenant_id
    if tenant_id is None:
        return
    for obj in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(obj, TenantScoped):
            continue
        key = inspect(obj).key
        now = obj.__dict__.get("tenant_id", tenant_id)
        if now != tenant_id or (key is not None and key[1][0] != tenant_id):
            raise ForeignWrite(f"{type(obj).__name__} moved to or from another tenant")


# the connection learns whose it is ---------------------------------------------------------------------------------
def _tell_connection(session: ScopedSession, transaction: SessionTransaction, connection: Connection) -> None:
    known = connection.get_execution_options().get(SCOPE)
    if known is not None and known != session.scope:
        raise NoScope(
            "this connection already serves another scope; give each session a connection of its own"
        )
    connection.execution_options(**{SCOPE: session.scope})
    if connection.dialect.name != "postgresql" or transaction.nested:
        return
    reading = session.info.get("reading", False)
    if isinstance(session.scope, SystemScope) and not reading:
        return  # the system role's policies ask for nothing, so its transactions save the round trip
    tenant = "" if session.tenant_id is None else str(session.tenant_id)
    if not _begin(connection, tenant, session.scope.kind, reading):
        parameters = {"tenant": tenant, "scope": session.scope.kind}
        connection.exec_driver_sql(TELL_READER if reading else TELL, parameters)


def _begin(connection: Connection, tenant: str, kind: str, reading: bool) -> bool:
    """Begin and tell in one round trip; False where it must be told in its own: in a transaction that runs already, or
    on a connection that is gone, about which the driver has more to say.
    """
    driver: Any = connection.connection.driver_connection
    if driver.pgconn.transaction_status != IDLE:
        return False
    access = " READ ONLY" if reading else ""
    # Two words of ours and a number: nothing to quote.
    told = f"SET LOCAL app.tenant_id = '{tenant}'; SET LOCAL app.scope = '{kind}'"
    try:
        answer = driver.pgconn.exec_(f"BEGIN ISOLATION LEVEL READ COMMITTED{access}; {told}".encode())
    except (MemoryError, connection.dialect.loaded_dbapi.Error):  # what the driver makes of no answer at all
        return False
    return bool(answer.status == COMMAND_OK)


def install(session_class: type[ScopedSession]) -> None:
    """Attach the rings to the session class and to every tenant's model."""
    event.listen(session_class, "do_orm_execute", _scope_statement)
    event.listen(session_class, "before_attach", _on_attach)
    event.listen(session_class, "before_flush", _on_flush)
    event.listen(session_class, "after_begin", _tell_connection)
    event.listen(TenantScoped, "load", _on_load, propagate=True)
    event.listen(TenantScoped, "refresh", _on_refresh, propagate=True)
