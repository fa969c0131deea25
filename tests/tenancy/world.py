"""One database with two tenants whose ids collide on purpose, and what the second tenant's rows look like from outside."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.dialects import postgresql, sqlite

from sratix_core.tenancy import rls, roles
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.scope import Scope, TenantScope
from sratix_core.tenancy.session import ScopedSession
from tests.builders import database_name
from tests.tenancy import models as m
from tests.tenancy.models import uid

PG_URL = os.environ.get("SRATIX_TEST_PG_URL")
DATABASE = database_name("srx_tenancy")
FOREIGN = ("FOREIGN", "999", "777")


@dataclass
class Address:
    """What `Engines` reads of the settings."""

    database_url: str
    database_owner_url: str
    database_system_url: str
    threads: int = 4


def postgresql_address(database: str = DATABASE) -> Address:
    assert PG_URL is not None
    urls = roles.create_roles(PG_URL, database, recreate=True)
    return Address(urls.app, urls.owner, urls.system)


def sqlite_address(folder: Path) -> Address:
    url = f"sqlite:///{folder / 'traps.db'}"
    return Address(url, url, url)


class World:
    """Engines over the trap models' tables."""

    def __init__(self, address: Address) -> None:
        self.engines = Engines(address)
        with self.engines.owner.begin() as connection:
            m.TrapBase.metadata.create_all(connection)
            rls.install(connection, m.TrapBase.metadata)

    @property
    def postgresql(self) -> bool:
        return self.engines.dialect == "postgresql"

    def upsert(self, target: Any) -> Any:
        return postgresql.insert(target) if self.postgresql else sqlite.insert(target)

    def session(self, scope: Scope | int = 1, **options: Any) -> ScopedSession:
        session = self.engines.session(TenantScope(scope) if isinstance(scope, int) else scope, **options)
        session.info["world"] = self
        return session

    def raw(self, sql: str) -> Sequence[Any]:
        """As the owner in migration mode: everything, unguarded."""
        with self.engines.owner.connect() as connection:
            return connection.execute(text(sql)).all()

    def foreign_rows(self) -> list[Sequence[Any]]:
        """Every row of tenant 2, and to whom every known id belongs."""
        tables = ("event", "order_", "ticket", "tag", "order_tag")
        return [self.raw(f"SELECT * FROM {t} WHERE tenant_id = 2 ORDER BY id") for t in tables]

    def seed(self) -> None:
        with self.engines.owner.begin() as c:
            for table in reversed(m.TrapBase.metadata.sorted_tables):
                if table.info.get("append_only"):
                    continue
                c.execute(table.delete())
            c.execute(insert(m.Tenant.__table__), [{"id": 1, "slug": "a"}, {"id": 2, "slug": "b-FOREIGN"}])
            c.execute(insert(m.Rate.__table__), [{"id": 1, "name": "chf"}])
            c.execute(insert(m.PlatformNote.__table__), [{"id": 1, "name": "note-FOREIGN"}])
            for table, rows in ROWS:
                c.execute(insert(table.__table__), rows)


def _event(tenant: int, number: int, slug: str) -> dict[str, Any]:
    return {"tenant_id": tenant, "id": uid(number), "slug": slug}


def _order(tenant: int, number: int, code: str, total: int, event: int) -> dict[str, Any]:
    return {"tenant_id": tenant, "id": uid(number), "code": code, "total": total, "event_id": uid(event)}


def _ticket(tenant: int, number: int, holder: str, order: int) -> dict[str, Any]:
    return {"tenant_id": tenant, "id": uid(number), "holder": holder, "order_id": uid(order)}


def _tag(tenant: int, number: int, name: str) -> dict[str, Any]:
    return {"tenant_id": tenant, "id": uid(number), "name": name}


def _tagging(tenant: int, number: int, order: int, tag: int) -> dict[str, Any]:
    return {"tenant_id": tenant, "id": uid(number), "order_id": uid(order), "tag_id": uid(tag)}


ROWS: list[tuple[Any, list[dict[str, Any]]]] = [
    (m.Event, [_event(1, 1, "ev1"), _event(2, 1, "twin-FOREIGN"), _event(2, 2, "ev2-FOREIGN")]),
    (
        m.Order,
        [
            _order(1, 1, "A1", 10, 1),
            _order(1, 3, "A3", 5, 1),
            _order(2, 1, "B1-FOREIGN", 777, 1),
            _order(2, 2, "B2-FOREIGN", 999, 2),
            _order(2, 4, "B4-FOREIGN", 777, 1),
        ],
    ),
    (
        m.Ticket,
        [
            _ticket(1, 1, "ann", 1),
            _ticket(2, 1, "twin-FOREIGN", 1),
            _ticket(2, 2, "bob-FOREIGN", 2),
            _ticket(2, 3, "eve-FOREIGN", 1),
        ],
    ),
    (m.Tag, [_tag(1, 1, "vip"), _tag(2, 1, "twin-FOREIGN"), _tag(2, 2, "t-FOREIGN")]),
    (m.OrderTag, [_tagging(1, 1, 1, 1), _tagging(2, 1, 1, 1), _tagging(2, 2, 1, 2)]),
]
"""Tenant 2 has an event, an order, a ticket and a tag with the ids of tenant 1's: a join without the tenant would mix them."""


def shows_foreign(value: Any) -> bool:
    return any(mark in str(value) for mark in FOREIGN)
