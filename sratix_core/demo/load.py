"""Loading the demo: both folders applied at the begin of their history, then that history, one transaction for each tenant.

Killed in between, it goes on where a whole tenant is missing; loaded again, it only says the accounts again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from sratix_core.accounts.models import User
from sratix_core.accounts.service import user_by_email
from sratix_core.audit.sealer import seal_all
from sratix_core.context import Actor, Sources
from sratix_core.demo.accounts import PEOPLE, Account, DemoAccounts, Place, make_people, store, stored
from sratix_core.demo.chance import DemoRandom
from sratix_core.demo.dates import moved
from sratix_core.demo.history import play_history
from sratix_core.demo.partners import make_partners
from sratix_core.demo.sales import CONFERENCE, DRONES, HISTORY, MEETUP, Sales
from sratix_core.errors import Unavailable
from sratix_core.orders.models import Order
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.apply import apply
from sratix_core.tenants.files import read
from sratix_core.tenants.models import Tenant
from sratix_core.tenants.parts import TenantFiles
from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import IdSource

FOLDERS = Path(__file__).parent / "tenants"
LOOKING = SystemScope("the demo looks what is there already")
SOLD: dict[str, tuple[Sales, ...]] = {"demo": (CONFERENCE, MEETUP), "alpine-drones": (DRONES,)}
"""By folder below `tenants/`: what happened there, its main event first."""


@dataclass(frozen=True)
class Scene:
    """One tenant, and a process that lives at the begin of its history."""

    files: TenantFiles
    slugs: dict[str, str]
    sold: tuple[Sales, ...]
    runtime: Runtime
    clock: FixedClock

    @property
    def slug(self) -> str:
        return self.files.document.tenant.slug


def is_empty(runtime: Runtime) -> bool:
    """Whether nobody uses this installation yet."""
    with runtime.engines.begin(LOOKING, write=False) as db:
        return db.scalar(select(Tenant.id).limit(1)) is None and db.scalar(select(User.id).limit(1)) is None


def load(runtime: Runtime) -> DemoAccounts:
    """Make what is missing of the demo and say who may sign in."""
    now = runtime.sources.clock.now()
    scenes = [_scene(runtime, folder, sold, now) for folder, sold in SOLD.items()]
    missing = [scene for scene in scenes if not _has_orders(runtime, scene.slug)]
    for scene in missing:
        apply(scene.runtime, scene.files)
    known = stored(runtime.settings)
    places = list(known.places) if known else []
    people = known.accounts if known and _all_there(runtime) else make_people((missing or scenes)[0].runtime)
    if known is None or people is not known.accounts:
        places = [Place(scene.files.document.tenant.name, f"/{scene.slug}/") for scene in scenes]
        store(runtime.settings, DemoAccounts(people, tuple(places)))
    for scene in missing:
        places += _live(scene, people, now)
        store(runtime.settings, DemoAccounts(people, tuple(places)))
    seal_all(runtime.engines, runtime.sources)
    return DemoAccounts(people, tuple(places)).at(runtime.settings.base_url)


def _scene(runtime: Runtime, folder: str, sold: tuple[Sales, ...], now: datetime) -> Scene:
    files = read(FOLDERS / folder)
    there = moved(files, now, frozenset(sales.slug for sales in sold if sales.over))
    slugs = {a.slug: b.slug for a, b in zip(files.events, there.events, strict=True)}
    clock = FixedClock(now - HISTORY - timedelta(days=1))
    random = DemoRandom(runtime.sources.random, folder)
    past = replace(runtime, sources=Sources(clock, IdSource(clock, random), random))
    return Scene(there, slugs, sold, past, clock)


def _live(scene: Scene, people: tuple[Account, ...], now: datetime) -> list[Place]:
    engines = scene.runtime.engines
    info = engines.tenants.by_slug(scene.slug)
    if info is None:
        raise Unavailable("tenant_unknown", slug=scene.slug)
    owner = next(who.email for who in people if who.tenant == scene.slug and who.role == "owner")
    with engines.begin(LOOKING, write=False) as db:
        user = user_by_email(db, owner)
        staff = Actor("user", user.id if user else None)
    with engines.begin(TenantScope(info.id)) as session:
        ctx = scene.runtime.context(info, session)
        places = play_history(ctx, scene.clock, scene.sold, scene.slugs, staff, now)
        make_partners(scene.runtime, ctx)
        return places


def _has_orders(runtime: Runtime, slug: str) -> bool:
    with runtime.engines.begin(LOOKING, write=False) as db:
        orders = select(Order.id).join(Tenant, Tenant.id == Order.tenant_id).where(Tenant.slug == slug)
        return db.scalar(orders.limit(1)) is not None


def _all_there(runtime: Runtime) -> bool:
    with runtime.engines.begin(LOOKING, write=False) as db:
        return all(user_by_email(db, who.email) is not None for who in PEOPLE)
