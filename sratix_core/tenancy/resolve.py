"""Which tenant an address or a job means: a frozen value, remembered for five seconds and forgotten on every change.

Reads `tenants`, `tenant_domains`, `tenant_plugins`, `tenant_settings` and `platform_settings` by name; the models live
a floor above.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, event, select
from sqlalchemy.orm import ORMExecuteState

from sratix_core.db.base import Base
from sratix_core.tenancy.scope import IdentityScope, TenantScope
from sratix_core.tenancy.session import ScopedSession

if TYPE_CHECKING:
    from sratix_core.tenancy.engines import Engines
    from sratix_core.values.clock import Clock

SECONDS = 5.0
"""How long another process may still see what this one changed."""

LARGEST = 10_000
WATCHED = frozenset({"tenants", "tenant_domains", "tenant_plugins", "tenant_settings", "platform_settings"})
HELD = "plugins.held"
"""The key of the plugins that are taken out of the whole installation."""


@dataclass(frozen=True, slots=True)
class TenantInfo:
    """What a request or a job knows of its tenant without a session; `settings` are the tenant's own, by key.

    `held_plugins` are switched on and do nothing: `paused_plugins` by the tenant, the others by the installation.
    """

    id: int
    slug: str
    name: str
    status: str
    accent: str
    logo_file_id: uuid.UUID | None
    legal_line: str
    default_locale: str
    locales: tuple[str, ...]
    currency: str
    timezone: str
    status_reason: str = ""
    enabled_plugins: frozenset[str] = frozenset()
    paused_plugins: frozenset[str] = frozenset()
    held_plugins: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)


class TenantDirectory:
    """Tenants by slug, host and id. An unknown one is never remembered, so it exists as soon as it is committed."""

    def __init__(self, engines: Engines, clock: Clock | None = None) -> None:
        self._engines = engines
        self._seconds: Callable[[], float] = time.monotonic
        if clock is not None:
            self._seconds = lambda: clock.now().timestamp()
        self._known: dict[tuple[str, Any], tuple[float, TenantInfo]] = {}
        self._mutex = Lock()
        self._generation = 0

    def by_slug(self, slug: str) -> TenantInfo | None:
        """The tenant at `/{slug}/`."""
        return self._find("slug", slug)

    def by_host(self, host: str) -> TenantInfo | None:
        """The tenant whose own host `host` is; lower case, without a port."""
        return self._find("host", host)

    def by_id(self, tenant_id: int) -> TenantInfo | None:
        """The tenant a job or a key names."""
        return self._find("id", tenant_id)

    def invalidate(self, tenant_id: int | None = None) -> None:
        """Forget one tenant, or all; commits to the watched tables in this process do it by themselves."""
        with self._mutex:
            self._generation += 1
            kept = {} if tenant_id is None else self._known
            self._known = {key: found for key, found in kept.items() if found[1].id != tenant_id}

    def _find(self, by: str, value: Any) -> TenantInfo | None:
        now = self._seconds()
        found = self._known.get((by, value))
        if found is not None and 0 <= now - found[0] < SECONDS:
            return found[1]
        generation = self._generation
        info = self._load(by, value)
        with self._mutex:
            if info is not None and generation == self._generation:
                if len(self._known) >= LARGEST:
                    self._known.clear()
                self._known[by, value] = (now, info)
        return info

    def _load(self, by: str, value: Any) -> TenantInfo | None:
        tenants, domains, platform = (_table(n) for n in ("tenants", "tenant_domains", "platform_settings"))
        held = select(platform.c.value).where(platform.c.key == HELD).scalar_subquery().label("held")
        query = select(tenants, held)
        if by == "host":
            query = query.join(domains, domains.c.tenant_id == tenants.c.id).where(domains.c.host == value)
        else:
            query = query.where(tenants.c[by] == value)
        with self._engines.begin(IdentityScope(), write=False) as db:
            row = db.execute(query).mappings().one_or_none()
        if row is None:
            return None
        plugins, settings = _table("tenant_plugins"), _table("tenant_settings")
        own = row["id"]
        switches = select(plugins.c.name, plugins.c.enabled, plugins.c.paused)
        switches = switches.where(plugins.c.tenant_id == own)
        values = select(settings.c.key, settings.c.value)
        values = values.where(settings.c.tenant_id == own, settings.c.scope == "")
        with self._engines.begin(TenantScope(own), write=False) as db:
            switched = db.execute(switches).all()
            by_key = {key: value for key, value in db.execute(values)}  # noqa: C416  (a row is not a pair to mypy)
        known = {name: row[name] for name in TenantInfo.__slots__ if name in row and name != "locales"}
        paused = frozenset(s.name for s in switched if s.paused)
        locales = tuple(row["locales"].replace(",", " ").split())
        return TenantInfo(
            **known,
            locales=locales,
            enabled_plugins=frozenset(s.name for s in switched if s.enabled),
            paused_plugins=paused,
            held_plugins=paused | set(row["held"] or {}),
            settings=MappingProxyType(by_key),
        )


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def directory(db: ScopedSession) -> TenantDirectory:
    """The directory of the process that opened `db`."""
    engines: Engines = db.info["engines"]
    return engines.tenants


def by_slug(db: ScopedSession, slug: str) -> TenantInfo | None:
    """As `TenantDirectory.by_slug`; `db` says only which process asks."""
    return directory(db).by_slug(slug)


def by_host(db: ScopedSession, host: str) -> TenantInfo | None:
    """As `TenantDirectory.by_host`."""
    return directory(db).by_host(host)


def by_id(db: ScopedSession, tenant_id: int) -> TenantInfo | None:
    """As `TenantDirectory.by_id`."""
    return directory(db).by_id(tenant_id)


def _on_flush(session: ScopedSession, context: Any) -> None:
    for obj in (*session.new, *session.dirty, *session.deleted):
        if obj.__table__.name in WATCHED:
            session.info["tenants_changed"] = True
            return


def _on_statement(state: ORMExecuteState) -> None:
    table = getattr(state.statement, "table", None)
    if table is not None and table.name in WATCHED:
        state.session.info["tenants_changed"] = True


def _on_commit(session: ScopedSession) -> None:
    if session.info.pop("tenants_changed", False) and "engines" in session.info:
        directory(session).invalidate()


event.listen(ScopedSession, "after_flush", _on_flush)
event.listen(ScopedSession, "do_orm_execute", _on_statement)
event.listen(ScopedSession, "after_commit", _on_commit)
