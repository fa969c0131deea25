"""64 guests order the last units through the public call: each gets all of what they asked for or a reason, and every unit is sold."""

from __future__ import annotations

import itertools
import uuid
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from webtest import TestApp

from sratix_core.app import make_app
from sratix_core.runtime import Runtime
from tests.builders import World, again, make_event, make_pool, make_type, publish, taken
from tests.concurrency.crowd import CROWD, all_at_once, rounds

FAR = {"ends": datetime(2037, 3, 11, 17)}  # noqa: DTZ001
slugs = itertools.count(1)
addresses = itertools.count(1)


@pytest.fixture
def app(process: Runtime) -> Any:
    return make_app(process.settings, process)


def guest(app: Any) -> TestApp:
    """Somebody from an address of their own."""
    n = next(addresses)
    return TestApp(app, extra_environ={"REMOTE_ADDR": f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"})


VAT = "DE136695976"


def order(
    app: Any, path: str, types: list[uuid.UUID], vat_number: str = "", **headers: str
) -> tuple[int, Any]:
    business = {"company": "Acme GmbH", "vat_number": vat_number}
    body = {
        "lines": [{"ticket_type_id": str(kind), "quantity": 1} for kind in types],
        "buyer": {"name": "Ann Miller", "email": "ann@example.org"} | (business if vat_number else {}),
    }
    given = {k.replace("_", "-"): v for k, v in headers.items()}
    answer = guest(app).post_json(path, body, headers=given, status="*")
    return answer.status_int, answer.json


def test_the_last_units_are_sold_exactly(app: Any, world: World) -> None:
    """Each order takes from two pools, every second one in the other order."""
    for capacity in (1, 10):
        for _ in rounds(2):
            with world.open() as ctx:
                event = make_event(ctx, f"public-{next(slugs)}", **FAR)
                pools = [make_pool(ctx, event, capacity, name) for name in "AB"]
                types = [make_type(ctx, event, pools=[pool]).id for pool in pools]
                publish(ctx, event)
            path = f"/api/v1/public/{world.tenant.slug}/events/{event.slug}/orders"
            buyers = [
                lambda n=n, path=path, types=types: order(app, path, types if n % 2 else types[::-1])
                for n in range(CROWD)
            ]
            results = [r for r in all_at_once(buyers) if isinstance(r, tuple)]
            statuses = Counter(
                (status, answer.get("code") if status > 201 else "") for status, answer in results
            )
            assert statuses == {(201, ""): capacity, (409, "sold_out"): CROWD - capacity}
            with world.open(write=False) as ctx:
                assert [taken(ctx, again(ctx, pool).id) for pool in pools] == [capacity, capacity]


def test_who_claims_first_and_who_claims_last_never_wait_in_a_circle(app: Any, world: World) -> None:
    """A type with a limit for each buyer is claimed before what an order writes, others after it, all from one pool, and
    every second buyer is the same business, whose number all of them have asked about."""
    for _ in rounds(2):
        with world.open() as ctx:
            event = make_event(ctx, f"public-{next(slugs)}", **FAR)
            pool = make_pool(ctx, event, CROWD)
            limited = make_type(ctx, event, pools=[pool], max_per_buyer=CROWD, name="Limited").id
            free = make_type(ctx, event, pools=[pool], name="Free").id
            publish(ctx, event)
        path = f"/api/v1/public/{world.tenant.slug}/events/{event.slug}/orders"
        wanted = ([limited], [free], [limited, free], [free, free])
        buyers = [
            lambda types=wanted[n % 4], path=path, vat=VAT * (n % 8 < 4): order(app, path, types, vat)
            for n in range(CROWD)
        ]
        results = all_at_once(buyers)
        assert {status for status, _ in results} == {201, 409}, results
        with world.open(write=False) as ctx:
            sold = sum(len(answer["tickets"]) for status, answer in results if status == 201)
            assert taken(ctx, pool.id) == sold
            assert CROWD - 1 <= sold <= CROWD


def test_one_key_at_the_same_moment_is_one_order(app: Any, world: World) -> None:
    """All from one address, as a widget that is impatient; who comes meanwhile is told to wait."""
    for turn in rounds(3):
        with world.open() as ctx:
            event = make_event(ctx, f"public-{next(slugs)}", **FAR)
            kind = make_type(ctx, event, capacity=50)
            publish(ctx, event)
        path = f"/api/v1/public/{world.tenant.slug}/events/{event.slug}/orders"
        browser = guest(app)
        body = {
            "lines": [{"ticket_type_id": str(kind.id), "quantity": 1}],
            "buyer": {"name": "Ann Miller", "email": "ann@example.org"},
        }

        def post(browser: TestApp = browser, path: str = path, body: Any = body, turn: int = turn) -> Any:
            own = TestApp(browser.app, extra_environ=browser.extra_environ)
            answer = own.post_json(path, body, headers={"Idempotency-Key": f"widget-{turn}"}, status="*")
            return answer.status_int, answer.json["code"]

        seen = Counter(all_at_once([post] * 20))
        orders = {code for status, code in seen if status == 201}
        assert len(orders) == 1
        assert {code for status, code in seen if status != 201} <= {"idempotency_in_flight"}
        with world.open(write=False) as ctx:
            assert taken(ctx, again(ctx, kind).draws[0].pool_id) == 1
