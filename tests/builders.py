"""Worlds for tests of the rooms: a database, one tenant in it, and small builders of what a sale needs.

Every tenant is new, so tests share a database; ids repeat between tenants on purpose, as they are seeded alike.
"""

from __future__ import annotations

import itertools
import os
import time
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import sratix_core
from sratix_core import models as _all_models  # noqa: F401
from sratix_core.audit import sealer
from sratix_core.audit.verify import unsealed
from sratix_core.catalog.models import CapacityPool, PoolKind, TicketType
from sratix_core.catalog.service import TypeDraft, create_pool, save_ticket_type
from sratix_core.checkin.models import Direction
from sratix_core.checkin.service import Sight, Verdict, scan
from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import start_cart
from sratix_core.context import SYSTEM, Actor, KeyRing, Sources, TenantContext
from sratix_core.db.base import Base
from sratix_core.events.drafts import EventDraft
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.service import create_event, move
from sratix_core.invariants import Check
from sratix_core.orders.desk import Wanted, placing
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.plugins import PluginHost, PluginInfo, hookimpl
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings, load
from sratix_core.tenancy import roles
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.service import TenantDraft, create_tenant, switch_plugin
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import payloads
from sratix_core.values.clock import Clock, FixedClock
from sratix_core.values.ids import IdSource, RandomSource, SeededRandom
from sratix_core.values.money import Money
from tests.schema import build_schema

NOON = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
TESTS = SystemScope("a test looks at all tenants")
TRANSFER = "transfer"
T = TypeVar("T", bound=Base)

_slugs = itertools.count(1)


# A database -----------------------------------------------------------------------------------------------------------
def sqlite_settings(folder: Path, **more: Any) -> Settings:
    """Settings over a database file in `folder`."""
    return _settings(folder, f"sqlite:///{folder / 'test.db'}", **more)


def database_name(stem: str) -> str:
    """Nobody else's: checkouts beside each other and xdist workers share one server."""
    checkout = f"{zlib.crc32(os.fsencode(Path(__file__).parent)):08x}"
    return "_".join(filter(None, [stem, checkout, os.environ.get("PYTEST_XDIST_WORKER")]))


def postgresql_settings(folder: Path, database: str, *, recreate: bool = True, **more: Any) -> Settings:
    """Settings over a database of its own with the three roles; one per xdist worker."""
    name = database_name(database)
    urls = roles.create_roles(os.environ["SRATIX_TEST_PG_URL"], name, recreate=recreate)
    more |= {"database_owner_url": urls.owner, "database_system_url": urls.system}
    return _settings(folder, urls.app, **more)


def _settings(folder: Path, url: str, **more: Any) -> Settings:
    values = {"env": "test", "data_dir": folder, "database_url": url, "secret_key": "k" * 40, "threads": 4}
    return load({}, {**values, "worker": "false", **more})


def make_engines(settings: Settings) -> Engines:
    """Engines over the complete, walled-in schema."""
    engines = Engines(settings)
    build_schema(engines)
    return engines


# A process and a tenant -----------------------------------------------------------------------------------------------
class Transfer:
    """A way to pay that is always there and keeps seats for ten days."""

    name = TRANSFER

    def title(self, locale: str) -> str:
        return "Transfer"

    def available(self, ctx: TenantContext, total: Money) -> bool:
        return True

    def term_days(self, ctx: TenantContext) -> int:
        return 10


@hookimpl
def payment_providers(ctx: TenantContext) -> list[Transfer]:
    return [Transfer()]


def transfer_plugin() -> ModuleType:
    """The plugin that brings `Transfer`."""
    module = ModuleType("transfer_for_tests")
    info = PluginInfo(name=TRANSFER, title="Transfer", version="1", category="payments")
    module.__dict__.update(info=info, payment_providers=payment_providers)
    return module


def make_process(
    settings: Settings,
    engines: Engines,
    clock: Clock | None = None,
    random: RandomSource | None = None,
    plugins: Sequence[ModuleType] = (),
) -> Runtime:
    """A process over `engines`; without more, time stands still at `NOON`, chance repeats itself and one can pay by transfer."""
    clock, random = clock or FixedClock(NOON), random or SeededRandom(1)
    sources = Sources(clock, IdSource(clock, random), random)
    return Runtime(
        settings, engines, sources, PluginHost([transfer_plugin(), *plugins]), KeyRing(settings.secret_key)
    )


@dataclass(frozen=True)
class World:
    """One tenant of one process."""

    process: Runtime
    tenant: TenantInfo

    @property
    def clock(self) -> FixedClock:
        assert isinstance(self.process.sources.clock, FixedClock)
        return self.process.sources.clock

    @contextmanager
    def open(self, actor: Actor = SYSTEM, *, write: bool = True) -> Iterator[TenantContext]:
        """A unit of work: committed at the end, rolled back on an error."""
        with self.process.engines.begin(TenantScope(self.tenant.id), write) as db:
            yield self.process.context(self.tenant, db, actor)

    def later(self, **by: float) -> None:
        """Move the clock."""
        self.clock.move(timedelta(**by))


def make_world(process: Runtime) -> World:
    """A fresh tenant that can be paid by transfer."""
    slug = f"acme-{os.getpid()}-{next(_slugs)}"
    with process.engines.begin(TESTS) as db:
        tenant = create_tenant(db, process.sources, TenantDraft(slug, "Acme Events"))
        switch_plugin(db, process.sources, tenant.id, TRANSFER, True)
    info = process.engines.tenants.by_id(tenant.id)
    assert info is not None
    return World(process, info)


def checks() -> list[Check]:
    """The invariants of all rooms, as `sratix verify` finds them, without starting the web."""
    rooms = sorted(path.parent.name for path in Path(sratix_core.__file__).parent.glob("*/invariants.py"))
    return [check for room in rooms for check in import_module(f"sratix_core.{room}.invariants").CHECKS]


def seal(engines: Engines, sources: Sources, seconds: float = 60) -> int:
    """Seal what is there; how many rows. A writer in any database of the server may hold PostgreSQL's snapshot back: wait."""
    sealed, end = sealer.seal_all(engines, sources), time.monotonic() + seconds
    while time.monotonic() < end:
        with engines.begin(TESTS, write=False) as db:
            if not any(unsealed(db).values()):
                break
        time.sleep(0.05)
        sealed += sealer.seal_all(engines, sources)
    return sealed


def faults(process: Runtime, *, journal: bool = True, of: TenantInfo | None = None) -> list[str]:
    """What the invariants of all rooms find wrong, the journal sealed first; empty when the books are right.

    `of` one tenant, where a whole run shares a database: to recount what all tests before left took longer than the tests.
    """
    if journal:
        seal(process.engines, process.sources, 10)
    known = [*checks(), *(check for _, check in process.plugins.collect("register_checks"))]
    asked = [check for check in known if journal or check.id not in ("A2", "L3")]
    with process.engines.begin(TESTS if of is None else TenantScope(of.id), write=False) as db:
        return [f"{check.id}: {fault}" for check in asked for fault in check.run(db).faults]


# What is sold ---------------------------------------------------------------------------------------------------------
def make_event(ctx: TenantContext, slug: str = "robotics", **draft: Any) -> Event:
    """A draft on 10 and 11 March 2027 in Zürich."""
    dates = {"starts": datetime(2027, 3, 10, 9), "ends": datetime(2027, 3, 11, 17)}  # noqa: DTZ001 -- local, as typed
    given = {"name": "Robotics", "timezone": "Europe/Zurich", "currency": "CHF", **dates, **draft}
    return create_event(ctx, EventDraft(slug=slug, **given))


def make_type(
    ctx: TenantContext,
    event: Event,
    price: int = 0,
    capacity: int | None = None,
    pools: Sequence[CapacityPool] = (),
    **draft: Any,
) -> TicketType:
    """A ticket type at `price` minor units, drawing on a pool of its own and on `pools`."""
    name = draft.pop("name", "Regular")
    ids = tuple(pool.id for pool in pools)
    return save_ticket_type(
        ctx, event, TypeDraft(name, Money(price, event.currency), capacity=capacity, pool_ids=ids, **draft)
    )


def make_pool(ctx: TenantContext, event: Event, capacity: int, name: str = "Hall") -> CapacityPool:
    """A pool that types may share."""
    return create_pool(ctx, event, PoolKind.SHARED, name, capacity)


def publish(ctx: TenantContext, event: Event) -> Event:
    """From draft to published."""
    return move(ctx, event, EventStatus.PUBLISHED)


def make_sale(
    ctx: TenantContext, price: int = 0, capacity: int | None = None, **draft: Any
) -> tuple[Event, TicketType]:
    """A published event with one ticket type."""
    event = make_event(ctx, draft.pop("slug", "robotics"))
    ticket_type = make_type(ctx, event, price, capacity, **draft)
    return publish(ctx, event), ticket_type


# What is bought -------------------------------------------------------------------------------------------------------
def make_cart(ctx: TenantContext, event: Event, wanted: Mapping[TicketType, int]) -> tuple[Cart, str]:
    """An open cart and its secret."""
    return start_cart(ctx, event, {t.id: n for t, n in wanted.items()}, "en")


def place(ctx: TenantContext, event: Event, wanted: Wanted) -> Order:
    """An order as a program places it."""
    with placing(ctx, event, wanted) as order:
        return order


def make_order(
    ctx: TenantContext, event: Event, wanted: Mapping[TicketType, int], email: str = "ada@example.org"
) -> Order:
    """An order as it stands right after it was placed: free ones are paid, others wait for a transfer."""
    cart, _ = make_cart(ctx, event, wanted)
    return order_of(ctx, event, cart, email)


def order_of(ctx: TenantContext, event: Event, cart: Cart, email: str = "ada@example.org") -> Order:
    """Place the order of an open cart, with nobody's name on its tickets."""
    open_names = [Holder()] * sum(line.quantity for line in cart.lines if line.is_ticket)
    return place_order(ctx, event, cart, Buyer("Ada Lovelace", email), open_names, TRANSFER)[0]


def again(ctx: TenantContext, thing: T) -> T:
    """The same row, read in this unit of work."""
    found: T = ctx.db.get_one(type(thing), thing.id, populate_existing=True)  # type: ignore[attr-defined]
    return found


def taken(ctx: TenantContext, pool_id: uuid.UUID) -> int:
    """Units of a pool that are gone."""
    return ctx.db.get_one(CapacityPool, pool_id, populate_existing=True).taken


# The door -------------------------------------------------------------------------------------------------------------
def code_of(ctx: TenantContext, event: Event, ticket: Ticket) -> str:
    """What the QR code of a valid ticket says."""
    return payloads(ctx, event, [ticket])[ticket.id]


def show(
    ctx: TenantContext, event: Event, code: str, direction: Direction = Direction.ENTRY, **sight: Any
) -> Verdict:
    """Hold a code under the scanner."""
    return scan(ctx, event, Sight(code, direction, **sight))
