"""Every sealed column of the core and of plugins, in portions. Killed and started again it goes on: a row under the new key is left.

A column says that it is sealed with `info={"sealed": purpose}`: bytes of `KeyRing.encrypt`, or a document with such
bytes, base64, under `sealed`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, LargeBinary, select, tuple_, update

from sratix_core.context import KeyRing
from sratix_core.db.base import Base
from sratix_core.errors import Unavailable
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenancy.session import ScopedSession

PORTION = 500
ROTATING = SystemScope(
    "an operator changes the installation's key; secrets of every tenant are encrypted again"
)


@dataclass
class Column:
    """What became of one column. `unreadable` rows are under a third key: neither the present nor the previous one."""

    name: str
    seen: int = 0
    changed: int = 0
    unreadable: int = 0


def sealed_columns() -> Iterator[tuple[Any, str, str]]:
    """(model, attribute, purpose) of all that is encrypted at rest."""
    for mapper in sorted(Base.registry.mappers, key=lambda m: m.class_.__name__):
        for name, column in mapper.columns.items():
            if purpose := column.info.get("sealed"):
                yield mapper.class_, name, purpose


def rotate(runtime: Runtime) -> list[Column]:
    """Encrypt again what is not under the present key; each portion is a transaction of its own."""
    found = []
    for model, name, purpose in sealed_columns():
        report = Column(f"{model.__tablename__}.{name}")
        after: tuple[Any, ...] | None = None
        while (after := _portion(runtime, model, name, purpose, after, report)) is not None:
            pass
        found.append(report)
    return found


def _portion(
    runtime: Runtime, model: Any, name: str, purpose: str, after: tuple[Any, ...] | None, report: Column
) -> tuple[Any, ...] | None:
    """The key of the last row looked at; None at the end."""
    key, column = (model.tenant_id, model.id), getattr(model, name)
    rows = select(*key, column).where(column.is_not(None)).order_by(*key).limit(PORTION)
    if after is not None:
        rows = rows.where(tuple_(*key) > after)
    with runtime.engines.begin(ROTATING) as db:
        last = None
        for tenant_id, row_id, stored in db.execute(rows.with_for_update()).all():
            last = (tenant_id, row_id)
            report.seen += 1
            try:
                fresh = _again(runtime, purpose, tenant_id, stored)
            except Unavailable:
                report.unreadable += 1
                continue
            if fresh is not None:
                report.changed += _write(db, model, name, last, fresh)
    return last


def _again(runtime: Runtime, purpose: str, tenant_id: int, stored: Any) -> Any:
    """The same secret under the present key; None where it is already, or where nothing is sealed."""
    if isinstance(stored, dict):
        if "sealed" not in stored:
            return None
        fresh = _again(runtime, purpose, tenant_id, base64.b64decode(stored["sealed"]))
        return None if fresh is None else {**stored, "sealed": base64.b64encode(fresh).decode()}
    present = KeyRing(runtime.settings.secret_key)
    try:
        present.decrypt(purpose, tenant_id, stored)
    except Unavailable:
        plain = runtime.keys.decrypt(purpose, tenant_id, stored)
        return present.encrypt(purpose, tenant_id, plain, runtime.sources.random.bytes(12))
    return None


def _write(db: ScopedSession, model: Any, name: str, key: tuple[Any, ...], value: Any) -> int:
    mine = update(model).where(model.tenant_id == key[0], model.id == key[1])
    changed = db.execute(mine.values({name: value}).execution_options(synchronize_session=False))
    assert isinstance(changed, CursorResult)
    return changed.rowcount


def unmarked() -> list[str]:
    """Columns whose name says that they are sealed and whose definition does not: rotation would leave them behind."""
    marked = {(model, name) for model, name, _ in sealed_columns()}
    return [
        f"{mapper.class_.__tablename__}.{name}"
        for mapper in Base.registry.mappers
        for name, column in mapper.columns.items()
        if name.endswith("_sealed")
        and isinstance(column.type, LargeBinary)
        and (mapper.class_, name) not in marked
    ]
