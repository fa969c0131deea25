"""What each scope may touch, and the rings that stop objects and rows before or after the SQL."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, inspect, select, text, update

from sratix_core.tenancy import rings
from sratix_core.tenancy.errors import (
    ForeignRow,
    ForeignWrite,
    NoScope,
    NotAReader,
    RawDoor,
    TenancyError,
    UnprovenStatement,
)
from sratix_core.tenancy.scope import IdentityScope, SystemScope, TenantScope
from sratix_core.tenancy.session import ScopedSession
from tests.tenancy.models import Order, PlatformNote, Rate, Tenant, uid
from tests.tenancy.world import World

T = Order.__table__
MINE = T.c.tenant_id == 1


def test_global_tables_keep_to_their_readers(world: World) -> None:
    allowed = {
        Tenant: {"identity", "system"},
        Rate: {"tenant", "identity", "system"},
        PlatformNote: {"system"},
    }
    for scope in (TenantScope(1), IdentityScope(), SystemScope("a test reads global tables")):
        for model, readers in allowed.items():
            for statement in (select(model), select(model.__table__.c.id)):
                with world.session(scope, write=False) as s:
                    if scope.kind in readers:
                        assert s.execute(statement).all()
                    else:
                        with pytest.raises(NotAReader):
                            s.execute(statement)


def test_global_tables_are_written_by_identity_and_system_only(world: World) -> None:
    for scope, model, allowed in (
        (TenantScope(1), Rate, False),
        (IdentityScope(), Rate, True),
        (IdentityScope(), PlatformNote, False),
        (SystemScope("a test writes"), PlatformNote, True),
    ):
        with world.session(scope) as s:
            s.add(model(id=9, name="new"))
            if allowed:
                s.flush()
            else:
                with pytest.raises(NotAReader):
                    s.flush()
    for statement in (update(Rate).values(name="x"), delete(Rate.__table__)):
        with world.session(1) as s, pytest.raises(NotAReader):
            s.execute(statement)


def test_an_identity_session_has_no_tenants_rows(world: World) -> None:
    with world.session(IdentityScope()) as s:
        for statement in (
            select(Order),
            select(T).where(MINE),
            update(Order).values(total=0),
            delete(T).where(MINE),
        ):
            with pytest.raises(NotAReader):
                s.execute(statement)
        with pytest.raises(UnprovenStatement):
            s.execute(text("SELECT 1"))
        with pytest.raises(RawDoor):
            s.connection()


def test_without_a_scope_there_is_no_session(world: World) -> None:
    for scope in (None, 1, "system"):
        with pytest.raises(NoScope):
            ScopedSession(world.engines.writers, scope=scope)  # type: ignore[arg-type]
    with world.engines.writers.connect() as connection, pytest.raises(NoScope):
        connection.execute(select(T).execution_options(sratix_scope=TenantScope(1)))


def test_one_connection_never_serves_two_scopes(world: World) -> None:
    with world.engines.writers.connect() as connection:
        for scope in (TenantScope(1), TenantScope(2)):
            session = ScopedSession(connection, scope=scope, join_transaction_mode="create_savepoint")
            if scope.tenant_id == 1:
                session.execute(select(Order))
            else:
                with pytest.raises(TenancyError):
                    session.execute(select(Order))
            session.close()


def test_an_object_that_moves_is_stopped_before_any_statement(world: World) -> None:
    with world.session(1) as s:
        added, loaded = Order(code="n", event_id=uid(1)), s.get(Order, uid(3))
        s.add(added)
        for moved in (added, loaded):
            moved.tenant_id = 2
            with world.engines.counted() as seen, pytest.raises(ForeignWrite):
                s.flush()
            assert seen == []
            moved.tenant_id = 1
        s.flush()


def test_a_row_of_another_tenant_is_refused_by_whatever_path_it_came(world: World) -> None:
    """The rings behind the proof: were a statement ever let through, its rows would still raise."""
    with world.session(SystemScope("reads what the tenant may not"), write=False) as system:
        stranger = system.execute(select(Order.__table__).where(T.c.tenant_id == 2)).first()
    with world.session(1) as s:
        own = s.get(Order, uid(1))
        context = type("Context", (), {"session": s})
        for ring in (rings._on_load, lambda obj, context: rings._on_refresh(obj, context, None)):
            ring(own, context)
            with pytest.raises(ForeignRow):
                ring(Order(tenant_id=stranger.tenant_id), context)
    hooks = inspect(Order).class_manager.dispatch
    assert (len(hooks.load), len(hooks.refresh)) >= (1, 1)
