"""Journal rows as plain inserts, prebuilt and judged by the compiled proof: what the hot paths write instead of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from sratix_core.db.appendonly import Journaled, content_hash

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

_inserts: dict[type[Journaled], Any] = {}


def append(ctx: TenantContext, model: type[Journaled], **columns: Any) -> dict[str, Any]:
    """Append one row to a stream; the row. `columns` names every column of the model but the id and the seal's own."""
    row = {"tenant_id": ctx.tenant.id, "id": ctx.ids.new(), **columns}
    row["content_hash"] = content_hash(row)
    statement = _inserts.get(model)
    if statement is None:
        statement = _inserts[model] = insert(model.__table__)  # type: ignore[attr-defined]
    ctx.db.execute(statement, row)
    return row
