"""What one compiled statement says about tenants: findings for the judge, and the reasoning from clauses to proven tables.

Only AND-ed equalities count, and an outer join's ON clause speaks for its inner side alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table
from sqlalchemy.sql import elements, operators, selectable


@dataclass(slots=True)
class Findings:
    """What one compiled statement does; empty lists mean nothing to object to."""

    scoped: set[str] = field(default_factory=set)
    unproven: set[str] = field(default_factory=set)
    reads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    writes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    raw: list[str] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    binds: list[elements.BindParameter[Any]] = field(default_factory=list)
    inserted: set[str] = field(default_factory=set)
    names: tuple[str, ...] | None = None


@dataclass(slots=True)
class Facts:
    """Collected from one FROM list and its WHERE: who is named by a bound value, who equals whom (from, to)."""

    leaves: list[Any] = field(default_factory=list)
    bound: list[tuple[int, elements.BindParameter[Any]]] = field(default_factory=list)
    equal: list[tuple[Any, Any]] = field(default_factory=list)

    def learn(self, clause: Any, only: set[int] | None = None) -> None:
        """Take the conjuncts of `clause`; an outer join's ON clause says something about its inner side `only`."""
        for c in _conjuncts(clause):
            if not isinstance(c, elements.BinaryExpression) or c.operator is not operators.eq:
                continue
            for one, other in ((c.left, c.right), (c.right, c.left)):
                source = _tenant_source(one)
                if source is None or (only is not None and hash(source) not in only):
                    continue
                if isinstance(other, elements.BindParameter):
                    self.bound.append((hash(source), other))
                elif (from_ := _tenant_source(other)) is not None:
                    self.equal.append((from_, source))

    def proven(self) -> set[int]:
        """The sources whose tenant is fixed. A source from an enclosing query counts: it is judged there, or refuses all."""
        inner = {hash(leaf) for leaf in self.leaves}
        known = {source for source, _ in self.bound}
        known |= {hash(a) for a, _ in self.equal if hash(a) not in inner and _is_scoped(a)}
        grown = True
        while grown:
            grown = False
            for a, b in self.equal:
                if hash(a) in known and hash(b) not in known:
                    known.add(hash(b))
                    grown = True
        return known


def _is_scoped(source: Any) -> bool:
    while isinstance(source, selectable.Alias | selectable.TableSample):
        source = source.element
    return isinstance(source, Table) and source.info.get("scope") == "tenant"


def _conjuncts(clause: Any) -> Iterator[Any]:
    if isinstance(clause, elements.BooleanClauseList) and clause.operator is operators.and_:
        for c in clause.clauses:
            yield from _conjuncts(c)
    elif isinstance(clause, elements.Grouping):
        yield from _conjuncts(clause.element)
    elif clause is not None:
        yield clause


def _tenant_source(c: Any) -> Any:
    return c.table if isinstance(c, elements.ColumnClause) and c.name == "tenant_id" else None
