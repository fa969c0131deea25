"""Invoice numbers have no gap, whoever issues at the same moment, aborts, is killed, or crosses midnight of a new year (N1, K10)."""

from __future__ import annotations

import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.invoices import settings
from sratix_core.invoices.models import Invoice, InvoiceOrder, InvoiceSeries
from sratix_core.invoices.service import consolidate, correct, issue
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.values.clock import FixedClock, SystemClock
from sratix_core.values.ids import SystemRandom
from tests.builders import (
    World,
    again,
    faults,
    make_engines,
    make_event,
    make_order,
    make_process,
    make_type,
    make_world,
    postgresql_settings,
    publish,
    sqlite_settings,
)
from tests.concurrency.conftest import DATABASES
from tests.concurrency.crowd import LONG, all_at_once, codes
from tests.concurrency.test_kill import ROOT, environment
from tests.copies import analyze, copies

WRITERS = 32
MANY = 50_000 if LONG else 320
SENDER = {
    "legal_name": "Acme Events AG",
    "street": "Seestrasse 1",
    "postal_code": "8002",
    "city": "Zürich",
    "country": "CH",
}
slugs = count(1)


class Lost(Exception):
    """This unit of work is rolled back."""


def sold(world: World, n: int) -> list[uuid.UUID]:
    """Unpaid orders of an event far away: one is placed, the others are its copies."""
    far = datetime(2090, 3, 10, 9)  # noqa: DTZ001 -- local, as typed
    with world.open() as ctx:
        settings.save(ctx, SENDER)
        event = make_event(ctx, f"bills-{next(slugs)}", starts=far, ends=far + timedelta(days=1))
        kind = make_type(ctx, event, 4900)
        publish(ctx, event)
        order = make_order(ctx, event, {kind: 1})
    ids = [order.id]
    while len(ids) < n:
        with world.open() as ctx:
            ids += copies(ctx, again(ctx, order), min(1000, n - len(ids)))
        if len(ids) <= 1001:
            analyze(world.process.engines)
    return ids


def issued(world: World, order_id: uuid.UUID) -> Callable[[], str]:
    def run() -> str:
        with world.open() as ctx:
            return issue(ctx, ctx.db.get_one(Order, order_id)).label or ""

    return run


def labels(world: World) -> list[str]:
    with world.open(write=False) as ctx:
        by_number = select(Invoice.label).where(Invoice.series == "invoice")
        return list(ctx.db.scalars(by_number.order_by(Invoice.fiscal_year, Invoice.number)))


def without_gap(year: int, n: int) -> list[str]:
    return [f"INV-{year}-{number:05d}" for number in range(1, n + 1)]


def test_one_order_asked_for_at_once_has_one_invoice(world: World) -> None:
    (order_id,) = sold(world, 1)
    assert set(all_at_once([issued(world, order_id)] * WRITERS)) == {"INV-2027-00001"}
    assert labels(world) == ["INV-2027-00001"]


def test_numbers_have_no_gap_though_a_third_of_the_writers_abort(world: World) -> None:
    """Each order has one invoice in the end, and the fixture finds every invariant kept, those of invoices (N1 to N3) too."""
    orders, chance = sold(world, MANY), SystemRandom()

    def issue_until_it_holds(order_id: uuid.UUID) -> int:
        lost = 0
        while True:
            try:
                with world.open() as ctx:
                    issue(ctx, ctx.db.get_one(Order, order_id))
                    if chance.below(10) < 3:
                        raise Lost
            except Lost:
                lost += 1
                continue
            return lost

    with ThreadPoolExecutor(WRITERS) as writers:
        lost = sum(writers.map(issue_until_it_holds, orders[:100]))
        analyze(world.process.engines)
        lost += sum(writers.map(issue_until_it_holds, orders[100:]))
    assert lost > MANY / 10
    assert labels(world) == without_gap(2027, MANY)
    with world.open(write=False) as ctx:
        assert sorted(ctx.db.scalars(select(InvoiceOrder.order_id))) == sorted(orders)


def test_the_first_number_of_a_series_is_taken_by_one(world: World) -> None:
    orders = sold(world, WRITERS)
    got = all_at_once([issued(world, order_id) for order_id in orders])
    assert sorted(map(str, got)) == without_gap(2027, WRITERS)
    with world.open(write=False) as ctx:
        assert ctx.db.scalars(select(InvoiceSeries.next_number)).all() == [WRITERS + 1]


def test_over_midnight_of_the_year_both_series_are_whole(world: World) -> None:
    """The clock crosses midnight in Zürich while they write."""
    orders = sold(world, 64)
    world.clock.move(datetime(2027, 12, 31, 22, 59, 59, 990_000, tzinfo=UTC) - world.clock.now())

    def then(n: int, order_id: uuid.UUID) -> Callable[[], str]:
        def run() -> str:
            if n == 20:
                world.clock.move(timedelta(milliseconds=20))
            return issued(world, order_id)()

        return run

    all_at_once([then(n, order_id) for n, order_id in enumerate(orders)])
    found = labels(world)
    old = [label for label in found if "-2027-" in label]
    assert found == without_gap(2027, len(old)) + without_gap(2028, 64 - len(old))
    with world.open(write=False) as ctx:
        days = ctx.db.execute(select(Invoice.fiscal_year, Invoice.issued_on).distinct()).all()
    assert {(year, day[:4]) for year, day in days} <= {(2027, "2027"), (2028, "2028")}


def test_of_cancelling_correcting_and_consolidating_at_once_the_books_stay_right(world: World) -> None:
    orders = sold(world, 12)
    with world.open() as ctx:
        sponsor = save_organization(ctx, OrganizationDraft("Sponsor AG", city="Bern", country="CH"))
        for order_id in orders:
            ctx.db.get_one(Order, order_id).organization_id = sponsor.id
        first = [issue(ctx, ctx.db.get_one(Order, order_id)).id for order_id in orders[:6]]
    period = (world.clock.now() - timedelta(days=1), world.clock.now() + timedelta(days=1))

    def together() -> str:
        with world.open() as ctx:
            return consolidate(ctx, sponsor.id, *period).label or ""

    def anew(invoice_id: uuid.UUID) -> Callable[[], str]:
        def run() -> str:
            with world.open() as ctx:
                return correct(ctx, ctx.db.get_one(Invoice, invoice_id)).label or ""

        return run

    def off(order_id: uuid.UUID) -> Callable[[], str]:
        def run() -> str:
            with world.open() as ctx:
                held = select(Order).where(Order.id == order_id).with_for_update()
                return cancel_order(ctx, ctx.db.scalars(held).one(), "organizer").code

        return run

    acts = [
        together,
        together,
        *(anew(i) for i in first),
        *(anew(i) for i in first),
        *(off(o) for o in orders),
    ]
    refused = set(codes(all_at_once(acts)))
    assert refused <= {
        "invoice_credited",
        "order_state",
        "order_changed",
        "nothing_to_invoice",
        "invoice_mixed",
    }


@pytest.fixture(params=DATABASES)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    sqlite = request.param == "sqlite"
    settings = sqlite_settings(tmp_path) if sqlite else postgresql_settings(tmp_path, "srx_races_bills")
    engines = make_engines(settings)
    yield make_world(make_process(settings, engines, FixedClock(SystemClock().now()), SystemRandom()))
    engines.dispose()


def test_a_killed_issuer_leaves_no_gap_and_no_number_it_said_is_lost(office: World, tmp_path: Path) -> None:
    orders, said = sold(office, 3000 if LONG else 400), {}
    left = [str(order_id) for order_id in orders]
    for after in (0.4, 0.9, 0.2, 0.6):
        command = [sys.executable, "-W", "error", "-m", "tests.concurrency.issuer"]
        with subprocess.Popen(
            [*command, str(tmp_path), str(office.tenant.id)],
            cwd=ROOT,
            env=environment(office.process.settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as issuer:
            assert issuer.stdin is not None
            assert issuer.stdout is not None
            assert issuer.stderr is not None
            issuer.stdin.write("\n".join(left).encode())
            issuer.stdin.close()
            first = issuer.stdout.readline()
            time.sleep(after)
            issuer.kill()
            lines = (first + issuer.stdout.read()).split(b"\n")[:-1]
            assert issuer.stderr.read() == b""
        said |= {order: label for _, order, label in (line.decode().split() for line in lines)}
        left = [order for order in left if order not in said]
        assert faults(office.process) == []
    with office.open(write=False) as ctx:
        stored = ctx.db.execute(select(Invoice.order_id, Invoice.label).where(Invoice.series == "invoice"))
        known = {str(order_id): label for order_id, label in stored}
    assert said
    assert said.items() <= known.items()
    year = office.clock.now().year
    assert sorted(known.values()) == without_gap(year, len(known))
