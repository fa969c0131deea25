"""What boot asks of a plugin's tables: their names, their tenant, and whether their personal data is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import JSON, Column, ForeignKeyConstraint, LargeBinary, String, Table, UniqueConstraint

from sratix_core.db.base import Base

if TYPE_CHECKING:
    from sratix_core.plugins.host import PluginHost


def owner_of_table(table: str, plugins: Iterable[str]) -> str | None:
    """The plugin a table belongs to by its name: the longest that fits, so `lead` has nothing of `lead_capture`'s."""
    fitting = (name for name in plugins if table.startswith(f"x_{name}_"))
    return max(fitting, key=len, default=None)


def tables_of(host: PluginHost, plugin: str) -> list[Table]:
    """The tables a plugin's models have, parents first."""
    mine = {table.name for owner, table, _ in _models(host) if owner == plugin}
    return [table for table in Base.metadata.sorted_tables if table.name in mine]


def personal_columns(table: Table) -> Iterator[Column[object]]:
    """Columns that could hold a person's data: text, documents and bytes that nobody marked as harmless."""
    for column in table.columns:
        kind = getattr(column.type, "impl", column.type)
        if isinstance(kind, String | JSON | LargeBinary) and column.info.get("personal") is not False:
            yield column


def check_tables(host: PluginHost) -> str | None:
    """The first thing that is wrong with a plugin's tables, as a sentence; None when they are right."""
    for owner, table, model in _models(host):
        if problem := _shape(host, owner, table, model):
            return f"Plugin {owner}: {problem}"
    declared: dict[str, str] = {}
    for plugin, use in host.collect("data_inventory"):
        declared[plugin] = f"{declared.get(plugin, '')} {use.where}"
    for owner, table, _ in _models(host):
        for column in personal_columns(table):
            if f"{table.name}.{column.name}" not in declared.get(owner, "").replace(",", " ").split():
                return (
                    f"Plugin {owner}: {table.name}.{column.name} may hold personal data: name it as `where` in "
                    'data_inventory, or mark the column info={"personal": False}.'
                )
    return None


def _models(host: PluginHost) -> Iterator[tuple[str, Table, str]]:
    for mapper in sorted(Base.registry.mappers, key=lambda m: m.class_.__name__):
        owner = host.owner_of(mapper.class_.__module__)
        if owner is not None and isinstance(mapper.local_table, Table):
            yield owner.name, mapper.local_table, mapper.class_.__name__


def _shape(host: PluginHost, owner: str, table: Table, model: str) -> str | None:
    if owner_of_table(table.name, host.infos) != owner:
        return f"table {table.name} must be named x_{owner}_…."
    if table.info.get("scope") != "tenant":
        return f"model {model} must be TenantScoped."
    if [c.name for c in table.primary_key.columns] != ["tenant_id", "id"]:
        return f"the key of {table.name} must be (tenant_id, id), as TenantScoped gives it."
    for constraint in table.constraints:
        leads = [c.name for c in getattr(constraint, "columns", ())][:1] == ["tenant_id"]
        if isinstance(constraint, ForeignKeyConstraint) and not leads:
            return f"a foreign key of {table.name} could leave the tenant: write it with tenant_fk."
        if isinstance(constraint, UniqueConstraint) and not leads:
            return f"a unique key of {table.name} reaches over all tenants: write it with tenant_unique."
    for index in table.indexes:
        if index.unique and [c.name for c in index.columns][:1] != ["tenant_id"]:
            return f"a unique key of {table.name} reaches over all tenants: write it with tenant_unique."
    return None
