"""Seeded data has the size one asked for, is whole, and repeats itself."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from sratix_core.accounts.signing_in import prove
from sratix_core.checkin.service import Sight, scan
from sratix_core.credentials.keys import open_key
from sratix_core.demo import seed
from sratix_core.devices.service import device_by_key, parse_key
from sratix_core.errors import Invalid
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.queries import buyer_order
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tickets.models import Ticket
from sratix_core.values import credentials
from tests.support import make_runtime

LOOKING = SystemScope("a test counts seeded rows")
CORE = Path(seed.__file__).parents[1]


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    return make_runtime(tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="module")
def made(runtime: Runtime) -> dict[str, Any]:
    return seed.make(runtime, tenants=2, events=2, tickets=151)


def test_it_has_the_size_that_was_asked_for(runtime: Runtime, made: dict[str, Any]) -> None:
    assert [t["slug"] for t in made["tenants"]] == ["seed-1", "seed-2"]
    with runtime.engines.begin(LOOKING, write=False) as db:
        per_event = db.execute(
            select(Ticket.event_id, func.count()).group_by(Ticket.tenant_id, Ticket.event_id)
        )
        assert [n for _, n in per_event] == [151] * 4


def test_every_invariant_holds(runtime: Runtime, made: dict[str, Any]) -> None:
    with runtime.engines.begin(LOOKING, write=False) as db:
        for path in CORE.glob("*/invariants.py"):
            for check in importlib.import_module(f"sratix_core.{path.parent.name}.invariants").CHECKS:
                assert check.run(db).faults == (), check.id


def test_what_it_prints_opens_doors(runtime: Runtime, made: dict[str, Any]) -> None:
    tenant = made["tenants"][0]
    event_data = tenant["events"][1]
    info = runtime.engines.tenants.by_slug(tenant["slug"])
    assert info is not None
    with runtime.engines.begin(TenantScope(info.id)) as db:
        ctx = runtime.context(info, db)
        event = event_by_slug(ctx, event_data["slug"])
        key = parse_key(event_data["doors"][0]["device_key"])
        assert key is not None
        device = device_by_key(ctx, key)
        assert device is not None
        shown_key = credentials.parse("key", tenant["api_key"])
        assert shown_key is not None
        assert open_key(db, shown_key, runtime.sources.clock.now()) is not None
        verdicts = [
            scan(ctx, event, Sight(t["code"], device=device)).reason for t in event_data["tickets"][:2]
        ]
        assert verdicts == ["ok", "ok"]
        shown = event_data["orders"][3]
        assert buyer_order(ctx, event, shown["code"], shown["secret"]).total_minor == 0
    assert prove(runtime, tenant["owner"], made["password"], "127.0.0.1", local=True).email == tenant["owner"]


def test_it_can_be_printed(made: dict[str, Any]) -> None:
    assert b'"device_key"' in msgspec.json.encode(made)


def test_the_same_ids_each_time_and_other_secrets(made: dict[str, Any], tmp_path: Path) -> None:
    other = seed.make(make_runtime(tmp_path), tenants=1, events=2, tickets=151)
    a, b = made["tenants"][0]["events"][1], other["tenants"][0]["events"][1]
    assert a["id"] == b["id"]
    assert [t["id"] for t in a["tickets"]] == [t["id"] for t in b["tickets"]]
    assert [o["code"] for o in a["orders"]] == [o["code"] for o in b["orders"]]


def test_more_comes_on_top(runtime: Runtime, made: dict[str, Any]) -> None:
    more = seed.make(runtime, tenants=1, events=1, tickets=0)
    assert more["tenants"][0]["slug"] == "seed-3"


@pytest.mark.parametrize(
    ("tenants", "events", "tickets"), [(0, 1, 1), (1, 0, 1), (1, 1, -1), (1000, 1000, 1000)]
)
def test_absurd_sizes_are_refused(runtime: Runtime, tenants: int, events: int, tickets: int) -> None:
    with pytest.raises(Invalid):
        seed.make(runtime, tenants=tenants, events=events, tickets=tickets)
