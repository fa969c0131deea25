"""The engine's last look before a statement leaves: the connection must know its scope and the proof must fit it.

One event listener; the findings come with the compiled statement, so a repeated statement costs a few comparisons.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from sratix_core.tenancy.errors import ForeignRow, ForeignWrite, NoScope, NotAReader, UnprovenStatement
from sratix_core.tenancy.facts import Findings
from sratix_core.tenancy.proof import Proving
from sratix_core.tenancy.rings import SCOPE, TELL, TELL_READER
from sratix_core.tenancy.scope import Scope, SystemScope, TenantScope

OURS = frozenset({TELL, TELL_READER})


def guard_engine(engine: Engine, count: Callable[[str], None] | None = None) -> Engine:
    """Make `engine` serve scoped sessions only; `count` is told the SQL of every statement that passes."""
    base = engine.dialect.statement_compiler
    engine.dialect.statement_compiler = type("Proving" + base.__name__, (Proving, base), {})

    @event.listens_for(engine, "before_cursor_execute")
    def look(
        conn: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        judge(conn, statement, context)
        if count is not None:
            count(statement)

    return engine


def judge(conn: Connection, statement: str, context: Any) -> None:
    """Raise a `TenancyError` unless the connection knows its scope and the proof of the statement fits it."""
    scope = conn.get_execution_options().get(SCOPE)
    if scope is None:
        raise NoScope("this engine serves scoped sessions only")
    if not isinstance(scope, SystemScope) and statement not in OURS:
        judge_scope(scope, statement, context)


def judge_scope(scope: Scope, statement: str, context: Any) -> None:
    """Raise a `TenancyError` unless the proof of the statement fits the scope."""
    compiled = context.compiled
    if not isinstance(compiled, Proving):
        raise UnprovenStatement(f"raw SQL or DDL in a {scope.kind} session: {statement[:60]!r}")
    found = compiled.findings
    if found is None:
        return
    if found.raw:
        raise UnprovenStatement(f"raw SQL inside a statement: {found.raw[0]!r}")
    for table, readers in found.reads.items():
        if "any" not in readers and scope.kind not in readers:
            raise NotAReader(f"{table} is not for {scope.kind} sessions")
    for table, readers in found.writes.items():
        if scope.kind == "tenant" or ("any" not in readers and scope.kind not in readers):
            raise NotAReader(f"{table} is not written by {scope.kind} sessions")
    if not found.scoped:
        return
    if not isinstance(scope, TenantScope):
        raise NotAReader(f"{sorted(found.scoped)} belong to a tenant; open a session with TenantScope")
    _judge_tenant(scope, found, compiled, statement, context)


def _judge_tenant(scope: TenantScope, found: Findings, compiled: Any, statement: str, context: Any) -> None:
    if found.unproven:
        raise UnprovenStatement(f"no tenant predicate on {sorted(found.unproven)}: {statement[:70]!r}")
    if found.moves:
        raise ForeignWrite(f"tenant_id of {found.moves[0]} never changes")
    if found.names is None:
        names = {compiled.bind_names.get(bind, bind.key) for bind in found.binds}
        found.names = tuple(names | found.inserted)
    if getattr(context, "tenant_judged", False):
        return  # a long INSERT comes here once per batch, its rows are all in the first
    context.tenant_judged = True
    own = scope.tenant_id
    for row in context.compiled_parameters:
        for name in found.names:
            if row.get(name) != own:
                raise ForeignRow("a tenant predicate or a row names another tenant")
