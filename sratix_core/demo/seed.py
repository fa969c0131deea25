"""`sratix seed`: as much data as one asks for, the same each time, loaded in bulk; what it prints is where checks and benchmarks start.

Tenants, events and types are made by the services, the many rows by plain inserts. Keys, links and the password are new each time.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Any

from sqlalchemy import select

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.passwords import hash_password
from sratix_core.accounts.permissions import ROLES
from sratix_core.accounts.service import create_user
from sratix_core.analytics.fold import fold_all
from sratix_core.audit.models import EventLog
from sratix_core.audit.sealer import seal_all
from sratix_core.catalog.models import PoolKind, TicketType
from sratix_core.catalog.service import TypeDraft, create_pool, save_ticket_type
from sratix_core.checkin.doors import add_gate
from sratix_core.checkin.queries import gates
from sratix_core.context import Sources, TenantContext
from sratix_core.credentials.keys import SCOPES, KeyDraft, make_key
from sratix_core.credentials.models import Tier
from sratix_core.demo.chance import DemoRandom
from sratix_core.demo.seed_rows import Loader, order_codes
from sratix_core.devices.service import add_device
from sratix_core.errors import Invalid, Unavailable
from sratix_core.events.drafts import EventDraft
from sratix_core.events.models import EventStatus
from sratix_core.events.service import create_event, move
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.models import Tenant
from sratix_core.tenants.service import TenantDraft, add_member, create_tenant, switch_plugin
from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import IdSource
from sratix_core.values.money import Money

SEEDING = SystemScope("seeding loads invented rows of many tenants in bulk")
HISTORY = timedelta(days=30)
MOST = 5_000_000
PRICE = 2000
PATIENCE = 20.0
"""Seconds; what is not sealed by then is summed by the next worker."""

ROOM_LEFT = 100_000
"""Units of each type that can still be bought."""


@dataclass
class Past:
    """A process that lives in the past, and its clock."""

    runtime: Runtime
    clock: FixedClock
    today: datetime


def make(runtime: Runtime, *, tenants: int = 1, events: int = 1, tickets: int = 100) -> dict[str, Any]:
    """`tenants` with `events` each, every event with `tickets` sold; ids, API keys, device keys and the owners' password.

    Tenants are called `seed-1`, `seed-2`, … from the first number that is free. Raises `Invalid` for absurd sizes.
    """
    if min(tenants, events) < 1 or tickets < 0 or tenants * events * max(tickets, 1) > MOST:
        raise Invalid({"size": "quantity_out_of_range"}, most=MOST)
    password = runtime.sources.random.token(15)
    hashed = hash_password(password, runtime.settings.env)
    made = [_tenant(runtime, number, events, tickets, hashed) for number in _free(runtime, tenants)]
    _sealed(runtime)
    fold_all(runtime.engines, runtime.sources)
    return {"password": password, "tenants": made}


def _sealed(runtime: Runtime) -> None:
    """Seal what was made; what another transaction on the database's server holds back is asked for again, for a while."""
    loose = select(EventLog.id).where(EventLog.seq.is_(None)).limit(1)
    until = monotonic() + PATIENCE
    while True:
        seal_all(runtime.engines, runtime.sources)
        with runtime.engines.begin(SEEDING, write=False) as db:
            if db.scalar(loose) is None or monotonic() > until:
                return
        sleep(0.2)


def _free(runtime: Runtime, count: int) -> list[int]:
    with runtime.engines.begin(SEEDING, write=False) as db:
        taken = set(db.scalars(select(Tenant.slug)))
    free = (n for n in itertools.count(1) if f"seed-{n}" not in taken)
    return list(itertools.islice(free, count))


def _past(runtime: Runtime, number: int) -> Past:
    """From midnight, so that a day's runs make the same rows."""
    today = runtime.sources.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    clock = FixedClock(today - HISTORY - timedelta(days=1))
    random = DemoRandom(runtime.sources.random, f"seed/{number}")
    return Past(replace(runtime, sources=Sources(clock, IdSource(clock, random), random)), clock, today)


def _tenant(runtime: Runtime, number: int, events: int, tickets: int, hashed: str) -> dict[str, Any]:
    past = _past(runtime, number)
    process, slug, email = past.runtime, f"seed-{number}", f"owner@seed-{number}.example"
    with process.engines.begin(SEEDING) as db:
        draft = TenantDraft(slug, f"Seed {number}", locales=("en", "de"))
        tenant_id = create_tenant(db, process.sources, draft).id
        for plugin in ("bank_transfer", "email_smtp", "pdf_tickets"):
            switch_plugin(db, process.sources, tenant_id, plugin, True)
        user = create_user(
            db, process.sources, email=email, full_name=f"Owner {number}", password_hash=hashed
        )
        add_member(db, process.sources, tenant_id, user.id, "owner", user.full_name, user.email)
    info = process.engines.tenants.by_slug(slug)
    if info is None:
        raise Unavailable("tenant_unknown", slug=slug)
    with process.engines.begin(TenantScope(tenant_id)) as session:
        ctx = process.context(info, session)
        if "bank_transfer" in ctx.hooks.host.infos:
            account = {"iban": "CH9300762011623852957", "account_holder": draft.name, "term_days": "10"}
            plugin_settings.save(ctx, "bank_transfer", account)
        owner = Grants("owner", ROLES["owner"])
        _, api_key = make_key(ctx, KeyDraft("Seeded key", SCOPES, tier=Tier.HIGH), owner)
        codes = order_codes()
        prepared = [_event(ctx, past, codes, n + 1, tickets) for n in range(events)]
    made = []
    for loader, described in prepared:
        past.clock.move(past.today - HISTORY - past.clock.now())
        with process.engines.begin(SEEDING) as db:
            loader.load(db, tickets, HISTORY)
        made.append({**described, "orders": loader.shown_orders, "tickets": loader.shown_tickets})
    return {"id": tenant_id, "slug": slug, "owner": email, "api_key": api_key, "events": made}


def _event(
    ctx: TenantContext, past: Past, codes: Iterator[str], number: int, tickets: int
) -> tuple[Loader, dict[str, Any]]:
    begins = (past.today + HISTORY + timedelta(days=number)).replace(tzinfo=None)
    event = create_event(
        ctx,
        EventDraft(
            name=f"Seeded event {number}",
            slug=f"event-{number}",
            starts=begins + timedelta(hours=9),
            ends=begins + timedelta(hours=18),
            timezone=ctx.tenant.timezone,
            currency=ctx.tenant.currency,
            tagline="Made by sratix seed.",
        ),
    )
    room = tickets + ROOM_LEFT
    house = create_pool(ctx, event, PoolKind.EVENT, "House", min(room, 1_000_000))
    types = [
        save_ticket_type(
            ctx,
            event,
            TypeDraft(
                name,
                Money(price, event.currency),
                capacity=min(room, 1_000_000),
                pool_ids=(house.id,),
                position=n,
            ),
        )
        for n, (name, price) in enumerate((("Free", 0), ("Standard", PRICE)))
    ]
    move(ctx, event, EventStatus.PUBLISHED)
    add_gate(ctx, event, "Second entrance")
    doors = []
    for gate in gates(ctx, event):
        device, key = add_device(ctx, event, f"Scanner {gate.name}", gate)
        doors.append({"gate_id": gate.id, "gate": gate.name, "device_id": device.id, "device_key": key})
    described = {
        "id": event.id,
        "slug": event.slug,
        "ticket_types": [{"id": t.id, "name": t.name, "price": _price(t)} for t in types],
        "doors": doors,
    }
    return Loader(ctx, past.clock, event, types, codes), described


def _price(kind: TicketType) -> dict[str, Any]:
    return {"amount": kind.price_minor, "currency": kind.currency}
