"""The compiled SQL itself must show a tenant predicate for every scoped table, at every depth, for ORM and Core alike.

The compiler records its findings once per distinct statement; `guard` judges them at execution, where the scope is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table
from sqlalchemy.sql import elements, selectable
from sqlalchemy.sql.compiler import SQLCompiler

from sratix_core.tenancy.facts import Facts, Findings

HARMLESS = frozenset({"*", "1"})
"""What count() and exists() write themselves."""

REFUSED_FUNCTIONS = frozenset(
    {"set_config", "query_to_xml", "table_to_xml", "cursor_to_xml", "dblink", "lo_get"}
)
"""They change the scope, or read what the compiler cannot see."""


class Proving(SQLCompiler):
    """Mixin for a dialect's statement compiler."""

    findings: Findings | None = None

    def _found(self) -> Findings:
        if self.findings is None:
            self.findings = Findings()
        return self.findings

    def _walk(self, source: Any, facts: Facts) -> set[int]:
        """Note what one FROM element reads; returns the hashes of its leaves. Subqueries and CTEs come by themselves."""
        if isinstance(source, selectable.Join):
            left, right = self._walk(source.left, facts), self._walk(source.right, facts)
            if not source.full:
                facts.learn(source.onclause, right if source.isouter else None)
            return left | right
        if isinstance(source, selectable.FromGrouping):
            return self._walk(source.element, facts)
        if isinstance(source, selectable.Alias | selectable.TableSample):
            inner = Facts()
            if self._walk(source.element, inner) and inner.leaves:
                facts.leaves.append(source)
            return {hash(source)}
        if isinstance(source, selectable.TableClause):
            self._table(source, facts)
        return {hash(source)}

    def _table(self, table: Any, facts: Facts) -> None:
        info = table.info if isinstance(table, Table) else {}
        if info.get("scope") == "tenant":
            facts.leaves.append(table)
        elif info.get("scope") == "global":
            self._found().reads[table.name] = tuple(info.get("readers", ()))
        else:
            self._found().reads[table.name] = ()  # it does not say whose it is: nobody's but the system's

    def _judge_from(self, sources: Iterable[Any], where: Iterable[Any]) -> None:
        facts = Facts()
        for source in sources:
            self._walk(source, facts)
        if not facts.leaves:
            return
        for clause in where:
            facts.learn(clause)
        proven, found = facts.proven(), self._found()
        found.binds += [bind for _, bind in facts.bound]
        for leaf in facts.leaves:
            name = str(getattr(leaf, "name", leaf))
            found.scoped.add(name)
            if hash(leaf) not in proven:
                found.unproven.add(name)

    def _judge_target(self, table: Any) -> None:
        if table.info.get("scope") != "tenant":
            self._found().writes[table.name] = tuple(table.info.get("readers", ()))

    def _compose_select_body(
        self, text: Any, select: Any, compile_state: Any, inner_columns: Any, froms: Any, *rest: Any
    ) -> Any:
        self._judge_from(froms, select._where_criteria)
        return super()._compose_select_body(text, select, compile_state, inner_columns, froms, *rest)

    # An ORM statement's added criteria are only in the statement that these two are given.
    def update_tables_clause(self, update_stmt: Any, from_table: Any, extra_froms: Any, **kw: Any) -> Any:
        self._judge_target(update_stmt.table)
        self._judge_from([update_stmt.table, *extra_froms], update_stmt._where_criteria)
        self._judge_set(update_stmt._values, update_stmt.table)
        if not self.stack[:-1] and "tenant_id" in (self.column_keys or ()):
            self._found().moves.append(update_stmt.table.name)
        return super().update_tables_clause(update_stmt, from_table, extra_froms, **kw)

    def delete_table_clause(self, delete_stmt: Any, from_table: Any, extra_froms: Any, **kw: Any) -> Any:
        self._judge_target(delete_stmt.table)
        self._judge_from([delete_stmt.table, *extra_froms], delete_stmt._where_criteria)
        return super().delete_table_clause(delete_stmt, from_table, extra_froms, **kw)

    def _judge_set(self, values: Any, table: Any) -> None:
        if any(str(getattr(key, "key", key)) == "tenant_id" for key in dict(values or ())):
            self._found().moves.append(table.name)

    def visit_insert(self, insert_stmt: Any, *args: Any, **kw: Any) -> Any:
        text = super().visit_insert(insert_stmt, *args, **kw)
        table = insert_stmt.table
        self._judge_target(table)
        if table.info.get("scope") != "tenant":
            return text
        found = self._found()
        found.scoped.add(table.name)
        if insert_stmt.select is not None or insert_stmt._multi_values:
            found.unproven.add(f"{table.name} (INSERT .. SELECT or several rows in one VALUES)")
            return text
        given = {
            str(getattr(key, "key", key)): value for key, value in dict(insert_stmt._values or ()).items()
        }
        value = given.get("tenant_id")
        if value is None or (isinstance(value, elements.BindParameter) and value.unique):
            found.inserted.add(
                "tenant_id"
            )  # the name that VALUES gives the parameter; a row without it is refused
        elif isinstance(value, elements.BindParameter):
            found.inserted.add(value.key)
        else:
            found.unproven.add(f"{table.name} (tenant_id is an expression)")
        self._judge_conflict(insert_stmt._post_values_clause, table)
        return text

    def _judge_conflict(self, clause: Any, table: Any) -> None:
        """ON CONFLICT DO UPDATE may only meet our own row: its target leads with the tenant, and SET leaves it alone."""
        for each in clause if isinstance(clause, tuple | list) else (clause,):
            if not hasattr(each, "update_values_to_set"):
                continue
            target = {str(getattr(c, "name", c)) for c in each.inferred_target_elements or ()}
            named = getattr(each, "constraint_target", None)
            for constraint in table.constraints if named else ():
                if constraint.name == named:
                    target = {c.name for c in constraint.columns}
            if "tenant_id" not in target:
                self._found().unproven.add(f"{table.name} (ON CONFLICT without tenant_id in its target)")
            self._judge_set(each.update_values_to_set, table)

    def visit_textclause(self, textclause: Any, *args: Any, **kw: Any) -> Any:
        self._raw(textclause.text)
        return super().visit_textclause(textclause, *args, **kw)

    def visit_column(self, column: Any, *args: Any, **kw: Any) -> Any:
        if column.is_literal:
            self._raw(column.name)
        return super().visit_column(column, *args, **kw)

    def visit_function(self, func: Any, *args: Any, **kw: Any) -> Any:
        if func.name.lower() in REFUSED_FUNCTIONS:
            self._raw(f"{func.name}()")
        return super().visit_function(func, *args, **kw)

    def _raw(self, sql: Any) -> None:
        if str(sql).strip() not in HARMLESS:
            self._found().raw.append(str(sql)[:60])
