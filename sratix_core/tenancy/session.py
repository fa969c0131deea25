"""The only database session there is: it cannot exist without a scope, and its doors to the raw connection are shut.

Ring 1 (construction) and ring 5 (raw doors) live here, the rings between them in `rings`, the proof of the SQL in `proof`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Never

from sqlalchemy import inspect
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from sratix_core.db.base import TenantScoped
from sratix_core.tenancy.errors import NoScope, RawDoor
from sratix_core.tenancy.fairlock import FairLock
from sratix_core.tenancy.scope import IdentityScope, Scope, SystemScope, TenantScope

__all__ = ["FairLock", "ScopedSession"]


class ScopedSession(Session):
    """`get` and `merge` add the tenant to the key; statements are filtered and proven; `connection()` and bulk_* are refused.

    Raises `NoScope` without a scope. Built by `Engines.session`, nowhere else.
    """

    lent = False
    """Whether a plugin works in it: inside an act's transaction nobody but the act may end that."""

    def __init__(
        self, bind: Engine | Connection | None = None, *, scope: Scope | None = None, **options: Any
    ) -> None:
        if not isinstance(scope, TenantScope | IdentityScope | SystemScope):
            raise NoScope("open sessions with request.db, engines.session(scope) or engines.begin(scope)")
        self._scope: Scope = scope
        self._tenant_id = scope.tenant_id if isinstance(scope, TenantScope) else None
        super().__init__(bind, **options)

    @property
    def scope(self) -> Scope:
        """Whose data this session sees; fixed for its life."""
        return self._scope

    @property
    def tenant_id(self) -> int | None:
        """The tenant's id, None in identity and system sessions."""
        return self._tenant_id

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """As SQLAlchemy's; for a tenant's model `ident` is the bare id. Raises `ForeignRow` on another tenant's key."""
        return super().get(entity, self._own_key(entity, ident), **options)

    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """As `get`, but raises `NoResultFound` instead of returning None."""
        return super().get_one(entity, self._own_key(entity, ident), **options)

    def merge(self, instance: Any, *, load: bool = True, options: Sequence[Any] | None = None) -> Any:
        """As SQLAlchemy's, with the tenant stamped on what has none. Raises `RawDoor` for `load=False`."""
        self._stamp_tree(instance, load)
        return super().merge(instance, load=load, options=options)

    def merge_all(
        self, instances: Iterable[Any], *, load: bool = True, options: Sequence[Any] | None = None
    ) -> Sequence[Any]:
        """As `merge`, for several objects."""
        return [self.merge(instance, load=load, options=options) for instance in instances]

    def connection(self, *args: Any, **options: Any) -> Connection:
        """Only system sessions may leave the session. Raises `RawDoor`."""
        if not isinstance(self._scope, SystemScope):
            raise RawDoor("session.connection() leaves the tenant's room; use session.execute()")
        return super().connection(*args, **options)

    def commit(self) -> None:
        """As SQLAlchemy's. Raises `RawDoor` while the session is lent."""
        self._whose_end_is_it()
        super().commit()

    def rollback(self) -> None:
        """As SQLAlchemy's. Raises `RawDoor` while the session is lent."""
        self._whose_end_is_it()
        super().rollback()

    def _whose_end_is_it(self) -> None:
        if self.lent:
            raise RawDoor("the act's transaction ends with the act: leave out commit() and rollback()")

    def _refuse_bulk(self, *args: Any, **options: Any) -> Never:
        raise RawDoor("legacy bulk_* methods skip the walls; use session.execute(insert(Model), rows)")

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _refuse_bulk

    def _own_key(self, entity: Any, ident: Any) -> Any:
        if self._tenant_id is None or not issubclass(inspect(entity).class_, TenantScoped):
            return ident
        if isinstance(ident, dict):
            ident = (ident.get("tenant_id", self._tenant_id), ident["id"])
        if not isinstance(ident, tuple | list):
            return (self._tenant_id, ident)
        return ident if len(ident) == 2 else (self._tenant_id, *ident)  # the proof judges a full key

    def _stamp_tree(self, instance: Any, load: bool) -> None:
        """`merge` follows relationships, so everything it will copy gets its tenant first; a stranger raises in ring 4."""
        if self._tenant_id is None:
            return
        if not load:
            raise RawDoor("merge(load=False) takes the object's word for its tenant; load it in this session")
        state = inspect(instance)
        for obj in (instance, *(found for found, *_ in state.mapper.cascade_iterator("merge", state))):
            if isinstance(obj, TenantScoped):
                rings.stamp(obj, self._tenant_id)


from sratix_core.tenancy import rings  # noqa: E402  (the rings listen to the class above)

rings.install(ScopedSession)
