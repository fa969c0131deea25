"""The engines of one process and the only factory of sessions: app role, system role, owner; readers and writers.

On PostgreSQL readers and writers are one engine; on SQLite the system's sessions use the same two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy.engine import Engine

from sratix_core.tenancy.dialects import address, make_engine
from sratix_core.tenancy.guard import guard_engine
from sratix_core.tenancy.scope import Scope, SystemScope
from sratix_core.tenancy.session import ScopedSession

if TYPE_CHECKING:
    from sratix_core.tenancy.resolve import TenantDirectory
    from sratix_core.values.clock import Clock


class DatabaseSettings(Protocol):
    """What is read of the settings."""

    @property
    def database_url(self) -> str: ...

    @property
    def database_owner_url(self) -> str: ...

    @property
    def database_system_url(self) -> str: ...

    @property
    def threads(self) -> int: ...


class Engines:
    """Engines are made on first use, so a process that never migrates never connects as the owner.

    `on_statement` is told the SQL of every statement of every session (not BEGIN and COMMIT).
    """

    def __init__(self, settings: DatabaseSettings, clock: Clock | None = None) -> None:
        self._app = address(settings.database_url)
        self._system = address(settings.database_system_url or settings.database_url)
        self._owner = address(settings.database_owner_url or settings.database_url)
        self._threads = settings.threads
        self._clock = clock
        self.on_statement: Callable[[str], None] | None = None

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._app.get_backend_name()

    @cached_property
    def readers(self) -> Engine:
        """Read-only transactions; on SQLite they never wait for a writer."""
        return self.writers if self.dialect == "postgresql" else self._guarded("read")

    @cached_property
    def writers(self) -> Engine:
        """Writing transactions; on SQLite one at a time, first come, first served."""
        return self._guarded("write")

    @cached_property
    def system(self) -> Engine:
        """Workers and platform pages: the role whose policies let it see all tenants."""
        if self.dialect == "sqlite":
            return self.writers
        return guard_engine(make_engine(self._system, "write", self._threads), self.count)

    @cached_property
    def owner(self) -> Engine:
        """Migrations and `rls.install`; unguarded, for commands only."""
        return make_engine(self._owner, "owner", self._threads)

    @cached_property
    def tenants(self) -> TenantDirectory:
        """Tenants by slug, host and id, remembered for a few seconds."""
        from sratix_core.tenancy.resolve import TenantDirectory  # it opens sessions through this class

        return TenantDirectory(self, self._clock)

    def session(self, scope: Scope, write: bool = True, **options: Any) -> ScopedSession:
        """A session that begins at its first statement; the caller commits and closes it. `options` are SQLAlchemy's."""
        if isinstance(scope, SystemScope) and not (self.dialect == "sqlite" and not write):
            engine = self.system
        else:
            engine = self.writers if write else self.readers
        return ScopedSession(engine, scope=scope, info={"reading": not write, "engines": self}, **options)

    @contextmanager
    def begin(self, scope: Scope, write: bool = True) -> Iterator[ScopedSession]:
        """A unit of work: commits at the end, rolls back on an error. Objects stay readable after it."""
        with self.session(scope, write, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The SQL of the statements executed meanwhile, by any thread; for tests and benchmarks."""
        seen: list[str] = []
        before, self.on_statement = self.on_statement, seen.append
        try:
            yield seen
        finally:
            self.on_statement = before

    def dispose(self) -> None:
        """Close all connections."""
        for name in ("readers", "writers", "system", "owner"):
            if name in self.__dict__:
                self.__dict__[name].dispose()

    def _guarded(self, mode: Any) -> Engine:
        return guard_engine(make_engine(self._app, mode, self._threads), self.count)

    def count(self, statement: str) -> None:
        """Tell whoever counts that this statement is about to be executed."""
        if self.on_statement is not None:
            self.on_statement(statement)
