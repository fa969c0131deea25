"""Rows that become mapped objects with little between: for the few objects that a hot path has to hand on.

A prebuilt statement reads or writes the row; the object is put into the session as SQLAlchemy's own loader does it, so that it is
changed, refreshed and asked for its relations like any other. Half of what an order or a door cost was the mapper's way to
one event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, FromClause, Table, and_, bindparam, inspect, select
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from sratix_core.db.base import TenantScoped
from sratix_core.tenancy.errors import ForeignRow
from sratix_core.tenancy.prebuilt import Bound, Prebuilt

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

M = TypeVar("M", bound=TenantScoped)


class Objects(Generic[M]):
    """The objects of `model` for which `where` holds. The caller binds `in_tenant` besides what that asks for.

    `with_one` names relations to one that are read along, by their column and model; `also` are columns of what is
    `joined` on a condition, for `rows`.
    """

    def __init__(
        self,
        model: type[M],
        *where: ColumnElement[bool],
        order_by: Sequence[ColumnElement[Any]] = (),
        with_one: Mapping[str, tuple[str, type[TenantScoped]]] | None = None,
        joined: tuple[FromClause, ColumnElement[bool]] | None = None,
        also: Sequence[ColumnElement[Any]] = (),
    ) -> None:
        table = _table(model)
        asked: list[ColumnElement[Any]] = list(table.c)
        source: Any = table
        self._model, self._ends, self._beside = model, [len(asked)], list((with_one or {}).items())
        for _, (column, other) in self._beside:
            there = _table(other)
            asked += there.c
            self._ends.append(len(asked))
            same = and_(there.c.tenant_id == table.c.tenant_id, there.c.id == table.c[column])
            source = source.outerjoin(there, same)
        if joined is not None:
            source = source.outerjoin(*joined)
        asked += also
        mine = table.c.tenant_id == bindparam("in_tenant")
        named = [column.label(f"c{n}") for n, column in enumerate(asked)]
        self._prebuilt = Prebuilt(select(*named).select_from(source).where(mine, *where).order_by(*order_by))

    def all(self, db: ScopedSession, bound: Bound) -> list[M]:
        """Each as it is known to the session already, or else as the row says."""
        return [self._made(db, row) for row in self._prebuilt.all(db, bound)]

    def rows(self, db: ScopedSession, bound: Bound) -> list[tuple[M, tuple[Any, ...]]]:
        """As `all`, each with its columns of what is joined: nothing but None where nothing joined."""
        return [(self._made(db, row), row[self._ends[-1] :]) for row in self._prebuilt.all(db, bound)]

    def one_or_none(self, db: ScopedSession, bound: Bound) -> M | None:
        row = self._prebuilt.one_or_none(db, bound)
        return self._made(db, row) if row is not None else None

    def _made(self, db: ScopedSession, row: tuple[Any, ...]) -> M:
        beside = {
            name: _in_session(db, other, row[begin:end]) if row[begin + 1] is not None else None
            for (name, (_, other)), begin, end in zip(self._beside, self._ends, self._ends[1:], strict=False)
        }
        return cast("M", _in_session(db, self._model, row[: self._ends[0]], beside))


def in_writing(db: ScopedSession, model: type[M], row: Mapping[str, Any], **beside: Any) -> M:
    """The object of a row that the caller inserts in this very transaction, with the constants that its columns begin with.

    `beside` are objects that its relations lead to.
    """
    table = _table(model)
    whole = {**_constants(table), "tenant_id": db.tenant_id, **row}
    return cast("M", _in_session(db, model, tuple(whole[name] for name in _names(table)), beside))


def _in_session(
    db: ScopedSession, model: type[TenantScoped], row: Sequence[Any], beside: Mapping[str, Any] | None = None
) -> Any:
    if db.tenant_id is not None and row[0] != db.tenant_id:
        raise ForeignRow(f"{model.__name__} of another tenant reached this session")
    mapper: Mapper[Any] = inspect(model)
    key = mapper.identity_key_from_primary_key((row[0], row[1]))
    known = db.identity_map.get(key)
    if known is not None:
        return known
    made = mapper.class_manager.new_instance()
    state, values = instance_state(made), made.__dict__
    values.update(zip(_names(_table(model)), row, strict=True))
    values.update(beside or ())
    state.key, state.session_id = key, db.hash_key
    db.identity_map._add_unpresent(state, key)
    state._commit_all(values, db.identity_map)
    return made


def _table(model: Any) -> Table:
    return cast("Table", model.__table__)


@cache
def _names(table: Table) -> tuple[str, ...]:
    """The columns, which the attributes are named after; the key leads them."""
    names = tuple(table.c.keys())
    if names[:2] != ("tenant_id", "id"):
        raise TypeError(f"{table.name}: the key does not lead the columns")
    return names


@cache
def _constants(table: Table) -> dict[str, Any]:
    """What a column holds where an insert names none: its constant, or nothing."""
    begin = {name: column.default for name, column in table.c.items()}
    return {name: d.arg if isinstance(d, ScalarElementColumnDefault) else None for name, d in begin.items()}
